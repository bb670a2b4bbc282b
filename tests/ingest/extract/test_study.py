"""Study facts and participants: what is read, from which words, and what is left alone."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.roles.extraction import extract_roles
from ingest.extract.study.extraction import StudyParts, extract_study, study_identity
from ingest.readers import read

PAPER = """Who rings first? Handing over insulin after a hospital stay: a qualitative study in two Danish counties

Background

Diabetes is common. In one survey 412 nurses were asked about insulin [1]. The aim of this study was to explore how
nurses and pharmacists agree on the first dose at home.

Methods

Design

This was a qualitative descriptive study nested in the Homeward Trial, which tested a discharge letter.

Setting

The study took place in four general practices and one university hospital in Denmark. Practices share one record.

Participants

Purposive sampling was used to reach a range of ages. Nurses were eligible if they had worked there for a year. We
approached 40 nurses by email, scheduled 25 interviews, and completed 20: 12 district nurses (RNs, NPs, and LPNs) and 8
pharmacists. Participants received a voucher worth £20 for their time.

Data collection

Semi-structured interviews were conducted by telephone between May and November 2019. A topic guide was developed from
the literature. Interviews lasted 25 to 50 minutes, were audio-recorded and transcribed verbatim. Interviews went on
until data saturation was reached.

Analysis

Two researchers (AB, CD) coded all transcripts in NVivo 12 (QSR International, Australia). We used thematic analysis.
Discrepancies were resolved by discussion. Ethical approval was given by the regional committee. Written informed
consent was obtained from all participants.

Results

Twelve participants were women and eight were men. Two nurses said that 30 patients had waited.

Discussion

Others interviewed 55 doctors in Norway [2]. More could be done.
"""


@pytest.fixture(scope="module")
def parts() -> StudyParts:
    return parts_of(PAPER)


def parts_of(text: str, source: str = "paper.txt") -> StudyParts:
    found = read(text.encode(), source)
    study = study_identity(found)
    roles = extract_roles(found.reading, study)
    return extract_study(found.reading, found.document, study, roles, ())


def values(parts: StudyParts, field: str) -> list[str]:
    return [fact.record.value for fact in parts.facts if fact.record.field == field]


def words(parts: StudyParts, field: str) -> str:
    return " | ".join(span.exact for fact in parts.facts if fact.record.field == field for span in fact.record.spans)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("design", "qualitative study"),
        ("parent_study", "Homeward Trial"),
        ("country", "Denmark"),
        ("sampling_method", "purposive sampling"),
        ("n_approached", "40"),
        ("n_scheduled", "25"),
        ("n_completed", "20"),
        ("n_district_nurses", "12"),
        ("n_pharmacists", "8"),
        ("credentials", "RNs, NPs, and LPNs"),
        ("data_collection_method", "semi-structured interview"),
        ("interview_mode", "by telephone"),
        ("interview_dates", "2019-05/2019-11"),
        ("software", "NVivo"),
        ("analysis_method", "thematic analysis"),
    ],
)
def test_a_fact_has_its_normalised_value(parts: StudyParts, field: str, value: str) -> None:
    assert value in values(parts, field)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("objective", "to explore how\nnurses and pharmacists agree on the first dose at home"),
        ("setting", "four general practices and one university hospital in Denmark"),
        ("setting_feature", "Practices share one record"),
        ("eligibility", "Nurses were eligible if they had worked there for a year"),
        ("parent_study_aim", "tested a discharge letter"),
        ("interview_guide", "A topic guide was developed from\nthe literature"),
        ("interview_duration", "Interviews lasted 25 to 50 minutes"),
        ("recording", "audio-recorded"),
        ("transcription", "transcribed verbatim"),
        ("saturation", "until data saturation was reached"),
        ("coders", "Two researchers (AB, CD) coded all transcripts"),
        ("reconciliation", "Discrepancies were resolved by discussion"),
        ("ethics", "Ethical approval was given by the regional committee"),
        ("consent", "informed\nconsent was obtained from all participants"),
        ("incentive", "received a voucher worth £20 for their time"),
    ],
)
def test_a_fact_rests_on_the_words_that_report_it(parts: StudyParts, field: str, said: str) -> None:
    assert said in words(parts, field)


def test_every_record_quotes_the_stored_text(parts: StudyParts) -> None:
    stored = read(PAPER.encode(), "paper.txt").document.text
    for located in (parts.study, *parts.facts, *parts.groups):
        assert located.record.spans
        assert all(stored[span.start : span.end] == span.exact for span in located.record.spans)


def test_numbers_of_other_studies_of_citations_and_of_findings_are_not_facts(parts: StudyParts) -> None:
    numbers = {value for fact in parts.facts if fact.record.field.startswith("n_") for value in [fact.record.value]}
    assert not numbers & {"412", "55", "30", "1", "2"}
    assert "Norway" not in values(parts, "country")


def test_the_maker_of_software_does_not_say_where_the_study_took_place(parts: StudyParts) -> None:
    assert values(parts, "country") == ["Denmark"]


def test_groups_have_label_number_role_sex_and_stage(parts: StudyParts) -> None:
    groups = {group.record.label: group.record for group in parts.groups}
    assert groups["district nurses"].n == 12
    assert groups["district nurses"].role is not None
    assert groups["nurses"].stage == "approached"
    assert (groups["women"].n, groups["women"].sex) == (12, "female")
    assert (groups["men"].n, groups["men"].sex) == (8, "male")


def test_the_study_sums_up_its_facts(parts: StudyParts) -> None:
    study = parts.study.record
    assert study.title is not None and study.title.startswith("Who rings first?")
    assert study.country == ("Denmark",)
    assert study.software == ("NVivo",)
    assert study.period == "2019-05/2019-11"
    assert "qualitative study" in study.design
    assert study.evidence_level == "full text"
    ends = {(span.start, span.end) for fact in parts.facts for span in fact.record.spans}
    assert {(span.start, span.end) for span in study.spans} == ends


def test_reading_twice_gives_the_same_records(parts: StudyParts) -> None:
    assert parts_of(PAPER) == parts


LANDING = """Surgeons on shared follow-up: a focus group study

Mara Quint*, Olu Bayo, Ines Ferrer

*Corresponding author for this work

Research output: Contribution to journalArticlepeer-review

4 Scopus citations

Background: Shared follow-up is recommended but seldom used. We sought to describe what surgeons think of it. \
Methods: We conducted 3 focus groups with 21 surgeons. Results: Surgeons named lack of time as a barrier. \
Conclusions: A shared plan may help.

Original languageEnglish
Pages (from-to)112-119
Number of pages8
JournalJournal of Invented Care
Issue number2
StatePublished - Mar 2022

  • Follow-up
  • Surgeons

ASJC Scopus subject areas

  • Surgery
"""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("author", "Mara Quint"),
        ("author", "Ines Ferrer"),
        ("publication_type", "Article"),
        ("peer_review", "yes"),
        ("citation_count", "4"),
        ("language", "English"),
        ("pages", "112-119"),
        ("number_of_pages", "8"),
        ("journal", "Journal of Invented Care"),
        ("issue", "2"),
        ("publication_status", "Published"),
        ("publication_date", "2022-03"),
        ("keyword", "Follow-up"),
        ("subject_area", "Surgery"),
        ("n_focus_groups", "3"),
        ("n_participants", "21"),
    ],
)
def test_a_landing_page_gives_what_it_lists(field: str, value: str) -> None:
    assert value in values(parts_of(LANDING), field)


def test_a_landing_page_is_evidence_at_the_level_of_an_abstract() -> None:
    study = parts_of(LANDING).study.record
    assert study.evidence_level == "abstract"
    assert (study.year, study.journal) == ("2022", "Journal of Invented Care")
    assert study.authors == ("Mara Quint", "Olu Bayo", "Ines Ferrer")


TABLE = """Methods

We interviewed 20 staff in three clinics.

Results

Staff agreed on most things. Details are in Table 1.

Table 1 Sample characteristics

Staff (N=20)
Sex
Male 6 30%
Female 14 70%
Type of staff
Nurse 12 60%
Pharmacist 8 40%

Nearly all nurses wanted a shared record.
"""


def test_rows_of_a_table_are_facts_of_the_sample() -> None:
    parts = parts_of(TABLE)
    facts = {fact.record.field: fact.record.value for fact in parts.facts}
    assert facts["sample_total"] == "20"
    assert facts["sample_sex_male"] == "6 (30%)"
    assert facts["sample_sex_female"] == "14 (70%)"
    assert facts["sample_type_nurse"] == "12 (60%)"
    labels = {group.record.label: group.record.n for group in parts.groups}
    assert labels["Pharmacist"] == 8


def test_people_of_a_place_have_it_as_their_site() -> None:
    text = "Methods\n\nOf the 44 doctors interviewed, 39 were from rural areas and 5 from towns.\n"
    sites = {group.record.site: group.record.n for group in parts_of(text).groups if group.record.site}
    assert sites == {"rural areas": 39, "towns": 5}


def test_a_row_that_is_larger_than_the_sample_is_left_out() -> None:
    glued = TABLE.replace("Pharmacist 8 40%", "Pharmacist 118 40%")
    assert "sample_type_pharmacist" not in {fact.record.field for fact in parts_of(glued).facts}


def test_plans_of_a_protocol_are_not_participants() -> None:
    text = "A letter: study protocol\n\nMethods\n\nWe will recruit 60 nurses. Interviews will be audio-recorded.\n"
    parts = parts_of(text)
    assert values(parts, "n_planned") == ["60"]
    assert not values(parts, "n_participants")
    assert not parts.groups
    assert values(parts, "recording")


def test_what_participants_say_is_not_read_as_a_report() -> None:
    text = "Results\n\nStaff spoke of numbers.\n\nI recruited 90 nurses in France and we used NVivo. [Nurse]\n"
    assert not {fact.record.field for fact in parts_of(text).facts} & {"n_participants", "country", "software"}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("A short paper\n\nMethods\n\nWe asked ten nurses.\n\nResults\n\nThey agreed.\n", "full text"),
        ("A paper\n\nAbstract\n\nMethods: We asked ten nurses. Results: They agreed.\n", "abstract"),
        (
            "A paper\n\nAbstract\n\nMethods: We asked ten nurses. Results: They agreed.\n\nIntroduction\n\nSo it is.\n"
            "\nMethods\n\nWe asked ten nurses.\n\nResults\n\nThey agreed.\n",
            "full text",
        ),
    ],
)
def test_methods_or_results_outside_the_abstract_make_a_full_text(text: str, level: str) -> None:
    assert parts_of(text).study.record.evidence_level == level


def test_a_study_is_known_by_its_doi_in_every_document() -> None:
    one = read(b"A title here\n\nhttps://doi.org/10.1234/abc.5\n\nMethods\n\nWe asked ten nurses.\n", "one.txt")
    two = read(b"Another title\n\ndoi: 10.1234/ABC.5\n\nMethods\n\nWe asked them again.\n", "two.txt")
    assert study_identity(one) == study_identity(two)


def test_a_text_without_structure_gives_a_study_without_facts() -> None:
    parts = extract_study(*_bare(), RoleIndex((), (), {}), ())
    assert {fact.record.field for fact in parts.facts} <= {"title"}
    assert parts.groups == ()
    assert parts.study.record.evidence_level == "abstract"


def _bare() -> tuple:  # type: ignore[type-arg]
    found = read(b"Nothing is told here.", "bare.txt")
    return found.reading, found.document, study_identity(found)
