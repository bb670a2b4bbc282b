"""References (RIS, BibTeX, NBIB, ...): one document each, with what it says of the publication.

A reference is a document of its study beside the paper itself. Its stored text is the reference written out in lines,
so that every value has words; its abstract is read like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.errors import ReaderError
from ingest.readers.builder import Builder, Run
from ingest.readers.contents import ReadDocument
from ingest.readers.publication import MONTHS, cited, issue_of

MAX_REFERENCES = 20_000
"""The most references that one file may hold."""
_NAMED = 20
"""References that a note names at the most."""

_DATE = re.compile(r"(?P<year>(?:1[89]|20)\d\d)(?:[-/. ]?(?P<month>0[1-9]|1[0-2])\b)?")
_LABEL = re.compile(
    r"(?:(?<=[.!?])\s+|\A)(?P<label>(?:Background|Introduction|Objectives?|Aims?|Purpose|Context|Methods?|Design|Setting|"
    r"Participants|Main outcome measures|Results|Findings|Conclusions?|Discussion|Implications|Interpretation)"
    r"(?: and \w+)?)\s*:\s+(?=[\"“(]?[A-Z\d])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What one reference says. `authors` are "Given Family"; `date` is a year, or year and month ("2019-05");
    `abstract` are its parts as (heading, text), the heading empty where there is none."""

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    language: str = ""
    kind: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()
    abstract: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The reference in one line, as it would stand in a list of references.

        >>> Citation("a", "Handing over", ("Ann Meyer",), "2019-05", "Care", "3", "2", "1-9", doi="10.1000/x").sentence
        'Ann Meyer. Handing over. Care. 2019;3(2):1-9. doi:10.1000/x.'
        """
        printed = issue_of(self.date[:4], self.volume, self.issue, self.pages)
        return cited(self.authors, self.title, self.journal, printed, self.doi)


_MONTHS = tuple(month[:3].casefold() for month in MONTHS)
_KINDS = {
    "journal article": "Journal article",
    "electronic article": "Journal article",
    "book": "Book",
    "edited book": "Book",
    "electronic book": "Book",
    "book section": "Book chapter",
    "thesis": "Thesis",
    "report": "Report",
}
_LANGUAGES = {"eng": "English", "fre": "French", "ger": "German", "spa": "Spanish", "dut": "Dutch", "por": "Portuguese"}


def document_of(citation: Citation, source: str, media_type: str) -> ReadDocument:
    """Return a reference as a document.

    Raises:
        ReaderError: it has neither title nor identifier.
    """
    if not (citation.title or citation.doi or citation.pmid or citation.pmcid):
        raise ReaderError(f"{source}, {citation.key}", "has no title and no identifier", "complete it, or leave it out")
    builder = Builder()
    builder.title([Run(citation.title)])
    if citation.authors:
        builder.front("author", *citation.authors)
    builder.publication(
        journal=citation.journal,
        publication_date=citation.date,
        volume=citation.volume,
        issue=citation.issue,
        pages=citation.pages,
        doi=citation.doi,
        pmid=citation.pmid,
        pmcid=citation.pmcid,
        language=citation.language,
        publication_type=citation.kind,
    )
    if citation.keywords:
        builder.front("keyword", *citation.keywords, label="Keywords: ")
    if citation.abstract:
        builder.heading([Run("Abstract")], level=1, section="abstract", in_abstract=True)
    for heading, text in citation.abstract:
        if heading:
            builder.heading([Run(heading)], level=2, in_abstract=True)
        builder.paragraph([Run(text)])
    read = builder.finish(
        source=source,
        media_type=media_type,
        title=citation.title or None,
        doi=citation.doi or None,
        pmid=citation.pmid or None,
        pmcid=citation.pmcid or None,
        citation=citation.sentence,
        licence=citation.licence or None,
    )
    return ReadDocument(read.document, read.reading, citation=True)


def documents_of(
    citations: list[Citation], source: str, media_type: str, notes: Sequence[str] = ()
) -> tuple[ReadDocument, ...]:
    """Return the references of a file as documents; of two that say the same, one.

    The first gets the `notes`, and which references were left out, as nothing tells them from others.

    Raises:
        ReaderError: there are none, too many, or none that can be told from others.
    """
    if not citations:
        raise ReaderError(source, "holds no references", "export them again")
    if len(citations) > MAX_REFERENCES:
        problem = f"holds {len(citations):,} references, more than {MAX_REFERENCES:,}"
        raise ReaderError(source, problem, "export fewer at a time")
    made: dict[str, ReadDocument] = {}
    unnamed: list[tuple[str, ReaderError]] = []
    for citation in citations:
        try:
            read = document_of(citation, source, media_type)
        except ReaderError as error:
            unnamed.append((citation.key, error))
            continue
        made.setdefault(read.document.iri, read)
    if not made:
        raise unnamed[0][1]
    first, *others = made.values()
    left = notes_on("without title and identifier left out", "namely", [key for key, _ in unnamed])
    reading = replace(first.reading, notes=(*first.reading.notes, *notes, *left))
    return (replace(first, reading=reading), *others)


def notes_on(what: str, place: str, which: Sequence[object]) -> tuple[str, ...]:
    """Return a note on some references of a file that tells which they are, as far as there is room; none on none.

    >>> notes_on("that cannot be read", "at line", [3, 17]), notes_on("that cannot be read", "at line", [])
    (('2 references that cannot be read, at line 3, 17',), ())
    """
    if not which:
        return ()
    count = f"{len(which):,} {'reference' if len(which) == 1 else 'references'}"
    more = ", ..." if len(which) > _NAMED else ""
    return (f"{count} {what}, {place} {', '.join(map(str, which[:_NAMED]))}{more}",)


def date_in(text: str) -> str:
    """Return the year of a date, with its month where it is given in digits.

    >>> date_in("2019/05/02/"), date_in("2019///Spring"), date_in("n.d.")
    ('2019-05', '2019', '')
    """
    found = _DATE.search(text)
    if not found:
        return ""
    return found["year"] + (f"-{found['month']}" if found["month"] else "")


def dated(year: str, month: str) -> str:
    """Return year and month as ISO 8601 has it; the month may be a name, a number or nothing.

    >>> dated("2019", "May"), dated("2019", "11"), dated("2019", "Spring"), dated("n.d.", "")
    ('2019-05', '2019-11', '2019', '')
    """
    told = date_in(year)
    short = month.strip().casefold()[:3]
    number = _MONTHS.index(short) + 1 if short in _MONTHS else int(short) if short.isdecimal() else 0
    return f"{told}-{number:02d}" if len(told) == 4 and 1 <= number <= 12 else told


def kind_of(name: str) -> str:
    """Return what EndNote's name of a kind of publication is called here, or nothing where it is not known.

    >>> kind_of("Journal Article"), kind_of("Book Section"), kind_of("Artwork")
    ('Journal article', 'Book chapter', '')
    """
    return _KINDS.get(name.casefold(), "")


def language_of(code: str) -> str:
    """Return the name of a language that PubMed gives in three letters, or the code where it is not known.

    >>> language_of("eng"), language_of("English")
    ('English', 'English')
    """
    return _LANGUAGES.get(code, code)


def name_of(text: str) -> str:
    """Return a name with the family name last, as it is in running text.

    >>> name_of("Vries, B. de"), name_of("Meyer, Ann, Jr"), name_of("WHO")
    ('B. de Vries', 'Ann Meyer Jr', 'WHO')
    """
    family, *rest = (part.strip() for part in text.split(","))
    return " ".join(filter(None, [*rest[:1], family, *rest[1:]]))


def parts_of_abstract(text: str) -> tuple[tuple[str, str], ...]:
    """Return an abstract as (heading, text): parted at the labels of a structured one, else whole.

    >>> parts_of_abstract("Aim: To ask. Results: Nurses said so.")
    (('Aim', 'To ask.'), ('Results', 'Nurses said so.'))
    >>> parts_of_abstract("We asked. Results: none.")
    (('', 'We asked. Results: none.'),)
    """
    flat = " ".join(text.split())
    found = list(_LABEL.finditer(flat))
    if len(found) < 2 or found[0].start():
        return (("", flat),) if flat else ()
    ends = [match.start() for match in found[1:]] + [len(flat)]
    return tuple((m["label"], flat[m.end() : end].strip()) for m, end in zip(found, ends, strict=True))
