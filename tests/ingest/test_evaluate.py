"""Scores against annotated papers: what counts as found, what as wrong, and what as neither."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.evaluate import Evaluation, KindScore, load_gold, score
from ingest.evaluate.gold import choose, place
from ingest.evaluate.report import as_dict, as_page, as_text
from ingest.evaluate.words import Squeezed
from ontology.base import Passage, Record
from ontology.identity import document_iri, mint, sha256_of
from ontology.model import (
    CLASSES,
    Assertion,
    Barrier,
    Disagreement,
    Document,
    Intervention,
    ParticipantGroup,
    Position,
    Quote,
    Role,
    StudyFact,
    Theme,
)
from ontology.namespaces import CKG

TEXT = """Sharing insulin changes between clinics

METHODS
We interviewed 14 diabetes nurses (DNs) and six pharmacists in two towns of Freedonia.

RESULTS
Nobody owns the dose
Nurses said that letters arrived late and that nobody knew who adjusts the dose.
“I ring the clinic and no-
body picks up, so I guess.” (DN)
One pharmacist wanted a shared plan. “Give us one plan
and one phone number,” she said.
The word “ownership” came up often.

DISCUSSION
A shared dosing plan could end the guessing, and should name one nurse. Nurses should adjust the dose.
"""
SHA = sha256_of(TEXT)
PAPER = Document(iri=document_iri(SHA), source="insulin.txt", sha256=SHA, media_type="text/plain", text=TEXT)
RING = "I ring the clinic and no-\nbody picks up, so I guess."
PLAN = "Give us one plan\nand one phone number,"
LATE = "letters arrived late"
NOBODY = "nobody knew who adjusts the dose"


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def record(cls: type[Record], words: str, **slots: Any) -> Any:  # noqa: ANN401
    start, end = at(words)
    span = Passage(document=PAPER.iri, start=start, end=end, exact=words)
    iri = mint(cls.__name__, words, str(sorted(slots.items())))
    return cls(iri=iri, document=PAPER.iri, spans=(span,), **slots)


def quote(words: str, *roles: Role) -> Quote:
    start, end = at(words)
    slots = {"exact": words, "start": start, "end": end, "quote_kind": "inline"}
    first, *others = [role.iri for role in roles] or [None]
    return record(Quote, words, speaker_role=first, co_speakers=tuple(others), **slots)


NURSE = record(Role, "diabetes nurses", label="diabetes nurse", abbreviation="DN", participant=True)
PHARMACIST = record(Role, "pharmacists", label="pharmacist")


def evidence(words: str) -> dict[str, Any]:
    start, end = at(words)
    return {"text": words, "start": start, "end": end}


def studies(**lists: list[dict[str, Any]]) -> dict[str, Any]:
    """The layout of studies, with one study."""
    return {
        "files": [{"study": "insulin-1", "file": "other-name.txt", "sha256": SHA}],
        "studies": [{"id": "insulin-1", **lists}],
    }


def flat(*items: dict[str, Any], shift: int = 0) -> dict[str, Any]:
    """The layout of one paper, whose offsets are `shift` characters further on than ours."""
    moved = [
        item
        | {"start": item["start"] + shift, "end": item["end"] + shift}
        | ({"restated": [[a + shift, b + shift] for a, b in item["restated"]]} if "restated" in item else {})
        for item in items
    ]
    return {"key": "insulin", "file": "elsewhere/insulin.xml", "flat_sha256": "0" * 64, "items": moved}


def evaluate(tmp_path: Path, gold: dict[str, Any], records: Sequence[Record]) -> Evaluation:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return score([PAPER, *records], load_gold(path))


def only(evaluation: Evaluation) -> KindScore:
    (total,) = evaluation.totals
    return total


def test_a_quote_counts_with_its_exact_ends_and_its_speaker(tmp_path: Path) -> None:
    gold = studies(
        quotes=[
            {"id": "Q1", "speaker_role": "DN", **evidence(RING)},
            {"id": "Q2", "speaker_role": "pharmacist", **evidence(PLAN)},
        ]
    )
    found = only(evaluate(tmp_path, gold, [NURSE, PHARMACIST, quote(RING, NURSE), quote(PLAN, NURSE)]))
    assert (found.gold, found.found, found.right, found.wrong) == (2, 2, 2, 0)
    assert found.details["speaker role right"] == (1, 2)


def test_marks_and_breaks_at_the_ends_of_a_quote_do_not_count_but_words_do(tmp_path: Path) -> None:
    gold = studies(quotes=[{"id": "Q1", "speaker_role": "DN", **evidence(RING)}])
    marked = only(evaluate(tmp_path, gold, [NURSE, quote(f"“{RING}”", NURSE)]))
    assert (marked.found, marked.recall) == (1, 1.0)
    short = only(evaluate(tmp_path, gold, [NURSE, quote(RING[:-12], NURSE)]))
    assert (short.found, short.right, short.wrong) == (0, 0, 1)
    assert short.details["quotes with other bounds"] == (1, 1)
    assert short.details["no quotes at all"] == (0, 1)
    assert [miss.id for miss in short.misses] == ["Q1"]


def test_a_quote_that_is_none_is_false_and_is_named(tmp_path: Path) -> None:
    gold = studies(
        quotes=[{"id": "Q1", "speaker_role": "DN", **evidence(RING)}],
        non_quotes=[{"reason": "a term", **evidence("“ownership”")}],
    )
    found = only(evaluate(tmp_path, gold, [NURSE, quote(RING, NURSE), quote("ownership")]))
    assert (found.found, found.right, found.wrong, found.precision) == (1, 1, 1, 0.5)
    assert found.details["annotated as no quotes"] == (1, 1)
    assert [false.words for false in found.false] == ["ownership"]


def test_several_speakers_must_all_be_named(tmp_path: Path) -> None:
    gold = studies(quotes=[{"id": "Q1", "speaker_role": "DN and pharmacist (jointly)", **evidence(RING)}])
    both = only(evaluate(tmp_path, gold, [NURSE, PHARMACIST, quote(RING, NURSE, PHARMACIST)]))
    assert both.details["speaker role right"] == (1, 1)
    one = only(evaluate(tmp_path, gold, [NURSE, PHARMACIST, quote(RING, NURSE)]))
    assert one.details["speaker role right"] == (0, 1)


def test_where_no_speaker_is_told_none_is_to_be_given(tmp_path: Path) -> None:
    item = {"id": "Q1", "type": "quote", "speaker": None, "role": None, **evidence(RING)}
    silent = only(evaluate(tmp_path, flat(item), [quote(RING)]))
    assert silent.details["no role where none is told"] == (1, 1)
    spoken = only(evaluate(tmp_path, flat(item), [NURSE, quote(RING, NURSE)]))
    assert spoken.details["no role where none is told"] == (0, 1)


def test_words_are_found_where_the_offsets_are_of_another_rendering(tmp_path: Path) -> None:
    item = {"id": "B1", "type": "barrier", "label": "late letters", **evidence(LATE)}
    other = {"id": "B2", "type": "barrier", "label": "x", "text": "a table that this text lacks", "start": 1, "end": 29}
    found = only(evaluate(tmp_path, flat(item, other, shift=70), [record(Barrier, LATE, label="late letters")]))
    assert (found.gold, found.found, found.absent) == (1, 1, 1)
    assert [miss.id for miss in found.not_in_text] == ["B2"]
    assert found.recall == 1.0


def test_restated_evidence_counts_where_its_place_is_sure(tmp_path: Path) -> None:
    anchors = [
        {
            "id": "F1",
            "type": "fact",
            "field": "title",
            "value": "t",
            **evidence("Sharing insulin changes between clinics"),
        },
        {"id": "L1", "type": "limitation", **evidence("A shared dosing plan could end the guessing")},
    ]
    item = {"id": "B1", "type": "barrier", "label": "late", **evidence(LATE), "restated": [list(at(NOBODY))]}
    evaluation = evaluate(tmp_path, flat(item, *anchors, shift=70), [record(Barrier, NOBODY, label="nobody")])
    barriers = next(kind for kind in evaluation.totals if kind.kind == "Barrier")
    assert (barriers.gold, barriers.found) == (1, 1)


def test_a_doubtful_item_is_optional(tmp_path: Path) -> None:
    item = {"id": "B1", "type": "barrier", "label": "late letters", "doubt": True, **evidence(LATE)}
    without = only(evaluate(tmp_path, flat(item), []))
    assert (without.gold, without.doubtful, without.doubtful_found, without.misses) == (0, 1, 0, ())
    with_it = only(evaluate(tmp_path, flat(item), [record(Barrier, LATE, label="late letters")]))
    assert (with_it.doubtful_found, with_it.right, with_it.wrong) == (1, 0, 0)


def test_one_record_stands_for_one_role_and_the_vocabulary_helps(tmp_path: Path) -> None:
    gold = studies(
        roles=[
            {"id": "R1", "label": "diabetes nurse (DN)", "evidence": [evidence("diabetes nurses")]},
            {"id": "R2", "label": "pharmacists", "evidence": [evidence("pharmacists")]},
            {"id": "R3", "label": "general practitioner", "evidence": [evidence("Nurses")]},
        ]
    )
    found = only(evaluate(tmp_path, gold, [NURSE, PHARMACIST]))
    assert (found.gold, found.found) == (3, 2)
    assert [miss.id for miss in found.misses] == ["R3"]
    assert found.precision == 1.0


def test_ranked_records_count_within_the_first_twice_as_many(tmp_path: Path) -> None:
    gold = studies(
        barriers=[{"id": "B1", "label": "late letters", "level": "provider/team", "evidence": [evidence(LATE)]}]
    )
    wrong = [record(Barrier, words, label=words, score=0.9) for words in ("METHODS", "RESULTS")]
    last = record(Barrier, LATE, label="late", score=0.1, level="team")
    found = only(evaluate(tmp_path, gold, [*wrong, last]))
    assert (found.found, found.right, found.wrong) == (1, 1, 2)
    assert found.details["within the first 2 x annotated"] == (0, 1)
    assert [miss.id for miss in found.late] == ["B1"]
    assert found.details["right among the first 10"] == (1, 3)
    assert found.details["level agrees"] == (1, 1)
    first = only(evaluate(tmp_path, gold, [*wrong, record(Barrier, LATE, label="late", score=1.0)]))
    assert first.details["within the first 2 x annotated"] == (1, 1)
    assert first.late == ()


def test_who_states_a_barrier_is_compared_by_name(tmp_path: Path) -> None:
    told = {"stated_by": ["DN"], "attributed_to": ["authors"]}
    gold = studies(barriers=[{"id": "B1", "label": "late", "evidence": [evidence(LATE)], **told}])
    barrier = record(Barrier, LATE, label="late", stated_by=(NURSE.iri,))
    found = only(evaluate(tmp_path, gold, [NURSE, barrier]))
    assert found.details["stated by agrees"] == (1, 1)
    assert found.details["attributed to agrees"] == (1, 1)


def test_one_record_for_two_barriers_finds_both_and_is_told(tmp_path: Path) -> None:
    gold = studies(
        barriers=[
            {"id": "B1", "label": "late letters", "evidence": [evidence(LATE)]},
            {"id": "B2", "label": "no owner", "evidence": [evidence(NOBODY)]},
        ]
    )
    whole = record(Barrier, f"{LATE} and that {NOBODY}", label="both")
    found = only(evaluate(tmp_path, gold, [whole]))
    assert (found.found, found.details["with a record of their own"]) == (2, (1, 2))


def test_a_fact_needs_its_words_and_its_field_or_value(tmp_path: Path) -> None:
    words = "14 diabetes nurses (DNs) and six pharmacists"
    facts = [{"id": "F1", "field": "n_pharmacists", "value": 6, "evidence": [evidence("six pharmacists")]}]
    gold = studies(facts=facts)
    group = record(ParticipantGroup, words, label="pharmacists", n=6)
    assert only(evaluate(tmp_path, gold, [group])).found == 1
    other = record(StudyFact, words, field="software", value="a program")
    assert only(evaluate(tmp_path, gold, [other])).found == 0
    elsewhere = record(StudyFact, "DISCUSSION", field="n_pharmacists", value="6")
    assert only(evaluate(tmp_path, gold, [elsewhere])).found == 0


def test_a_theme_is_found_by_its_label_too(tmp_path: Path) -> None:
    gold = studies(themes=[{"id": "T1", "label": "Nobody owns a dose", "evidence": [evidence("Nobody owns the dose")]}])
    theme = record(Theme, "DISCUSSION", label="other", variants=("Nobody owns the dose.",))
    assert only(evaluate(tmp_path, gold, [theme])).found == 1


def test_a_disagreement_is_found_by_what_it_stands_between(tmp_path: Path) -> None:
    one, other = "should name one nurse", "Nurses should adjust the dose."
    gold = studies(
        positions=[{"id": f"P{i}", "label": w, "evidence": [evidence(w)]} for i, w in enumerate((one, other))],
        disagreements=[{"id": "D1", "label": "who", "between": ["P0", "P1"]}],
    )
    ends = [record(Position, words, statement=words) for words in (one, other)]
    between = record(Disagreement, "DISCUSSION", label="who", scope="between roles", between=tuple(e.iri for e in ends))
    half = record(Disagreement, "DISCUSSION", label="who", scope="between roles", between=(ends[0].iri,))
    kinds = {kind.kind: kind for kind in evaluate(tmp_path, gold, [*ends, between]).totals}
    assert (kinds["Position"].found, kinds["Disagreement"].found) == (2, 1)
    kinds = {kind.kind: kind for kind in evaluate(tmp_path, gold, [*ends, half]).totals}
    assert kinds["Disagreement"].found == 0


def test_links_from_interventions_to_barriers_are_counted(tmp_path: Path) -> None:
    words = "A shared dosing plan"
    gold = studies(
        barriers=[{"id": "B1", "label": "late", "evidence": [evidence(LATE)]}],
        interventions=[
            {"id": "I1", "label": "plan", "proposed_by": "authors", "addresses": ["B1"], "evidence": [evidence(words)]}
        ],
    )
    barrier = record(Barrier, LATE, label="late")
    plan = record(Intervention, words, label="plan", proposed_by=("authors",))
    link = record(
        Assertion,
        words,
        subject=plan.iri,
        object=barrier.iri,
        predicate=CKG + "addresses",
        method="rule",
        status="proposed",
    )
    kinds = {kind.kind: kind for kind in evaluate(tmp_path, gold, [barrier, plan, link]).totals}
    details = kinds["Intervention"].details
    assert (details["addresses the annotated barrier"], details["proposed by agrees"]) == ((1, 1), (1, 1))
    kinds = {kind.kind: kind for kind in evaluate(tmp_path, gold, [barrier, plan]).totals}
    assert kinds["Intervention"].details["addresses the annotated barrier"] == (0, 1)


def test_annotations_without_a_document_are_named(tmp_path: Path) -> None:
    gold = studies(quotes=[{"id": "Q1", **evidence(RING)}])
    gold["files"][0]["sha256"] = "1" * 64
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    text = "Nothing of the kind."
    sha = sha256_of(text)
    other = Document(iri=document_iri(sha), source="o.txt", sha256=sha, media_type="text/plain", text=text)
    evaluation = score([other], load_gold(path))
    assert (evaluation.papers, evaluation.unread) == ((), ("insulin-1",))
    assert "No document belongs to the annotations of insulin-1." in list(as_text(evaluation))


def test_a_document_is_known_by_hash_name_or_words(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(studies(quotes=[{"id": "Q1", **evidence(RING)}])), encoding="utf-8")
    gold = load_gold(path)
    words, nothing = Squeezed.of(TEXT), Squeezed.of("Nothing.")
    assert choose(gold, "x.txt", SHA, nothing) is gold[0]
    assert choose(gold, "other-name.pdf", "2" * 64, nothing) is gold[0]
    assert choose(gold, "x.txt", "2" * 64, words) is gold[0]
    assert choose(gold, "x.txt", "2" * 64, nothing) is None


def test_of_several_places_the_nearest_to_the_offsets_is_taken(tmp_path: Path) -> None:
    second = TEXT.index("the dose", TEXT.index("DISCUSSION"))
    anchor = {"id": "L1", "type": "limitation", **evidence("A shared dosing plan could end the guessing")}
    item = {"id": "T1", "type": "theme", "label": "x", "text": "the dose", "start": second, "end": second + 8}
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(flat(anchor, item, shift=40)), encoding="utf-8")
    (paper,) = load_gold(path)
    placed = {one.item.id: one.places for one in place(paper, TEXT, Squeezed.of(TEXT))}
    assert placed["T1"] == ((second, second + 8),)


def test_the_page_gives_identifiers_and_reasons_but_no_words(tmp_path: Path) -> None:
    gold = studies(quotes=[{"id": "Q1", "speaker_role": "DN", **evidence(RING)}, {"id": "Q2", **evidence(PLAN)}])
    evaluation = evaluate(tmp_path, gold, [])
    page = "\n".join(as_page(evaluation, {"Q1": "broken over two pages"}))
    assert "| Q1 | Quote | broken over two pages |" in page
    assert "| Q2 | Quote | no quote there |" in page
    assert "| Quote | 0 | 2 | 0.00 | 0 | 0 |  | 0/0 | 0 |" in page
    assert "clinic" not in page
    assert any("missed  Quote Q1" in line and "clinic" in line for line in as_text(evaluation))


def test_the_evaluation_is_json(tmp_path: Path) -> None:
    gold = studies(quotes=[{"id": "Q1", "speaker_role": "DN", **evidence(RING)}])
    told = json.loads(json.dumps(as_dict(evaluate(tmp_path, gold, [NURSE, quote(RING, NURSE)]))))
    assert told["totals"][0]["recall"] == 1.0
    assert told["papers"][0]["kinds"][0]["details"]["speaker role right"] == [1, 1]


def test_annotations_as_records_are_found_entirely(shared: Path) -> None:
    """What people annotated, turned into records, scores full recall with nothing wrong: the measure itself holds."""
    gold = load_gold(shared / "gold" / "seeds.json")
    for path in sorted((shared / "gold" / "papers").glob("*.json")):
        gold += load_gold(path)
    records: list[Record] = []
    for paper in gold:
        seed = shared / "seeds" / paper.file
        path = seed if seed.is_file() else shared / "corpus" / "text" / f"{paper.key}.txt"
        text = path.read_text(encoding="utf-8")
        sha = sha256_of(text)
        document = Document(iri=document_iri(sha), source=path.name, sha256=sha, media_type="text/plain", text=text)
        records.append(document)
        for one in place(paper, text, Squeezed.of(text)):
            if one.places and one.item.kind not in ("NonQuote", "Disagreement"):
                start, end = one.places[0]
                span = Passage(document=document.iri, start=start, end=end, exact=text[start:end])
                records.append(annotated(one.item.kind, mint("Gold", paper.key, one.item.id), span, one.item.told))
    evaluation = score(records, gold)
    assert evaluation.unread == ()
    for kind in evaluation.totals:
        if kind.kind != "Disagreement":
            assert (kind.kind, kind.found, kind.precision in (1.0, None)) == (kind.kind, kind.gold, True)
        assert kind.gold >= 4


def annotated(kind: str, iri: str, span: Passage, told: dict[str, Any]) -> Record:
    cls = CLASSES[kind]
    slots: dict[str, Any] = {"iri": iri, "document": span.document, "spans": (span,)}
    if cls is Quote:
        slots |= {"exact": span.exact, "start": span.start, "end": span.end, "quote_kind": "block"}
    elif cls is StudyFact:
        slots |= {"field": told["field"], "value": str(told["value"])}
    elif cls is Role:
        slots |= {"label": str(told.get("canonical") or told["label"]).split(" (")[0]}
    else:
        slots |= {"statement" if hasattr(cls, "statement") else "label": "annotated"}
    return cls(**slots)
