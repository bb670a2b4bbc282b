"""Small QDA projects for tests: what a program would write, as bytes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "urn:QDA-XML:project:1.0"
THEMES = """<Code guid={Themes} name="Themes" isCodable="false">
  <Code guid={Trust} name="Theme 1: Trust" isCodable="true"/></Code>
<Code guid={Barriers} name="Barriers" isCodable="true">
  <Code guid={NoTime} name="no time" isCodable="true"/></Code>
<Code guid={Nurse} name="Nurse" isCodable="true"/>"""
INTERVIEW = "Interviewer: What happened?\nNurse: Nobody rang us back that day.\nThere was no time to ask again.\n"


def guid(name: str) -> str:
    """The GUID that this name always has."""
    return str(uuid5(NAMESPACE_URL, name)).upper()


def selection(name: str, start: int, end: int, *codes: str, title: str = "") -> str:
    codings = "".join(
        f'<Coding guid="{guid(name + code)}"><CodeRef targetGUID="{guid(code)}"/></Coding>' for code in codes
    )
    return (
        f'<PlainTextSelection guid="{guid(name)}" name={quoteattr(title)} startPosition="{start}" '
        f'endPosition="{end}">{codings}</PlainTextSelection>'
    )


def at(text: str, words: str, name: str, *codes: str, title: str = "", shift: int = 0) -> str:
    """A selection of words of a text, its positions off by `shift`."""
    start = text.index(words)
    return selection(name, start + shift, start + len(words) + shift, *codes, title=title)


def text_source(name: str, *inner: str, path: str | None = None, content: str | None = None) -> str:
    given = f' plainTextPath="internal://{path}"' if path else ""
    inside = f"<PlainTextContent>{escape(content)}</PlainTextContent>" if content is not None else ""
    return f'<TextSource guid="{guid(name)}" name={quoteattr(name)}{given}>{inside}{"".join(inner)}</TextSource>'


def project(
    sources: Sequence[str], *, codes: str = THEMES, before: str = "", after: str = "", namespace: bool = True
) -> bytes:
    """The XML of a project: `before` stands before the sources, `after` behind them."""
    for name in ("Themes", "Trust", "Barriers", "NoTime", "Nurse"):
        codes = codes.replace(f"{{{name}}}", f'"{guid(name)}"')
    space = f' xmlns="{NAMESPACE}"' if namespace else ""
    told = f"<CodeBook><Codes>{codes}</Codes></CodeBook>{before}<Sources>{''.join(sources)}</Sources>{after}"
    return f'<?xml version="1.0" encoding="utf-8"?><Project{space} name="Calls" origin="test">{told}</Project>'.encode()


def packed(xml: bytes, files: Mapping[str, bytes] | None = None, *, name: str = "project.qde") -> bytes:
    """A .qdpx of the XML and further files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        for path, data in (files or {}).items():
            archive.writestr(path, data)
    return out.getvalue()


def interview(**more: str) -> bytes:
    """A project of one interview with a segment of a theme and a barrier, and a nurse who speaks."""
    quote = at(INTERVIEW, "Nobody rang us back that day.", "q", "Trust", "NoTime")
    turn = at(INTERVIEW, "Nurse: Nobody rang us back that day.\nThere was no time to ask again.", "turn", "Nurse")
    return packed(project([text_source("P01.txt", quote, turn, content=INTERVIEW)], **more))
