"""What a coded project becomes: quotes of transcripts, findings of papers, cases as studies or participants."""

from collections.abc import Sequence

import pytest

from ingest.coded import resolve
from ingest.errors import MappingError, ReaderError
from ingest.library import Shelf
from ingest.mapping import complete
from ingest.readers import read_contents
from ingest.readers.contents import Project, RecordGroup
from ontology.base import Record
from ontology.identity import document_iri, sha256_of
from ontology.model import Assertion, Barrier, Document, Finding, Intervention, Quote, Role, Study, Theme
from ontology.namespaces import CKG, SCHEME
from tests.qda import INTERVIEW, at, guid, interview, packed, project, text_source

PAPER = (
    "Calling after discharge\n\nAbstract\n\nCalls fail.\n\nMethods\n\nWe asked 12 nurses.\n\nResults\n\n"
    "Calls were seldom returned, and letters came late.\n\nDiscussion\n\nA shared phone line may help.\n"
)


def read(data: bytes) -> Project:
    (content,) = read_contents(data, "calls.qdpx")
    assert isinstance(content, Project)
    return content


def groups(data: bytes, mapping: str | None = None, known: Sequence[Record] = ()) -> tuple[RecordGroup, ...]:
    return resolve(read(data), Shelf(known), mapping)


def records(data: bytes, mapping: str | None = None, known: Sequence[Record] = ()) -> list[Record]:
    found = [record for group in groups(data, mapping, known) for record in group.records]
    texts = {record.iri: record.text for record in found if isinstance(record, Document)}
    for record in found:
        for span in record.spans:
            assert texts[span.document][span.start : span.end] == span.exact
    return found


def of(found: Sequence[Record], cls: type[Record]) -> list[Record]:
    return [record for record in found if isinstance(record, cls)]


def links(found: Sequence[Record]) -> set[tuple[str, str, str]]:
    kinds = {record.iri: type(record).__name__ for record in found}
    return {
        (kinds[link.subject], link.predicate.removeprefix(CKG), kinds[link.object])
        for link in found
        if isinstance(link, Assertion)
    }


def test_a_segment_of_a_transcript_is_a_quote_that_illustrates_its_codes() -> None:
    found = records(interview())
    (quote,) = of(found, Quote)
    assert isinstance(quote, Quote)
    assert quote.exact == "Nobody rang us back that day."
    (theme,), (barrier,), (role,) = of(found, Theme), of(found, Barrier), of(found, Role)
    assert isinstance(theme, Theme) and theme.label == "Trust"
    assert isinstance(barrier, Barrier) and barrier.label == "no time" and barrier.stated_by == (role.iri,)
    assert quote.speaker_role == role.iri
    assert isinstance(role, Role) and role.concept == SCHEME + "role/nurse"
    assert links(found) == {
        ("Quote", "illustrates", "Theme"), ("Quote", "illustrates", "Barrier"), ("Barrier", "inTheme", "Theme"),
    }  # fmt: skip
    assert {(link.method, link.status) for link in found if isinstance(link, Assertion)} == {("import", "proposed")}


def test_the_same_project_gives_the_same_records_and_all_share_a_study() -> None:
    assert records(interview()) == records(interview())
    assert len({record.study for record in records(interview()) if record.study}) == 1


def paper(*selections: str, before: str = "") -> bytes:
    return packed(project([text_source("calls.pdf", *selections, content=PAPER)], before=before))


def test_a_segment_of_a_paper_is_a_finding_in_its_theme() -> None:
    found = records(paper(at(PAPER, "Calls were seldom returned, and letters came late.", "f", "Trust")))
    (finding,) = of(found, Finding)
    assert isinstance(finding, Finding) and finding.statement == "Calls were seldom returned, and letters came late."
    assert of(found, Quote) == []
    assert links(found) == {("Finding", "inTheme", "Theme")}


def test_a_code_that_only_names_a_kind_makes_each_segment_one_of_its_own() -> None:
    found = records(paper(at(PAPER, "letters came late", "f", "Barriers")))
    (barrier,) = of(found, Barrier)
    assert isinstance(barrier, Barrier) and barrier.label == "letters came late"


CASE = (
    '<Variables><Variable guid="{doi}" name="DOI" typeOfVariable="Text"/>'
    '<Variable guid="{n}" name="N" typeOfVariable="Integer"/></Variables>'
    '<Cases><Case guid="{case}" name="Berg 2021">'
    '<VariableValue><VariableRef targetGUID="{doi}"/><TextValue>https://doi.org/10.5555/Calls.1</TextValue></VariableValue>'
    '<VariableValue><VariableRef targetGUID="{n}"/><IntegerValue>12</IntegerValue></VariableValue>'
    '<SourceRef targetGUID="{source}"/></Case></Cases>'
)


def test_a_case_of_a_paper_is_its_study_with_variables() -> None:
    before = CASE
    for name in ("doi", "n", "case"):
        before = before.replace(f"{{{name}}}", guid(name))
    before = before.replace("{source}", guid("calls.pdf"))
    data = paper(at(PAPER, "letters came late", "f", "Barriers"), before=before)
    (study,) = of(records(data), Study)
    assert isinstance(study, Study)
    assert (study.doi, study.n_participants, study.title) == ("10.5555/calls.1", 12, "Berg 2021")
    known = Study(iri=study.iri, title="Calling", doi="10.5555/calls.1", year="2021", evidence_level="full text")
    (again,) = of(records(data, known=[known]), Study)
    assert isinstance(again, Study)
    assert (again.iri, again.title, again.year) == (study.iri, "Calling", "2021")


def test_a_case_of_a_transcript_is_who_speaks() -> None:
    case = (
        f'<Variables><Variable guid="{guid("v")}" name="Profession" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{guid("c")}" name="P01"><VariableValue><VariableRef targetGUID="{guid("v")}"/>'
        f'<TextValue>midwife</TextValue></VariableValue><SourceRef targetGUID="{guid("P01.txt")}"/></Case></Cases>'
    )
    quote = at(INTERVIEW, "Nobody rang us back that day.", "q", "Trust")
    found = records(packed(project([text_source("P01.txt", quote, content=INTERVIEW)], before=case)))
    (one,) = of(found, Quote)
    assert isinstance(one, Quote) and (one.speaker, one.speaker_role) == ("P01", SCHEME + "role/midwife")


def test_a_quote_in_two_pieces_is_one_with_two_spans() -> None:
    pieces = [at(INTERVIEW, "Nobody rang us back", "a", "Trust"), at(INTERVIEW, "no time to ask", "b", "Trust")]
    after = (
        f'<Links><Link guid="{guid("l")}" name="continues" originGUID="{guid("a")}" targetGUID="{guid("b")}"/></Links>'
    )
    (quote,) = of(records(packed(project([text_source("P01", *pieces, content=INTERVIEW)], after=after))), Quote)
    assert isinstance(quote, Quote)
    assert [span.exact for span in quote.spans] == ["Nobody rang us back", "no time to ask"]
    assert quote.exact == "Nobody rang us back\nno time to ask"


def test_two_coders_of_one_stretch_make_one_quote() -> None:
    pieces = [at(INTERVIEW, "no time", "a", "Trust"), at(INTERVIEW, "no time", "b", "NoTime")]
    found = records(packed(project([text_source("P01", *pieces, content=INTERVIEW)])))
    assert len(of(found, Quote)) == 1
    assert ("Quote", "illustrates", "Barrier") in links(found)
    assert ("Quote", "illustrates", "Theme") in links(found)


def test_a_mapping_changes_what_codes_mean() -> None:
    mapping = complete(read(interview()))
    assert '"Barriers > no time" = "barrier"' in mapping
    changed = mapping.replace('"Barriers > no time" = "barrier"', '"Barriers > no time" = "intervention"')
    found = records(interview(), changed)
    assert of(found, Barrier) == []
    (one,) = of(found, Intervention)
    assert isinstance(one, Intervention) and one.proposed_by == ("participants",)
    assert complete(read(interview()), changed) == changed


def test_a_transcript_may_be_read_as_a_paper_and_left_out() -> None:
    mapping = complete(read(interview())).replace('"P01.txt" = "transcript"', '"P01.txt" = "paper"')
    assert of(records(interview(), mapping), Quote) == []
    with pytest.raises(ReaderError, match="the mapping says so"):
        records(interview(), mapping.replace('"P01.txt" = "paper"', '"P01.txt" = "nothing"'))


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ("format = ", "no TOML"),
        ('format = "sheet"', "not for 'refi-qda'"),
        ('format = "refi-qda"\n[codes]\n"Barriers > no tme" = "barrier"', "did you mean 'Barriers > no time'"),
        ('format = "refi-qda"\n[codes]\n"Nurse" = "rule"', "no meaning.*did you mean 'role'"),
        ('format = "refi-qda"\n[coders]\n"Nurse" = "role"', "did you mean 'codes'"),
        ('format = "refi-qda"\ncodes = 3', "is no table"),
    ],
)
def test_a_mapping_that_does_not_fit_says_where(mapping: str, problem: str) -> None:
    with pytest.raises(MappingError, match=problem):
        records(interview(), mapping)


def test_what_a_store_has_read_of_the_same_text_is_not_replaced() -> None:
    sha256 = sha256_of(INTERVIEW)
    stored = Document(
        iri=document_iri(sha256), source="p01.txt", sha256=sha256, media_type="text/plain", text=INTERVIEW
    )
    with pytest.raises(ReaderError, match=r"in the store as p01\.txt"):
        records(interview(), known=[stored])


def test_the_notes_say_how_codes_were_read_and_which_have_no_segment() -> None:
    (group,) = groups(interview())
    assert any("guessed from their names (nothing: 2, " in note for note in group.notes)
    quote = at(INTERVIEW, "no time", "q", "NoTime")
    (group,) = groups(packed(project([text_source("P01", quote, content=INTERVIEW)])))
    assert "2 codes have no segment: Themes > Theme 1: Trust, Nurse" in group.notes


def test_a_project_without_coding_says_that_and_not_which_source_came_last() -> None:
    plain = [text_source(name, content=INTERVIEW + name) for name in ("P01", "P02")]
    with pytest.raises(ReaderError, match="none of its 2 sources has a coded segment"):
        records(project(plain))
