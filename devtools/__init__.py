"""Commands for people who work on carekg itself; nothing here is installed with it."""
