"""What holds for the reading of any text."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import ReaderError
from ingest.readers import read
from ingest.reading import Reading
from ontology.model import SECTION_KINDS

BLOCK_KINDS = {"title", "heading", "paragraph", "quote", "list_item", "table", "front", "note"}
BREAK_MARKS = "\u00ad\ufffe\x02"
PIECES = st.sampled_from(
    [
        "Results", "RESULTS\n", "\n\n", "\n", "Methods: ", "Background: We asked. ", "Table 1 Who\n",
        "Sex 1 2\n", "care-\n", "ful ", "pain.2 ", "[1, 2] ", "(Lee et al., 2010) ",
        "“I felt lost.” (Nurse 3)\n", "  ", "\f", "Theme 1: Trust\n", "• item\n", "12\n",
        "BODY.RESULTS.X Y:\n", "TITLE: A b c d\n", "fromMarch ", "a.B", "said:The ", "word ", "> quote\n",
        "the nurse said that it was ", "Journal of X 2010;3:1\n", "# Head\n", "\u00ad", "\ufffe", "\x02",
        "e.g. ", "et al.", "References\n", "1. Smith J. X. 2010;1:2.\n", "“", "”", ")", "(", "[", "P: ", "😀",
        "é", "SmithABLeeCD", 'id="P1">', " (Lee and Moor, 2010) ", " waits [1, 2]. ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=50).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join),
    st.text(max_size=200),
)


def reading_of(text: str) -> Reading | None:
    try:
        return read(text.encode("utf-8", "replace"), "a.txt").reading
    except ReaderError:
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_every_character_of_the_view_has_its_place(text: str) -> None:
    reading = reading_of(text)
    if reading is None:
        return
    assert len(reading.offsets) == len(reading.text)
    for char, offset in zip(reading.text, reading.offsets, strict=True):
        stored = reading.stored[offset]
        assert char.isspace() or char == stored or (char == "-" and stored in BREAK_MARKS)
    cuts = set(reading.cuts)
    for at in range(1, len(reading.offsets)):
        low, high = reading.offsets[at - 1], reading.offsets[at]
        assert (
            at in cuts or high > low or (high == low and (reading.text[at].isspace() or reading.text[at - 1].isspace()))
        )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.data())
def test_spans_hold_the_stored_words(text: str, data: st.DataObject) -> None:
    reading = reading_of(text)
    if reading is None:
        return
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    spans = reading.spans(start, end)
    assert bool(spans) == bool(reading.text[start:end].strip())
    for passage in spans:
        assert reading.stored[passage.start : passage.end] == passage.exact
        assert passage.exact == passage.exact.strip() or passage.exact.strip("\x1c\x1d\x1e\x1f\x85")
    for one, two in pairwise(spans):
        assert one.end <= two.start or two.end <= one.start


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_blocks_sentences_and_sections_fit_into_each_other(text: str) -> None:
    reading = reading_of(text)
    if reading is None:
        return
    assert reading.sections
    assert {s.kind for s in reading.sections} <= set(SECTION_KINDS)
    end = 0
    for block in reading.blocks:
        assert block.kind in BLOCK_KINDS
        assert end <= block.start < block.end <= len(reading.text)
        section = reading.sections[block.section]
        assert section.start <= block.start and block.end <= section.end
        assert reading.text[block.start : block.end] == reading.text[block.start : block.end].strip()
        end = block.end
    end = 0
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        assert end <= sentence.start < sentence.end
        assert block.start <= sentence.start and sentence.end <= block.end
        assert sentence.section == block.section
        end = sentence.end
    for section in reading.sections:
        assert section.start <= section.heading_start <= section.heading_end <= section.end
    assert all(0 <= mark.at <= len(reading.text) for mark in reading.citations)
    assert [section.start for section in reading.sections] == sorted(section.start for section in reading.sections)
    for at in range(len(reading.text)):
        inside = [section for section in reading.sections if section.start <= at < section.end]
        innermost = max(inside, key=lambda section: (section.start, section.level), default=reading.sections[0])
        assert reading.section_at(at) is innermost


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_reading_is_a_function_of_the_text(text: str) -> None:
    assert reading_of(text) == reading_of(text)
