"""Engines that answer Cypher: an embedded one and Neo4j."""
