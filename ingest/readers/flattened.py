"""Text whose line breaks are gone: paragraphs and headings that stand without anything between them.

Joining the text nodes of an XML article puts "...of care.Data analysisWe used..." in one line. Where two elements
met, a capital follows a full stop or a small letter at once; such places are taken for line breaks.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from ingest.readers.lines import Line
from ingest.repair import Words

_OPENS = r"(?=[A-Z][a-zA-Z ’']|[“\"‘][a-zA-Z’'“…\[]|[A-Z]: |\[[A-Z]|[•▪●])"
_SENTENCE_GLUE = re.compile(
    r"(?<=[a-z0-9%)\]”’\"'])[.?!][\"”’')\]]*(?:\[\d{1,3}(?:[,–\- ]+\d{1,3})*\]|\d{1,3}(?:[,–-]\d{1,3})*)?"
    rf"(?:{_OPENS}|(?<=[.])(?=…))"
)
_COLON_GLUE = re.compile(rf"(?<=[a-z)\]]):(?:{_OPENS}|(?=…))")
_BRACKET_GLUE = re.compile(r"[\])](?=[A-Z][A-Za-z-]*,? [a-zA-Z(]|[“\"‘][A-Z…a-z]|\d{1,2}\. [A-Z])")
_CASE_GLUE = re.compile(
    r"(?<=[a-z]{2})(?=[A-Z][a-z’]* ?|[“]|[•▪●])|(?<=[a-z]{2}[’”)])(?=[A-Z][a-z]+ )"
    r"|(?<=[A-Z]{2})(?=[A-Z][a-z]{2,} [a-z])|(?<=[a-z] \d)(?=[A-Z][a-z]{3,})|(?<=[a-z] \d\d)(?=[A-Z][a-z]{3,})"
)
_FRONT_GLUE = re.compile(r"(?<=\d)(?=[A-Z][a-z]+ )|(?<=[☆†‡])(?=[A-Z])")
_KNOWN = re.compile(
    r"(?<=[a-z\d.)\]?”])(?=(?:Abstract|Background|Introduction|Objectives?|Aims?|Methods?|Results|Findings|Discussion|"
    r"Conclusions?|Limitations|Keywords|References|Acknowledge?ments|Abbreviations|Highlights|Design|Setting|"
    r"Participants|Strengths and limitations|Materials and methods|Patients and methods|Competing interests|"
    r"Electronic supplementary material|Trial registration|Pre-publication history|Supplementary Material|"
    r"Authors?[’'] contributions|Additional files?|Open Access|Ethics|Funding)[A-Z][a-z]*[ a-z])"
)
_FLOAT = re.compile(
    r"(?<=[a-z\d.)\]])(?=(?:Table|Box|Figure|Fig\.|Additional file) \d{1,2}[A-Z:.])"
    r"|(?<=Table \d)(?=[A-Z])|(?<=Figure \d)(?=[A-Z])"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_BLANKS = re.compile(r"(?<=[.?!:;”\"’'\])…])(?:[ \t\xa0\u2003]{2,})(?=\S)")
_ONE_BLANK = re.compile(r"[a-z][.?!][”\"]? [A-Z“\"]")
_NAMES = re.compile(
    r"(?:(?:[A-Z][a-z’'-]+ )?[A-Z][a-z’'-]{1,20}[A-Z]{1,3}(?=[A-Z][a-z])){2}"
    r"|[A-Za-z.)](?:19|20)\d\d[;:]?\d{2,}|\b(?:19|20)\d\d;\d+(?:\(\d+\))?:\w|\b10\.\d{4,5}/"
)
"""What fills glued reference lists: "SmithJJonesAB", a journal glued to year, volume and page, a DOI."""
_ENTRY = re.compile(r"References(?=\d|[A-Z])|(?<=[.)a-z\d])1\.?(?=[A-Z][a-z])")
_ENTRY_END = re.compile(r"\d{3,}(?=[A-Z][a-z]+[ A-Z])|\Z")
_REFERENCE_GAP = 2500
_FEWEST_REFERENCES = 6
_LONGEST_FRONT = 8000
_HABIT = 2
"""Who types two blanks after every full stop does so more often than not; paragraphs of quotations are short ones."""
_LONGEST_HEADING = 150
_WINDOW = 40


def is_flattened(stored: str) -> bool:
    """Say whether elements of the text stand together without anything between them.

    >>> is_flattened("We asked nurses.They agreed.We asked doctors.They did not.Then we left.It was late.")
    True
    """
    glued = sum(1 for _ in _SENTENCE_GLUE.finditer(stored))
    apart = sum(1 for _ in _ONE_BLANK.finditer(stored))
    return glued >= 4 and glued >= 0.06 * apart


def split_long_lines(stored: str, lines: list[Line], words: Words) -> list[Line]:
    """Return the lines cut where paragraphs meet inside one: at wide gaps and, in flattened text, at glued places."""
    flattened = is_flattened(stored)
    wide = sum(1 for _ in _BLANKS.finditer(stored))
    habit = wide > _HABIT * sum(1 for _ in _ONE_BLANK.finditer(stored))
    references = [*_reference_list(stored)] if flattened else []
    front_end = _front_end(stored) if flattened else 0
    result: list[Line] = []
    for line in lines:
        at = set() if habit else {line.start + found.end() for found in _BLANKS.finditer(line.text)}
        if flattened:
            at.update(line.start + place for place in _glued(line.text, words, front_end - line.start))
            at = {place for place in at if not any(a < place < b for a, b in references)}
            at.update(a for a, _ in references if line.start < a < line.end)
            at.update(b for _, b in references if line.start < b < line.end)
        result.extend(_cut(stored, line, sorted(at)))
    begins = {a for a, _ in references}
    return [replace(line, opens="references") if line.start in begins else line for line in result]


def _reference_list(stored: str) -> Iterable[tuple[int, int]]:
    """Yield where names with initials stand glued together again and again, as in a reference list without tags."""
    hits = [found.start() for found in _NAMES.finditer(stored, int(0.3 * len(stored)))]
    runs: list[list[int]] = []
    for hit in hits:
        if runs and hit - runs[-1][-1] < _REFERENCE_GAP:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    for run in runs:
        if len(run) >= _FEWEST_REFERENCES:
            numbered = _ENTRY.search(stored, max(0, run[0] - 400), run[0])
            end = _ENTRY_END.search(stored, run[-1] + 60, min(len(stored), run[-1] + 400))
            yield numbered.start() if numbered else run[0], end.end() if end else min(len(stored), run[-1] + 400)


def _front_end(stored: str) -> int:
    """Return where the first heading of an abstract or a body stands: before it, names and numbers are glued anyhow."""
    found = _KNOWN.search(stored)
    return found.start() if found and found.start() < _LONGEST_FRONT else 0


def _glued(text: str, words: Words, front_end: int) -> Iterable[int]:
    """Return the places where a new paragraph, heading or cell begins; `front_end` is where the front matter ends."""
    strong = {found.end() for found in _SENTENCE_GLUE.finditer(text) if not _inside_name(text, found.end())}
    strong |= {found.end() for found in _COLON_GLUE.finditer(text) if not _inside_name(text, found.end())}
    strong |= {found.end() for found in _BRACKET_GLUE.finditer(text)}
    strong |= {found.start() for found in _KNOWN.finditer(text)}
    strong |= {found.start() for found in _FLOAT.finditer(text)}
    strong |= {found.start() for found in _FRONT_GLUE.finditer(text, 0, max(front_end, 0))}
    last = 0
    edges = sorted(strong)
    following = 0
    found = set(strong)
    for case in _CASE_GLUE.finditer(text):
        place = case.start()
        while following < len(edges) and edges[following] <= place:
            last = max(last, edges[following])
            following += 1
        heading = 3 < place - last <= _LONGEST_HEADING and not re.search(r"[a-z][.;] ", text[last:place])
        front = place < front_end
        if (
            place not in found
            and (front or heading or _two_words(text, place, words))
            and not _is_name(text, place, words)
        ):
            found.add(place)
            last = place
    return found


def _inside_name(text: str, place: int) -> bool:
    """Say whether the place lies in an address: "www.Example", "doi:10", "name@host.Org"."""
    token = re.split(r"\s", text[max(0, place - _WINDOW) : place])[-1]
    ahead = re.split(r"\s", text[place : place + _WINDOW])[0]
    return "@" in token + ahead or "//" in token or "www" in token.casefold()


def _two_words(text: str, place: int, words: Words) -> bool:
    """Say whether both sides of the place are words of the document and the whole is not."""
    before = _WORD_BEFORE.search(text, max(0, place - _WINDOW), place)
    after = _WORD_AFTER.match(text, place)
    if not before or not after:
        return True
    left, right = before.group(), after.group()
    return len(left) > 2 and words[left] > 1 and words[right] > 1 and words[left + right] <= 1


def _is_name(text: str, place: int, words: Words) -> bool:
    """Say whether a capital inside a word belongs there: McDonald, NVivo, WhatsApp said more than once."""
    before = _WORD_BEFORE.search(text, max(0, place - _WINDOW), place)
    after = _WORD_AFTER.match(text, place)
    if not before or not after:
        return False
    left, right = before.group(), after.group()
    return left in ("Mc", "Mac", "De", "Le", "La", "Van", "Fitz", "Du", "Di") or words[left + right] > 2


def _cut(stored: str, line: Line, places: list[int]) -> list[Line]:
    if not places:
        return [line]
    result: list[Line] = []
    edges = [line.start, *places, line.end]
    for a, b in pairwise(edges):
        raw = stored[a:b]
        text = raw.strip()
        if text:
            start = a + len(raw) - len(raw.lstrip())
            first = not result
            gap, indent = (line.gap, line.indent) if first else (1, 0)
            result.append(Line(start, start + len(text), text, gap, indent, line.page and first, line.cut and first))
    return result
