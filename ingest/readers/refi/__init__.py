"""Coded projects of software for qualitative analysis (REFI-QDA)."""
