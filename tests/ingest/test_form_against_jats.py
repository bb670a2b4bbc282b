"""The tool that tells what another form of a paper gives beside its JATS."""

from collections import Counter
from pathlib import Path

from benchmarks.papers import as_jats, paper
from devtools.form_against_jats import compared
from ingest.outcome import Meta
from ingest.stage import parse
from ontology.model import Quote


def forms(folder: Path, spoken: str) -> tuple[Path, Path]:
    """A paper in JATS, and as text with other words in place of its first quote."""
    jats, text = folder / "a.xml", folder / "a.txt"
    jats.write_bytes(as_jats(paper(3)))
    said = next(words for words, times in Counter(found(jats)).items() if times == 1)
    text.write_text(
        f"Title of it\n\nMethods\n\nWe held interviews and focus groups.\n\nResults\n\nOne nurse said: “{spoken}” "
        f"(Nurse 3). Another said: “{said}” (Nurse 4).\n\nDiscussion\n\nIt was so.\n"
    )
    return text, jats


def found(jats: Path) -> list[str]:
    return [r.exact for part in parse(jats.read_bytes(), Meta("a.xml")).parts for r in part.records if type(r) is Quote]


def test_what_is_lost_and_what_is_found_besides_is_told(tmp_path: Path) -> None:
    text, jats = forms(tmp_path, "I never got the letter that they sent me, I think")
    kinds = {kind: (given, lost, others) for kind, given, lost, others in compared(text, jats)}
    given, lost, others = kinds["Quote"]
    assert given.total() == 1, "of the quotes of the JATS only one stands in the text"
    assert not lost
    assert list(others) == ["inevergottheletterthattheysentmeithink"]
    assert kinds["Finding"][1].total() > 5
