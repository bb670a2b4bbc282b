"""Where records live and how they are asked: RDF and property graph, kept equal."""
