"""Wordings of study facts that papers use beside the usual ones, and what is no such fact."""

import pytest

from ingest.extract.context import RoleIndex
from ingest.extract.study.extraction import extract_study
from ingest.readers import read


def facts_of(methods: str, front: str = "") -> dict[str, list[str]]:
    article = (
        "<article><front><article-meta><title-group><article-title>Letters at night</article-title></title-group>"
        f"{front}</article-meta></front><body><sec><title>Methods</title><p>{methods}</p></sec></body></article>"
    )
    found = read(article.encode(), "a.xml")
    parts = extract_study(found.reading, found.document, "study", RoleIndex((), (), {}), ())
    told: dict[str, list[str]] = {}
    for fact in parts.facts:
        told.setdefault(fact.record.field, []).append(fact.record.value)
    return told


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("Two researchers analysed the recordings and field notes for themes.", "analysis_method", "thematic analysis"),
        ("All diaries were coded using standard procedures.", "analysis_method", "coding"),
        ("We used multivariable logistic regression.", "analysis_method", "regression"),
        ("Text files were sorted with Ethnograph.", "software", "Ethnograph"),
        ("Data were kept in QSRNVivo V.9.", "software", "NVivo"),
        ("The form had one free-text question on letters.", "data_collection_method", "free-text questions"),
        ("Data were analysed using the Colaizzi method.", "analysis_method", "phenomenological analysis"),
        ("Texts were read by the discourse analysis of a French school.", "analysis_method", "discourse analysis"),
        ("Nine tutors, three pedagogues, two nurses and one clerk took part.", "n_nurses", "2"),
        ("This is a qualitative, descriptive, and exploratory study.", "design", "qualitative study"),
        ("All were female, with ages ranging from 23 to 56.", "age", "ages ranging from 23 to 56"),
        ("We followed Giorgi's five steps.", "analysis_method", "phenomenological analysis"),
        ("A non-probability sampling technique was adopted.", "sampling_method", "non-probability sampling"),
        ("Data was gathered through interviews with open questions.", "data_collection_method", "interview"),
        ("Twelve nurses were selected from two wards.", "n_participants", "12"),
        ("Nine subjects who had taken part were interviewed.", "n_subjects", "9"),
        ("In stage 2, 34 additional nurses were interviewed.", "n_participants", "34"),
        ("Stage 1 involved 15 nurses who were interviewed.", "n_nurses", "15"),
        ("One hundred and eighty-three nurses were approached.", "n_approached", "183"),
        ("Nine nurses from May 1st to June 20th 2020 were selected.", "interview_dates", "2020-05/2020-06"),
    ],
)
def test_wordings(words: str, field: str, value: str) -> None:
    assert value in facts_of(words).get(field, [])


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Discussions were guided by a fixed list of nine points.", "interview_guide"),
        ("A questioning route was tried out with two nurses.", "interview_guide"),
        ("The approach was grounded in pragmatism.", "theory"),
        ("The study was reviewed by the Ethics Committee of the First Hospital.", "ethics"),
        ("After receiving IRB approval, we asked six nurses.", "ethics"),
        ("IRB protocol was followed.", "ethics"),
        ("The interviews averaged an hour in length.", "interview_duration"),
        ("The structured interviews lasted for thirty minutes.", "interview_duration"),
    ],
)
def test_wordings_without_a_fixed_value(words: str, field: str) -> None:
    assert field in facts_of(words)


def test_a_study_within_a_trial_by_its_short_form() -> None:
    assert (
        "nested in randomised controlled trial"
        in facts_of("This study was embedded within a multicentre RCT.")["design"]
    )
    assert "design" not in facts_of("Nurses were told what an RCT is.")


def test_named_institutions_where_something_was_done_are_a_setting() -> None:
    held = facts_of("Interviews were held at the University of Nowhere and Saint Mark Hospital.")
    assert any("University of Nowhere and Saint Mark Hospital" in value for value in held["setting"])
    assert "setting" not in facts_of("The form was written by the University of Nowhere.")


def test_ethnographers_use_no_software() -> None:
    assert "software" not in facts_of("An ethnographer joined the ward; ethnography takes time.")


ADDRESS = '<contrib-group><aff id="a{n}">Ward Institute, {place}</aff></contrib-group>'


def test_the_country_of_all_addresses_stands_in_where_the_paper_names_none() -> None:
    front = ADDRESS.format(n=1, place="Perth, Australia") + ADDRESS.format(n=2, place="Hobart, Australia")
    assert facts_of("We held interviews.", front)["country"] == ["Australia"]
    assert facts_of("We held interviews in Norway.", front)["country"] == ["Norway"]


def test_addresses_in_several_countries_tell_nothing() -> None:
    front = ADDRESS.format(n=1, place="Perth, Australia") + ADDRESS.format(n=2, place="Oslo, Norway")
    assert "country" not in facts_of("We held interviews.", front)


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("Interviews were read again with a thematic approach.", "analysis_method", "thematic analysis"),
        ("Two nurses did naturalistic observation on wards.", "data_collection_method", "observation"),
        ("In-depth individual and focus group interviews took place.", "data_collection_method", "in-depth interview"),
        ("Qualitative interviews with nurses and clerks were held in May.", "data_collection_method", "interview"),
    ],
)
def test_more_wordings(words: str, field: str, value: str) -> None:
    assert value in facts_of(words).get(field, [])


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Data were transcribed within 24 hours of the interview.", "interview_duration"),
        ("Interviews took place within 24 hours of admission.", "interview_duration"),
        ("The time to recovery of oxygen saturation was noted.", "saturation"),
        ("I purposefully did not define the word.", "sampling_method"),
        ("Each wore a monitor (Footfall, Some Works, Oldtown, USA) for a week.", "country"),
        ("All nurses wore masks in the COVID-19 infection ward.", "setting"),
        (
            "The median number of letters was 14 in the early group and 7 in the late group who attended.",
            "n_in_the_late",
        ),
        ("The text was checked by one of the study participants.", "n_study_participants"),
        ("They were mothers to two to six children and took part.", "n_children"),
        ("We needed to recruit 62 nurses who took part.", "n_nurses"),
        ("Two new female dogs were recruited with their owners.", "n_new_female"),
        ("From each school, three teachers participated.", "n_participants"),
        ("Interviews were held 2-4 times, with 2-4 telephone interviews.", "n_interviews"),
    ],
)
def test_what_is_no_such_fact(words: str, field: str) -> None:
    assert not [name for name in facts_of(words) if name.startswith(field)]


def _table(rows: list[str]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    wrap = "<table-wrap><caption><p>Characteristics of the sample</p></caption>"
    return f"We asked ten nurses.</p>{wrap}<table>{cells}</table></table-wrap><p>"


def test_a_table_with_a_row_for_each_participant_counts_nobody() -> None:
    rows = ["Code|Sex|Age|Grade|Years", "N1|Male|35|Ward|14", "N2|Female|33|Ward|12", "N3|Female|34|Head|13"]
    assert not [name for name in facts_of(_table(rows)) if name.startswith("sample_")]


def test_a_table_with_what_it_is_about_in_a_column_of_its_own() -> None:
    rows = ["Characteristics||N (%)", "Sex|Male|9 (56.25%)", "|Female|7 (43.75%)", "Stairs at home|With|6 (37.50%)"]
    told = facts_of(_table([*rows, "|Without|10 (62.50%)"]))
    assert told["sample_sex_female"] == ["7 (43.75%)"]
    assert told["sample_other_stairs_at_home_with"] == ["6 (37.50%)"]
    assert told["sample_other_stairs_at_home_without"] == ["10 (62.50%)"]


def test_results_that_go_on_with_how_long_interviews_lasted() -> None:
    source = (
        "<article><front><article-meta><title-group><article-title>Letters</article-title></title-group></article-meta>"
        "</front><body><sec><title>Results</title><p>Interviews lasted on average 56 minutes (range 19 to 96).</p>"
        "</sec></body></article>"
    )
    found = read(source.encode(), "a.xml")
    parts = extract_study(found.reading, found.document, "study", RoleIndex((), (), {}), ())
    assert "interview_duration" in {fact.record.field for fact in parts.facts}


def test_the_name_of_a_register_is_no_design() -> None:
    assert "design" not in facts_of("It was registered with the Randomised Controlled Trial Register under 123.")


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("We gave a shop voucher to each participant as an incentive.", "incentive", "We gave a shop voucher to each"),
        ("The Ethics Committee of the ward approved the study.", "ethics", "The Ethics Committee of the ward"),
        ("The protocol was approved by the IRBs of both towns.", "ethics", "The protocol was approved by the IRBs"),
        ("Nurses were asked in face-to-face first and second interviews.", "interview_mode", "in person"),
        ("Interviews were recorded and then transcribed.", "transcription", "Interviews were recorded"),
        ("All porters were in pairs; participants were interviewed at home.", "data_collection_method", "interview"),
        (
            "To be eligible, porters had to work at night.",
            "eligibility",
            "To be eligible, porters had to work at night",
        ),
        ("The participants' ages ranged from 34 years to 85 years.", "age", "ages ranged from 34 years to 85 years"),
        ("We fitted models in AMOS 22.", "software", "AMOS"),
        ("Forms were typed with EpiData.", "software", "EpiData"),
        ("This rested on protection motivation theory.", "theory", "This rested on protection motivation theory"),
        ("Interviews were held in Riyadh, Saudi Arabia.", "site", "Riyadh"),
        ("Porters worked in a Dutch mental health institution.", "setting", "a Dutch mental health institution"),
        ("Night was defined as hours of rest (e.g. Sundays) or calm.", "definition", "hours of rest"),
    ],
)
def test_wordings_of_methods(words: str, field: str, value: str) -> None:
    assert any(told.startswith(value) for told in facts_of(words).get(field, []))


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("The training session lasted 45 minutes.", "interview_duration"),
        ("The film lasted 15 to 20 minutes.", "interview_duration"),
        ("It took between 15 min and 30 min and interviews were recorded.", "n_interviews"),
        ("Two authors developed a new model of sleep.", "coders"),
        ("Porters did so before and during the recruitment period.", "recruitment"),
        ("The final sample of participants slept.", "sample"),
        ("Codes were further defined and linked.", "codebook_codes"),
        ("The nurses gave consent for publication of their pictures.", "consent"),
        ("Nurses had two successive clinic visits in 2 city clinic rounds.", "setting"),
        ("The number of cases in east China rose.", "setting"),
        ("The results will inform the design of a randomised controlled trial.", "design"),
        ("The comments were randomly selected from the forms.", "sampling_method"),
        ("Random sampling was not deemed practical.", "sampling_method"),
    ],
)
def test_what_only_looks_like_a_fact(words: str, field: str) -> None:
    assert not [name for name in facts_of(words) if name.startswith(field)]


def test_questions_that_a_moderator_leaves_open_are_no_free_text() -> None:
    told = facts_of(
        "Focus group interviews were held. The moderator used open-ended questions. The interviews were held in May."
    )
    assert told["data_collection_method"] == ["focus group"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("This study aims at (i) gathering letters of porters at night.", True),
        ("The objective of this programme was to let porters sleep at night.", False),
        ("The objectives of this study about porters were as follows:", False),
    ],
)
def test_an_aim_is_the_study_s_and_says_what_it_is(sentence: str, told: bool) -> None:
    assert ("objective" in facts_of(sentence, f"<abstract><p>{sentence}</p></abstract>")) is told
