"""The stage: pure, the same for the same bytes, and fit to travel between processes."""

import pickle
from hashlib import sha256

from benchmarks.papers import as_jats, as_ris, paper
from ingest.configuration import Configuration
from ingest.outcome import Meta, NoFindings, key
from ingest.readers.records import read_records
from ingest.stage import parse
from ontology.interchange import dumps
from ontology.model import Document, Study

JATS = as_jats(paper(1, paragraphs=2))


def test_the_same_bytes_give_the_same_records_and_key() -> None:
    one, other = parse(JATS, Meta("a.xml")), parse(JATS, Meta("a.xml"))
    assert (one.key, one.file_sha256) == (other.key, other.file_sha256)
    assert [part.records for part in one.parts] == [part.records for part in other.parts]
    assert one.key == key(sha256(JATS).hexdigest(), Meta("another name"))


def test_the_key_changes_with_bytes_version_configuration_and_studies(monkeypatch) -> None:  # noqa: ANN001
    keys = {key("00", Meta("a")), key("01", Meta("a")), key("00", Meta("a", (("urn:d", "urn:s"),)))}
    for settings in (Configuration("9.9", "rules"), Configuration("0.1.0", "rules; weights 0")):
        monkeypatch.setattr("ingest.outcome.current", lambda settings=settings: settings)
        keys.add(key("00", Meta("a")))
    assert len(keys) == 5


def test_what_comes_out_travels_between_processes_as_it_is() -> None:
    for data, name in ((JATS, "a.xml"), (b"", "empty.txt"), (b"Study,Barrier\nA,late\n", "sheet.csv")):
        parsed = parse(data, Meta(name))
        again = pickle.loads(pickle.dumps(parsed))  # noqa: S301
        assert [part.records for part in again.parts] == [part.records for part in parsed.parts]
        assert [str(part.error) for part in again.parts] == [str(part.error) for part in parsed.parts]
        assert [type(part.error) for part in again.parts] == [type(part.error) for part in parsed.parts]


def test_a_document_bears_the_hash_of_its_file() -> None:
    (part,) = parse(JATS, Meta("a.xml")).parts
    (document,) = (record for record in part.records if isinstance(record, Document))
    assert document.file_sha256 == sha256(JATS).hexdigest()


def test_a_study_can_be_given_its_name() -> None:
    (part,) = parse(JATS, Meta("a.xml")).parts
    assert part.report is not None
    (named,) = parse(JATS, Meta("a.xml", ((part.report.document, "urn:study"),))).parts
    assert {record.study for record in named.records if record.study} == {"urn:study"}
    assert [record.iri for record in named.records if isinstance(record, Study)] == ["urn:study"]
    assert named.report is not None
    assert named.report.found == part.report.found
    assert parse(JATS, Meta("a.xml", (("urn:another document", "urn:study"),))).parts == ()


def test_a_reference_is_kept_without_findings_and_an_agenda_is_not() -> None:
    (reference,) = parse(as_ris(paper(1)), Meta("a.ris")).parts
    assert reference.error is None
    assert reference.report is not None
    (agenda,) = parse(b"Agenda\n\n1. Welcome\n2. Lunch\n", Meta("a.txt")).parts
    assert isinstance(agenda.error, NoFindings)


def test_records_are_handed_on_as_they_are() -> None:
    (part,) = parse(JATS, Meta("a.xml")).parts
    data = "".join(dumps(part.records)).encode()
    (ready,) = parse(data, Meta("a.jsonl")).parts
    assert ready.ready
    assert set(ready.records) == set(part.records) == set(read_records(data, "a.jsonl")[0].records)
