"""Timed runs, printed as ratios against a named peer of the same run; never part of the tests."""
