"""Matters (办件): what an officer is shown while an operator's application is handled."""
