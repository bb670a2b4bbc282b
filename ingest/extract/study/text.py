"""The sentences that may report facts of a study, and the clauses in them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.extract.context import Located
from ingest.extract.screening import Pattern
from ingest.extract.study.rows import is_rows
from ingest.reading import Block, Reading, Section
from ingest.sentences import sentence_spans
from ontology.model import Quote

OWN = Pattern(
    r"\b(?:we|our|ours|(?-i:us))\b|\b(?:this|the (?:present|current|reported)) (?:\w+[- ]){0,3}?"
    r"(?:study|research|analysis|evaluation|paper|article|work|project|trial|sample|investigation|inquiry|protocol|"
    r"survey|review)\b|\bthe (?:study|interviews|focus groups|transcripts|sample|dataset)\b|\b(?:study"
    r"|the) participants\b",
    re.IGNORECASE,
)
"""Words by which authors speak of the study that they report."""

FUTURE = Pattern(
    r"\b(?:will|shall|(?:aim|plan|intend|expect)(?:s|ed)? to (?:recruit|include|interview|enrol|conduct))\b",
    re.IGNORECASE,
)
"""Words by which authors speak of what they plan to do."""

_APART = frozenset({"heading", "title"})
_UNREAD = frozenset({"references", "table"})
_METHOD_TABLE = Pattern(
    r"\b(?:analys[ie]s|analytic\w*|methods?|steps|data collection|procedures?|design|coding|recruitment|sampling)\b",
    re.IGNORECASE,
)
_ABBREVIATED = Pattern(
    r"(?:(?<=[A-Z]{2}\.)|(?<=\bmin\.)) (?=[A-Z][a-z]+ [a-z])|(?<=[a-z)\]]\.)\d{1,3} (?=[A-Z][a-z]+ [a-z])"
)
_NOTE = re.compile(r"\d{1,3} (?=[A-Z][a-z]+,? [a-z])")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|may|can|could|should|will|we|to)\b")
_PLAIN = {blank: " " for blank in "\u00a0\u2002\u2003\u2009\u200a\u202f\n"}
_PLAIN |= {hyphen: "-" for hyphen in "\u2010\u2011"}
_CAPTION = re.compile(r"(?:Box|Table|Figure|Fig\.|Additional file) ?\d")
_LICENCE = re.compile(
    r"creative commons|open access|copyright|universit|department of|institute of|licen[cs]ee?|all rights|@"
    r"|corresponding author",
    re.IGNORECASE,
)
_SPLIT = Pattern(
    r";\s+|:\s+(?=\()|,? (?:whereas|while|although|but)\s+|, (?=(?:which|where|who|thus|resulting|allowing|making)\b)"
    r"|,? and (?=(?:we|the (?:interviews?|focus groups?|data|analysis|study|participants?|researchers?|authors?"
    r"|results?"
    r"|findings|transcripts?)|all|these|this|they|it|interviews?|data|each|participants?)\b)",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"(?:In|Of|At|After|During|Following|For|Once|On|To|When|Before|Because|Since|As|Using"
    r"|Through)\b[^,;()]{3,90}, (?!and |or )"
)
_AIM = ("To ", "For ")
"""How an introduction begins that says nothing without what follows: "To be eligible, ..."."""
_AFTERTHOUGHT = re.compile(
    r",? (?:since|because|so that|in order to|to ensure|to obtain|to achieve|with (?:the )?(?:aim|consideration"
    r"|respect))\b|, | \["
)
_EDGE = re.compile(
    r"[\s,;:]*(?:(?:and|but|then|thus|however|therefore|moreover|finally|secondly?|first(?:ly)?),? )?", re.IGNORECASE
)
"""What a clause may begin with that is no part of what it says."""
_TALKS = re.compile(
    r"\W*(?:the |all |each |most )?(?:[\w-]+ ){0,2}(?:interviews?|focus groups?) (?:lasted|took|ranged|averaged"
    r"|were (?:held|conducted|carried))\b",
    re.IGNORECASE,
)
"""How results go on with the conduct of the study."""
_LONG = 130
_LONGEST = 4000
_SPEECH = re.compile(
    r"^\W*(?:I|I['’](?:m|ve|d|ll)|my|you|yeah|well|they['’]re|he|she)\b|\[[A-Za-z ]{2,30}\]\s*$", re.IGNORECASE
)


class Found(NamedTuple):
    """A fact as a rule saw it: view offsets, end-exclusive."""

    field: str
    value: str
    start: int
    end: int


class Line(NamedTuple):
    """A sentence of the view outside quotes, and what kind of section it stands in; `own` says whether the authors
    speak in it of the study that they report, which goes without saying in methods."""

    text: str
    start: int
    end: int
    kind: str
    heading: str
    in_abstract: bool
    block: int
    own: bool

    @property
    def zone(self) -> str:
        """What the place and the words make of the sentence as a report of the study: a kind of section, "abstract",
        or nothing where it does not speak of the study."""
        if self.in_abstract:
            return "abstract" if self.own or self.kind in ("abstract", "methods", "results") else ""
        if not self.own:
            return ""
        return "methods" if self.kind == "other" else self.kind


def lines(reading: Reading, quotes: Sequence[Located[Quote]]) -> Iterator[Line]:
    """Yield the sentences that nobody is quoted in, in order; the references and tables about other than methods are
    left out.

    A sentence of which half or more lies in quotes is left out, and so are headings, rows of tables, licences and
    whatever is too long for a sentence.
    """
    spoken = sorted((quote.start, quote.end) for quote in quotes)
    plain = reading.text
    for sign, instead in _PLAIN.items():
        plain = plain.replace(sign, instead)
    for start, end, number in _runs(reading, plain):
        block = reading.blocks[number]
        section = reading.sections[block.section]
        kind = _kind(block, section)
        if block.kind in _APART or kind in _UNREAD:
            continue
        if end - start > _LONGEST or 2 * _said(spoken, start, end) >= end - start:
            continue
        text = plain[start:end]
        if (kind == "results" and _SPEECH.search(text)) or is_rows(text) or _CAPTION.match(text):
            continue
        if section.kind == "front" and not _is_prose(text):
            continue
        abstract = section.in_abstract or kind == "abstract"
        for a, b in _sentences(text):
            own = kind == "methods" or OWN.search(text[a:b]) is not None
            own = own or (kind in ("results", "other") and _TALKS.match(text[a:b]) is not None)
            yield Line(text[a:b], start + a, start + b, kind, section.heading, abstract, number, own)


def _said(spoken: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Return how many characters of start..end lie in quotes, which do not overlap."""
    said = 0
    for at in range(bisect_left(spoken, (end, 0)) - 1, -1, -1):
        a, b = spoken[at]
        if b <= start:
            break
        said += min(b, end) - max(a, start)
    return said


def _runs(reading: Reading, plain: str) -> Iterator[tuple[int, int, int]]:
    """Yield the sentences with their blocks; those of tables about methods run over the ends of lines, which are
    blanks in the plain text."""
    for sentence in reading.sentences:
        if reading.blocks[sentence.block].kind != "table":
            yield sentence.start, sentence.end, sentence.block
    for number, block in enumerate(reading.blocks):
        if block.kind == "table" and _reports_methods(reading.sections[block.section]):
            words = plain[block.start : block.end]
            yield from ((block.start + a, block.start + b, number) for a, b in sentence_spans(words))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Part what an abbreviation before the full stop or the number of a note behind it kept together."""
    note = _NOTE.match(text)
    start = note.end() if note else 0
    for stop in _ABBREVIATED.finditer(text) if "." in text[:-1] else ():
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _is_prose(text: str) -> bool:
    """Whether a sentence of the front is one of an abstract, not an address, a name or a licence."""
    words = len(text.split())
    return words >= 8 and text.endswith(".") and not _LICENCE.search(text) and _FINITE.search(text) is not None


def _kind(block: Block, section: Section) -> str:
    """What the sentences of a block are for: a table of steps reports methods, prose of the front is an abstract."""
    if block.kind == "table":
        return "methods" if _reports_methods(section) else "table"
    return "abstract" if section.kind == "front" else section.kind


def _reports_methods(table: Section) -> bool:
    return _METHOD_TABLE.search(table.heading) is not None


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the clause of a sentence that holds text[start:end], end mark and conjunctions left out.

    >>> words = "We met ten nurses; all talks were recorded, which took a year."
    >>> a, b = clause(words, words.index("recorded"), words.index("recorded") + 8)
    >>> words[a:b]
    'all talks were recorded'
    """
    left, right = 0, len(text)
    intro = _INTRO.match(text)
    if intro and not _depth(text, intro.end() - 2):
        if intro.end() <= start:
            left = intro.end()
        elif end <= intro.end() and not text.startswith(_AIM):
            right = intro.end()
    for match in _SPLIT.finditer(text):
        if _depth(text, match.start()):
            continue
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = min(right, match.start())
            break
    if right - left > _LONG:
        behind = max(end, intro.end()) if intro and not left else end
        rest = next((m for m in _AFTERTHOUGHT.finditer(text, behind, right) if not _depth(text, m.start())), None)
        right = rest.start() if rest else right
    return trim(text, left, right)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds without white space, a leading conjunction, an end mark or an unmatched bracket."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".;:,"):
        end -= 1
    found = _EDGE.match(text, start, end)
    start = found.end() if found else start
    words = text[start:end]
    if words.endswith(")") and words.count(")") > words.count("("):
        end -= 1
    elif words.count("(") > words.count(")") and words.rfind("(") > words.rfind(")"):
        end = start + len(words[: words.rfind("(")].rstrip(" ,;:"))
    return start, end


def _depth(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def say(text: str) -> str:
    """Return words as a value: white space made single, outer punctuation left out.

    >>> say("  two  large hospitals. ")
    'two large hospitals'
    """
    return " ".join(text.split()).strip(" .,;:")
