"""Platforms, their shops and the merchants behind them: verified, re-verified, licensed for what they sell."""
