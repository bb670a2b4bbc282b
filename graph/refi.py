"""The evidence as a QDA project in REFI-QDA 1.0 (.qdpx), for ATLAS.ti, MAXQDA, NVivo, QualCoder and others.

    Document                                     TextSource, its text a file (UTF-8, LF, no byte-order mark)
    Quote, Finding                               PlainTextSelections, coded "Quote", "Finding" and with what they show
    Theme, Barrier, Facilitator, Intervention, Role    Codes; their own words are selections coded "Mention" as well
    Study; speaker                               Cases: with variables and sources; with the selections of their quotes
    supports, addresses                          Links between selections; a broken quote: Links "continues"
    ReviewFinding, EvidenceLine                  a Note and a Set; Links that are named by the direction

Positions are code points from 0, the end excluded. The project is valid by the schema of REFI, and the same records
give the same bytes. What QDA programs have no place for (study facts, rules, limitations, decisions, confidence) stays
out, and so do coding sheets: their quotes are in the papers, their barriers and themes among the codes.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from graph.errors import ExportError
from graph.names import name_of
from graph.refi_codes import Codebook, element, guid
from ontology.base import Passage, Record
from ontology.model import (
    Assertion,
    Concept,
    Determinant,
    Document,
    EvidenceLine,
    Finding,
    Intervention,
    Quote,
    ReviewFinding,
    Role,
    Study,
    Theme,
)
from ontology.namespaces import CKG
from ontology.refi import CONTINUES, FINDING, MENTION, QUOTE, invalidities

_EXCERPT = 60
_STARTED = (1980, 1, 1, 0, 0, 0)
"""The time that every file of the archive has: the earliest that ZIP knows."""
_VARIABLES = {
    "DOI": "doi", "Title": "title", "Authors": "authors", "Year": "year", "Journal": "journal",
    "Objective": "objective", "Design": "design", "Data collection": "data_collection", "Analysis": "analysis",
    "Software": "software", "Sampling": "sampling", "Setting": "setting", "Sites": "sites", "Country": "country",
    "Period": "period", "Participants": "n_participants", "Evidence level": "evidence_level", "carekg IRI": "iri",
}  # fmt: skip
"""Variable of a case to the slot of its study."""
_LINKED = (CKG + "supports", CKG + "addresses")
_CODED = (CKG + "illustrates", CKG + "inTheme")
_NAMED = (Theme, Determinant, Intervention, Role)


def write(records: Iterable[Record]) -> bytes:
    """Return the project of records (one for each IRI) as the bytes of a .qdpx file.

    Raises:
        ExportError: there is no document, or the project would not be valid.
    """
    project = _Project(records)
    if not project.documents:
        raise ExportError("refi-qda", "there is no document to export", "ingest one first")
    root = project.root()
    broken = invalidities(root)
    if broken:
        raise ExportError("refi-qda", f"the project is not valid: {broken[0]}", "report it with the records")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        xml = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
        _pack(archive, "project.qde", xml)
        for document in project.documents.values():
            _pack(archive, f"sources/{guid(document.iri)}.txt", document.text.encode())
    return packed.getvalue()


def _pack(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _STARTED), data, compress_type=zipfile.ZIP_DEFLATED)


class _Project:
    """The parts of a project, in the order of the schema."""

    def __init__(self, records: Iterable[Record]) -> None:
        every = sorted(records, key=lambda record: record.iri)
        self.documents = {r.iri: r for r in _of_one_study(every)}
        self.studies = [r for r in every if isinstance(r, Study)]
        self.quotes = [r for r in every if isinstance(r, Quote)]
        self.findings = [r for r in every if isinstance(r, Finding)]
        self.named = [r for r in every if isinstance(r, _NAMED)]
        self.reviews = [r for r in every if isinstance(r, ReviewFinding)]
        self.lines = [r for r in every if isinstance(r, EvidenceLine)]
        self.links = [r for r in every if isinstance(r, Assertion) and r.status != "rejected"]
        self.by_iri = {r.iri: r for r in every}
        concepts = {r.iri: r for r in every if isinstance(r, Concept)}
        self.codebook = Codebook.of(self.named, concepts)
        self.user = guid("user", "carekg")
        self.selections: dict[str, list[etree._Element]] = defaultdict(list)
        self.guids: dict[str, list[str]] = defaultdict(list)
        self.continued: list[tuple[str, str]] = []

    def root(self) -> etree._Element:
        """Return the project."""
        self._select()
        root = element(None, "Project", name="carekg evidence", origin="carekg", creatingUserGUID=self.user)
        element(element(root, "Users"), "User", guid=self.user, name="carekg")
        self.codebook.write(root)
        variables = element(root, "Variables")
        for name in _VARIABLES:
            kind = "Integer" if name == "Participants" else "Text"
            element(variables, "Variable", guid=guid("variable", name), name=name, typeOfVariable=kind)
        self._cases(root)
        self._sources(root)
        self._notes(root)
        self._write_links(root)
        self._sets(root)
        return root

    def _select(self) -> None:
        """Make the selections of every document."""
        coded: dict[str, list[str]] = defaultdict(list)
        for link in self.links:
            if link.predicate in _CODED:
                code = self.codebook.code(link.object)
                coded[link.subject] += [code] if code else []
        for quote in self.quotes:
            roles = [code for role in quote.speaker_roles if (code := self.codebook.code(role))]
            self._selections(quote, [self.codebook.passage(QUOTE), *coded[quote.iri], *roles])
        for finding in self.findings:
            self._selections(finding, [self.codebook.passage(FINDING), *coded[finding.iri]])
        for thing in self.named:
            own = self.codebook.code(thing.iri)
            codes = [self.codebook.passage(MENTION), *([own] if own else []), *coded[thing.iri]]
            self._selections(thing, codes)

    def _selections(self, record: Record, codes: list[str]) -> None:
        """Make a selection for each span of a record; those of a quote or finding are tied together."""
        tied = isinstance(record, Quote | Finding)
        for passage in record.spans:
            if passage.document not in self.documents:
                continue
            own = guid(record.iri, passage.iri)
            if tied and self.guids[record.iri]:
                self.continued.append((self.guids[record.iri][-1], own))
            self.guids[record.iri].append(own)
            self.selections[passage.document].append(self._selection(own, passage, codes))

    def _selection(self, own: str, passage: Passage, codes: list[str]) -> etree._Element:
        made = element(
            None,
            "PlainTextSelection",
            guid=own,
            name=_excerpt(passage.exact),
            startPosition=str(passage.start),
            endPosition=str(passage.end),
            creatingUser=self.user,
        )
        for code in dict.fromkeys(codes):
            coding = element(made, "Coding", guid=guid(own, code), creatingUser=self.user)
            element(coding, "CodeRef", targetGUID=code)
        return made

    def _cases(self, root: etree._Element) -> None:
        cases = element(None, "Cases")
        by_study: dict[str, list[str]] = defaultdict(list)
        for document in self.documents.values():
            home = document.study or next((s.iri for s in self.studies if s.document == document.iri), None)
            if home:
                by_study[home].append(document.iri)
        for study in self.studies:
            case = element(cases, "Case", guid=guid(study.iri), name=name_of(study))
            for name, slot in _VARIABLES.items():
                value = getattr(study, slot)
                words = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
                if words:
                    held = element(case, "VariableValue")
                    element(held, "VariableRef", targetGUID=guid("variable", name))
                    element(held, "IntegerValue" if name == "Participants" else "TextValue", words)
            for iri in by_study[study.iri]:
                element(case, "SourceRef", targetGUID=guid(iri))
        for (study_iri, speaker), quotes in self._speakers().items():
            case = element(cases, "Case", guid=guid("speaker", study_iri, speaker), name=speaker)
            for selection in (own for quote in quotes for own in self.guids[quote.iri]):
                element(case, "SelectionRef", targetGUID=selection)
        if len(cases):
            root.append(cases)

    def _speakers(self) -> Mapping[tuple[str, str], list[Quote]]:
        found: dict[tuple[str, str], list[Quote]] = defaultdict(list)
        for quote in self.quotes:
            if quote.speaker and quote.speaker.strip() and self.guids[quote.iri]:
                found[quote.study or "", quote.speaker].append(quote)
        return dict(sorted(found.items()))

    def _sources(self, root: etree._Element) -> None:
        sources = element(root, "Sources")
        for document in self.documents.values():
            own = guid(document.iri)
            source = element(
                sources,
                "TextSource",
                guid=own,
                name=document.source,
                plainTextPath=f"internal://{own}.txt",
                creatingUser=self.user,
            )
            source.extend(sorted(self.selections[document.iri], key=_place))

    def _notes(self, root: etree._Element) -> None:
        if not self.reviews:
            return
        notes = element(root, "Notes")
        for review in self.reviews:
            note = element(notes, "Note", guid=guid(review.iri), name=name_of(review), creatingUser=self.user)
            element(note, "PlainTextContent", review.summary)

    def _write_links(self, root: etree._Element) -> None:
        links = element(None, "Links")
        for name, key, origin, target in self._pairs():
            element(links, "Link", guid=guid("link", key), name=name, direction="OneWay", originGUID=origin,
                    targetGUID=target)  # fmt: skip
        if len(links):
            root.append(links)

    def _pairs(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield name, key, origin and target of every link."""
        for origin, target in self.continued:
            yield CONTINUES, f"{origin}|{target}", origin, target
        for link in self.links:
            origins, targets = self.guids.get(link.subject), self.guids.get(link.object)
            if link.predicate in _LINKED and origins and targets:
                yield link.predicate.removeprefix(CKG), link.iri, origins[0], targets[0]
        for line in self.lines:
            origins = self.guids.get(line.evidence)
            if origins and line.review_finding in self.by_iri:
                yield line.direction, line.iri, origins[0], guid(line.review_finding)

    def _sets(self, root: etree._Element) -> None:
        if not self.reviews:
            return
        sets = element(root, "Sets")
        for review in self.reviews:
            made = element(sets, "Set", guid=guid("set", review.iri), name=name_of(review))
            element(made, "Description", review.summary)
            evidence = [line.evidence for line in self.lines if line.review_finding == review.iri]
            for code in dict.fromkeys(filter(None, map(self.codebook.code, evidence))):
                element(made, "MemberCode", targetGUID=code)
            homes = {span.document for iri in evidence if iri in self.by_iri for span in self.by_iri[iri].spans}
            for document in sorted(homes & self.documents.keys()):
                element(made, "MemberSource", targetGUID=guid(document))
            element(made, "MemberNote", targetGUID=guid(review.iri))


def _of_one_study(records: Iterable[Record]) -> Iterator[Document]:
    """Yield the documents, without those that speak of several studies: a coding sheet is no source of a project."""
    documents: list[Document] = []
    studies: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if isinstance(record, Document):
            documents.append(record)
        elif record.document and record.study:
            studies[record.document].add(record.study)
    yield from (one for one in documents if one.study or len(studies[one.iri]) < 2)


def _excerpt(words: str) -> str:
    """Return the beginning of the words of a selection as its name, as other programs do.

    >>> _excerpt("Nobody  rang\\nus back.")
    'Nobody rang us back.'
    """
    flat = " ".join(words.split())
    return flat if len(flat) <= _EXCERPT else flat[:_EXCERPT].rstrip() + "…"


def _place(selection: etree._Element) -> tuple[int, int, str]:
    return int(selection.get("startPosition", "0")), int(selection.get("endPosition", "0")), selection.get("guid", "")
