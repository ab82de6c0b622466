"""Credit repair (信用修复): when, by whom, with what papers, and what it ends."""
