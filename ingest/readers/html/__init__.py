"""Saved web pages of journals."""
