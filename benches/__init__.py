"""Benchmarks: each prints our figure, its yardstick's figure from the same run, and the ratio."""
