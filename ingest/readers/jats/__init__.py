"""JATS: articles in XML, as PubMed Central and publishers give them."""
