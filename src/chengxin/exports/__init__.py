"""Files that leave with people in them: counted, marked so that a leak is traced, and approved twice when many."""
