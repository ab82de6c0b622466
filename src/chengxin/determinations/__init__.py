"""Determination of untrustworthy acts (失信行为认定): told, heard, decided by the head, served, contestable."""
