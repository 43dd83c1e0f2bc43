"""Scores and percentiles that only sentences state: `claims.py` is the way in."""
