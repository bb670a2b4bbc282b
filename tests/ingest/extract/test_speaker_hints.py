"""Speakers that the quotation does not name: headings, series of numbers, key informants and the sex of a group."""

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read

METHODS = """<article><front><article-meta><title-group><article-title>Who carries the parcels: an interview study
</article-title></title-group></article-meta></front><body><sec><title>Methods</title>
<p>We interviewed 9 pharmacists and 6 clerks. {methods}</p></sec>
<sec><title>Results</title>{results}</sec></body></article>
"""


def speakers(results: str, methods: str = "") -> list[list[str]]:
    source = METHODS.format(methods=methods, results=results)
    reading = read(source.encode(), "parcels.xml").reading
    roles = extract_roles(reading, "study")
    labels = {located.record.iri: located.record.label for located in roles.records}
    found = extract_quotes(reading, "study", roles)[0]
    return [[labels[iri] for iri in located.record.speaker_roles] for located in found]


def quote(words: str, tag: str = "") -> str:
    return f"<disp-quote><p>“{words}”{' (' + tag + ')' if tag else ''}</p></disp-quote>"


SAID = "One participant said:"


@pytest.mark.parametrize(
    "heading",
    [
        "The pharmacists’ perspectives",
        "2. Views of the pharmacists",
        "The story of a pharmacist",
        "Pharmacists",
        "Pharmacists' experiences",
    ],
)
def test_the_heading_tells_whose_views_stand_below(heading: str) -> None:
    below = f"<sec><title>Cold</title><p>{SAID}</p>{quote('I wait in the cold and I ring again.')}</sec>"
    assert speakers(f"<sec><title>{heading}</title>{below}</sec>") == [["pharmacist"]]


@pytest.mark.parametrize("heading", ["Waiting for the pharmacists", "Pharmacists and clerks", "Trust in pharmacists"])
def test_a_heading_about_somebody_tells_of_no_speaker(heading: str) -> None:
    words = quote("I wait in the cold and I ring again.")
    assert speakers(f"<sec><title>{heading}</title><p>{SAID}</p>{words}</sec>") == [[]]


def test_the_letters_of_a_number_mean_whom_they_mean_elsewhere() -> None:
    results = (
        f"<p>{SAID}</p>{quote('I wait in the cold and I ring.', 'XB2')}<p>One pharmacist said:</p>"
        f"{quote('I carry them up myself.', 'XB4')}<p>A pharmacist said:</p>{quote('I ring and I wait.', 'XB5')}"
    )
    assert speakers(results) == [["pharmacist"], ["pharmacist"], ["pharmacist"]]


def test_a_tag_that_spells_the_role_explains_its_letters() -> None:
    results = (
        f"<p>Many waited.</p>{quote('I wait in the cold and I ring.', 'Clerk upstairs #3; CU#3')}"
        f"<p>Some left.</p>{quote('I carry them up the stairs myself.', 'CU#7 from a group')}"
    )
    assert speakers(results) == [["clerk"], ["clerk"]]


def test_letters_of_several_roles_mean_none() -> None:
    results = (
        f"<p>One pharmacist said:</p>{quote('I carry them up the stairs.', 'XB4')}<p>One clerk said:</p>"
        f"{quote('I ring and I wait.', 'XB5')}<p>{SAID}</p>{quote('I wait in the cold and I ring.', 'XB2')}"
    )
    assert speakers(results)[-1] == []


def test_key_informants_are_whom_the_paper_takes_for_them() -> None:
    results = f"<p>One of the key informants explained:</p>{quote('I wait in the cold and I ring.')}"
    told = "Four key-informant interviews (KIIs) with clerks were held too."
    assert speakers(results, told) == [["clerk"]]
    assert speakers(results) == [[]]


def test_the_sex_of_a_group() -> None:
    told = "The female pharmacists work at night. Most female pharmacists have children. Female pharmacists earn less."
    results = f"<p>One woman said:</p>{quote('I wait in the cold and I ring.')}"
    assert speakers(results, told) == [["pharmacist"]]
    assert speakers(results) == [[]]


def test_those_who_are_cared_for_took_no_part() -> None:
    source = (
        "Nurses at night\n\nABSTRACT\n\nThe aim was to explore the experiences of caring for patients. A sample of 10 "
        "nurses working with patients was recruited.\n\nRESULTS\n\nNurses waited. Patients slept. Patients rang."
    )
    roles = extract_roles(read(source.encode(), "night.txt").reading, "study")
    assert {one.record.label: one.record.participant for one in roles.records} == {"nurse": True, "patient": False}


def test_a_trade_that_is_no_role_of_the_study_is_nobody_else() -> None:
    results = f"<p>Pharmacists rang.</p>{quote('I wait in the cold and I ring.', 'Local journalist, J2')}"
    assert speakers(f"<p>A pharmacist said:</p>{quote('I carry them up.', 'PH1')}{results}")[-1] == []
    near = f"<p>The pharmacists said that they rang:</p>{quote('I wait in the cold.', 'Local journalist, J2')}"
    assert speakers(near) == [[]]


def test_key_informants_are_of_the_kind_that_their_tag_tells() -> None:
    said = "I wait in the cold and I ring [“Ama,” Community Key Informant, North Town]."
    signed = f"<p>{SAID}</p><disp-quote><p>{said}</p></disp-quote>"
    assert speakers(signed, "We interviewed 4 community health workers.") == [["community health worker"]]
    assert speakers(signed, "We interviewed 4 village heads.") == [[]]


def test_whom_a_sentence_only_mentions_did_not_say_what_a_number_signs() -> None:
    words, nurses = quote("I wait in the cold and I ring.", "Participant 7"), "We also interviewed 9 nurses."
    assert speakers(f"<p>Parcels are heavy and nurses carry them.</p>{words}", nurses) == [[]]
    assert speakers(f"<p>The nurses told us that parcels are heavy.</p>{words}", nurses) == [["nurse"]]


def test_the_kind_of_participant_before_the_word() -> None:
    results = f"<p>Another elderly participant said:</p>{quote('I carry my parcels up the stairs.')}"
    methods = "We also interviewed 12 elderly people."
    assert speakers(results, methods) == [["elderly person"]]


@pytest.mark.parametrize(
    "heading", ["Pharmacists’ responses", "Comments from pharmacists", "Feedback of the pharmacists"]
)
def test_headings_of_responses_name_the_speaker(heading: str) -> None:
    before = "<p>Pharmacists thought that clerks were busy. What they told us stands below.</p>"
    results = f"<sec><title>{heading}</title>{before}{quote('I carry them myself, and I never ask.')}</sec>"
    assert speakers(results) == [["pharmacist"]]


def test_a_role_that_only_the_methods_name_does_not_speak_for_all() -> None:
    methods = "We interviewed sixty respondents. The two harbour officers were selected for what they know."
    long = "<p>Parcels went up the stairs and came down again in the winter of that year.</p>" * 120
    text = f"<sec><title>Results</title>{long}<p>One respondent said: “I carry them myself, you know.”</p></sec>"
    source = (
        "<article><front><article-meta><title-group><article-title>Parcels</article-title></title-group>"
        "</article-meta></front><body>"
        f"<sec><title>Methods</title><p>{methods}</p></sec>{text}</body></article>"
    )
    reading = read(source.encode(), "parcels.xml").reading
    (one,) = extract_quotes(reading, "study", extract_roles(reading, "study"))[0]
    assert (one.record.speaker, one.record.speaker_role) == ("One respondent", None)


@pytest.mark.parametrize(("legend", "later"), [("AB1/CD2 – Marsh focus group discussion.", []), ("", ["clerk"])])
def test_a_code_of_a_talk_in_groups_names_no_one_person(legend: str, later: list[str]) -> None:
    spoken = "I carry them myself, up the stairs and down the stairs, all of the winter."
    said = f"<p>One clerk said: “{spoken}” (AB1)</p><p>Parcels are heavy: “We never ask, you know.” (AB1)</p>"
    assert speakers(said, methods=f"Pharmacists came first. Pharmacists stayed. {legend}") == [["clerk"], later]


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        ("After what they had heard at the pharmacist training, some of them reported that they had stopped.", []),
        ("In interviews with the pharmacists, some of them reported that they had stopped waiting.", ["pharmacist"]),
        ("Thanks to what they saw at the pharmacists’ meeting, several said that they had stopped waiting.", []),
        (
            "Pharmacists had seen parcels get lost, and some of them reported that they had stopped waiting.",
            ["pharmacist"],
        ),
        ("At the meeting, one of the pharmacists reported that all had stopped waiting.", ["pharmacist"]),
    ],
)
def test_people_named_by_the_way_are_not_those_that_a_pronoun_points_to(lead: str, who: list[str]) -> None:
    then = (
        f"<p>They also stressed that parcels get wet.</p>{quote('It rains and I go home.', 'unmarried man, 41 years')}"
    )
    results = f"<p>{lead}</p>{quote('I wait no longer, and I ring again.', 'married woman, 33 years')}{then}"
    assert speakers(results) == [who, who]
