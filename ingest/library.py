"""What has been read of studies, as far as coding sheets and QDA projects need it: who is who, and their texts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ontology.base import Record
from ontology.identity import normalise_statement
from ontology.model import EVIDENCE_LEVELS, Document, Quote, Study

_MARKS = "*†‡§¶#☆★"
"""Marks of footnotes to a title or a name."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What somebody who tells of a study names it by; `author` is the first one."""

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    title: str | None = None
    year: str | None = None
    author: str | None = None


class Library(Protocol):
    """The studies that are known, from the store and from the same run."""

    def study(self, names: Naming) -> Study | None:
        """Return the one study that has these names: by DOI, PMID or PMCID, else title (with the year where both have
        one), else family name of the first author and year where only one study has both, or the only one without a
        year."""

    def documents(self, study: str) -> Sequence[Document]:
        """Return the documents, with their text, that report the study of this IRI; the fullest text first."""

    def document(self, iri: str) -> Document | None:
        """Return the document of this IRI."""

    def quote(self, iri: str) -> Quote | None:
        """Return the quote of this IRI, as the documents that hold it have it."""


class Shelf:
    """A library of records that are at hand.

    >>> from ontology.model import Study
    >>> shelf = Shelf([Study(iri="urn:s", title="Calling first", year="2021", authors=("Vera Lindqvist",),
    ...                      evidence_level="abstract")])
    >>> found = shelf.study(Naming(author="Lindqvist", year="2021"))
    >>> found.title if found else None
    'Calling first'
    """

    def __init__(self, records: Iterable[Record]) -> None:
        """Take the studies, documents and quotes among `records`; a study that several documents report counts once."""
        self._studies: dict[str, Study] = {}
        self._documents: dict[str, list[Document]] = defaultdict(list)
        self._by_iri: dict[str, Document] = {}
        self._quotes: dict[str, Quote] = {}
        self._by_identifier: dict[tuple[str, str], str] = {}
        self._by_title: dict[str, list[str]] = defaultdict(list)
        self._by_author: dict[str, list[str]] = defaultdict(list)
        for record in records:
            if isinstance(record, Study):
                self._take(record)
            elif isinstance(record, Quote):
                self._quotes.setdefault(record.iri, record)
            elif isinstance(record, Document):
                self._by_iri[record.iri] = record
                if record.study is None:
                    continue
                self._documents[record.study].append(record)
                for scheme in ("doi", "pmid", "pmcid"):
                    self._name(scheme, getattr(record, scheme), record.study)

    def study(self, names: Naming) -> Study | None:
        """Return the study that has these names; see `Library`."""
        title, year = names.title, names.year
        for scheme, value in (("doi", names.doi), ("pmid", names.pmid), ("pmcid", names.pmcid)):
            iri = self._by_identifier.get((scheme, value.casefold())) if value else None
            if iri in self._studies:
                return self._studies[iri]
        if title:
            named = [self._studies[iri] for iri in self._by_title.get(_bare(title), ())]
            found = _the_one(study for study in named if not (year and study.year) or study.year[:4] == year[:4])
            if found is not None:
                return found
        if not names.author or not year:
            return None
        by_them = [self._studies[iri] for iri in self._by_author.get(family_name(names.author), ())]
        same_year = [study for study in by_them if study.year and study.year[:4] == year[:4]]
        return _the_one(same_year) or _the_one(study for study in by_them if not study.year)

    def documents(self, study: str) -> Sequence[Document]:
        """Return the documents of a study, the longest text first."""
        return sorted(self._documents.get(study, ()), key=lambda document: (-len(document.text), document.iri))

    def document(self, iri: str) -> Document | None:
        """Return the document of this IRI."""
        return self._by_iri.get(iri)

    def quote(self, iri: str) -> Quote | None:
        """Return the quote of this IRI."""
        return self._quotes.get(iri)

    def _take(self, study: Study) -> None:
        known = self._studies.get(study.iri)
        if known is not None and _level(known) >= _level(study):
            return
        self._studies[study.iri] = study
        self._name("doi", study.doi, study.iri)
        title = _bare(study.title or "")
        if title and study.iri not in self._by_title[title]:
            self._by_title[title].append(study.iri)
        author = family_name(study.authors[0]) if study.authors else ""
        if author and study.iri not in self._by_author[author]:
            self._by_author[author].append(study.iri)

    def _name(self, scheme: str, value: str | None, study: str) -> None:
        if value:
            self._by_identifier.setdefault((scheme, value.casefold()), study)


def family_name(name: str) -> str:
    """Return the family name, case folded: what stands before a comma, else the last word that is no initials.

    Marks of footnotes behind a name are left out.

    >>> family_name("Lindqvist, V."), family_name("Vera Lindqvist1*"), family_name("Lindqvist VM")
    ('lindqvist', 'lindqvist', 'lindqvist')
    """
    family, comma, _ = re.sub(rf"[\d{_MARKS}]+", "", name).strip(" ,").partition(",")
    words = [word for word in family.replace(".", " ").split() if not (word.isupper() and len(word) < 4)]
    return (family.strip() if comma else words[-1] if words else name.strip()).casefold()


def _bare(title: str) -> str:
    """Return a title as it is compared: without the marks of a footnote behind it."""
    return normalise_statement(title.rstrip(_MARKS + " "))


def _the_one(studies: Iterable[Study]) -> Study | None:
    """Return the only study among these that could be read best: one known by name alone is no rival to one read."""
    every = list(studies)
    best = [study for study in every if _level(study) == max(map(_level, every))]
    return best[0] if len(best) == 1 else None


def _level(study: Study) -> int:
    return EVIDENCE_LEVELS.index(study.evidence_level)
