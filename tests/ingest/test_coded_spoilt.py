"""Projects and sheets with spoilt values: a clear error, or records whose words are where they say; never a crash."""

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.canonical import canonical
from ingest.coded import resolve
from ingest.library import Shelf
from ingest.mapping import complete
from ingest.readers.contents import Project, Sheet
from ingest.readers.refi.reader import read_refi
from ingest.readers.sheet.csv import read_csv
from ontology.errors import CarekgError
from tests.qda import INTERVIEW, at, guid, packed, project, text_source

CASE = (
    f'<Variables><Variable guid="{guid("v")}" name="Profession" typeOfVariable="Text"/></Variables>'
    f'<Cases><Case guid="{guid("c")}" name="P01"><VariableValue><VariableRef targetGUID="{guid("v")}"/>'
    f'<TextValue>midwife</TextValue></VariableValue><SourceRef targetGUID="{guid("P01")}"/></Case></Cases>'
)
LINK = f'<Links><Link guid="{guid("l")}" name="continues" originGUID="{guid("q")}" targetGUID="{guid("r")}"/></Links>'
SEGMENTS = (
    at(INTERVIEW, "Nobody rang", "q", "Trust"), at(INTERVIEW, "no time", "r", "NoTime", title="no time"),
    at(INTERVIEW, "Nurse: Nobody rang us", "t", "Nurse"),
)  # fmt: skip
XML = project([text_source("P01", *SEGMENTS, content=INTERVIEW)], before=CASE, after=LINK).decode()
VALUES = re.compile(r'"([^"]*)"')
SHEET = 'Study;Quote;Role;Barrier;Theme\nBerg 2021;"Nobody rang us. (nurse 2)";nurse;no call; x;Trust\n;late;;"a; b";\n'

values = st.sampled_from(
    ["", "-1", "0", "9" * 20, "a&#10;b", "x" * 300, "A::B", "Themes", "Barrier: no", "&#x1F600;", "continues",
     "supports", "carekg IRI", "1:2 no time", "{" + guid("q") + "}"]
) | st.integers(0, 120).map(str)  # fmt: skip


def check(read: Callable[[], Project | Sheet]) -> None:
    """Read and resolve; everything that comes out is in order, or a CarekgError says why nothing does."""
    try:
        content = read()
        mapping = complete(content)
        groups = resolve(content, Shelf([]), mapping)
    except CarekgError as error:
        assert error.remedy
        return
    assert complete(content, mapping) == mapping
    for group in groups:
        assert group.document is not None
        for record in map(canonical, group.records):
            for span in record.spans:
                assert span.document == group.document.iri
                assert group.document.text[span.start : span.end] == span.exact


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), values | st.none(), st.integers(0, 10**6)), max_size=4))
def test_a_project_with_values_exchanged(changes: list[tuple[int, str | None, int]]) -> None:
    xml = XML
    for place, value, other in changes:
        spans = [found.span(1) for found in VALUES.finditer(xml)]
        start, end = spans[place % len(spans)]
        taken = spans[other % len(spans)]
        xml = xml[:start] + (xml[slice(*taken)] if value is None else value) + xml[end:]
    check(lambda: read_refi(packed(xml.encode()), "a.qdpx"))


signs = st.sampled_from(
    ['"', ";", "\n", "\r", "\t", "¶", "\x0b", "\u2028", "😀", "10.5555/a", "2021", "(", "nurse", "n/a"]
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SHEET)), st.integers(0, 12), signs | st.text(max_size=4)), max_size=5))
def test_a_sheet_with_signs_put_in_and_taken_out(changes: list[tuple[int, int, str]]) -> None:
    text = SHEET
    for place, length, sign in changes:
        text = text[:place] + sign + text[place + length :]
    check(lambda: read_csv(text.encode("utf-8", "replace"), "a.csv"))
