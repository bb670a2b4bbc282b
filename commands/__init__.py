"""The commands of `carekg`, one module a topic; each imports what it needs only when it runs."""
