"""Collection (归集): files in, validated rows accepted as records, every bad row answered."""
