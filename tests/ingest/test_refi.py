"""Reading REFI-QDA: as the standard says, as programs write it, and what cannot be read."""

from pathlib import Path

import pytest

from ingest.errors import ReaderError
from ingest.readers import format_of, read_contents
from ingest.readers.contents import Project
from tests.qda import INTERVIEW, THEMES, at, guid, interview, packed, project, selection, text_source


def read(data: bytes, name: str = "calls.qdpx") -> Project:
    (content,) = read_contents(data, name)
    assert isinstance(content, Project)
    return content


def words(one: Project) -> list[str]:
    return [s.document.text[p.start : p.end] for s in one.sources for p in s.segments]


def test_a_project_has_codes_sources_and_segments() -> None:
    found = read(interview())
    assert found.name == "Calls"
    assert [code.path for code in found.codes] == [
        ("Themes",), ("Themes", "Theme 1: Trust"), ("Barriers",), ("Barriers", "no time"), ("Nurse",),
    ]  # fmt: skip
    assert found.sources[0].document.text == INTERVIEW
    assert found.sources[0].document.source == "calls.qdpx/P01.txt"
    assert words(found)[0] == "Nobody rang us back that day."
    assert found.sources[0].segments[0].codes == (guid("Trust"), guid("NoTime"))
    assert found.notes == ()


@pytest.mark.parametrize("folder", ["sources/", "Sources/", "SOURCES/", ""])
@pytest.mark.parametrize("qde", ["project.qde", "Project.qde"])
def test_texts_lie_in_a_folder_of_any_case(folder: str, qde: str) -> None:
    source = text_source("P01", at(INTERVIEW, "no time", "q", "NoTime"), path="A1.txt")
    assert words(read(packed(project([source]), {f"{folder}a1.TXT": INTERVIEW.encode()}, name=qde))) == ["no time"]


def test_a_path_may_be_the_bare_name_of_a_file_in_the_archive_and_stand_for_the_name() -> None:
    source = text_source("P01", at(INTERVIEW, "no time", "q", "NoTime"), path="day_1.txt")
    bare = source.replace("internal://", "").replace(' name="P01"', "")
    found = read(packed(project([bare]), {"sources/day_1.txt": INTERVIEW.encode()}))
    assert words(found) == ["no time"]
    assert found.sources[0].name == "day_1.txt"


def test_windows_line_ends_and_a_byte_order_mark_do_not_shift_segments() -> None:
    windows = INTERVIEW.replace("\n", "\r\n")
    quote = at(windows, "Nobody rang us back that day.", "q", "Trust", title="Nobody rang us…", shift=1)
    late = at(windows, "no time to ask", "r", "NoTime", title="no time to ask", shift=1)
    source = text_source("P01", quote, late, path="a.txt")
    found = read(packed(project([source]), {"sources/a.txt": b"\xef\xbb\xbf" + windows.encode()}))
    assert words(found) == ["Nobody rang us back that day.", "no time to ask"]
    assert "\r" not in found.sources[0].document.text
    assert any("line ends as two characters and the byte-order mark" in note for note in found.sources[0].notes)


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf", b"\n  "])
def test_xml_without_namespace_or_with_something_before_it_is_read(lead: bytes) -> None:
    data = lead + project(
        [text_source("P01", at(INTERVIEW, "no time", "q", "NoTime"), content=INTERVIEW)], namespace=False
    )
    assert format_of(data).name == "a REFI-QDA project"
    found = read(data, "calls.qde")
    assert words(found) == ["no time"]
    assert any("lacks the namespace" in note for note in found.notes)


def test_what_breaks_the_schema_is_said_and_read() -> None:
    xml = interview_xml().replace(b' isCodable="true"', b"")
    found = read(packed(xml))
    assert words(found)
    assert any("not valid by the schema" in note and "isCodable" in note for note in found.notes)


def interview_xml() -> bytes:
    return project([text_source("P01", at(INTERVIEW, "no time", "q", "NoTime"), content=INTERVIEW)])


def test_the_report_names_what_has_no_place() -> None:
    after = (
        f'<Notes><Note guid="{guid("n1")}" name="Diary"><PlainTextContent>mine</PlainTextContent></Note></Notes>'
        f'<Sets><Set guid="{guid("s1")}" name="Wave 1"/></Sets>'
        f'<Graphs><Graph guid="{guid("g1")}" name="Map"/></Graphs>'
    )
    picture = f'<PictureSource guid="{guid("pic")}" name="Ward plan"/>'
    uncoded = selection("u", 0, 5)
    stray = at(INTERVIEW, "no time", "x", "Unknown")
    missing = text_source("P02.docx", at(INTERVIEW, "no time", "y", "NoTime"), path="gone.txt")
    outside = text_source("P03", path="gone").replace("internal://gone", "relative://../secret.txt")
    sources = [text_source("P01", uncoded, stray, content=INTERVIEW), missing, outside, picture]
    found = read(packed(project(sources, after=after)))
    told = "\n".join(found.notes)
    for part in (
        "dropped source P02.docx, 1 coded segments with it: it is not in the project file",
        "dropped source P03: it lies outside the project file (relative://../secret.txt)",
        "1 codings name a code that the codebook lacks",
        "dropped 1 notes: Diary", "dropped 1 sets: Wave 1", "dropped 1 graphs: Map",
        "dropped 1 picture sources", "dropped 1 selections without a code",
    ):  # fmt: skip
        assert part in told


def test_a_transcript_of_sound_is_placed_by_its_sync_points() -> None:
    start = INTERVIEW.index("no time")
    points = f'<SyncPoint guid="{guid("a")}" position="{start}"/><SyncPoint guid="{guid("b")}" position="{start + 7}"/>'
    picked = (
        f'<TranscriptSelection guid="{guid("t")}" fromSyncPoint="{guid("a")}" toSyncPoint="{guid("b")}">'
        f'<Coding guid="{guid("c")}"><CodeRef targetGUID="{guid("NoTime")}"/></Coding></TranscriptSelection>'
    )
    transcript = (
        f'<Transcript guid="{guid("tr")}" name="P01 typed"><PlainTextContent>{INTERVIEW}</PlainTextContent>'
        f"{points}{picked}</Transcript>"
    )
    found = read(packed(project([f'<AudioSource guid="{guid("au")}" name="P01.mp3">{transcript}</AudioSource>'])))
    assert words(found) == ["no time"]


def test_areas_of_a_pdf_are_found_by_the_words_that_the_project_gives() -> None:
    area = (
        '<PDFSelection guid="{}" page="0" firstX="1" firstY="1" secondX="2" secondY="2" name="{}">'
        f'<Coding guid="{guid("c")}"><CodeRef targetGUID="{guid("NoTime")}"/></Coding></PDFSelection>'
    )
    shown = f'<Representation guid="{guid("rep")}"><PlainTextContent>{INTERVIEW}</PlainTextContent></Representation>'
    areas = area.format(guid("p"), "Nobody rang us back…") + area.format(guid("p2"), "Area 2")
    found = read(packed(project([f'<PDFSource guid="{guid("pdf")}" name="a.pdf">{areas}{shown}</PDFSource>'])))
    assert words(found) == ["Nobody rang us back"]
    assert "dropped 1 coded areas of PDF pages whose words are not known" in found.notes


def test_two_sources_of_the_same_text_are_one_document_with_the_segments_of_both() -> None:
    one = text_source("P01", at(INTERVIEW, "no time", "q", "NoTime"), content=INTERVIEW)
    two = text_source("P01 copy", at(INTERVIEW, "Nobody rang", "r", "Trust"), content=INTERVIEW)
    found = read(packed(project([one, two])))
    assert len(found.sources) == 1
    assert words(found) == ["no time", "Nobody rang"]


def test_codes_of_atlas_ti_lie_below_each_other_by_their_names() -> None:
    codes = f'<Code guid="{guid("NoTime")}" name="Barriers::no time" isCodable="true"/>'
    xml = project([], codes=codes)
    assert read(packed(xml)).codes[0].path == ("Barriers::no time",)
    assert read(packed(xml.replace(b'origin="test"', b'origin="ATLAS.ti 9"'))).codes[0].path == ("Barriers", "no time")


BOMB = b'<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (packed(b"<Project><CodeBook>"), "not well-formed"),
        (packed(b"<Other/>"), "no REFI-QDA"),
        (interview()[:-30], "damaged|archive|binary"),
        (b'<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "codebook"),
    ],
    ids=["broken XML", "another root", "truncated archive", "a codebook alone"],
)
def test_what_cannot_be_read_says_why(data: bytes, problem: str) -> None:
    with pytest.raises(ReaderError, match=problem):
        read_contents(data, "calls.qdpx")


def test_entities_are_not_expanded() -> None:
    xml = project([text_source("P01", at(INTERVIEW, "no time", "q", "NoTime"), content=INTERVIEW)])
    head, tail = xml.split(b"?>", 1)
    found = read(packed(head + b"?>" + BOMB + tail.replace(b"theme", b"&b;")))
    assert "aaaa" not in str(found)


def test_the_sample_of_atlas_ti_is_read_and_its_losses_are_named(shared: Path) -> None:
    path = shared / "corpus" / "refi-qda" / "TestProject.qdpx"
    found = read(path.read_bytes(), path.name)
    assert len(found.codes) == 14
    assert ("Coke", "diet Coke") in [code.path for code in found.codes]
    assert found.sources == ()
    assert sum("dropped source" in note for note in found.notes) >= 8
    assert any(note.startswith("dropped 2 notes") for note in found.notes)


def test_the_codebook_of_the_tests_is_what_it_says() -> None:
    assert THEMES.count("<Code ") == 5
