"""Objections (异议) to a line of one's own file: the mark at once, the source's answer in time, the review."""
