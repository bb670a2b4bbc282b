"""The forty questions on generated graphs: hostile words, missing values; equal bags in both languages."""

import tempfile
from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from graph.canonical import SYNTHESIS
from graph.questions import questions
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.identity import mint
from ontology.model import Concept, ConceptScheme, Decision, Role
from ontology.slots import slots_of
from tests.graph.samples import clinic, review, ward
from tests.strategies import record_sets


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(record_sets(max_size=24))
def test_both_languages_agree_on_any_graph(records: tuple[Record, ...]) -> None:
    added = [record for record in records if isinstance(record, (Decision, *SYNTHESIS))]
    document = [record for record in records if not isinstance(record, (Decision, Concept, ConceptScheme, *SYNTHESIS))]
    with tempfile.TemporaryDirectory() as folder, EvidenceGraph(folder) as graph:
        graph.apply(document)
        graph.add(added)
        agree(graph)


def test_both_languages_agree_where_one_of_several_links_leads_to_nothing() -> None:
    with tempfile.TemporaryDirectory() as folder, EvidenceGraph(folder) as graph:
        for records in (ward(doi="10.1000/one"), clinic()):
            role = next(record.iri for record in records if isinstance(record, Role))
            graph.apply([replace(record, **astray(record, role)) for record in records])
        agree(graph)


def test_both_languages_agree_where_several_documents_tell_of_one_study() -> None:
    with tempfile.TemporaryDirectory() as folder, EvidenceGraph(folder) as graph:
        for end in ("", "\n", "\n\n"):
            graph.apply(ward(doi="10.1000/one", end=end))
        graph.add(review(ward(doi="10.1000/one")))
        agree(graph)


def astray(record: Record, role: str) -> dict[str, tuple[str, ...]]:
    """The links of a record to roles, where it may have several, and two more: to one, and to what nobody describes."""
    slots = [slot.name for slot in slots_of(type(record)) if slot.many and "Role" in slot.target]
    return {name: (*getattr(record, name), role, mint("Role", "gone")) for name in slots}


def agree(graph: EvidenceGraph) -> None:
    """Ask every question, with each choice of each of its parameters."""
    for asked in questions():
        for given_ in [{}, *({p.name: value} for p in asked.parameters for value in p.choices or ("",))]:
            values = asked.values(given_)
            sparql, cypher = graph.sparql(asked.sparql, values), graph.cypher(asked.cypher, values)
            assert Counter(sparql.rows) == Counter(cypher.rows), asked.name
