"""Indicator standards (信用评价指标标准): versions, what changed between them, and a simulator; for merchants alone."""
