"""Positions: answers to the question who should do something, and who holds them."""
