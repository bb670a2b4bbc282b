"""Many inputs: each on its own, in a fixed order, checked to the character, with a report or a reason."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from ingest import stage
from ingest.check import check
from ingest.errors import ReaderError
from ingest.extract import united
from ingest.gather import gather
from ingest.outcome import NoFindings, UnexpectedFault
from ingest.pipeline import Limits, Outcome, ingest, run
from ingest.readers import MAX_BYTES, read
from ingest.readers.records import read_records
from ontology.base import Passage, Record
from ontology.errors import RecordError, SpanError
from ontology.identity import document_iri, mint, sha256_of
from ontology.interchange import dumps, from_dict, to_dict
from ontology.model import Assertion, Barrier, Document, Intervention, Quote, ReviewFinding, Role, Study, Theme
from ontology.namespaces import CKG
from ontology.slots import slots_of
from ontology.vocabulary import load_vocabulary

SAMPLE = sorted(Path(str(file)) for file in files("ingest.sample").iterdir() if file.name.endswith(".txt"))
TEXT = "Nurses said that letters arrived late. A shared plan could help."
SHA = sha256_of(TEXT)
PAPER = Document(iri=document_iri(SHA), source="a.txt", sha256=SHA, media_type="text/plain", text=TEXT)


def span(words: str) -> tuple[Passage, ...]:
    start = TEXT.index(words)
    return (Passage(document=PAPER.iri, start=start, end=start + len(words), exact=words),)


NURSE = Role(iri=mint("Role", "n"), document=PAPER.iri, label="nurse", spans=span("Nurses"))
BARRIER = Barrier(
    iri=mint("Barrier", "b"),
    document=PAPER.iri,
    label="late",
    spans=span("letters arrived late"),
    stated_by=(NURSE.iri,),
)
PLAN = Intervention(iri=mint("Intervention", "i"), document=PAPER.iri, label="plan", spans=span("A shared plan"))
LINK = Assertion(
    iri=mint("Assertion", "a"),
    document=PAPER.iri,
    spans=span("could help"),
    subject=PLAN.iri,
    predicate=CKG + "addresses",
    object=BARRIER.iri,
    method="rule",
    status="proposed",
)
RECORDS = (PAPER, NURSE, BARRIER, PLAN, LINK)


@pytest.fixture(scope="module")
def sample() -> list[Outcome]:
    return list(ingest(SAMPLE))


def test_every_document_of_the_sample_gives_records_and_a_report(sample: list[Outcome]) -> None:
    assert [outcome.path.name for outcome in sample] == [path.name for path in SAMPLE]
    for outcome in sample:
        assert outcome.error is None
        report = outcome.report
        assert report is not None
        text = outcome.path.read_text(encoding="utf-8")
        assert (report.source, report.characters, report.sha256) == (outcome.path.name, len(text), sha256_of(text))
        assert report.evidence_level in ("abstract", "full text")
        assert sum(report.found.values()) == len(outcome.records)
        assert report.found["Document"] == report.found["Study"] == 1
        assert report.seconds > 0


def test_every_span_of_the_sample_holds_its_words(sample: list[Outcome]) -> None:
    for outcome in sample:
        (document,) = (record for record in outcome.records if isinstance(record, Document))
        spans = [one for record in outcome.records for one in record.spans]
        assert len(spans) > 20
        assert all(document.text[one.start : one.end] == one.exact for one in spans)
        quotes = [record for record in outcome.records if isinstance(record, Quote)]
        for one in quotes:
            whole = document.text[one.start : one.end]
            assert one.exact in (whole, "\n".join(passage.exact for passage in one.spans))
            assert (one.start, one.end) == (one.spans[0].start, one.spans[-1].end)


def test_every_record_of_the_sample_follows_the_slot_table(sample: list[Outcome]) -> None:
    for outcome in sample:
        for record in outcome.records:
            assert from_dict(json.loads(json.dumps(to_dict(record)))) == record


def test_every_record_of_the_sample_has_an_iri_of_its_own_and_no_link_leads_nowhere(sample: list[Outcome]) -> None:
    for outcome in sample:
        iris = [record.iri for record in outcome.records]
        assert len(iris) == len(set(iris))
        known = {*iris, *(concept.iri for concept in load_vocabulary().concepts)}
        for record in outcome.records:
            for slot in slots_of(type(record)):
                value = getattr(record, slot.name)
                if slot.kind == "ref" and value:
                    assert (record.iri, slot.name, set(value if slot.many else [value]) - known) == (
                        record.iri,
                        slot.name,
                        set(),
                    )


def test_the_same_input_gives_the_same_records(sample: list[Outcome]) -> None:
    again = list(ingest(SAMPLE[:2]))
    assert [outcome.records for outcome in again] == [outcome.records for outcome in sample[:2]]


def test_a_document_does_not_depend_on_those_before_it(sample: list[Outcome]) -> None:
    (alone,) = ingest(SAMPLE[2:3])
    assert alone.records == sample[2].records


def test_a_folder_is_its_files_sorted_without_the_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = gather([tmp_path, tmp_path / "a.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.txt", "b.txt", "sub/c.txt"]
    assert sorted(path.name for path in found.hidden) == [".hidden.txt", "d.txt"]
    assert found.failures == ()


def test_a_path_that_is_nothing_and_an_empty_folder_are_failures(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    failures = gather([tmp_path / "none.txt", empty]).failures
    assert [str(failure.error) for failure in failures] == [
        f"{tmp_path / 'none.txt'}: does not exist; check the path",
        f"{empty}: holds no files; name another folder",
    ]


def bad_files(folder: Path) -> dict[str, tuple[bytes, type[Exception], str]]:
    """Bad files by name: their bytes, the error they must give and a part of its text."""
    return {
        "empty.txt": (b"", ReaderError, "empty.txt"),
        "blank.txt": (b" \n\n\t ", ReaderError, "blank.txt"),
        "binary.txt": (bytes(range(256)) * 64, ReaderError, "binary.txt"),
        "agenda.txt": (b"Agenda\n\n1. Welcome\n2. Lunch\n3. Farewell\n", NoFindings, "holds no findings"),
        "broken.jsonl": (b'{"kind": "Theme"\n', RecordError, "broken.jsonl, line 1"),
        "latin.jsonl": ('{"kind": "Thé"}'.encode("latin-1"), ReaderError, "is not UTF-8 at byte"),
        "hollow.jsonl": (b"\n\n", ReaderError, "holds no records"),
    }


def test_bad_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    bad = bad_files(tmp_path)
    for name, (data, _, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_bytes(SAMPLE[0].read_bytes())
    outcomes = {outcome.path.name: outcome for outcome in ingest(gather([tmp_path]).files)}
    assert outcomes.pop("good.txt").records
    assert outcomes.keys() == bad.keys()
    for name, (_, kind, words) in bad.items():
        error = outcomes[name].error
        assert isinstance(error, kind)
        assert name in str(error)
        assert words in str(error)
        assert outcomes[name].records == ()
        assert outcomes[name].report is None


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as out:
        out.truncate(200_000_000)

    def never(_: Path) -> bytes:
        raise AssertionError("a file of this size must not be read")

    monkeypatch.setattr(Path, "read_bytes", never)
    (outcome,) = ingest([huge])
    assert isinstance(outcome.error, ReaderError)
    assert "huge.txt: is 200 MB, more than the 20 MB that are read" in str(outcome.error)
    assert MAX_BYTES == 20_000_000


def test_a_folder_or_device_named_as_a_file_is_refused(tmp_path: Path) -> None:
    (outcome,) = ingest([tmp_path])
    assert "is not a regular file" in str(outcome.error)


def test_a_fault_of_ours_costs_one_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_bytes(SAMPLE[0].read_bytes())
    second.write_bytes(SAMPLE[1].read_bytes())
    real = stage.extract

    def broken(document: object, study: str | None = None) -> object:
        if document.document.source == "1.txt":  # type: ignore[attr-defined]
            raise IndexError("list index out of range")
        return real(document, study)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "extract", broken)
    one, other = (result.outcomes[0] for result in run([first, second], limits=Limits(jobs=0)))
    assert isinstance(one.error, UnexpectedFault)
    assert "1.txt: could not be analysed (IndexError" in str(one.error)
    assert other.records


def test_the_same_text_under_another_name_is_told_and_not_handed_on_twice(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(SAMPLE[0].read_bytes())
    one, other = ingest(gather([tmp_path]).files)
    assert one.records
    assert other.report is not None
    assert (other.records, other.error) == ((), None)
    assert other.report.notes[-1] == "holds the same text as a.txt, which was read before it"


def test_progress_names_every_file(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    list(ingest(SAMPLE[:2], progress=lambda done, total, name: told.append((done, total, name))))
    assert told == [(0, 2, SAMPLE[0].name), (1, 2, SAMPLE[1].name)]


def test_what_holds_is_kept_as_it_is() -> None:
    assert check(RECORDS, PAPER) == (RECORDS, ())


def test_words_at_another_place_are_refused_with_all_that_needs_them() -> None:
    moved = replace(BARRIER, spans=(replace(BARRIER.spans[0], start=BARRIER.spans[0].start + 1),))
    kept, refused = check((PAPER, NURSE, moved, PLAN, LINK), PAPER)
    assert kept == (PAPER, NURSE, PLAN)
    assert [(one.kind, one.words) for one in refused] == [
        ("Barrier", "letters arrived late"),
        ("Assertion", "could help"),
    ]
    assert "are not at 18 to 37" in refused[0].reason
    assert refused[1].reason == "it needs a record that was refused"


def test_a_link_that_may_be_missing_is_cut_instead() -> None:
    lost = replace(NURSE, spans=())
    kept, refused = check((PAPER, lost, BARRIER), PAPER)
    assert kept == (PAPER, replace(BARRIER, stated_by=()))
    assert [(one.kind, one.reason) for one in refused] == [("Role", "it has no words in the document")]


def test_words_of_another_document_and_a_quote_elsewhere_are_refused() -> None:
    foreign = replace(PLAN, spans=(replace(PLAN.spans[0], document="https://example.org/other"),))
    start, end = BARRIER.spans[0].start, BARRIER.spans[0].end
    shifted = Quote(
        iri=mint("Quote", "q"),
        document=PAPER.iri,
        spans=BARRIER.spans,
        exact="letters arrived late",
        start=start + 2,
        end=end + 2,
        quote_kind="inline",
    )
    kept, refused = check((PAPER, foreign, shifted), PAPER)
    assert kept == (PAPER,)
    assert [one.reason for one in refused] == [
        "its words are of another document",
        f"the quote is not at {start + 2} to {end + 2}",
    ]


def write_jsonl(path: Path, records: list[Record]) -> Path:
    path.write_text("".join(dumps(records)), encoding="utf-8")
    return path


def test_the_interchange_is_read_back_document_by_document(tmp_path: Path, sample: list[Outcome]) -> None:
    review = ReviewFinding(iri=mint("ReviewFinding", "r"), summary="Letters arrive late.")
    every = [review, *sample[0].records, *sample[1].records]
    outcomes = list(ingest([write_jsonl(tmp_path / "all.jsonl", every)]))
    assert [set(outcome.records) for outcome in outcomes] == [
        set(sample[0].records),
        set(sample[1].records),
        {review},
    ]
    assert [outcome.report.source if outcome.report else None for outcome in outcomes] == [
        SAMPLE[0].name,
        SAMPLE[1].name,
        None,
    ]


def test_line_separators_inside_a_text_do_not_end_a_record(tmp_path: Path) -> None:
    text = "One\u2028two\x85three"
    sha = sha256_of(text)
    paper = Document(iri=document_iri(sha), source="s", sha256=sha, media_type="text/plain", text=text)
    (outcome,) = ingest([write_jsonl(tmp_path / "a.jsonl", [paper])])
    assert outcome.records == (paper,)


def test_a_record_that_is_there_twice_counts_once() -> None:
    (group,) = read_records("".join(dumps([*RECORDS, NURSE])).encode(), "a.jsonl")
    assert group.records == RECORDS
    assert group.document == PAPER


@pytest.mark.parametrize(
    ("records", "kind", "problem"),
    [
        ([PAPER, NURSE, replace(NURSE, label="doctor")], RecordError, "has two records"),
        ([NURSE], RecordError, "which the file lacks"),
        ([replace(PAPER, text=TEXT + " ")], RecordError, "which its sha256 or iri does not name"),
        ([replace(PAPER, iri=document_iri("0"))], RecordError, "which its sha256 or iri does not name"),
        ([PAPER, replace(PLAN, spans=(replace(PLAN.spans[0], end=3),))], SpanError, "the words are not at"),
    ],
)
def test_an_interchange_file_that_does_not_hold_is_refused(
    records: list[Record], kind: type[Exception], problem: str
) -> None:
    with pytest.raises(kind, match=problem):
        read_records("".join(dumps(records)).encode(), "a.jsonl")


def test_what_is_stated_twice_is_one_record_with_the_words_of_both_places() -> None:
    again = replace(BARRIER, spans=span("A shared plan"), stated_by=("https://example.org/doctor",), level="team")
    once, other = united([BARRIER, NURSE, again])
    assert once == replace(
        BARRIER,
        spans=(*BARRIER.spans, *span("A shared plan")),
        stated_by=(NURSE.iri, "https://example.org/doctor"),
        level="team",
    )
    assert other is NURSE


def test_a_study_without_words_may_stand_and_themes_may_not() -> None:
    study = Study(iri=mint("Study", "s"), document=PAPER.iri, evidence_level="full text")
    theme = Theme(iri=mint("Theme", "t"), document=PAPER.iri, label="Trust")
    kept, refused = check((PAPER, study, theme), PAPER)
    assert kept == (PAPER, study)
    assert [one.words for one in refused] == ["Trust"]


def test_the_reader_and_the_pipeline_agree_on_the_stored_text() -> None:
    data = SAMPLE[0].read_bytes()
    document = read(data, "a.txt").document
    (outcome,) = ingest(SAMPLE[:1])
    assert outcome.report is not None
    assert outcome.report.document == document.iri
