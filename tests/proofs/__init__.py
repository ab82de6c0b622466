"""The proofs: see `tests/proving.py`."""
