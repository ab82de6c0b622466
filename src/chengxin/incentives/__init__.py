"""Incentives (守信激励): scenes, tokens that name nobody, points that only add, hints for officers."""
