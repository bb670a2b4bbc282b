"""Documents that come, change and go in any order: the graphs are always those of what is there now."""

import dataclasses
import tempfile
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import shipped
from graph.store import EvidenceGraph
from graph.sync import every_row
from ontology.base import Record
from ontology.model import Assertion, Determinant, Document
from tests.graph.samples import clinic, review, ward

SAME = "10.1000/one"
PAPERS: list[list[Record]] = [ward(doi=SAME), clinic(doi=SAME), clinic(end="The end.\n")]


def variant(paper: list[Record], which: int) -> list[Record]:
    """A paper as another reading of it may have seen it: whole, without links, with other words, nearly empty."""
    if which == 1:
        return [r for r in paper if not isinstance(r, Assertion | Determinant)]
    if which == 2:
        return [dataclasses.replace(r, level=None, reason="other") if isinstance(r, Determinant) else r for r in paper]
    return paper if which == 0 else [r for r in paper if isinstance(r, Document)]


STEPS = st.lists(
    st.tuples(st.integers(0, len(PAPERS) - 1), st.sampled_from([0, 1, 2, 3, None])) | st.just("review"), max_size=8
)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_any_history_ends_in_the_graph_of_what_is_left(steps: list[tuple[int, int | None] | str]) -> None:
    left: dict[int, list[Record]] = {}
    extra: list[Record] = []
    without_vocabularies = patch.object(shipped, "files", list)
    with tempfile.TemporaryDirectory() as folder, without_vocabularies:
        with EvidenceGraph(f"{folder}/lived") as lived:
            lived.engine()
            with lived.batch():
                for step in steps:
                    if isinstance(step, str):
                        extra = review(PAPERS[0])
                        lived.add(extra)
                        continue
                    number, which = step
                    if which is not None:
                        left[number] = variant(PAPERS[number], which)
                        lived.apply(left[number])
                    elif number in left:
                        del left[number]
                        lived.retract(PAPERS[number][0].iri)
            lines, stamp = lived.nquads(), lived.stamp()
            rows = lived.engine().rows()
            wanted = every_row(lived._state().store)
        assert (rows.relationships, rows.attestations) == (wanted.relationships, wanted.attestations)
        assert {iri: (set(n.labels), n.properties) for iri, n in rows.nodes.items()} == {
            iri: (set(n.labels), n.properties) for iri, n in wanted.nodes.items()
        }
        with EvidenceGraph(f"{folder}/fresh") as fresh, fresh.batch():
            for paper in left.values():
                fresh.apply(paper)
            fresh.add(extra)
            assert fresh.nquads() == lines
            assert fresh.stamp() == stamp
