"""What the columns of a coding sheet are called, and what they mean."""

import csv
import re
from collections.abc import Sequence

MEANINGS = (
    "study", "title", "authors", "year", "doi", "pmid", "pmcid", "design", "country", "setting",
    "quote", "speaker", "role", "page", "theme", "subtheme", "finding", "barrier", "facilitator", "intervention",
    "level", "comment", "nothing",
)  # fmt: skip
"""What a column may mean. "study" is any name of a study: author and year, a title, an identifier, a number."""
CODED = ("quote", "theme", "subtheme", "finding", "barrier", "facilitator", "intervention")
"""What a row may hold of a study."""
SAYS_OF_STUDIES = (*CODED, "design", "country", "setting", "speaker", "role", "level")
"""What makes a table more than a list of references."""
SEPARATORS = (",", ";", "\t", "|")

_NAMES = (
    ("doi", r"doi"),
    ("pmid", r"pmid|pubmed(?: id)?"),
    ("pmcid", r"pmc ?id|pmc"),
    ("title", r"(?:study |paper |article )?title"),
    ("authors", r"(?:first |study )?authors?(?: names?)?"),
    ("year", r"(?:publication |pub )?year|year of publication"),
    ("study", r"(?:study|paper|article|reference|source|citation|record)(?: ?(?:id|no|number|name|label|key|ref))?"
              r"|authors? ?(?:and|&|\(|/|,)? ?year\)?|ref(?: id)?"),
    ("design", r"(?:study )?design|methodology"),
    ("country", r"countr(?:y|ies)"),
    ("setting", r"settings?"),
    ("quote", r"(?:(?:illustrative|supporting|example|exemplary|participants?|direct|verbatim|raw|key) )?"
              r"(?:quot(?:e|es|ation|ations)|verbatims?|excerpts?|extracts?)(?: from (?:the )?participants?)?"
              r"|words|data extracts?"),
    ("speaker", r"speakers?|participants?(?: id)?|respondents?|said by|who said|quoted person"),
    ("role", r"(?:(?:speakers?|participants?)(?: s)? )?(?:role|profession|occupation)s?|professional group"
             r"|stakeholders?(?: group)?"),
    ("page", r"pages?(?: (?:no|number))?|p|pp|location"),
    ("subtheme", r"sub ?-?themes?|second order themes?|sub ?-?categor(?:y|ies)|sub ?codes?"),
    ("theme", r"(?:(?:main|overarching|analytical|descriptive|higher order) )?"
              r"(?:themes?|categor(?:y|ies)|codes?|construct)"),
    ("barrier", r"(?:perceived |reported )?(?:barriers?|obstacles?|challenges?)"),
    ("facilitator", r"(?:perceived |reported )?(?:facilitators?|enablers?)"),
    ("intervention", r"(?:proposed |suggested )?(?:interventions?|solutions?|strateg(?:y|ies))|suggestions?"
                     r"|improvements?"),
    ("finding", r"(?:(?:key|main|primary|author) )?(?:findings?|results?|statements?|interpretations?)"
                r"|authors?(?: s)? interpretations?"),
    ("level", r"levels?(?: of (?:the )?(?:barrier|care|system))?|barrier level"),
    ("comment", r"comments?|notes?|memos?|remarks?|reviewers? notes?|coder|reviewers?|extracted by"),
)  # fmt: skip
_REFERENCE = (
    ("title", r"(?:article |document |item |primary |original )?title|ti"),
    ("authors", r"(?:primary )?authors?(?:\(s\))?(?: full)?(?: names?)?|first authors|au"),
    ("date", r"(?:publication |cover )?date"),
    ("year", r"(?:publication |published |pub )?year|year of publication|py"),
    ("journal", r"journals?(?: ?/ ?book| name| title)?|(?:source|publication|secondary|container) title|source"
                r"|publication(?: name)?|periodical|so"),
    ("volume", r"volume|vl"),
    ("issue", r"issue|number|is"),
    ("pages", r"pages|page range|pagination"),
    ("first page", r"(?:start|first|beginning) page|page start|bp"),
    ("last page", r"(?:end|last|ending) page|page end|ep"),
    ("doi", r"doi(?: link)?|digital object identifier|di"),
    ("pmid", r"(?:medline )?pmid|pubmed ?id|accession number|pm"),
    ("pmcid", r"pmc ?id|pmc"),
    ("abstract", r"abstract(?: note)?|ab"),
    ("keywords", r"(?:author )?keywords|de"),
    ("language", r"language(?: of original document)?|la"),
    ("kind", r"(?:document|item|publication|reference) type|type of reference|type|dt"),
    ("address", r"urls?|links?"),
)  # fmt: skip
_PARTS = tuple((part, re.compile(names)) for part, names in _REFERENCE)
_FEWEST_PARTS = 3
_PATTERNS = tuple((meaning, re.compile(names)) for meaning, names in _NAMES)
_SIGNS = re.compile(r"[^\w&(),/|-]+|_")
_FEWEST_ROWS = 4
_LONGEST_HEADER = 60
_SAME_WIDTH = 0.6
"""Share of the rows below a header that have as many cells: in running text it is chance."""


def meaning_of(header: str) -> str:
    """Return what a column of this header seems to mean: one of `MEANINGS`.

    >>> [meaning_of(name) for name in ("Study ID", "Illustrative quote", "Sub-theme", "Participant's role", "Colour")]
    ['study', 'quote', 'subtheme', 'role', 'nothing']
    """
    plain = _plain(header)
    return next((meaning for meaning, names in _PATTERNS if names.fullmatch(plain)), "nothing")


def reference_part_of(header: str) -> str:
    """Return which part of a reference a column of this header seems to hold: a name of `_REFERENCE`, or "".

    >>> [reference_part_of(name) for name in ("Article Title", "Journal/Book", "Start page", "pubmedID", "Quote")]
    ['title', 'journal', 'first page', 'pmid', '']
    """
    plain = _plain(header)
    return next((part for part, names in _PARTS if names.fullmatch(plain)), "")


def names_references(headers: Sequence[str]) -> bool:
    """Say whether headers are those of a list of references: the title and the abstract, or two more parts of one.

    >>> names_references(["Title", "Abstract"]), names_references(["Title", "Year", "Note"])
    (True, False)
    """
    parts = {reference_part_of(name) for name in headers} - {""}
    return "title" in parts and (len(parts) >= _FEWEST_PARTS or "abstract" in parts)


def _plain(header: str) -> str:
    return " ".join(_SIGNS.sub(" ", header.casefold()).split()).strip(" -,")


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a row names columns that we know: two at the least, one of which is what a study may hold; or those
    of a list of references."""
    names = [cell for cell in cells if 0 < len(cell.strip()) <= _LONGEST_HEADER]
    known = {meaning_of(name) for name in names} - {"nothing"}
    return (len(known) > 1 and bool(known & set(CODED))) or names_references(names)


def separator_of(text: str) -> str | None:
    """Return what parts the cells of a table written as text, or None where the text is no table.

    A table has a header that we know among its first rows, or at the least four rows of as many cells, three or more.
    A first line "sep=;" says it, as spreadsheet programs write it.

    >>> separator_of("Study;Barrier\\nLund 2020;no time\\n"), separator_of("We met, and talked.\\nThen, we left.\\n")
    (';', None)
    """
    if told := told_separator(text):
        return told
    for separator in SEPARATORS:
        rows = _rows(text, separator)[:50]
        if any(is_header(row) and _stands_over(row, rows[at + 1 :]) for at, row in enumerate(rows[:10])):
            return separator
    best = None
    for separator in SEPARATORS:
        rows = _rows(text, separator)
        widths = {len(row) for row in rows}
        header = [cell.strip() for cell in rows[0]] if rows else []
        fits = len(rows) >= _FEWEST_ROWS and len(widths) == 1 and max(widths) > 2
        if fits and len(set(header)) == len(header) and all(0 < len(cell) <= _LONGEST_HEADER for cell in header):
            best = best or separator
    return best


def told_separator(text: str) -> str | None:
    """Return the separator that the first line of a table names, or None.

    >>> told_separator('"sep=;"\\nStudie;Zitat'), told_separator("Study;Quote")
    (';', None)
    """
    told = text[:20].partition("\n")[0].strip().strip('"').lower()
    return told[4:] if told.startswith("sep=") and told[4:] in SEPARATORS else None


def _stands_over(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Say whether rows are those of a table with this header."""
    same = sum(len(row) == len(header) for row in rows)
    return bool(rows) and same >= _SAME_WIDTH * len(rows)


def _rows(text: str, separator: str) -> list[list[str]]:
    """Return the filled rows of the beginning of a table; none where it cannot be parted so."""
    lines = text.splitlines(keepends=True)
    if not any(separator in line for line in lines[:50]):
        return []
    try:
        rows = list(csv.reader(lines[:-1] if len(lines) > 200 else lines, delimiter=separator))
    except csv.Error:
        return []
    return [row for row in rows if any(cell.strip() for cell in row)]
