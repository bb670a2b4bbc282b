"""Six short studies, written for carekg as illustrations; nobody said these words."""
