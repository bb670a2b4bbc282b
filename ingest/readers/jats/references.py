"""The reference list of JATS as lines that can be read."""

from collections.abc import Iterator

from lxml import etree

from ingest.readers.builder import Run
from ingest.readers.jats.front import person_of
from ingest.readers.jats.inline import runs_of, words_of
from ingest.readers.safe_xml import local

_CITATIONS = frozenset({"element-citation", "mixed-citation", "nlm-citation", "citation", "citation-alternatives"})
_NAMES = frozenset({"name", "string-name", "collab"})
_AHEAD = (
    "article-title",
    "chapter-title",
    "part-title",
    "source",
    "edition",
    "publisher-loc",
    "publisher-name",
    "year",
)
_TOLD = frozenset({*_AHEAD, "fpage", "lpage", "volume", "issue", "elocation-id", "comment"})


def references_of(ref_list: etree._Element) -> Iterator[list[Run]]:
    """Yield the references of a list, each as runs; lists within the list as they come."""
    for ref in ref_list.iter("{*}ref"):
        label = next((words_of(part) for part in ref if local(part) == "label"), "")
        for part in ref:
            name = local(part)
            if name in _CITATIONS or name == "note":
                runs = _citation(part)
                yield [Run(f"{label.rstrip('.')}. "), *runs] if label else runs
                label = ""


def _citation(element: etree._Element) -> list[Run]:
    if local(element) == "citation-alternatives" and len(element):
        return _citation(element[0])
    mixed = (element.text or "") + "".join(part.tail or "" for part in element)
    if mixed.strip() or not len(element):
        return runs_of(element)
    names = [person_of(part).cited if local(part) != "collab" else words_of(part) for part in _names(element)]
    told = [(local(part), part) for part in element]
    parts = {name: words_of(part) for name, part in told if name in _TOLD}
    said = [", ".join(name for name in names if name), *(parts.get(name, "") for name in _AHEAD)]
    pages = "-".join(parts[name] for name in ("fpage", "lpage") if parts.get(name))
    volume = parts.get("volume", "") + (f"({parts['issue']})" if parts.get("issue") else "")
    where = ":".join(part for part in (volume, pages or parts.get("elocation-id", "")) if part)
    said += [where, parts.get("comment", "")]
    ids = [f"{part.get('pub-id-type')}:{words_of(part)}" for name, part in told if name == "pub-id"]
    return [Run(" ".join(part if part.endswith((".", "?")) else f"{part}." for part in (*said, *ids) if part))]


def _names(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        kind = local(part)
        if kind in _NAMES:
            yield part
        elif kind == "person-group":
            yield from (name for name in part if local(name) in _NAMES)
