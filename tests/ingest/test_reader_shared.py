"""What holds for the reading of the annotated papers; nothing here is about one of them."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.anchor import anchor
from ingest.readers import read
from ingest.reading import Reading

pytestmark = pytest.mark.shared


def evidence(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Everything with words and offsets, at any depth."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for inner in value.values():
            yield from evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence(inner)


def view_range(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The smallest stretch of the view that holds all that is left of stored[start:end]."""
    places = [at for at, o in enumerate(reading.offsets) if start <= o < end and not reading.text[at].isspace()]
    return min(places), max(places) + 1


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[tuple[Reading, list[dict[str, Any]]]]:
    gold = json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8"))
    found = []
    for study in gold["studies"]:
        data = (shared / "seeds" / study["file"]).read_bytes()
        found.append((read(data, study["file"]).reading, list(evidence(study))))
    return found


def test_the_stored_text_is_the_file(shared: Path) -> None:
    for file in sorted((shared / "seeds").iterdir()):
        assert read(file.read_bytes(), file.name).document.text.encode() == file.read_bytes()


def test_every_annotated_passage_can_be_given_by_spans_of_the_view(
    seeds: list[tuple[Reading, list[dict[str, Any]]]],
) -> None:
    for reading, items in seeds:
        assert items
        for item in items:
            spans = reading.spans(*view_range(reading, item["start"], item["end"]))
            assert abs(min(p.start for p in spans) - item["start"]) <= 2
            assert abs(max(p.end for p in spans) - item["end"]) <= 2


def test_every_annotated_passage_can_be_anchored_by_its_words(
    seeds: list[tuple[Reading, list[dict[str, Any]]]],
) -> None:
    for reading, items in seeds:
        for item in items:
            for words in {item["text"], item.get("clean", item["text"])}:
                passages = anchor(reading, words)
                assert passages is not None
                once = reading.stored.count(item["text"]) == 1
                assert not once or abs(passages[0].start - item["start"]) <= 2


def test_annotated_quotes_set_apart_lie_in_one_block_each(seeds: list[tuple[Reading, list[dict[str, Any]]]]) -> None:
    for reading, items in seeds:
        for item in items:
            if item.get("kind") != "block":
                continue
            start, end = view_range(reading, item["start"], item["end"])
            block = next(b for b in reading.blocks if b.start <= start < b.end)
            assert block.kind == "quote"
            assert start - block.start <= 2
            assert end <= block.end


def test_texts_with_paths_have_body_sections_and_no_stray_headings(shared: Path) -> None:
    files = sorted((shared / "corpus" / "text").glob("*.txt"))
    assert len(files) == 32
    for file in files:
        found = read(file.read_bytes(), file.name)
        kinds = {s.kind for s in found.reading.sections}
        assert {"background", "results"} <= kinds or {"background", "discussion"} <= kinds
        assert found.document.title
        running = [s for s in found.reading.sections if s.heading and s.kind != "table"]
        text = found.document.text
        stray = [s.heading for s in running if f"{s.heading}:" not in text]
        assert len(stray) <= 1  # a path that is itself broken over two lines


def test_flattened_articles_are_parted_into_sections(shared: Path) -> None:
    for file in sorted((shared / "corpus" / "jats").glob("*.xml")):
        text = "".join(ET.parse(file).getroot().itertext())  # noqa: S314 - our own copy
        found = read(text.encode(), file.name)
        kinds = [s.kind for s in found.reading.sections if not s.in_abstract]
        assert "methods" in kinds or "results" in kinds
        assert "references" in kinds
        assert found.document.doi
        longest = max(b.end - b.start for b in found.reading.blocks if b.kind == "paragraph")
        assert longest < 5000
