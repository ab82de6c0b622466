"""Commitments (信用承诺) in measurable sentences, published, and what came of each."""
