"""Study facts of papers of which there is only an abstract, in the forms that abstracts come in."""

import pytest

from ingest.outcome import Meta
from ingest.readers import read
from ingest.stage import parse
from ontology.model import Finding, ParticipantGroup, Section, Study, StudyFact

TITLE = "Calling back: a qualitative study of letters between surgeries and clinics"


def found(abstract: str) -> tuple[dict[str, list[str]], list[tuple[int | None, str]]]:
    """The facts by field and the groups of people of a paper with this abstract."""
    parsed = parse(f"{TITLE}\n\nAma Boateng, Li Wei\n\nAbstract\n\n{abstract}\n".encode(), Meta("a.txt"))
    facts: dict[str, list[str]] = {}
    people: list[tuple[int | None, str]] = []
    for record in parsed.parts[0].records:
        if isinstance(record, StudyFact):
            facts.setdefault(record.field, []).append(record.value)
        elif isinstance(record, ParticipantGroup):
            people.append((record.n, record.label))
    return facts, people


def structured(
    methods: str, aim: str = "To learn who calls back."
) -> tuple[dict[str, list[str]], list[tuple[int | None, str]]]:
    return found(f"Objective: {aim}\n\nMethods: {methods}\n\nResults: Nurses felt that letters came late.")


def test_headings_of_an_abstract_with_nothing_behind_them_are_read() -> None:
    facts, people = found(
        "Objective Letters between clinics are slow. This study aimed to propose a way of calling back.\n\n"
        "Design Focus groups, thematic analysis\n\nSetting A valley in rural Wales.\n\n"
        "Participants Using purposive sampling, 12 nurses were recruited.\n\n"
        "Results Nurses felt that nobody was responsible for letters."
    )
    assert facts["objective"] == ["This study aimed to propose a way of calling back"]
    assert facts["setting"][0].startswith("A valley in rural Wales")
    assert facts["data_collection_method"] == ["focus group"]
    assert facts["country"] == ["United Kingdom"]
    assert people == [(12, "nurses")]


def test_an_abstract_of_one_paragraph_has_results_where_it_says_what_was_found() -> None:
    text = (
        f"{TITLE}\n\nAma Boateng\n\nAbstract Letters between surgeries and clinics are slow. We held "
        "interviews with 14 nurses and doctors. Nurses felt that nobody was responsible for letters. We conclude that "
        "lists of numbers should be kept. Keywords letters, calls"
    )
    part = parse(text.encode(), Meta("a.txt")).parts[0]
    kinds = [record.section_kind for record in part.records if isinstance(record, Section)]
    assert kinds == ["front", "abstract", "results", "conclusions", "front"]
    stated = [record.statement for record in part.records if isinstance(record, Finding)]
    assert "Nurses felt that nobody was responsible for letters." in stated
    assert not any("Keywords" in statement for statement in stated)
    assert [(r.n, r.label) for r in part.records if isinstance(r, ParticipantGroup)] == [(14, "nurses and doctors")]


def test_an_abstract_that_found_nothing_yet_gives_no_study() -> None:
    text = f"{TITLE}\n\nAbstract Letters between surgeries and clinics are slow. We held interviews with 14 nurses. "
    text += "The interviews were recorded and transcribed in two small towns, where nurses send many letters every day."
    assert parse(text.encode(), Meta("a.txt")).parts[0].error is not None


@pytest.mark.parametrize(
    ("methods", "people"),
    [
        ("Interviews with nine health workers in two towns: four nurses, three doctors and two carers.",
         {(9, "health workers"), (4, "nurses"), (3, "doctors"), (2, "carers")}),
        ("A survey of 31 managers, ward nurses and academics was held.", {(31, "managers, ward nurses and academics")}),
        ("We held interviews with nurses (11), ward managers (4) and patients (20).",
         {(11, "nurses"), (4, "ward managers"), (20, "patients")}),
        ("Six of them told us; 18 medical and nursing students took part.", {(18, "medical and nursing students")}),
        ("Interviews were held with 8 nurses from a cohort of 900 patients.", {(8, "nurses")}),
        ("A sample of cardiologists was asked (n=7) and interviewed.", {(7, "cardiologists")}),
        ("Three nurses and a doctor were interviewed.", {(3, "nurses")}),
    ],
)  # fmt: skip
def test_people_whom_an_abstract_counts(methods: str, people: set[tuple[int, str]]) -> None:
    assert set(structured(methods)[1]) == people


def test_a_long_list_of_people_is_read_once() -> None:
    assert structured(f"We interviewed 12 {'nurses, ' * 300}all of them alone.")[1]


@pytest.mark.parametrize(
    ("methods", "country", "sites"),
    [
        ("We interviewed nurses in inner London.", ["United Kingdom"], ["London"]),
        ("We interviewed nurses in two towns of Catalonia.", ["Spain"], ["Catalonia"]),
        ("We interviewed nurses of the Scottish health service.", ["United Kingdom"], []),
        ("We interviewed nurses in Limpopo and in Pretoria.", ["South Africa"], ["Limpopo", "Pretoria"]),
        ("We interviewed nurses in Brisbane Australia.", ["Australia"], ["Brisbane"]),
        ("We interviewed nurses; Sydney Jones took notes.", [], []),
    ],
)
def test_regions_and_cities_tell_the_country(methods: str, country: list[str], sites: list[str]) -> None:
    facts, _ = structured(methods)
    assert facts.get("country", []) == country
    assert facts.get("site", []) == sites


@pytest.mark.parametrize(
    ("field", "value", "methods"),
    [
        ("setting", "six clinics", "Data were collected from six clinics."),
        ("setting", "primary care", "Nurses working in primary care were interviewed."),
        ("setting", "a remote rural district in Norway", "Interviews were held in a remote rural district in Norway."),
        ("design", "nested in randomised controlled trial",
         "We conducted a qualitative study embedded in a randomised controlled trial."),
        ("design", "Delphi study", "We used a modified Delphi technique with 20 nurses."),
        ("design", "descriptive study", "The study has an explorative, descriptive design."),
        ("data_collection_method", "interview",
         "Data were obtained from letters, meetings and stakeholder interviews in two towns."),
        ("data_collection_method", "observation", "Data came from interviews and observational data."),
        ("data_collection_method", "semi-structured interview", "We held semi-directed individual interviews."),
        ("data_collection_method", "workshop", "Two group model-building workshops were held with nurses."),
        ("data_collection_method", "diary", "Nurses kept audio-diaries for a week."),
        ("interview_mode", "in person", "Face-to-face semi-structured interviews were held."),
        ("theory", "Reach, Keep, Call (RKC) framework",
         "Guided by the Reach, Keep, Call (RKC) framework we asked nurses."),
        ("recruitment", "Nurses were recruited from two towns", "Nurses were recruited from two towns."),
        ("n_participants", "50", "Final sample size (n = 50) was reached by saturation."),
        ("n_interviews", "92", "Nurses were asked twice, totalling 92 individual interviews."),
    ],
)  # fmt: skip
def test_wordings_of_methods(field: str, value: str, methods: str) -> None:
    assert value in structured(methods)[0].get(field, [])


@pytest.mark.parametrize(
    "methods",
    ["We thank the fieldwork team.", "Reflexive feedback sessions were held.", "Infants ranged in age from 15 days."],
)
def test_what_only_looks_like_a_method(methods: str) -> None:
    facts, _ = structured(methods)
    assert not {"age"} & set(facts)
    assert not {"observation", "reflexivity"} & {value for values in facts.values() for value in values}


@pytest.mark.parametrize(
    ("aim", "objectives"),
    [
        ("Providing letters is hard in towns of this size. This study aimed to describe who calls back.",
         ["This study aimed to describe who calls back"]),
        ("The new programme attempted to shorten all waiting. The aim of this paper is to describe who calls back.",
         ["The aim of this paper is to describe who calls back"]),
        ("To describe who calls back in small towns.", ["To describe who calls back in small towns"]),
    ],
)  # fmt: skip
def test_under_its_heading_an_aim_is_what_says_so(aim: str, objectives: list[str]) -> None:
    assert structured("Interviews with nurses.", aim)[0]["objective"] == objectives


def test_headings_without_abstract_above_them_are_an_abstract_and_not_a_full_text() -> None:
    text = (
        f"{TITLE}\n\nAma Boateng1, Li Wei2\n\nObjective:\n\nTo learn who calls back.\n\nMethods:\n\n"
        "We interviewed 14 nurses.\n\nResults:\n\nNurses felt that letters came late.\n\nConclusion:\n\nCalls help.\n"
    )
    records = parse(text.encode(), Meta("a.txt")).parts[0].records
    assert [record.evidence_level for record in records if isinstance(record, Study)] == ["abstract"]
    assert [r.value for r in records if isinstance(r, StudyFact) and r.field == "author"] == ["Ama Boateng", "Li Wei"]


def test_a_reading_that_has_results_stays_as_it_is() -> None:
    text = f"{TITLE}\n\nAbstract\n\nMethods: We asked nurses. Results: Nurses felt alone. Two themes emerged.\n"
    reading = read(text.encode(), "a.txt").reading
    assert [section.kind for section in reading.sections][-2:] == ["methods", "results"]
