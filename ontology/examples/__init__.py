"""Small Turtle files that conform to the shapes, and others that violate one each."""
