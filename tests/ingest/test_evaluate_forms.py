"""Papers read in several forms, kinds of miss, and papers that ought to give nothing."""

import json
from pathlib import Path

import pytest

from ingest.evaluate import Evaluation, load_gold, score
from ingest.evaluate.gold import GoldError
from ingest.evaluate.negative import Negative, as_section, negatives
from ingest.evaluate.report import as_page
from ingest.evaluate.texts import GoldTextError
from ingest.outcome import NoFindings
from ingest.pipeline import Outcome
from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, sha256_of
from ontology.model import Barrier, Document, Finding, Section

WORDS = ("Nobody owns the list of tests", "Letters come after the visit")
TEXT = f"RESULTS\n\n{WORDS[0]}. {WORDS[1]}.\n"


def document(media_type: str, source: str, before: str = "") -> Document:
    text = f"{before}{TEXT}Read as {media_type}."
    sha = sha256_of(text)
    return Document(iri=document_iri(sha), source=source, sha256=sha, media_type=media_type, text=text)


def of(cls: type[Record], inside: Document, words: str, **slots: object) -> Record:
    start = inside.text.index(words)
    span = Passage(document=inside.iri, start=start, end=start + len(words), exact=words)
    iri = mint(cls.__name__, inside.iri, words)
    return cls(iri=iri, document=inside.iri, spans=(span,), **slots)  # type: ignore[arg-type]


def results(inside: Document) -> Record:
    return of(Section, inside, "RESULTS", section_kind="results", order=0, start=0, end=len(TEXT))


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    items = [
        {"id": f"B{n}", "type": "barrier", "label": words, "text": words, "start": 0, "end": 1}
        for n, words in enumerate(WORDS)
    ]
    gold = {"key": "gout", "file": "gout.xml", "flat_sha256": "0" * 64, "items": items}
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    jats, text = document("application/jats+xml", "gout.xml"), document("text/plain", "gout.txt")
    records = [
        *(jats, results(jats), *(of(Barrier, jats, words, label=words, score=0.5) for words in WORDS)),
        *(text, results(text), of(Finding, text, WORDS[0], statement="owner"), of(Barrier, text, "RESULTS", label="x")),
    ]
    return score(records, load_gold(tmp_path / "gold.json"))


def test_a_paper_is_scored_in_each_form(evaluation: Evaluation) -> None:
    assert [(paper.key, paper.form) for paper in evaluation.papers] == [("gout", "text"), ("gout", "JATS")]
    found = {form: [(kind.kind, kind.found, kind.gold) for kind in kinds] for form, kinds in evaluation.by_form.items()}
    assert found == {"JATS": [("Barrier", 2, 2)], "text": [("Barrier", 0, 2)]}


def test_a_miss_tells_what_stands_there(evaluation: Evaluation) -> None:
    (barriers,) = evaluation.by_form["text"]
    assert [miss.why for miss in barriers.misses] == ["kept as Finding", "nothing there (results)"]
    assert [false.why for false in barriers.false] == ["not annotated (results)"]


def test_the_page_has_forms_side_by_side_and_kinds_of_miss(evaluation: Evaluation) -> None:
    lines = list(as_page(evaluation, {}))
    assert "### gout as JATS" in lines
    assert "## The paper read as JATS and text, side by side" in lines
    assert "| Barrier | 1.00 | 1.00 | 0.00 | 0.00 |" in lines
    assert "| Barrier | kept as Finding | 0 | 1 |" in lines


def test_papers_without_findings_say_so_and_are_counted() -> None:
    inside = document("text/plain", "b.txt")
    told = negatives(
        [
            Outcome(Path("a.xml"), error=NoFindings("a.xml", "holds no findings", "give another")),
            Outcome(Path("b.xml"), records=(inside, of(Barrier, inside, WORDS[0], label="x"))),
        ]
    )
    assert told == (Negative("a.xml", "no findings", {}), Negative("b.xml", "stored", {"Barrier": 1}))
    lines = list(as_section(told))
    assert "| b.xml | stored | 0 | 0 | 0 | 1 | 0 | 0 |" in lines
    assert lines[-1].startswith("1 of 2 say")


def _without_words(folder: Path, sha256: str, second: int) -> Path:
    item = {"id": "B1", "type": "barrier", "label": "owner", "start": 9, "end": 9 + len(WORDS[0])}
    role = {"id": "R1", "type": "role", "label": "owner", "start": 0, "end": 7, "restated": [[second, second + 4]]}
    gold = {"key": "gout", "file": "gout.txt", "flat_sha256": sha256, "items": [item, role]}
    path = folder / "offsets.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_words_left_out_are_taken_from_the_annotated_text(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "gout.txt").write_bytes(TEXT.encode("utf-8"))
    path = _without_words(tmp_path, sha256_of(TEXT), TEXT.index("Letters"))
    (paper,) = load_gold(path, [texts])
    assert [item.words for item in paper.items] == [(WORDS[0],), ("RESULTS", "Lett")]
    assert load_gold(path, [texts / "gout.txt"]) == [paper]
    moved = document("application/jats+xml", "gout.xml", before="About gout. ")
    (scored,) = score([moved, of(Barrier, moved, WORDS[0], label="x", score=0.5)], [paper]).papers
    assert [(kind.kind, kind.found, kind.gold) for kind in scored.kinds][-1] == ("Barrier", 1, 1)


def test_words_are_taken_from_no_other_text(tmp_path: Path) -> None:
    path = _without_words(tmp_path, sha256_of(TEXT), 9)
    with pytest.raises(GoldTextError, match=r"gout\.txt that they point into is not among"):
        load_gold(path, [tmp_path])
    (tmp_path / "gout.txt").write_text(f" {TEXT}", encoding="utf-8")
    with pytest.raises(GoldTextError, match="annotated in another text"):
        load_gold(path, [tmp_path])
    (tmp_path / "gout.txt").write_bytes(b"\xff")
    with pytest.raises(GoldTextError, match="cannot be read as UTF-8"):
        load_gold(path, [tmp_path])


def test_offsets_outside_the_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "gout.txt").write_bytes(TEXT.encode("utf-8"))
    with pytest.raises(GoldError, match="R1 points outside its text"):
        load_gold(_without_words(tmp_path, sha256_of(TEXT), len(TEXT) - 2), [tmp_path])
