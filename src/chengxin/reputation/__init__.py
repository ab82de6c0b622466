"""Scores of mutual ratings (互评) that resist manipulation."""
