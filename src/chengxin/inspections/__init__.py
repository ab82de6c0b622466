"""Sampling inspections, checks of pages and prices, and supervisors: looks at shops that end in facts or leads."""
