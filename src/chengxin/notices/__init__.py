"""Notices (告知) and the proof that they were served (送达)."""
