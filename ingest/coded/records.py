"""What sheets and projects share when they become records: studies found or named, roles, links, the run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ingest.configuration import TOOL, current
from ingest.extract.coding import codes_of, level_of, strategies_of
from ingest.identifiers import doi_of
from ingest.library import Library, Naming
from ontology.base import Passage, Record
from ontology.identity import mint, normalise_statement, sha256_of, study_iri
from ontology.model import (
    EVIDENCE_LEVELS,
    PREDICATES,
    Assertion,
    Barrier,
    Document,
    Facilitator,
    Finding,
    Intervention,
    Run,
    Study,
)
from ontology.namespaces import CKG, ID
from ontology.vocabulary import load_vocabulary

_STUDIES = f"{ID}study/"
_COUNT = re.compile(r"[0-9]{1,9}")
Stated = Barrier | Facilitator | Intervention
STATED: dict[str, type[Stated]] = {"barrier": Barrier, "facilitator": Facilitator, "intervention": Intervention}
"""Meaning of a code or column to the class of what it names."""
_MANY = ("authors", "design", "data_collection", "analysis", "software", "sampling", "setting", "sites", "country")
_ONE = ("title", "year", "journal", "doi", "objective", "period")


def study_of(
    document: str, told: Mapping[str, str], library: Library, *, key: str, level: str, label: str = ""
) -> Study:
    """Return the study that `told` names (slots of a study as text, lists parted by semicolons), as `document` has it.

    A study that the library knows keeps its IRI and what is known of it; another is named by the best key there is:
    the IRI that we gave it, DOI, at last `key`. `level` and `label` are its evidence level and title if none is told.
    """
    own = told.get("iri", "")
    authors = parted(told.get("authors", ""))
    first = authors[0] if authors else None
    doi = doi_of(told.get("doi", "")) or None
    year = told.get("year", "")[:4] or None
    names = {"doi": doi, "pmid": told.get("pmid"), "pmcid": told.get("pmcid"), "title": told.get("title"), "year": year}
    known = library.study(Naming(**names, author=first))
    if known is not None:
        read = known.evidence_level if library.documents(known.iri) else level
        return replace(known, document=document, study=known.iri, spans=(), evidence_level=read)
    level = told["evidence_level"] if told.get("evidence_level") in EVIDENCE_LEVELS else level
    iri = own if own.startswith(_STUDIES) else study_iri(document=key, **names, first_author=first)
    count = told.get("n_participants", "")
    slots: dict[str, Any] = {name: told.get(name) or None for name in _ONE}
    slots |= {name: parted(told.get(name, "")) for name in _MANY}
    slots["title"] = slots["title"] or label or None
    slots |= {"doi": doi, "year": year, "n_participants": int(count) if _COUNT.fullmatch(count) else None}
    return Study(iri=iri, document=document, study=iri, evidence_level=level, **slots)


def parted(words: str) -> tuple[str, ...]:
    """Return the parts of a list in one cell, parted by semicolons or line ends.

    >>> parted("Lund, A.; Berg, B.")
    ('Lund, A.', 'Berg, B.')
    """
    return tuple(dict.fromkeys(part.strip() for part in words.replace("\n", ";").split(";") if part.strip()))


def concept_of(words: str) -> str | None:
    """Return the concept of the role vocabulary that words name, a number behind them left out.

    >>> (concept_of("Nurse 3") or "").rsplit("/", 1)[1], concept_of("P03")
    ('nurse', None)
    """
    vocabulary = load_vocabulary()
    found = vocabulary.lookup(words.strip()) or vocabulary.lookup(words.strip().rstrip("0123456789# "))
    return found.iri if found else None


def named(cls: type[Stated], label: str, document: str, study: str, spans: tuple[Passage, ...], reason: str) -> Stated:
    """Return a barrier, facilitator or intervention of this name, with the level and codes that its words point to."""
    iri = mint(cls.__name__, study, cls.__name__, normalise_statement(label))
    slots: dict[str, Any] = {"document": document, "study": study, "spans": spans, "label": label, "reason": reason}
    if cls is Intervention:
        return Intervention(iri=iri, codes=strategies_of(label), **slots)
    return cls(iri=iri, codes=codes_of(label), **slots | {"level": level_of(label)})


def finding(words: str, document: str, study: str, spans: tuple[Passage, ...]) -> Finding:
    """Return a finding in these words."""
    iri = mint("Finding", study, "Finding", normalise_statement(words))
    return Finding(iri=iri, document=document, study=study, spans=spans, statement=words)


def theme_iri(study: str, label: str) -> str:
    """Return the IRI of a theme of a study."""
    return mint("Theme", study, "Theme", normalise_statement(label))


def link(name: str, subject: Record, object_: Record, spans: tuple[Passage, ...], reason: str) -> Assertion | None:
    """Return the link `name` ("illustrates") between two records of a study, or None where the model has no such link.

    Somebody coded it: the method is "import"; it is proposed until a person accepts it here.
    """
    predicate = CKG + name
    _, subjects, objects = PREDICATES.get(predicate, ("", (), ()))
    if type(subject).__name__ not in subjects or type(object_).__name__ not in objects or subject.study is None:
        return None
    return Assertion(
        iri=mint("Assertion", subject.iri, predicate, object_.iri, subject.study),
        document=subject.document,
        study=subject.study,
        spans=spans,
        subject=subject.iri,
        predicate=predicate,
        object=object_.iri,
        method="import",
        status="proposed",
        reason=reason,
    )


def run_of(document: Document, form: str, mapping: str) -> Run:
    """Return the run: the same document under the same version and mapping is the same run."""
    number = current().version
    configuration = f"import of {form}; mapping {sha256_of(mapping)[:12]}"
    return Run(
        iri=mint("Run", TOOL, number, configuration, document.iri),
        document=document.iri,
        tool=TOOL,
        version=number,
        configuration=configuration,
    )


def passages(document: Document, places: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    """Return the words at places of a document, sorted, each once."""
    return tuple(
        Passage(document=document.iri, start=start, end=end, exact=document.text[start:end])
        for start, end in sorted(set(places))
    )
