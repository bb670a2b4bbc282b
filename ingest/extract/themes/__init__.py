"""Themes: what the headings, labels, lists and tables of a paper name as its results."""
