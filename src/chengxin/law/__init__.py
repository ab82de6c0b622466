"""Dated legal values, the statute index, the calendar and the arithmetic of periods. No Django, no database."""
