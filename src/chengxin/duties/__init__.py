"""What platforms owe: rules in public, and measures against merchants that can be appealed (平台的义务)."""
