"""How complete the chains of a store are: what is linked to nothing, and what rests on an abstract only."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from graph.store import EvidenceGraph
from graph.table import Table
from ontology.model import EVIDENCE_LEVELS
from ontology.namespaces import CKG

_ASKED = {
    "barriers without an intervention": ("ckg:Barrier", "FILTER NOT EXISTS { ?i ckg:addresses ?x }"),
    "barriers without a quote": ("ckg:Barrier", "FILTER NOT EXISTS { ?q ckg:illustrates ?x }"),
    "findings and positions without a quote": ("ckg:Finding", "FILTER NOT EXISTS { ?q ckg:supports ?x }"),
    "quotes without a speaker's role": ("ckg:Quote", "FILTER NOT EXISTS { ?x ckg:speakerRole ?r }"),
    "interventions that are only cited": (
        "ckg:Intervention",
        'FILTER NOT EXISTS { ?x ckg:proposedBy ?by FILTER(?by != "cited") }',
    ),
    "studies read as an abstract only": (
        "ckg:Study",
        '?x ckg:evidenceLevel "abstract" FILTER NOT EXISTS { ?x ckg:evidenceLevel "full text" }',
    ),
}

_TOLD = """
SELECT DISTINCT ?study ?document ?source ?level ?title WHERE {
  GRAPH ?told {
    ?study a ckg:Study ; ckg:inDocument ?document ; ckg:evidenceLevel ?level .
    OPTIONAL { ?study dcterms:title ?title }
    ?document dcterms:source ?source .
  }
}
"""
_HELD = """
SELECT ?study ?type (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing ckg:inStudy ?study ; a ?type .
  FILTER(?type IN (ckg:Quote, ckg:Theme, ckg:Barrier, ckg:Intervention))
}
GROUP BY ?study ?type
"""
_KINDS = ("Quote", "Theme", "Barrier", "Intervention")


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
    """Return a row a study: study, title, sources, level of evidence, and counts of the main kinds; by first source.

    What several documents tell of a study differently, the one tells that could be read best; its source comes first.
    """
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in graph.sparql(_TOLD).dicts():
        told[row["study"]].append(row)
    held = {(study, kind.removeprefix(CKG)): count for study, kind, count in graph.sparql(_HELD).rows}
    rows = []
    for study, documents in told.items():
        best = sorted(documents, key=lambda row: (-EVIDENCE_LEVELS.index(row["level"]), row["document"]))
        title = next((row["title"] for row in best if row["title"]), None)
        sources = "; ".join(dict.fromkeys(row["source"] for row in best))
        rows.append((study, title, sources, best[0]["level"], *(held.get((study, kind), 0) for kind in _KINDS)))
    columns = ("study", "title", "source", "level", "quotes", "themes", "barriers", "interventions")
    return Table(columns, tuple(sorted(rows, key=lambda row: (row[2], row[0]))))
