"""Lines to paragraphs, where a paragraph runs over several lines, blank lines, columns and pages."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.counted import counted_items
from ingest.readers.lines import Line
from ingest.sections import said_by, without_number

_END = re.compile(r"[.?!:;…][\"”’')\]*]*(?:\s?\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]?)?$|[)\]]$")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|et al|vs|cf|Dr|Prof|Mr|Mrs|Ms|Fig|No|approx)\.)$")
LIST_ITEM = re.compile(
    r"(?:[•▪●◦‣■□▸►✓∙·○➢\x01\x07\uf0a7\uf0b7\uf0d8]\s*|[*–\ufffd-]\s+|\(?(?:[ivx]{1,4}|\d{1,2}|[a-h])[.)]\s+)\S"
)
FUNCTION = frozenset(
    [
        "a", "an", "and", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "or", "but", "that",
        "which", "who", "whose", "as", "is", "are", "was", "were", "be", "been", "has", "have", "had", "not",
        "their", "its", "our", "his", "her", "this", "these", "those", "such", "than", "between", "among", "into",
        "when", "if", "because", "while", "may", "can", "could", "would", "should", "will", "we", "they", "i",
        "you", "it",
    ]
)  # fmt: skip
PATH = re.compile(
    r"(TITLE|ABSTRACT|BODY|FRONT|BACK)((?:\.(?!\s)[^\n]*)?):\s*\Z|(TITLE|ABSTRACT|BODY|FRONT|BACK):(?=\s)"
)
_COUNTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+[A-Z]")
"""The number of a heading, before its words."""
THEME = re.compile(
    r"(?:(?:major |main |over-?arching )?(?P<theme>theme|category|domain|dimension|topic)"
    r"|(?P<sub>sub-?\s?themes?|sub-?\s?category))"
    r"\s*(?:(?:\d{1,2}(?:\.\d)?|[IVX]{1,4}|[A-H]|one|two|three|four|five|six|seven|eight)\s*[:.–—-]"
    r"|:\s(?=[^\n]{3,150}[^.\n]\Z))",
    re.IGNORECASE,
)  # fmt: skip
"""What calls a paragraph a theme: with a number, or as all but the name of it."""
SAID = re.compile(r"[.?!…”\"’]\s?[(\[][^()\[\]]+[)\]]\.?\Z")
"""The end of a sentence, and in brackets who said it."""
_LONGEST_HEADING = 120
_NO_HEADING = re.compile(
    r"[a-z]\d(?!(?-i:[A-Z]{2}))|;|\d{5}|\A(?:[A-Z][A-Za-z]{0,2}\d{0,3}|interviewer|moderator|researcher|investigator|facilitator|"
    r"participant|respondent|interviewee)(?: \w{1,3})?: ",
    re.IGNORECASE,
)
"""A number glued to a word is a table's, "P: " a turn of talk."""
_DIGITS = re.compile(r"\d+")
_LONGEST_SPEAKER = 80
_NO_NAME = tuple('.:;?!,…”"-')
_SPEAKER = re.compile(
    r"\b(?:female|male|wom[ae]n|man|men|aged?|years?|group \d+|site \d+|participant|interview(?:ee)?|patient|nurse|"
    r"doctor|physician|manager|therapist|carer|caregiver|parent|practitioner|GP|mother|father|wife|husband)\b",
    re.IGNORECASE,
)
_NUMBERED_SPEAKER = re.compile(
    r"(?:\A|, )(?:female|male|wom[ae]n|man)\b|\b\d{2} years|\baged \d|\b(?:group|site|participant|interview) \d",
    re.IGNORECASE,
)
_IDENTIFIED = re.compile(r"[(\[][A-Z][A-Za-z]{0,5} ?\d{1,3}[)\]]\.?\Z")
_TAG_LINE = re.compile(
    r"(?:[–—-]\s?)?[(\[](?=[^()\[\]]*[A-Za-z][A-Za-z\d])[^()\[\]]{1,80}[)\]]\.?\Z|[–—]\s?[A-Z][^.?!]{1,60}\Z"
)
REFERS = re.compile(
    r"\b(?:tables?|fig(?:ure)?s?|arrows?|box|appendix|see|file|n\s?=|et al|online|supplement\w*|(?:19|20)(?:\d\d|##))\b"
    r"|\b(?:sections?|chapters?|sect?\.|ch\.|§) ?[\d#]|\A\W*[\d#]*\W*\Z",
    re.IGNORECASE,
)
"""What brackets at the end of a paragraph hold when they refer to something and name no speaker."""
_SHORT_FORM = re.compile(r"\s\([A-Za-z]{2,8}\)\Z")
_MARKS = tuple("‘’“”\"'")
_SHORTEST_PROSE = 40
_CITATION = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
_CLOSES = re.compile(r"[.,;:)\]”](?!\.)|[\"’](?:\s|\Z)")
_REFERENCE = re.compile(r"\b(?:table|figure|fig\.|box|appendix|(?:additional )?file|et al\.,?)\Z", re.IGNORECASE)


_TAG = re.compile(
    r"[(\[](?=[^()\[\]]*[A-Za-z][A-Za-z\d])[^()\[\]]{1,80}[)\]][.\"”’']*\Z|(?<=[.?!”\"…])\s?[–—-]\s?[A-Z][^.]{1,60}\Z"
)
_TAG_ENDS = ".\"”’'"
_LONGEST_TAG = 90
"""Characters of a tag at the most, but for the stops and quotation marks behind it."""


@dataclass(slots=True)
class Group:
    """The lines of one paragraph; `after` counts the blank lines behind it.

    `spoken` says that its last line tells who speaks, `heading` that it stands and looks as headings do, `set_in`
    that its layout sets it apart as a quotation, `laid_out` that the layout of the document tells its headings,
    `cell` that its words belong to a table and name no section, whatever they say, `width` is the length of its
    longest line, `breaks` are the numbers of the lines that begin another paragraph of one quotation.
    """

    lines: list[Line]
    after: int = 0
    spoken: bool = False
    heading: bool = False
    set_in: bool = False
    laid_out: bool = False
    cell: bool = False
    width: int = 0
    breaks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Measure the lines."""
        self.width = max((len(line.text) for line in self.lines), default=0)

    def add(self, line: Line) -> None:
        """Append a line."""
        self.lines.append(line)
        self.width = max(self.width, len(line.text))

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    @property
    def words(self) -> str:
        """Its words as they stand, line breaks made blanks."""
        return " ".join(line.text for line in self.lines)


def group_loose(lines: list[Line]) -> list[Group]:
    """Return the paragraphs where every line is one, but for sentences that a reference or a link broke."""
    groups: list[Group] = []
    known = Counter(_DIGITS.sub("#", line.text) for line in lines if len(line.text) < _LONGEST_SPEAKER)
    counted = counted_items([line.text for line in lines])
    for number, line in enumerate(lines):
        again = known[_DIGITS.sub("#", line.text)] > 1
        alone = is_speaker(line.text) and number not in counted
        named = alone or _names_speaker(line.text, again=again)
        ended = groups and (not unfinished(groups[-1].last.text) or (alone and is_signature(line.text, again=again)))
        if groups and named and ended and groups[-1].width > _SHORTEST_PROSE:
            groups[-1].add(line)
            groups[-1].spoken = True
        elif groups and _breaks_inside(groups[-1], line.text):
            groups[-1].add(line)
        else:
            if groups:
                groups[-1].after = max(line.gap, 1)
            groups.append(Group([line]))
    return groups


def _names_speaker(text: str, *, again: bool) -> bool:
    """Say whether a line without brackets tells who speaks: "Nurse, site 2", more so where its like comes `again`."""
    if "," not in text or len(text) > _LONGEST_SPEAKER or text[-1] in ".:;?!" or not text[0].isupper():
        return False
    return _NUMBERED_SPEAKER.search(text) is not None or (again and _SPEAKER.search(text) is not None)


def is_signature(text: str, *, again: bool = False) -> bool:
    """Say whether a line in brackets can only tell who speaks, so that the words before it need no full stop; `again`
    tells that its like comes again in the text.

    >>> is_signature("(Patient 3, female, 40 years)"), is_signature("(GP 4)"), is_signature("(ward round)")
    (True, True, False)
    """
    named = _SPEAKER.search(text) is not None and (again or _NUMBERED_SPEAKER.search(text) is not None)
    return text[0] in "([" and (named or _IDENTIFIED.match(text) is not None)


def _breaks_inside(group: Group, text: str) -> bool:
    """Say whether a line goes on with the sentence before it, for its own first sign or that sentence's last word."""
    last = group.last.text
    if _CLOSES.match(text) or _CITATION.match(text):
        return sum(len(line.text) for line in group.lines[-4:]) > _SHORTEST_PROSE
    if not unfinished(last):
        return False
    if text[0].isdigit():
        led = last.endswith("et al.") or wants_more(last)
        return (led and not LIST_ITEM.match(text)) or _REFERENCE.search(last) is not None
    return text[0].islower() and len(last) > _SHORTEST_PROSE


def is_speaker(text: str) -> bool:
    """Say whether a line holds nothing but who speaks: in brackets, or behind a dash.

    >>> is_speaker("(Nurse 3, hospital B)"), is_speaker("– Family physician"), is_speaker("(see Table 2)")
    (True, True, False)
    """
    return _TAG_LINE.match(text) is not None and not REFERS.search(text)


def tag_behind(words: str) -> re.Match[str] | None:
    """Return what signs a paragraph; to look for it at its end alone takes a tenth of the time."""
    return _TAG.search(words, max(0, len(words.rstrip(_TAG_ENDS)) - _LONGEST_TAG))


def may_name(text: str) -> bool:
    """Say whether a line may hold nothing but who speaks: in brackets, behind a dash, or in a few bare words.

    >>> may_name("Woman, group 1"), may_name("The woman was late.")
    (True, False)
    """
    if len(text) > _LONGEST_SPEAKER:
        return False
    return is_speaker(text) or (_SPEAKER.search(text) is not None and is_bare_name(text))


def is_bare_name(text: str) -> bool:
    """Say whether a line could name somebody by its signs: a capital first, no stop last, no reference."""
    return text[0].isupper() and not text.endswith(_NO_NAME) and not REFERS.search(text)


def unfinished(text: str) -> bool:
    """Say whether a line breaks off inside a sentence.

    >>> unfinished("They agreed on the"), unfinished("They agreed.4, 5"), unfinished("as Lee et al.")
    (True, False, True)
    """
    return text[-1:].isalpha() or not _END.search(text) or _ABBREVIATION.search(text) is not None


def wants_more(text: str) -> bool:
    """Say whether a line ends in what a word must follow: a comma, a hyphen, an article.

    >>> wants_more("They agreed on the"), wants_more("nurses, doctors,"), wants_more("They agreed")
    (True, True, False)
    """
    return text.endswith((",", "-", "–", "/")) or re.split(r"[\s(]", text)[-1].casefold() in FUNCTION


def is_open(words: str) -> bool:
    """Say whether a quotation opens in some words and does not close there."""
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def counts_deeper(above: str, text: str) -> bool:
    """Say whether a line is numbered as a part of the section that the line above it begins.

    >>> counts_deeper("2. Results", "2.1. Wards"), counts_deeper("2. Results", "3. Wards")
    (True, False)
    """
    number, outer = _COUNTED.match(text), _COUNTED.match(above)
    return bool(number and outer and number.group(1).startswith(f"{outer.group(1)}."))


def is_heading(group: Group, following: Line | None) -> bool:
    """Say whether the lines so far are a heading by themselves: their words name a section and nothing else."""
    if len(group.lines) > 2 or group.width > _LONGEST_HEADING:
        return False
    words = group.words
    if len(words) > _LONGEST_HEADING:
        return False
    if not (words[0].isupper() or words[0].isdigit() or words[0] == "#"):
        return False
    if words.startswith("#"):
        return True
    said = said_by(words)
    if said is None or words.endswith((",", ";", "-")):
        return False
    if following is None or following.gap or following.cut:
        return True
    return (said.main or words.isupper()) and not following.text[0].islower()


def looks_like_heading(line: str, width: int) -> bool:
    """Say whether a line could be a heading by its looks: it starts like one, is short and does not end a sentence."""
    text = without_number(line)
    text = _SHORT_FORM.sub("", text)
    if text[:1] in _MARKS and text[-1:] in _MARKS and text[-2:-1].isalnum():
        text = text[1:-1]
    elif text[-1:] in _MARKS and text[-2:-1].isalnum():
        text = text[:-1]
    if not text:
        return False
    if len(text) > min(_LONGEST_HEADING, max(0.8 * width, 30)) or not (text[0].isupper() or text[0].isdigit()):
        return False
    if text[-1] in ".,;:-–—)]”\"’'…" or text.split()[-1].casefold() in FUNCTION:
        return False
    if _NO_HEADING.search(text):
        return False
    words = [word for word in re.split(r"[^\w’'-]+", text) if word]
    letters = sum(c.isalpha() for c in text)
    return len(words) <= 14 and letters > 0.7 * len(text.replace(" ", "")) and letters > 3
