"""How complete the chains of a store are: what is linked to nothing, and what rests on an abstract only."""

from dataclasses import dataclass

from graph.store import EvidenceGraph
from graph.table import Table

_ASKED = {
    "barriers without an intervention": ("ckg:Barrier", "FILTER NOT EXISTS { ?i ckg:addresses ?x }"),
    "barriers without a quote": ("ckg:Barrier", "FILTER NOT EXISTS { ?q ckg:illustrates ?x }"),
    "findings without a quote": ("ckg:Finding", "FILTER NOT EXISTS { ?q ckg:supports ?x }"),
    "quotes without a speaker's role": ("ckg:Quote", "FILTER NOT EXISTS { ?x ckg:speakerRole ?r }"),
    "interventions that are only cited": (
        "ckg:Intervention",
        'FILTER NOT EXISTS { ?x ckg:proposedBy ?by FILTER(?by != "cited") }',
    ),
    "studies read as an abstract only": ("ckg:Study", '?x ckg:evidenceLevel "abstract"'),
}

_STUDIES = """
SELECT ?study ?title ?source ?level
  (SUM(IF(?type = ckg:Quote, 1, 0)) AS ?quotes) (SUM(IF(?type = ckg:Theme, 1, 0)) AS ?themes)
  (SUM(IF(?type = ckg:Barrier, 1, 0)) AS ?barriers) (SUM(IF(?type = ckg:Intervention, 1, 0)) AS ?interventions)
WHERE {
  ?study a ckg:Study ; ckg:inDocument ?document .
  ?document dcterms:source ?source .
  OPTIONAL { ?study dcterms:title ?title }
  OPTIONAL { ?study ckg:evidenceLevel ?level }
  OPTIONAL {
    ?thing ckg:inStudy ?study ; a ?type .
    FILTER(?type IN (ckg:Quote, ckg:Theme, ckg:Barrier, ckg:Intervention))
  }
}
GROUP BY ?study ?title ?source ?level
ORDER BY ?source
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of all records of a kind are concerned; `what` says in which way."""

    what: str
    concerned: int
    total: int


def coverage(graph: EvidenceGraph) -> tuple[Coverage, ...]:
    """Return the measures of completeness of what the store holds now."""
    found = []
    for what, (cls, condition) in _ASKED.items():
        total = graph.sparql(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a {cls} }}").rows[0][0]
        concerned = graph.sparql(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a {cls} . {condition} }}").rows[0][0]
        found.append(Coverage(what, concerned, total))
    return tuple(found)


def studies(graph: EvidenceGraph) -> Table:
    """Return a row a study and document: study, title, source, level of evidence, and counts of the main kinds."""
    return graph.sparql(_STUDIES)
