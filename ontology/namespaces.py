"""The namespaces that carekg writes, and their prefixes."""

CKG = "https://w3id.org/carekg/vocab/"
ID = "https://w3id.org/carekg/id/"
SCHEME = "https://w3id.org/carekg/scheme/"
GRAPH = "https://w3id.org/carekg/graph/"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

ONTOLOGY_GRAPH = GRAPH + "ontology"
DECISIONS_GRAPH = GRAPH + "decisions"
SYNTHESIS_GRAPH = GRAPH + "synthesis"

PREFIXES = {
    "ckg": CKG,
    "id": ID,
    "scheme": SCHEME,
    "dcterms": DCTERMS,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
"""Prefix to namespace, as bound in every Turtle file and query of the project."""
