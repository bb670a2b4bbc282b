"""What a source says of the publication that it is, and how the stored text and a list of references say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.builder import Builder

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MOST_CITED_AUTHORS = 6


class Person(NamedTuple):
    """An author as printed, "Jane Q Doe", and as cited, "Doe JQ"."""

    printed: str
    cited: str


@dataclass(frozen=True, slots=True)
class Front:
    """What the front matter says of an article; "" where it does not."""

    title: str = ""
    authors: tuple[Person, ...] = ()
    groups: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    journal: str = ""
    year: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[tuple[str, tuple[str, ...]], ...] = ()
    permissions: tuple[str, ...] = ()
    licence: str = ""

    @property
    def citation(self) -> str:
        """The article as a reference list would have it."""
        names = [person.cited for person in self.authors] or list(self.groups[:1])
        printed = issue_of(self.year, self.volume, self.issue, self.pages)
        return cited(names, self.title, self.journal, printed, self.doi)


def cited(authors: Sequence[str], title: str, journal: str, issue: str, doi: str) -> str:
    """Return a publication in one line, as a list of references has it; "" for what is not known.

    >>> cited(["Meyer A"], "Who calls?", "Care", issue_of("2019", "3", "2", "1-9"), "10.1000/x")
    'Meyer A. Who calls? Care. 2019;3(2):1-9. doi:10.1000/x.'
    """
    who = ", ".join(authors[:_MOST_CITED_AUTHORS]) + (", et al" if len(authors) > _MOST_CITED_AUTHORS else "")
    parts = [who, title, journal, issue, f"doi:{doi}" if doi else ""]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def issue_of(year: str, volume: str, issue: str, pages: str) -> str:
    """Return where something was published within its journal.

    >>> issue_of("2019", "3", "", "e17"), issue_of("2019", "", "", ""), issue_of("", "3", "2", "")
    ('2019;3:e17', '2019', '3(2)')
    """
    where = f"{volume}{f'({issue})' if issue else ''}" + (f":{pages}" if pages else "")
    return f"{year};{where}" if year and where else year or where


def write_publication(builder: Builder, front: Front) -> None:
    """Write where and when an article was published and its identifiers, a line for each."""
    builder.publication(
        journal=front.journal,
        publication_date=front.date,
        volume=front.volume,
        issue=front.issue,
        pages=front.pages,
        doi=front.doi,
        pmid=front.pmid,
        pmcid=front.pmcid,
    )
