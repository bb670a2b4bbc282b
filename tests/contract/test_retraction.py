"""Retraction, in every store: A and B taken in, then A taken out, is B taken in; and what B attests too stays."""

import dataclasses
import io
import tempfile
from unittest.mock import patch

from hypothesis import HealthCheck, assume, given, settings

from graph import shipped
from graph.canonical import document_graph, graph_of
from graph.export import FORMATS, export
from graph.store import EvidenceGraph
from graph.sync import every_row
from ontology.base import Record
from ontology.model import Document, Role
from tests.contract.test_engines import Opener, state
from tests.graph.samples import clinic, review, ward
from tests.strategies import record_sets

SAME = "10.1000/one"


def exports(graph: EvidenceGraph) -> dict[str, bytes]:
    """The store in every form."""
    found = {}
    for form in FORMATS:
        out = io.BytesIO()
        export(graph, form, out)
        found[form] = out.getvalue()
    return found


def test_every_export_is_byte_for_byte_that_of_the_other_document(opened: Opener) -> None:
    both, alone = opened("both"), None
    both.engine()
    for paper in (ward(doi=SAME), clinic(doi=SAME)):
        both.apply(paper)
    both.add(review(clinic(doi=SAME)))
    both.retract("ward.txt")
    got, rows = exports(both), state(both)
    both.close()
    alone = opened("alone")
    alone.apply(clinic(doi=SAME))
    alone.add(review(clinic(doi=SAME)))
    assert exports(alone) == got
    assert state(alone) == rows


def test_roles_and_concepts_stay_while_one_document_attests_them(opened: Opener) -> None:
    graph = opened()
    graph.engine()
    concept = next(record.iri for record in graph.concepts() if type(record).__name__ == "Concept")

    def tied(paper: list[Record]) -> list[Record]:
        return [dataclasses.replace(r, concept=concept) if isinstance(r, Role) else r for r in paper]

    papers = {"ward.txt": tied(ward(doi=SAME)), "clinic.txt": tied(clinic(doi=SAME))}
    for paper in papers.values():
        graph.apply(paper)
    query = "MATCH (r:Role {label: 'nurse'})-[:CONCEPT]->(c:Concept) RETURN r.alternatives, c.iri"
    assert graph.cypher(query).rows == ((["café nurse"], concept),)
    graph.retract("clinic.txt")
    assert graph.cypher(query).rows == ((None, concept),)
    assert {type(r).__name__ for r in graph.records()} >= {"Role", "Study"}
    graph.retract("ward.txt")
    assert graph.cypher(query).rows == graph.cypher("MATCH (r:Role) RETURN r.iri").rows == ()
    assert graph.cypher("MATCH (c:Concept {iri: $c}) RETURN count(*) AS n", {"c": concept}).rows == ((1,),)


def of_one_document(records: tuple[Record, ...]) -> list[Record]:
    """The records of a generated set that its document attests: those that people add stand beside it."""
    (document,) = (record for record in records if isinstance(record, Document))
    named = [record for record in records if record is document or record.document]
    return [record for record in named if graph_of(record) == document_graph(document.iri)]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=record_sets(max_size=10), second=record_sets(max_size=10))
def test_generated_documents_that_share_things_come_and_go(
    uri: str | None, first: tuple[Record, ...], second: tuple[Record, ...]
) -> None:
    gone, kept = of_one_document(first), of_one_document(second)
    names = {record.iri for record in gone if isinstance(record, Document)}
    assume(not any(record.iri in names for record in kept))
    with tempfile.TemporaryDirectory() as folder, patch.object(shipped, "files", list):
        with EvidenceGraph(f"{folder}/both", neo4j=uri) as both:
            both.engine()
            both.apply(gone)
            both.apply(kept)
            both.retract(names.pop())
            lines, rows = both.nquads(), state(both)
            wanted = every_row(both.snapshot().store)
            assert rows[1] == wanted.relationships
            assert {iri: found for iri, (_, found) in rows[0].items()} == {
                iri: node.properties for iri, node in wanted.nodes.items()
            }
            assert both.engine().rows().attestations == wanted.attestations == set()
        with EvidenceGraph(f"{folder}/alone", neo4j=uri) as alone:
            alone.apply(kept)
            assert (alone.nquads(), state(alone)) == (lines, rows)
