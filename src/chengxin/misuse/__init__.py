"""Misuse of access (违规查询): explanation first, rules as data, a case for a person to find, never a verdict."""
