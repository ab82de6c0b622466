"""Whom a body watches on the lists, on a basis that lives, known to the watched (关注)."""
