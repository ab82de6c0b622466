"""Envelopes, wrapped data keys and blind indexes, in an international and a national suite."""
