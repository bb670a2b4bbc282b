"""The gate before themes and findings: what a paper without quotations must tell of what people said."""

import pytest

from ingest.extract.qualitative import lets_speak
from ingest.readers.text import read_text

COUNTED = "The form was sent to {} sites and {} sent it back. "
TALK = "Nurses felt that nobody told them of it. "


def paper(named: int, talk: int, counted: int) -> str:
    """Return a paper that names interviews so often, with so many sentences of talk among those that count."""
    rows = "".join(COUNTED.format(n + 20, n + 10) for n in range(counted))
    return (
        "Sending forms: an evaluation\n\nMETHODS\n\n"
        + "We held interviews in each of the places. " * named
        + f"\n\nRESULTS\n\n{TALK * talk}{rows}\n\nDISCUSSION\n\nThe form needs work.\n"
    )


@pytest.mark.parametrize(
    ("named", "talk", "speaks"),
    [(8, 7, False), (15, 7, True), (15, 5, False), (20, 6, True), (8, 10, True)],
)
def test_the_more_a_paper_names_its_methods_the_less_talk_will_do(named: int, talk: int, *, speaks: bool) -> None:
    """Seven of fifty sentences do for fifteen interviews and not for eight."""
    read = read_text(paper(named, talk, 50 - talk).encode(), "a.txt")
    assert lets_speak(read.reading, ()) is speaks


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ("We interviewed nine clerks. Findings revealed that nobody read the form.", True),
        ("We interviewed nine clerks. Clerks were young, and most nurses felt rushed.", True),
        ("Interviews were held. Two themes were identified: haste and noise.", True),
        ("We interviewed nine clerks about the form. The form has two pages.", False),
        (
            "Interviews will be held. Themes that are identified later matter: participants described them before.",
            False,
        ),
        ("Background\n\nFindings revealed much.\n\nMethods\n\nWe interviewed nine clerks.", False),
        ("Nine clerks filled in a form. Findings revealed that nobody read it.", False),
    ],
)
def test_an_abstract_without_parts_must_tell_what_was_found(words: str, *, speaks: bool) -> None:
    read = read_text(f"Sending forms\n\nAbstract\n\n{words}\n".encode(), "a.txt")
    assert lets_speak(read.reading, ()) is speaks
