"""Measures (惩戒措施): only those on the list, tied to the act, decided by a named person, ended by themselves."""
