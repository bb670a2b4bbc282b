"""A store that is hard to export, and what a form of it is."""

import io
from collections.abc import Iterator

import pytest

from graph.export import Publication, export
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.identity import mint
from ontology.model import Assertion, Barrier, Decision, Theme
from ontology.namespaces import SCHEME
from tests.graph.samples import Paper, clinic, review, ward

HOSTILE = "</script><script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\"> & href=\"http://a.example\""
FORMULA = '=HYPERLINK("http://a.example";"+1")'
VALUES = ("@SUM(A1)", "+1", "-2", "a | b\\", "tab\tbed", "two\nlines")
TOLD = Publication(
    "2026-11-28", "https://creativecommons.org/licenses/by/4.0/", "https://orcid.org/0000-0000-0000-0000"
)


def hostile() -> list[Record]:
    """A document whose themes are attacks on whoever shows them, with a character that XML cannot hold."""
    paper = Paper("hostile.txt", f"Theme: {HOSTILE}\x0b\n{FORMULA}\n")
    return [
        paper.document,
        Theme(iri="urn:hostile", **paper.common, label=HOSTILE, variants=("\x0b",), spans=(paper.span(HOSTILE),)),
        Barrier(iri="urn:formula", **paper.common, label=FORMULA, spans=(paper.span(FORMULA),),
                codes=(f"{SCHEME}tdf/knowledge", f"{SCHEME}tdf/nothing-such"), score=-0.5),
        Theme(iri="urn:values", **paper.common, label="Values", variants=VALUES, spans=(paper.span("Theme"),)),
    ]  # fmt: skip


def accepted() -> Decision:
    """Ada accepts that a quote illustrates the late letters."""
    link = next(r for r in ward(doi="10.1000/one") if isinstance(r, Assertion) and r.status != "rejected")
    time = "2026-11-24T10:00:00Z"
    return Decision(
        iri=mint("Decision", link.iri, "Ada", time), target=link.iri, person="Ada", time=time, action="accept",
        reason="So it says.",
    )  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceGraph]:
    """Two documents of one study, a hostile one, a review, and decisions."""
    with EvidenceGraph(tmp_path_factory.mktemp("export") / "store") as graph:
        graph.apply(ward(doi="10.1000/one"))
        graph.apply(clinic(doi="10.1000/one"))
        graph.apply(hostile())
        graph.add([*review(ward(doi="10.1000/one")), accepted()])
        yield graph


def written(graph: EvidenceGraph, form: str, told: Publication | None = None) -> bytes:
    """The bytes of a form."""
    out = io.BytesIO()
    export(graph, form, out, told)
    return out.getvalue()
