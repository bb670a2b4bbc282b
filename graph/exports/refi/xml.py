"""Notes of a QDA project as QDA-XML, written element by element."""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from lxml import etree

from graph.exports.refi.codes import COLOURS, clean, guid
from graph.exports.refi.notes import STEP, VARIABLES, Notes
from graph.names import name_of
from ontology.refi import PROJECT_NAMESPACE

_USER = guid("user", "carekg")
_T = TypeVar("_T")


def write_project(notes: Notes, path: Path) -> None:
    """Write the project, its parts in the order of the schema."""
    notes.finish()
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        xml = _Xml(out)
        root = {"name": "carekg evidence", "origin": "carekg", "creatingUserGUID": _USER}
        with out.element(f"{{{PROJECT_NAMESPACE}}}Project", root, nsmap={None: PROJECT_NAMESPACE}):
            with xml.within("Users"):
                xml.leaf("User", guid=_USER, name="carekg")
            _codebook(xml, notes)
            with xml.within("Variables"):
                for name in VARIABLES:
                    kind = "Integer" if name == "Participants" else "Text"
                    xml.leaf("Variable", guid=guid("variable", name), name=name, typeOfVariable=kind)
            _cases(xml, notes)
            _sources(xml, notes)
            _reviews(xml, notes)


class _Xml:
    """A file of QDA-XML that is being written."""

    def __init__(self, out: Any) -> None:  # noqa: ANN401 - lxml does not name the type of its incremental writer
        self._out = out

    def within(self, tag: str, **attributes: str) -> AbstractContextManager[None]:
        """Write an element, and what is written in its context into it."""
        given = {key: clean(value) for key, value in attributes.items()}
        found: AbstractContextManager[None] = self._out.element(f"{{{PROJECT_NAMESPACE}}}{tag}", given)
        return found

    def leaf(self, tag: str, text: str = "", /, **attributes: str) -> None:
        """Write an element of text."""
        with self.within(tag, **attributes):
            if text:
                self._out.write(clean(text))


def _codebook(xml: _Xml, notes: Notes) -> None:
    """Write the codes, each within the one above it, with the first description that a record gives."""
    with xml.within("CodeBook"), xml.within("Codes"), ExitStack() as stack:
        above: list[tuple[tuple[str, ...], ExitStack]] = []
        for joined, lines in groupby(notes.codes, itemgetter(0)):
            path = tuple(joined.split(STEP))
            while above and above[-1][0] != path[:-1]:
                above.pop()[1].close()
            here = stack.enter_context(ExitStack())
            codable = "true" if len(path) > 1 else "false"
            own = guid("code", *path)
            told = {"guid": own, "name": path[-1], "isCodable": codable, "color": COLOURS[path[0]]}
            here.enter_context(xml.within("Code", **told))
            described = next((line[2] for line in lines if line[2]), "")
            if described:
                xml.leaf("Description", described)
            above.append((path, here))
        while above:
            above.pop()[1].close()


def _cases(xml: _Xml, notes: Notes) -> None:
    with _unless_empty(xml, "Cases", notes.cases) as lines:
        for (kind, study, more), those in groupby(lines, itemgetter(0, 1, 2)):
            if kind == "0":
                _case(xml, study, json.loads(more))
                continue
            speaker = json.loads(more)
            with xml.within("Case", guid=guid("speaker", study, speaker), name=speaker):
                for line in those:
                    xml.leaf("SelectionRef", targetGUID=line[-1])


def _case(xml: _Xml, study: str, told: dict[str, Any]) -> None:
    with xml.within("Case", guid=guid(study), name=told["name"]):
        for name, words in told["values"]:
            with xml.within("VariableValue"):
                xml.leaf("VariableRef", targetGUID=guid("variable", name))
                xml.leaf("IntegerValue" if name == "Participants" else "TextValue", words)
        for iri in told["sources"]:
            xml.leaf("SourceRef", targetGUID=guid(iri))


def _sources(xml: _Xml, notes: Notes) -> None:
    """Write the sources with their selections; both are in the order of the documents' IRIs."""
    by_document = groupby(notes.selections, itemgetter(0))
    document, lines = next(by_document, ("", iter(())))
    with xml.within("Sources"):
        for iri, source in sorted(notes.sources.items()):
            own = guid(iri)
            told = {"guid": own, "name": source.name, "plainTextPath": f"internal://{own}.txt", "creatingUser": _USER}
            with xml.within("TextSource", **told):
                if document == iri:
                    for (_, start, end, selection), parts in groupby(lines, itemgetter(0, 1, 2, 3)):
                        _selection(xml, start, end, selection, parts)
                    document, lines = next(by_document, ("", iter(())))


def _selection(xml: _Xml, start: str, end: str, own: str, parts: Iterator[list[str]]) -> None:
    name = next(parts)[-1]
    codes = dict.fromkeys(part[-1] for part in parts)
    place = {"startPosition": str(int(start)), "endPosition": str(int(end))}
    with xml.within("PlainTextSelection", guid=own, name=name, **place, creatingUser=_USER):
        for code in codes:
            with xml.within("Coding", guid=guid(own, code), creatingUser=_USER):
                xml.leaf("CodeRef", targetGUID=code)


def _reviews(xml: _Xml, notes: Notes) -> None:
    """Write notes, links and sets, in this order."""
    reviewed = sorted(notes.reviews, key=lambda review: review.iri)
    with _unless_empty(xml, "Notes", reviewed) as reviews:
        for review in reviews:
            with xml.within("Note", guid=guid(review.iri), name=name_of(review), creatingUser=_USER):
                xml.leaf("PlainTextContent", review.summary)
    with _unless_empty(xml, "Links", notes.links) as links:
        for _, key, name, origin, target in links:
            ends = {"direction": "OneWay", "originGUID": origin, "targetGUID": target}
            xml.leaf("Link", guid=guid("link", key), name=name, **ends)
    with _unless_empty(xml, "Sets", reviewed) as reviews:
        for review in reviews:
            with xml.within("Set", guid=guid("set", review.iri), name=name_of(review)):
                xml.leaf("Description", review.summary)
                evidence = sorted((e.iri, e.evidence) for e in notes.evidence if e.review_finding == review.iri)
                records = [notes.record(iri) for _, iri in evidence]
                for code in dict.fromkeys(filter(None, (notes.code(iri) for _, iri in evidence))):
                    xml.leaf("MemberCode", targetGUID=code)
                homes = {span.document for record in records if record for span in record.spans}
                for document in sorted(homes & notes.sources.keys()):
                    xml.leaf("MemberSource", targetGUID=guid(document))
                xml.leaf("MemberNote", targetGUID=guid(review.iri))


@contextmanager
def _unless_empty(xml: _Xml, tag: str, given: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """Write an element and give what is to be written into it; where there is nothing, no element."""
    coming = iter(given)
    first = list(islice(coming, 1))
    with xml.within(tag) if first else nullcontext():
        yield chain(first, coming)
