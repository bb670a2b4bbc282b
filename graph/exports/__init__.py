"""The writers behind `graph.export`, a module for each family of forms."""
