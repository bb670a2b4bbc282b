"""The study that a document reports: facts about it with their words, and who took part."""
