"""Leads (线索): what detection and platforms point at, which a named person looks into; nothing follows by itself."""
