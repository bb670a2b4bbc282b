"""The evidence as a QDA project: valid by the schema, the same bytes each time, and read back the same."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from graph import sorting
from graph.errors import ExportError
from graph.exports.refi import write
from graph.store import EvidenceGraph
from ingest.coded import resolve
from ingest.library import Shelf
from ingest.readers.refi.reader import read_refi
from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, normalise_statement, sha256_of
from ontology.model import (
    Assertion,
    Barrier,
    Document,
    EvidenceLine,
    Facilitator,
    Finding,
    Intervention,
    Quote,
    ReviewFinding,
    Role,
    Study,
    Theme,
)
from ontology.namespaces import CKG, SCHEME
from ontology.refi import PROJECT_NAMESPACE, invalidity
from tests.graph.exported import graph as graph
from tests.graph.exported import written
from tests.graph.samples import clinic, review, ward
from tests.strategies import record_sets

NAMED = (Theme, Barrier, Facilitator, Intervention, Role)


def root_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("project.qde"))


def read_back(data: bytes) -> list[Record]:
    groups = resolve(read_refi(data, "evidence.qdpx"), Shelf([]))
    return [record for group in groups for record in group.records]


def spans(records: Iterable[Record]) -> dict[str, set[Passage]]:
    found: dict[str, set[Passage]] = defaultdict(set)
    for record in records:
        found[record.iri] |= set(record.spans)
    return found


words = st.lists(
    st.sampled_from(["calls", "nurses", "wait", "letters", "😀", "são", "trust", "“no”"]), min_size=1, max_size=5
)
labels = words.map(" ".join).filter(lambda label: any(char.isalnum() for char in label))


@st.composite
def studies(draw: st.DrawFn, number: int) -> list[Record]:
    """A document of words in lines, its study, and things that were coded in it, each minted as import mints it."""
    lines = draw(st.lists(words.map(" ".join), min_size=3, max_size=8))
    text = f"Study {number}\nMethods\nResults\nDiscussion\n" + "\n".join(lines) + "\n"
    document, study = document_iri(sha256_of(text)), mint("Study", "test", str(number))
    common = {"document": document, "study": study}
    edges = [(at, at + len(word)) for word, at in _words(text)]

    def passage() -> Passage:
        first, last = sorted(draw(st.lists(st.integers(0, len(edges) - 1), min_size=2, max_size=2)))
        start, end = edges[first][0], edges[last][1]
        return Passage(document=document, start=start, end=end, exact=text[start:end])

    made: dict[str, Record] = {}

    def keep(record: Record) -> Record:
        return made.setdefault(record.iri, record)

    for cls in NAMED:
        for label in draw(st.lists(labels, max_size=2, unique_by=normalise_statement)):
            iri = mint(cls.__name__, study, cls.__name__, normalise_statement(label))
            keep(cls(iri=iri, **common, label=label, spans=(passage(),)))
    roles = [record.iri for record in made.values() if isinstance(record, Role)]
    things = [record for record in made.values() if isinstance(record, Theme | Barrier | Facilitator | Intervention)]
    for _ in range(draw(st.integers(1, 3))):
        span = passage()
        role = draw(st.none() | st.sampled_from(roles)) if roles else None
        quote = keep(
            Quote(
                iri=mint("Quote", document, str(span.start), str(span.end)), **common, spans=(span,), exact=span.exact,
                start=span.start, end=span.end, quote_kind="block", speaker_role=role,
                speaker=draw(st.none() | st.sampled_from(["P01", "nurse 2"])),
            )
        )  # fmt: skip
        if things:
            thing = draw(st.sampled_from(things))
            predicate = CKG + "illustrates"
            keep(
                Assertion(
                    iri=mint("Assertion", quote.iri, predicate, thing.iri, study), **common, spans=(span,),
                    subject=quote.iri, predicate=predicate, object=thing.iri, method="rule", status="proposed",
                )
            )  # fmt: skip
    head = Study(
        iri=study, document=document, study=study, evidence_level="full text", title=f"Study {number}",
        doi=draw(st.none() | st.just(f"10.5555/test.{number}")), year=draw(st.none() | st.just("2020")),
        design=draw(st.sampled_from([(), ("focus groups", "survey")])),
        n_participants=draw(st.none() | st.integers(1, 99)),
    )  # fmt: skip
    told = Document(iri=document, document=document, study=study, source=f"{number}.txt", sha256=sha256_of(text),
                    media_type="text/plain", text=text)  # fmt: skip
    return [told, head, *made.values()]


def _words(text: str) -> list[tuple[str, int]]:
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((word, at))
        at += len(word)
    return found


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_texts_quotes_codes_and_cases_read_back_the_same(data: st.DataObject) -> None:
    given_ = [r for number in range(data.draw(st.integers(1, 3))) for r in data.draw(studies(number))]
    back = read_back(write(given_))
    before, after = spans(given_), spans(back)
    for cls in (Document, Study, Quote, *NAMED):
        assert {r.iri for r in given_ if type(r) is cls} == {r.iri for r in back if type(r) is cls}, cls
    for record in given_:
        if isinstance(record, (Quote, *NAMED)):
            assert after[record.iri] == before[record.iri], record
    texts = {r.iri: r.text for r in back if isinstance(r, Document)}
    assert texts == {r.iri: r.text for r in given_ if isinstance(r, Document)}
    for kind, slots in (
        (Study, ("title", "doi", "year", "design", "n_participants", "evidence_level")),
        (Quote, ("exact", "speaker", "speaker_role")),
        (NAMED, ("label",)),
    ):
        told = {r.iri: [getattr(r, slot) for slot in slots] for r in given_ if isinstance(r, kind)}
        assert told == {r.iri: [getattr(r, slot) for slot in slots] for r in back if isinstance(r, kind)}
    links = {(r.subject, r.predicate, r.object) for r in given_ if isinstance(r, Assertion)}
    assert links <= {(r.subject, r.predicate, r.object) for r in back if isinstance(r, Assertion)}


@settings(deadline=None, max_examples=60)
@given(record_sets())
def test_any_records_make_a_valid_project_and_the_same_bytes(records: Sequence[Record]) -> None:
    (document,) = [r for r in records if isinstance(r, Document)]
    assume(document.study or len({r.study for r in records if r.document and r.study} - {document.study}) < 2)
    data = write(records)
    assert data == write(tuple(reversed(records)))
    assert not any("not valid" in note for note in read_refi(data, "any.qdpx").notes)


def test_a_store_read_piece_by_piece_gives_the_project_of_its_records(
    graph: EvidenceGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting.ordered, "__defaults__", (500,))
    data = written(graph, "refi-qda")
    assert data == write([*graph.records(), *graph.concepts()])
    paths = [element.get("name") for element in root_of(data).iter("{*}Code")]
    assert len(paths) > 15
    assert len(list(root_of(data).iter("{*}TextSource"))) == 3


def test_a_project_that_breaks_the_schema_is_named(tmp_path: Path) -> None:
    path = tmp_path / "project.qde"
    path.write_text(f'<Project xmlns="{PROJECT_NAMESPACE}" name="a"><Users/><Nonsense/></Project>', encoding="utf-8")
    assert "Users" in (invalidity(path) or "")
    path.write_text(f'<Project xmlns="{PROJECT_NAMESPACE}" name="a"/>', encoding="utf-8")
    assert invalidity(path) is None


def test_the_project_is_valid_by_the_schema_that_refi_publishes(shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "corpus" / "refi-qda" / "Project.xsd"))
    papers = [*ward(doi="10.1000/one"), *clinic(doi="10.1000/two")]
    root = root_of(write([*papers, *review(ward(doi="10.1000/one"))]))
    schema.assertValid(root)


def paper(text: str, *records: Record) -> list[Record]:
    iri = document_iri(sha256_of(text))
    return [Document(iri=iri, source="a.txt", sha256=sha256_of(text), media_type="text/plain", text=text), *records]


def span(text: str, exact: str) -> Passage:
    start = text.index(exact)
    return Passage(document=document_iri(sha256_of(text)), start=start, end=start + len(exact), exact=exact)


TEXT = "Nobody rang us.\n[Table 1]\nSo we waited. 😀 Calls fail.\n"


def test_texts_are_files_with_plain_line_ends_and_positions_are_code_points() -> None:
    own = span(TEXT, "Calls fail.")
    finding = Finding(iri="urn:f", document=own.document, statement="Calls fail.", spans=(own,))
    data = write(paper(TEXT, finding))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("sources/")]
        assert archive.read(name) == TEXT.encode()
    root = root_of(data)
    (selection,) = root.iter("{*}PlainTextSelection")
    assert (selection.get("startPosition"), selection.get("endPosition")) == (str(own.start), str(own.end))
    assert root.nsmap == {None: PROJECT_NAMESPACE}


def test_a_quote_in_two_pieces_is_two_selections_that_are_tied() -> None:
    pieces = (span(TEXT, "Nobody rang us."), span(TEXT, "So we waited."))
    exact = "\n".join(piece.exact for piece in pieces)
    quote = Quote(iri="urn:q", document=pieces[0].document, spans=pieces, exact=exact, start=pieces[0].start,
                  end=pieces[1].end, quote_kind="block", speaker_role=SCHEME + "role/nurse")  # fmt: skip
    data = write(paper(TEXT, quote))
    (link,) = root_of(data).iter("{*}Link")
    assert (link.get("name"), link.get("direction")) == ("continues", "OneWay")
    (again,) = [r for r in read_back(data) if isinstance(r, Quote)]
    assert (again.spans, again.exact) == (pieces, exact)


def test_a_review_finding_is_a_note_in_a_set_that_its_evidence_is_linked_to() -> None:
    own = span(TEXT, "Calls fail.")
    finding = Finding(iri="urn:f", document=own.document, statement="Calls fail.", spans=(own,))
    whole = ReviewFinding(iri="urn:r", summary="Calls after discharge fail.")
    line = EvidenceLine(iri="urn:l", review_finding="urn:r", evidence="urn:f", direction="supports")
    root = root_of(write(paper(TEXT, finding, whole, line)))
    (note,), (link,), (group,) = (list(root.iter(f"{{*}}{name}")) for name in ("Note", "Link", "Set"))
    (selection,) = root.iter("{*}PlainTextSelection")
    assert note.findtext("{*}PlainTextContent") == "Calls after discharge fail."
    assert (link.get("originGUID"), link.get("targetGUID")) == (selection.get("guid"), note.get("guid"))
    assert link.get("name") == "supports"
    assert group.find("{*}MemberNote").get("targetGUID") == note.get("guid")  # type: ignore[union-attr]


def test_what_a_person_rejected_is_no_code_of_a_segment() -> None:
    own = span(TEXT, "Nobody rang us.")
    common = {"document": own.document, "spans": (own,)}
    quote = Quote(iri="urn:q", **common, exact=own.exact, start=own.start, end=own.end, quote_kind="block")
    theme = Theme(iri="urn:t", **common, label="Trust")
    link = Assertion(iri="urn:a", **common, subject="urn:q", predicate=CKG + "illustrates", object="urn:t",
                     method="rule", status="rejected")  # fmt: skip
    codings = [
        len(list(one.iter("{*}Coding")))
        for one in root_of(write(paper(TEXT, quote, theme, link))).iter("{*}PlainTextSelection")
    ]
    assert sorted(codings) == [1, 2]


def test_a_store_without_documents_has_nothing_to_export() -> None:
    with pytest.raises(ExportError, match="no document"):
        write([])


def test_a_document_that_speaks_of_several_studies_is_no_source() -> None:
    own = span(TEXT, "Calls fail.")
    both = [
        Finding(iri=f"urn:{n}", document=own.document, study=f"urn:s{n}", statement="x", spans=(own,)) for n in "ab"
    ]
    with pytest.raises(ExportError, match="no document"):
        write(paper(TEXT, *both))
    assert write([*paper(TEXT, *both), *paper("Another text.\n")])
