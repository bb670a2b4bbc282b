"""What tables say about a sample: rows with a number and a share, by sex, place and type of participant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.extract.study.rows import ROW, rows_in
from ingest.extract.study.text import Found, say
from ingest.reading import Block, Reading

SAMPLE = re.compile(r"characteristic|demographic|profile|sample|study participants|participant details", re.IGNORECASE)
"""Words of a caption by which a table describes a sample."""

_GAP = 120
_NEAR = 1.15
_LEAST = 3
_PERSON = re.compile(r"(?:[A-Za-z]{1,12}[ _-]?)?#?\d{1,3}[A-Za-z]?")
"""The number of a participant in the first cell of a row."""
_AROUND = re.compile(
    r"\([^()]*\)|[,:;*†‡]|/ ?years?\b|\b(?:of (?:the )?[\w-]+|in years|years|level|group"
    r"|[a-z]|no\.?|%)(?!\w)",
    re.IGNORECASE,
)
"""What may stand beside the word that heads rows."""
NO_LABEL = re.compile(r"[—–]\s|^\s*(?:total|all|overall|missing)\b", re.IGNORECASE)
_TOTAL = re.compile(r"(?:[A-Z]\w+ ?)?\(?\b[nN]\s?=\s?(?P<n>\d[\d,]*)\s?\)?")
_WHOLE = re.compile(r"\bTotal(?: number)?:?\s*(?P<n>\d{1,5})\s*\(\s?100(?:\.0+)?\s*%?\s?\)")
_HEADS = (
    ("sex", r"sex|gender"),
    ("location", r"location|province|state|region|district|county|area|city|town|country|rurality|geograph\w+"
                 r"|(?:place of )?residence"),
    ("site", r"site|hospital|clinic|practice|centre|center|facility"),
    ("type", r"(?:type|category) of \w+|provider type|type|profession(?:al (?:role|group|background))?|role"
             r"|occupation|discipline|special(?:i)?ty|position|job title|designation|worker|cadre"),
    ("age", r"age(?: group| range| \(years\))?"),
    ("ethnicity", r"(?:race|ethnicity|ethnic (?:group|origin|background))(?:\s?(?:/|and|or)\s?(?:race|ethnicity))?"),
    ("education", r"(?:highest )?(?:level of )?education(?:al (?:level|status|attainment))?|highest \S+ qualification"
                  r"|qualification"),
    ("employment", r"employment(?: status)?|(?:work|occupational) status"),
    ("marital_status", r"(?:marital|relationship|civil) status"),
    ("experience", r"(?:years of |job |work )?experience|years in practice|years qualified"),
    ("arm", r"arm|group|allocation|assignment"),
)  # fmt: skip
ABOUT = frozenset(name for name, _ in _HEADS)
"""What rows may be about, by one word each."""
_HEAD = re.compile(
    rf"^(?P<head>{'|'.join(f'(?P<{name}>{source})' for name, source in _HEADS)})\b[\s,:]*(?:,? ?n? ?\(%\))?[\s\xa0]*",
    re.IGNORECASE,
)
SEXES = {
    "male": "male",
    "males": "male",
    "men": "male",
    "man": "male",
    "female": "female",
    "females": "female",
    "women": "female",
    "woman": "female",
}
"""Labels of rows on sex, to the sex."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table on the sample: what it is about ("sex"), its label, number, share, and view offsets."""

    about: str
    label: str
    n: int
    share: str
    start: int
    end: int

    @property
    def sex(self) -> str | None:
        """Female or male, where the row is about it."""
        return SEXES.get(self.label.casefold())

    @property
    def fact(self) -> Found:
        """The row as a fact."""
        return Found(field_of(self.about, self.label), f"{self.n} ({self.share}%)", self.start, self.end)


def field_of(about: str, label: str) -> str:
    """Return the field of the fact that a row on the sample is.

    >>> field_of("other", "Women"), field_of("age", "Over 60 years")
    ('sample_sex_female', 'sample_age_over_60_years')
    """
    sex = SEXES.get(label.casefold())
    slug = sex or re.sub(r"\W+", "_", label.casefold()).strip("_")
    return f"sample_{'sex' if sex else about}_{slug}"


def sample_tables(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the bounds of what describes participants in rows that run on, in the text and in tables without cells.

    Rows describe participants where words before them say so ("characteristics", "sample"), or where some are about
    women and men.
    """
    for block in reading.blocks:
        if reading.sections[block.section].kind in ("references", "back") or is_grid(reading, block):
            continue
        found = list(rows_in(reading.text, block.start, block.end))
        for run in _runs(found):
            before = reading.text[max(0, run[0].start() - 250) : run[0].start()]
            sexes = sum(_HEAD.sub("", match["label"]).strip().casefold() in SEXES for match in run)
            if len(run) >= 2 and (SAMPLE.search(before) or (sexes >= 1 and len(run) >= 3)):
                yield max(block.start, run[0].start() - 250), run[-1].end()


def is_grid(reading: Reading, block: Block) -> bool:
    """Say whether the cells of a table are known."""
    return block.kind == "table" and reading.text.find("\t", block.start, block.end) >= 0


def is_roster(reading: Reading, block: Block) -> bool:
    """Say whether a table has a row for each participant, by number: what it gives are ages and years, not counts."""
    if block.kind != "table":
        return False
    firsts = [line.split("\t")[0].strip() for line in reading.text[block.start : block.end].split("\n") if "\t" in line]
    numbered = [first for first in firsts if _PERSON.fullmatch(first)]
    return len(numbered) >= _LEAST and 2 * len(numbered) > len(firsts) and len(set(numbered)) == len(numbered)


def rows(reading: Reading, start: int, end: int) -> list[Row]:
    """Return the rows of view[start:end] that give a number with a share.

    A number that is larger than the sample which two rows or more imply was glued to another when the table was read,
    and is left out.
    """
    found = list(_read(reading, start, end))
    implied = sorted(row.n * 100 / float(row.share) for row in found if float(row.share) >= 1)
    agreed = [one for one, next_ in pairwise(implied) if next_ <= one * _NEAR]
    most = max(agreed) * _NEAR if agreed else float("inf")
    return [row for row in found if row.n <= most]


def _read(reading: Reading, start: int, end: int) -> Iterator[Row]:
    about, last = "other", start
    for match in ROW.finditer(reading.text, start, end):
        begin = match.start()
        label = match["label"]
        for word in re.finditer(r"[A-Z][\w /()-]*", reading.text[last:begin]):
            head = _HEAD.match(word.group())
            about = _name(head) if head else about
        head = _HEAD.match(label)
        while head and head.end() < len(label):
            about = _name(head)
            begin += head.end()
            label = label[head.end() :]
            head = _HEAD.match(label)
        last = match.end()
        begin += len(label) - len(label.lstrip())
        if say(label) and not NO_LABEL.search(label):
            share = (match["p"] or match["q"]).replace("·", ".")
            yield Row(about, say(label), int(match["n"]), share, begin, match.end())


def total(reading: Reading, start: int, end: int) -> Found | None:
    """Return the size of the sample that the words before the first row give, or a row of the total."""
    match = _TOTAL.search(reading.text, start, min(end, start + 300)) or _WHOLE.search(reading.text, start, end)
    if match is None:
        return None
    return Found("sample_total", match["n"].replace(",", ""), match.start(), match.end())


def about_of(label: str) -> str | None:
    """Return what rows are about whose head is a label as a whole.

    >>> about_of("Age (years)"), about_of("Gender, n (%)"), about_of("Aged over 60"), about_of("Blood")
    ('age', 'sex', None, None)
    """
    head = _HEAD.match(label)
    rest = _AROUND.sub("", label[head.end() :]) if head else label
    return _name(head) if head and not rest.strip() else None


def head_of(label: str) -> tuple[str, int] | None:
    """Return what a row's label says that the rows are about, and where in it the label proper begins.

    >>> head_of("Gender Male"), head_of("Male"), head_of("Gender")
    (('sex', 7), None, None)
    """
    head = _HEAD.match(label)
    return (_name(head), head.end()) if head and head.end() < len(label) else None


def _name(head: re.Match[str]) -> str:
    return next(name for name, _ in _HEADS if head[name])


def _runs(found: Sequence[re.Match[str]]) -> Iterator[Sequence[re.Match[str]]]:
    """Yield the rows that follow each other closely."""
    run: list[re.Match[str]] = []
    for match in found:
        if run and match.start() - run[-1].end() > _GAP:
            yield run
            run = []
        run.append(match)
    if run:
        yield run
