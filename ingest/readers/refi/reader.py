"""Reader of coded QDA projects in REFI-QDA 1.0 (.qdpx, .qde), as ATLAS.ti, MAXQDA, NVivo or QualCoder write them.

Of a project come its codes, its sources with their text and coded segments, its cases with variables, and its links.
Positions are compared with the text (`refi_positions`). What has no place here (notes, sets, graphs, pictures, sound)
is counted and named in the notes, never silently lost.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from ingest.errors import ReaderError
from ingest.readers.archive import open_bounded
from ingest.readers.contents import Case, CodedSource, Link, Project
from ingest.readers.refi.sources import Found, sources_of
from ingest.readers.refi.xml import child, children, codes_of, guid, project_root, values_of, words_of
from ontology.refi import PROJECT_NAMESPACE, invalidities

_NAMED = 3
_ZIP = b"PK\x03\x04"


def read_refi(data: bytes, source: str) -> Project:
    """Return the project of a .qdpx archive or of the bare XML (.qde), of which only texts inside the XML are there.

    Raises:
        ReaderError: it is damaged, beyond a bound, or no REFI-QDA project.
    """
    members: Mapping[str, bytes] = open_bounded(data, source) if data.startswith(_ZIP) else {"project.qde": data}
    names = [name for name in members if name.lower().endswith(".qde")]
    if not names:
        raise ReaderError(source, "holds no project.qde", "export it as a REFI-QDA project")
    notes = [f"holds {len(names)} projects: only {names[0]} is read"] if len(names) > 1 else []
    root = project_root(members[names[0]], f"{source}/{names[0]}", "Project")
    notes += _departures(root)
    variables = {guid(v): (v.get("name") or "").strip() for v in children(child(root, "Variables"), "Variable")}
    codes = codes_of(child(root, "CodeBook"), flat=(root.get("origin") or "").startswith("ATLAS"))
    found = sources_of(root, members, source, variables)
    known = {code.guid for code in codes}
    sources = tuple(_with_known_codes(one, known) for one in found.sources)
    lost = sum(len(set(segment.codes) - known) for one in found.sources for segment in one.segments)
    notes += [f"{lost} codings name a code that the codebook lacks"] if lost else []
    return Project(
        source=source,
        name=" ".join((root.get("name") or "").split()) or source,
        key="|".join((root.get("name") or "", root.get("creationDateTime") or "", guid(root, "creatingUserGUID"))),
        codes=codes,
        sources=sources,
        cases=tuple(_case(case, variables) for case in children(child(root, "Cases"), "Case")),
        links=tuple(_links(root)),
        notes=(*notes, *_dropped(root, found)),
    )


def _departures(root: etree._Element) -> list[str]:
    """Say where the XML departs from the standard, though it can be read."""
    if etree.QName(root).namespace != PROJECT_NAMESPACE:
        return ["its XML lacks the namespace of REFI-QDA: read nevertheless"]
    broken = invalidities(root)
    if not broken:
        return []
    return [f"not valid by the schema of REFI-QDA in {len(broken)} places ({broken[0]}): read nevertheless"]


def _with_known_codes(source: CodedSource, known: set[str]) -> CodedSource:
    segments = (replace(s, codes=tuple(c for c in s.codes if c in known)) for s in source.segments)
    codes = tuple(code for code in source.codes if code in known)
    return replace(source, segments=tuple(s for s in segments if s.codes), codes=codes)


def _case(case: etree._Element, variables: dict[str, str]) -> Case:
    return Case(
        guid=guid(case),
        name=" ".join((case.get("name") or "").split()) or guid(case),
        variables=values_of(case, variables),
        codes=tuple(guid(ref, "targetGUID") for ref in children(case, "CodeRef")),
        sources=tuple(guid(ref, "targetGUID") for ref in children(case, "SourceRef")),
        segments=tuple(guid(ref, "targetGUID") for ref in children(case, "SelectionRef")),
    )


def _links(root: etree._Element) -> Iterable[Link]:
    for link in children(child(root, "Links"), "Link"):
        yield Link((link.get("name") or "").strip(), guid(link, "originGUID"), guid(link, "targetGUID"))


def _dropped(root: etree._Element, found: Found) -> list[str]:
    """Return the report: what of the project has no place here, by kind, with the first names of each."""
    told = list(found.notes)
    for outer, inner, word in (("Notes", "Note", "notes"), ("Sets", "Set", "sets"), ("Graphs", "Graph", "graphs")):
        names = [one.get("name") or "unnamed" for one in children(child(root, outer), inner)]
        if names:
            told.append(f"dropped {len(names)} {word}: {shortened(names)}")
    kinds: Counter[str] = Counter(found.dropped)
    told += [f"dropped {count} {word}" for word, count in sorted(kinds.items())]
    comments = sum(
        bool(words_of(s, "Description").strip()) for s in root.iter("{*}PlainTextSelection", "{*}PDFSelection")
    )
    return told + ([f"dropped the comments of {comments} segments"] if comments else [])


def shortened(names: Iterable[str]) -> str:
    """Return the first of the names, and how many more there are.

    >>> shortened(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    listed = list(names)
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")
