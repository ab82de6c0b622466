"""Procedures as declarations: cases, steps, clocks, the inbox."""
