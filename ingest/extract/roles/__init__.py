"""Provider roles: the names that a paper has for them, who is meant, and who took part."""
