"""Evidence chains: from any record up to what rests on it and down to the exact words that it rests on.

recommendation -> review finding -> finding or theme -> quote -> words of the document
intervention -> barrier -> quote -> words of the document
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from graph.errors import NotFound
from graph.names import name_of
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.model import Assertion, Decision, Document, Quote, Study
from ontology.namespaces import CKG

DEPTH = 5
"""Links that a chain is followed for: a recommendation's quotes are four away."""

_LINKS = f"""
SELECT ?below ?above ?relation ?link WHERE {{
  {{ ?link a ckg:Assertion ; ckg:subject ?s ; ckg:object ?o ; ckg:predicate ?p ; ckg:status ?status .
     FILTER(?status != "rejected")
     BIND(IF(?p = ckg:addresses, ?o, ?s) AS ?below) BIND(IF(?p = ckg:addresses, ?s, ?o) AS ?above)
     BIND(STRAFTER(STR(?p), "{CKG}") AS ?relation) }}
  UNION {{ ?link a ckg:EvidenceLine ; ckg:evidence ?below ; ckg:reviewFinding ?above ; ckg:direction ?relation }}
  UNION {{ ?above a ckg:Recommendation ; ckg:basedOn ?below . BIND("basedOn" AS ?relation) BIND(?above AS ?link) }}
  UNION {{ ?above a ckg:Disagreement ; ckg:between ?below . BIND("between" AS ?relation) BIND(?above AS ?link) }}
  FILTER(?below = $iri || ?above = $iri)
}}
"""


@dataclass(frozen=True, slots=True)
class Words:
    """Exact words of a document; `holds` says whether the stored text still has them at start..end. `pages` are the
    numbers of the first and the last page that they stand on, from 1, where the source has pages."""

    document: str
    source: str
    start: int
    end: int
    exact: str
    holds: bool
    pages: tuple[int, int] | None = None

    @property
    def page(self) -> str:
        """The pages for people, or nothing where the source has none.

        >>> Words("urn:d", "a.pdf", 3, 9, "trust.", True, (2, 3)).page
        'p. 2-3'
        """
        return "" if self.pages is None else f"p. {'-'.join(str(n) for n in dict.fromkeys(self.pages))}"


@dataclass(frozen=True, slots=True)
class Step:
    """A record of a chain: how it is linked (`relation`) to the record `via`, by which assertion, how many links away.

    `reason`, `confidence` and `status` are those of the assertion, where there is one.
    """

    record: Record
    relation: str
    via: str
    depth: int
    words: tuple[Words, ...]
    speaker: str
    link: str
    reason: str | None = None
    confidence: float | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A record with what rests on it (`up`) and what it rests on (`down`), nearest first.

    `studies` are those that it and what lies below come from; `decisions` what people decided about anything in the
    chain, links included, in the order of time.
    """

    record: Record
    words: tuple[Words, ...]
    speaker: str
    study: Study | None
    up: tuple[Step, ...]
    down: tuple[Step, ...]
    studies: tuple[Study, ...]
    decisions: tuple[Decision, ...]

    @property
    def strength(self) -> str:
        """How much evidence lies below: studies, quotes and roles that speak, in words.

        The record itself counts where it is a quote.
        """
        records = [self.record, *(step.record for step in self.down)]
        quotes = [record for record in records if isinstance(record, Quote)]
        studies = {record.study for record in records if record.study}
        roles = {role for quote in quotes for role in quote.speaker_roles}
        return f"{_count(studies, 'study', 'studies')}, {_count(quotes, 'quote')}, {_count(roles, 'speaking role')}"


def trace(graph: EvidenceGraph, iri: str, *, depth: int = DEPTH) -> Chain:
    """Return the evidence chain of a record in both directions, over at most `depth` links.

    Raises:
        NotFound: nothing in the store has this IRI.
    """
    record = graph.get(iri)
    study: Record | None = record if isinstance(record, Study) else None
    if record.study and study is None:
        study = graph.get(record.study)
    # Every step rests on words of the same few documents: each is read once.
    documents = cache(partial(_document, graph))
    up = tuple(_follow(graph, documents, record, depth, upwards=True))
    down = tuple(_follow(graph, documents, record, depth, upwards=False))
    below = dict.fromkeys(record.study for record in (record, *(step.record for step in down)) if record.study)
    found = [graph.get(one) for one in below if one != record.study and _attested(graph, one)]
    return Chain(
        record=record,
        words=_words(record, documents),
        speaker=_speaker(graph, record),
        study=study if isinstance(study, Study) else None,
        up=up,
        down=down,
        studies=tuple(one for one in (study, *found) if isinstance(one, Study)),
        decisions=_decisions(
            graph, {record.iri, *(iri for step in (*up, *down) for iri in (step.record.iri, step.link))}
        ),
    )


def _decisions(graph: EvidenceGraph, targets: set[str]) -> tuple[Decision, ...]:
    """Return what people decided about these, in the order of time."""
    made = graph.sparql("SELECT DISTINCT ?made ?target { ?made a ckg:Decision ; ckg:target ?target }").rows
    found = [graph.get(iri) for iri, target in made if target in targets]
    return tuple(sorted((one for one in found if isinstance(one, Decision)), key=lambda one: (one.time, one.iri)))


def _document(graph: EvidenceGraph, iri: str) -> Document | None:
    """Return a document, or None where it was retracted while a coding sheet still quotes it."""
    if not _attested(graph, iri):
        return None
    source = graph.get(iri)
    if not isinstance(source, Document):
        raise NotFound(iri, "is no document", "the store is damaged: ingest the document again")
    return source


def _words(record: Record, documents: Callable[[str], Document | None]) -> tuple[Words, ...]:
    """Return the words that a record rests on, in the order of the text, each compared with the stored text.

    Words of a document that was retracted are left out: there is no text to compare them with.
    """
    found = []
    for document, passages in groupby(record.spans, key=lambda passage: passage.document):
        source = documents(document)
        if source is None:
            continue
        for passage in passages:
            holds = passage.stands_in(source.text)
            pages = _pages(source, passage.start, passage.end)
            found.append(Words(document, source.source, passage.start, passage.end, passage.exact, holds, pages))
    return tuple(found)


def _pages(document: Document, start: int, end: int) -> tuple[int, int] | None:
    starts = document.page_starts
    return (bisect_right(starts, start), bisect_right(starts, end - 1)) if starts else None


def neighbours(graph: EvidenceGraph, quote: Quote) -> tuple[Quote | None, Quote | None, int, int]:
    """Return the quote before and after this one in its document, its number (from 1) and how many there are."""
    every = _quotes(graph.records(quote.document, "Quote"))
    at = next(index for index, other in enumerate(every) if other.iri == quote.iri)
    before = every[at - 1] if at else None
    after = every[at + 1] if at + 1 < len(every) else None
    return before, after, at + 1, len(every)


def _quotes(records: Sequence[Record]) -> list[Quote]:
    return sorted((r for r in records if isinstance(r, Quote)), key=lambda quote: (quote.start, quote.end))


def _follow(
    graph: EvidenceGraph, documents: Callable[[str], Document | None], record: Record, depth: int, *, upwards: bool
) -> Iterator[Step]:
    seen = {record.iri}
    front = [record.iri]
    for distance in range(1, depth + 1):
        following = []
        for via in front:
            for below, above, relation, link in sorted(graph.sparql(_LINKS, {"iri": via}).rows):
                here, there = (below, above) if upwards else (above, below)
                if here == via and there not in seen and _attested(graph, there):
                    seen.add(there)
                    following.append(there)
                    yield _step(graph, documents, there, relation, via, distance, link)
        front = following


def _attested(graph: EvidenceGraph, iri: str) -> bool:
    """Whether any document still attests a record: a link may outlive what it points to when another is retracted."""
    return bool(graph.sparql("ASK { $iri a ?type }", {"iri": iri}).rows[0][0])


def _step(
    graph: EvidenceGraph,
    documents: Callable[[str], Document | None],
    iri: str,
    relation: str,
    via: str,
    depth: int,
    link: str,
) -> Step:
    record = graph.get(iri)
    by = graph.get(link)
    told = (by.reason, by.confidence, by.status) if isinstance(by, Assertion) else (None, None, None)
    return Step(record, relation, via, depth, _words(record, documents), _speaker(graph, record), link, *told)


def _speaker(graph: EvidenceGraph, record: Record) -> str:
    if not isinstance(record, Quote):
        return ""
    return ", ".join(name_of(graph.get(role)) for role in record.speaker_roles) or record.speaker or ""


def _count(things: Sequence[object] | set[str], one: str, many: str = "") -> str:
    return f"{len(things)} {one if len(things) == 1 else many or one + 's'}"
