"""Where a paper names its themes: "Theme 1: ...", announced lists, run-in headings and categories of an abstract."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.likeness import Piece, items, likeness, trimmed
from ingest.extract.screening import Pattern
from ingest.reading import Reading, Section, Sentence

NUMBERS = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_NUMBER = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
_MANY = rf"(?:(?P<n>{_NUMBER}|several|various|a number of)\s+)?"

_LABEL = Pattern(
    r"\b(?:(?:key |main |major |core )?(?P<sub>sub-?\s?)?(?:theme|category|topic|domain))"
    r"\s*(?:(?P<n>\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}|[A-H](?=\s?:)|" + "|".join(NUMBERS) + r")\s*[:.–—-]|[:–—])\s*(?=\S)",
    re.IGNORECASE,
)
_LABELS = re.compile(r"(?:sub-?\s?)?(?:themes|categories)\s*[:–—]\s*(?=\S)", re.IGNORECASE)
"""The same in the plural, which in running text announces a list."""
_THEMES = r"(?:sub-?)?themes?|(?:sub-?)?categor(?:y|ies)|meta-?themes?|metacategories|topic areas?"
_ISSUES = (
    r"topics|domains|factors|issues|concepts|dimensions|influences|headings|components|areas|aspects|ways|elements|"
    r"patterns|reasons|mechanisms|codes|barriers|facilitators|determinants|constructs|tensions|findings"
)
_REPORTED = (
    r"emerged|identified|found|derived|developed|generated|revealed|arose|constructed|discerned|extracted|yielded|"
    r"resulted|uncovered|discovered|reported|presented|structured|organi[sz]ed|grouped|summari[sz]ed|described|influenc"
)
_ANNOUNCED = Pattern(
    rf"\b{_MANY}(?:[\w’'-]+,?\s+){{0,5}}?(?:(?P<theme>{_THEMES})|(?P<issue>{_ISSUES}))\b", re.IGNORECASE
)
_COUNTED = Pattern(
    rf"\b(?P<n>{_NUMBER})\s+(?:[\w’'-]+\s+){{0,3}}?(?:(?P<theme>{_THEMES})|(?P<issue>{_ISSUES}))\b", re.IGNORECASE
)
_CALLED = re.compile(rf"\b{_MANY}(?:[\w’'-]+,?\s+){{0,3}}?(?P<theme>{_THEMES})(?P<issue>(?!))?(?=\s?:)", re.IGNORECASE)
"""What calls a list themes that stands behind a colon."""
_SPECULATES = re.compile(r"\b(?:may|might|could)\s+(?:\w+\s+)?(?:account|explain|be|have)\b", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:for|in|across|within|among|between)\s+(?:all|each|both|every|most)\s+(?:\w+\s+)?\Z", re.IGNORECASE
)
"""What stands before themes that a sentence names only in passing: "for all categories"."""
_VERB = re.compile(rf"\b(?:{_REPORTED}|were|are|was|includ\w+|compris\w+|consist\w+|namely)", re.IGNORECASE)
_STRONG = Pattern(rf"\b(?:{_REPORTED})", re.IGNORECASE)
_COPULA = re.compile(
    r"\s*(?<!\bthere )\b(?:were|are|included?|comprised?|namely|consisted of)\b(?!\s+not\b)[:\s]+", re.IGNORECASE
)
_DONE = re.compile(
    r"(?:then |also |finally |first )?(?:\w+ed|read|drawn|written)(?:,| and | by | to | in | from | with | as )"
    r"|(?:\w+ly |very |more |less |most |quite )?(?:consistent|similar|common|comparable|identical|different|distinct|"
    r"evident|apparent|present|visible|relevant|independent|interdependent|saturated|typical|unique) "
    r"(?:across|among|amongst|between|in|to|for|from|of|with|within|throughout)\b"
)
"""What was done with themes, or holds for all of them, is no list of them."""
_SORTED = re.compile(
    r"\b(?:participants?|respondents?|informants?|interviewees?|patients|people|they|who)\s+(?:\w+ly\s+)?"
    r"(?:classified|categori[sz]ed|grouped|divided|sorted)\b[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
"""What announces the kinds that participants made."""
_CLASSIFIES = re.compile(
    r"\b(?!(?:it|table|figure|paper|analysis|study|results)\b)\w+\s+(?:\w+ly\s+)?"
    r"(?:categori[sz]es?|classif(?:y|ies)|distinguish(?:es)?|proposes?|posits?|defines?|divides?|identif(?:y|ies))\s",
    re.IGNORECASE,
)
"""What somebody does with things in general; what a study found is told in the past."""
_REVIEW = re.compile(r"\b(?:scoping|literature|systematic|rapid) (?:literature )?reviews?\b", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:framework|model|theory)['’]s\s+\w+\s*\Z", re.IGNORECASE)
"""What announces the parts of somebody's framework."""
_GLUED_END = re.compile(r"(?<=[\w’”)])\.(?=[A-Z“])")
_THESE = re.compile(
    r"(?:These|They|Those|The (?:main )?themes)(?: themes| factors| categories)? "
    r"(?:are|were|included?|comprised?|(?:are|were) as follows)\b[:\s]*"
)
_IN_BRACKETS = re.compile(
    r"(?:\s+(?!and\b|or\b)\w+){0,3}\s*\((?P<list>(?![^()]*\b(?:n\s?=|see|figure|fig|table|box)\b)[^()]{9,400})\)", re.I
)
_APPOSED = re.compile(
    r"(?:\s+(?:in|from|across)\s+[\w ]{1,30}?)?(?:,\s*|\s+[–—-]\s+)(?:namely,?\s+|which (?:were|are):?\s+)?"
)
_INQUIRY = Pattern(r"\b(?:interview (?:guide|schedule|topic)|topics (?:included|covered)|questions?|asked)\b", re.I)
_RUN_IN = re.compile(r"(?=\d)(?:(?<=\n)|(?<=[.:?!”\"’)]\s)|(?<=\s\s))(?P<n>\d{1,2})\.\s+(?=[A-Z“‘])")
_LONGEST_RUN_IN = 200
_FAR = 90
"""Characters between what a sentence announces and the verb that its list follows, at the most."""
_CONTINUES = re.compile(r"\(?(?:[2-9]|1\d|[b-h]|ii+|iv|vi*)\)\s", re.IGNORECASE)
_NAMED = re.compile(r"(?P<name>\S+(?: \S+){0,9}?):\s")
"""What stands before the colon of an item that goes on to say what its theme is about."""
_NUMBERED = re.compile(r"\s*\(?(?:1|a|i)\)\s", re.IGNORECASE)
_COUNTS = re.compile(r"\b[A-Za-z]{1,3}\s?=|\d\s?%|\bwith \d+ [a-z]")
_MARKED = re.compile(r":\s*\(?(?:1|a|i)\)\s", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-h]|[ivx]+)[.)]|\d{1,2}(?:\.\d{1,2})+)\s+")
_ASIDE = re.compile(
    r"\s*\((?:(?:e\.g\.|i\.e\.|for example|such as)[^)]*|"
    r"(?:see [^()]*)?(?:online )?\b(?:table|figure|fig\.|box|appendix)s? ?\d[^)]*)\)",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\s+\(\d+\)\s*\Z")
"""How often a theme was found, behind its name."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One place that words a theme: view[start:end], its label, and how it says that this is a theme.

    `source` is "label", "list", "numbered" (a list), "issues" (a list that calls them no themes), "run-in" or
    "category"; `number` what the paper numbers it; `sub` a sub-theme.
    """

    start: int
    end: int
    label: str
    source: str
    number: str | None = None
    sub: bool = False


def clean_label(words: str) -> str:
    """Return a theme's wording as a label: without its number, "Theme 1:", asides that give examples, or end marks.

    >>> clean_label("Theme 2: Waiting alone (e.g., at night).")
    'Waiting alone'
    """
    bare = _ITEM_NUMBER.sub("", words.strip())
    bare = _LABEL.compiled.sub("", bare, count=1) if _LABEL.match(bare) else bare
    bare = bare[found.end() :] if (found := _LABELS.match(bare)) else bare
    bare = _ITEM_NUMBER.sub("", bare.strip())
    bare = _TIMES.sub("", _ASIDE.sub("", bare))
    return re.sub(r"\s+", " ", bare).strip(" .:;,–—-")


def label_number(words: str) -> tuple[str | None, bool]:
    """Return the number that "Theme 3:" gives a wording, and whether it is a sub-theme.

    >>> label_number("Theme two: trust"), label_number("3.1. Theme 1: trust")
    (('2', False), ('1', False))
    """
    found = _LABEL.match(_ITEM_NUMBER.sub("", words.strip()))
    if found is None:
        return None, False
    number = found["n"]
    if number and number.casefold() in NUMBERS:
        number = str(NUMBERS[number.casefold()])
    return number, bool(found["sub"]) or (number is not None and "." in number)


def is_labelled(words: str) -> bool:
    """Say whether the words of a heading call it a theme.

    >>> is_labelled("Theme: trust"), is_labelled("Sub-theme 2: time"), is_labelled("Trust")
    (True, True, False)
    """
    return _LABEL.match(words) is not None or _LABELS.match(words) is not None


def labelled(reading: Reading) -> Iterator[Wording]:
    """Yield the wordings that "Theme 1: ..." introduces in running text; headings are not looked at."""
    for sentence in reading.sentences:
        if reading.blocks[sentence.block].kind in ("table", "quote", "note", "heading"):
            continue
        marks = [m for m in _LABEL.finditer(reading.text, sentence.start, sentence.end) if m["n"]]
        marks = [m for m in marks if m.start() == sentence.start or m.group().rstrip().endswith(":")]
        edges = [*(m.start() for m in marks[1:]), sentence.end]
        for mark, edge in zip(marks, edges, strict=False):
            piece = trimmed(reading.text, mark.start(), edge, " \t\n,;")
            words = reading.text[piece.start : piece.end]
            if len(clean_label(words)) >= 4:
                number, sub = label_number(words)
                yield Wording(piece.start, piece.end, clean_label(words), "label", number, sub)


def announced(reading: Reading, quotes: Sequence[Piece] = ()) -> Iterator[tuple[Wording, ...]]:
    """Yield each list of themes that a sentence announces ("Three themes emerged: ..."); a quote is no list."""
    for at, sentence in enumerate(reading.sentences):
        block = reading.blocks[sentence.block]
        section = reading.sections[sentence.section]
        if block.kind not in ("paragraph", "list_item") or section.kind in ("references", "back", "limitations"):
            continue
        found = _list_of(reading, at, sentence, section)
        if found is not None:
            start, end, expected, says_theme = found
            if any(q.start < end and start < q.end for q in quotes):
                continue
            glued = _GLUED_END.search(reading.text, start, end)
            end = glued.start() if glued else end
            told = reading.text[start : sentence.end].strip()
            pieces = [] if told else _list_blocks(reading, at, expected)
            pieces = pieces or items(reading.text, start, end, expected)
            pieces = [p for p in pieces if 1 <= len(reading.text[p.start : p.end].split()) <= 40]
            counts = sum(_COUNTS.search(reading.text, p.start, p.end) is not None for p in pieces)
            if len(pieces) >= 2 and 2 * counts < len(pieces):
                numbered = says_theme and told and _NUMBERED.match(reading.text, start, end)
                source = "numbered" if numbered else "list" if says_theme else "issues"
                sub = says_theme.startswith("sub")
                labels = [clean_label(reading.text[p.start : p.end]) for p in pieces]
                yield tuple(Wording(p.start, p.end, q, source, sub=sub) for p, q in zip(pieces, labels, strict=True))


def _stands_before_list(reading: Reading, at: int) -> bool:
    """Say whether sentence `at` is the last of its block and a list follows."""
    following = reading.sentences[at + 1 : at + 2]
    return any(
        one.block != reading.sentences[at].block and reading.blocks[one.block].kind == "list_item" for one in following
    )


def _list_blocks(reading: Reading, at: int, expected: int | None) -> list[Piece]:
    """Return the first sentence of each item of the list that stands behind sentence `at`; of one under a heading only
    where it has as many items as are `expected`, if that is told: else it may list something else."""
    own = last = reading.sentences[at].block
    found, under = list[Piece](), False
    for sentence in reading.sentences[at + 1 :]:
        if sentence.block == last:
            continue
        if last == own and reading.blocks[sentence.block].kind == "heading":
            under = True
            continue
        if reading.blocks[sentence.block].kind != "list_item":
            break
        last = sentence.block
        name = _NAMED.match(reading.text, sentence.start, sentence.end)
        found.append(trimmed(reading.text, sentence.start, name.end("name") if name else sentence.end))
    return [] if under and expected not in (None, len(found)) else found


def _list_of(
    reading: Reading, at: int, sentence: Sentence, section: Section
) -> tuple[int, int, int | None, str] | None:
    """Return where the list is that a sentence announces, how many items it tells, and what it calls them if themes."""
    text, head = reading.text, _announcement(reading, sentence, section)
    if head is None:
        return None
    colon = text.find(":", head.end(), sentence.end)
    numbered = colon >= 0 and _MARKED.match(text, colon) is not None
    strong = bool(head["theme"]) or numbered or _STRONG.search(text, sentence.start, sentence.end) is not None
    listed = _IN_BRACKETS.match(text, head.end(), sentence.end) if head["theme"] and head["n"] else None
    at_once = colon >= 0 and bool(head["theme"]) and colon - head.end() <= 1
    said = _VERB.search(text, sentence.start, sentence.end)
    if not at_once and not listed and (said is None or not strong):
        return None
    expected, themes = _count(head["n"]), (head["theme"] or "").casefold()
    in_methods = section.kind == "methods"
    if listed and expected and not in_methods:
        return listed.start("list"), listed.end("list"), expected, themes
    apposed = _APPOSED.match(text, head.end(), sentence.end) if themes and expected and colon < 0 else None
    if apposed and len(items(text, apposed.end(), sentence.end, expected)) == expected and not in_methods:
        return apposed.end(), sentence.end, expected, themes
    if colon >= 0:
        if _PARTS.search(text, sentence.start, colon) or _SPECULATES.search(text, head.end(), colon):
            return None
        if in_methods and not _COPULA.match(text, max(head.end(), colon - 9), colon + 1):
            return None
        return colon + 1, _list_end(reading, at), expected, themes
    if in_methods:
        return None
    behind = _behind_verb(reading, at, sentence, head, expected)
    if behind is not None:
        return *behind, expected, themes
    follows = themes and strong and _stands_before_list(reading, at)
    return (sentence.end, sentence.end, expected, themes) if follows else None


def _announcement(reading: Reading, sentence: Sentence, section: Section) -> re.Match[str] | None:
    """Return the words by which a sentence may announce a list of themes or issues of this study."""
    text = reading.text
    head = _ANNOUNCED.search(text, sentence.start, sentence.end)
    counted = _COUNTED.search(text, sentence.start, sentence.end)
    head = counted if head and counted and counted.end() == head.end() else head
    if head is not None and not head["theme"] and text.find(":", head.end(), sentence.end) >= 0:
        head = _CALLED.search(text, sentence.start, sentence.end) or head
    if (
        head is None
        or _LABEL.search(text, sentence.start, sentence.end)
        or _INQUIRY.search(text, sentence.start, sentence.end)
        or _REVIEW.search(section.heading)
        or _is_of_others(reading, sentence)
    ):
        return None
    if not _may_announce(section.kind, bool(head["theme"])) or _SORTED.search(text, sentence.start, _noun(head)):
        return None
    return head


def _behind_verb(
    reading: Reading, at: int, sentence: Sentence, head: re.Match[str], expected: int | None
) -> tuple[int, int] | None:
    """Return where a list is that no colon begins: in the next sentence ("These are"), or behind "were"."""
    text = reading.text
    if at + 1 < len(reading.sentences):
        following = reading.sentences[at + 1]
        these = _THESE.match(text, following.start, following.end)
        if these and following.block == sentence.block:
            return these.end(), following.end
    several = head["theme"] and (expected or head["theme"].casefold().endswith("s"))
    several = several and not _NO_SUBJECT.search(text, sentence.start, _noun(head))
    copulas = _COPULA.finditer(text, head.end(), sentence.end) if several else ()
    copula = next((found for found in copulas if not _DONE.match(text, found.end())), None)
    if copula is None or copula.end() - head.end() > _FAR:
        return None
    return copula.end(), _list_end(reading, at)


def _is_of_others(reading: Reading, sentence: Sentence) -> bool:
    """Say whether a sentence with a reference tells how others sort things: "Lee classifies them into ... [2]"."""
    if _CLASSIFIES.search(reading.text, sentence.start, sentence.end) is None:
        return False
    number = bisect_left(reading.citations, sentence.start, key=lambda mark: mark.at)
    return number < len(reading.citations) and reading.citations[number].at <= sentence.end


def _noun(head: re.Match[str]) -> int:
    """Return where the noun of an announcement begins."""
    return head.start("theme") if head["theme"] else head.start("issue")


def _may_announce(kind: str, says_theme: bool) -> bool:
    return kind in ("results", "abstract", "discussion", "conclusions") or (
        says_theme and kind in ("methods", "front", "other", "background")
    )


def _count(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdigit() else NUMBERS.get(words.casefold())


def _list_end(reading: Reading, at: int) -> int:
    """Return where a list that begins in sentence `at` ends: "(2) ..." may be a sentence or a block of its own."""
    last = reading.sentences[at]
    for sentence in reading.sentences[at + 1 :]:
        block = reading.blocks[sentence.block]
        if not (_CONTINUES.match(reading.text, sentence.start) or block.kind == "list_item"):
            break
        last = sentence
    return last.end


def run_in(reading: Reading, within: Sequence[Piece]) -> list[Wording]:
    """Return "1. ...", "2. ..." that stand as headings inside the paragraphs of the results: whole sentences, in order.

    What follows the number must not be longer than a heading, and at least two numbers must be there.
    """
    text = reading.text
    found: list[Wording] = []
    for region in within:
        for mark in _RUN_IN.finditer(text, region.start, region.end):
            if int(mark["n"]) != len(found) + 1:
                continue
            sentence = reading.sentence_at(mark.end())
            if sentence is None or reading.blocks[sentence.block].kind == "table":
                continue
            end = sentence.end
            if end - mark.end() <= _LONGEST_RUN_IN and text[end - 1] != "?":
                label = clean_label(text[mark.start("n") : end])
                found.append(Wording(mark.start("n"), end, label, "run-in", mark["n"]))
    return found if len(found) >= 2 else []


def same_theme(one: str, other: str) -> bool:
    """Say whether two wordings name one theme.

    >>> same_theme("GPs' worries about workload", "worries of GPs concerning their workload")
    True
    """
    return likeness(one, other) >= 0.66
