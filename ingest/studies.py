"""Which study a document is of: a study that comes in several forms is one study with several documents.

What two documents share decides: DOI, PMID or PMCID, else title with year and authors. What does not go together
is told and never decided in silence. Pure; who calls it brings the documents in an order that does not depend on how
the files were named (`ingest.pipeline`).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ontology.base import Record
from ontology.identity import study_iri
from ontology.model import Document, Study

SCHEMES = ("doi", "pmid", "pmcid")
"""Identifiers of a publication, the most telling first."""

_ALIKE = 70.0
"""Likeness (rapidfuzz, token set ratio) below which two titles are not of one publication."""
_TELLING = 5
"""Words that a title needs before it tells a study from others without year or author."""
_LETTERS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Attested:
    """What one document says of the study that it is of; `source` names the document in messages."""

    document: str
    study: str
    source: str
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    title: str | None = None
    year: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The study that a document belongs to, whether that is another than it would name itself, and what does not go
    together and a person should look at."""

    study: str
    notes: tuple[str, ...] = ()


def attested(records: Iterable[Record]) -> Attested | None:
    """Return what the records of a document say of its study, or None where they hold no document with a study."""
    document: Document | None = None
    study: Study | None = None
    for record in records:
        if isinstance(record, Document):
            document = record
        elif isinstance(record, Study):
            study = study or record
    if document is None or document.study is None:
        return None
    return Attested(
        document=document.iri,
        study=document.study,
        source=document.source,
        doi=document.doi or (study.doi if study else None),
        pmid=document.pmid,
        pmcid=document.pmcid,
        title=document.title or (study.title if study else None),
        year=study.year if study else None,
        authors=study.authors if study else (),
    )


@dataclass(slots=True)
class Studies:
    """The studies that are known, by what their documents say of them.

    >>> paper = Attested("urn:d1", "urn:s1", "a.xml", doi="10.1/x", title="Calling first, then writing", year="2020")
    >>> printed = Attested("urn:d2", "urn:s2", "a.pdf", title="Calling First: Then Writing", year="2020")
    >>> Studies.of([paper]).match(printed).study
    'urn:s1'
    """

    _documents: dict[str, Attested] = field(default_factory=dict)
    _named: dict[tuple[str, str], list[Attested]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, known: Iterable[Attested]) -> "Studies":
        """Return the studies that these documents attest."""
        studies = cls()
        for one in sorted(known, key=lambda attested: attested.document):
            studies.add(one)
        return studies

    def add(self, one: Attested) -> None:
        """Take in what a document says; what it said before is forgotten."""
        before = self._documents.pop(one.document, None)
        if before is not None:
            for name in _names(before):
                self._named[name].remove(before)
        self._documents[one.document] = one
        for name in _names(one):
            self._named[name].append(one)

    def match(self, one: Attested) -> Match:
        """Return the study that a document belongs to.

        A document that is known stays with its study, whatever it says by now: decisions point at these names.
        """
        known = self._documents.get(one.document)
        if known is not None:
            return Match(known.study)
        notes: list[str] = []
        found: Attested | None = None
        for scheme in SCHEMES:
            other = self._identified(one, scheme, notes)
            if other is not None and found is not None and other.study != found.study:
                notes.append(f"its {scheme.upper()} is that of {other.source}, which is held as another study")
            found = found or other
        found = found or self._titled(one, notes)
        if found is not None:
            return Match(found.study, tuple(notes))
        return Match(self._own(one), tuple(notes))

    def _identified(self, one: Attested, scheme: str, notes: list[str]) -> Attested | None:
        """Return a document with the same identifier, unless neither title nor author bear it out."""
        value = getattr(one, scheme)
        for other in self._named.get((scheme, value.casefold()), ()) if value else ():
            if _titles_agree(one.title, other.title):
                return other
            told = f"has the {scheme.upper()} of {other.source}, but not its title ({one.title!r}, not {other.title!r})"
            if _authors_agree(one.authors, other.authors) is not False:
                notes.append(f"{told}: taken for the same study")
                return other
            notes.append(f"{told} or author: kept as a study of its own")
        return None

    def _titled(self, one: Attested, notes: list[str]) -> Attested | None:
        """Return the one document with the same title, year and authors, as far as both tell."""
        fitting: dict[str, Attested] = {}
        for name in _titles(one.title):
            for other in self._named.get(("title", name), ()):
                differs = _other_identifier(one, other)
                if not _same_publication(one, other, exact=name == _title(one.title) == _title(other.title)):
                    continue
                if differs:
                    notes.append(f"has title and year of {other.source}, but another {differs}: kept apart")
                else:
                    fitting.setdefault(other.study, other)
        if len(fitting) > 1:
            names = ", ".join(other.source for other in fitting.values())
            notes.append(f"could be of the study of any of {names}: kept as a study of its own")
            return None
        return next(iter(fitting.values()), None)

    def _own(self, one: Attested) -> str:
        """Return the name that the document gives its study, or one without the identifier that is another's."""
        taken = any(
            other.study == one.study
            for scheme in SCHEMES
            if getattr(one, scheme)
            for other in self._named.get((scheme, getattr(one, scheme).casefold()), ())
        )
        return study_iri(document=one.document) if taken else one.study


def _names(one: Attested) -> list[tuple[str, str]]:
    identifiers = [(scheme, getattr(one, scheme).casefold()) for scheme in SCHEMES if getattr(one, scheme)]
    return [*identifiers, *(("title", name) for name in _titles(one.title))]


def _title(title: str | None) -> str:
    """Return a title by its letters and digits alone: marks, hyphens, accents and case do not tell titles apart."""
    bare = unicodedata.normalize("NFKD", title or "").casefold()
    return "".join(char for char in bare if char.isalnum())


def _titles(title: str | None) -> tuple[str, ...]:
    """Return a title, and what stands before its subtitle where that is telling by itself."""
    head, colon, _ = (title or "").partition(":")
    both = [_title(title), _title(head) if colon and len(_LETTERS.findall(head)) >= _TELLING else ""]
    return tuple(dict.fromkeys(name for name in both if name))


def _same_publication(one: Attested, other: Attested, *, exact: bool) -> bool:
    """Say whether year and author bear out what the titles say; of titles with and without subtitle both must."""
    years, authors = _years_agree(one.year, other.year), _authors_agree(one.authors, other.authors)
    if years is False or authors is False:
        return False
    if not exact:
        return years is True and authors is True
    return years is True or authors is True or len(_LETTERS.findall(one.title or "")) >= _TELLING


def _other_identifier(one: Attested, other: Attested) -> str:
    """Return the scheme in which both have an identifier and not the same, or nothing."""
    for scheme in SCHEMES:
        mine, theirs = getattr(one, scheme), getattr(other, scheme)
        if mine and theirs and mine.casefold() != theirs.casefold():
            return scheme.upper()
    return ""


def _titles_agree(one: str | None, other: str | None) -> bool:
    if not one or not other or _title(one) == _title(other):
        return True
    words = (" ".join(_LETTERS.findall(title.casefold())) for title in (one, other))
    return fuzz.token_set_ratio(*words) >= _ALIKE


def _years_agree(one: str | None, other: str | None) -> bool | None:
    """Say whether two years are of one publication, which may be out online a year before it is printed."""
    mine, theirs = _YEAR.search(one or ""), _YEAR.search(other or "")
    if mine is None or theirs is None:
        return None
    return abs(int(mine.group()) - int(theirs.group())) <= 1


def _authors_agree(one: Iterable[str], other: Iterable[str]) -> bool | None:
    """Say whether two lists of authors share one, however they write names: "Meyer A", "Anna Meyer", "Meyer, A."."""
    mine, theirs = _name_words(one), _name_words(other)
    if not mine or not theirs:
        return None
    return bool(mine & theirs)


def _name_words(names: Iterable[str]) -> set[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", " ".join(names)) if not unicodedata.combining(c))
    return {word for word in _LETTERS.findall(bare.casefold()) if len(word) > 2}
