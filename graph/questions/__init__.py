"""Competency questions: one file each, with SPARQL and Cypher."""
