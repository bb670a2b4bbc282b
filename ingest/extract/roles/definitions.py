"""Abbreviations that a paper defines itself.

The search for the words that an abbreviation stands for follows Schwartz and Hearst, "A simple algorithm for
identifying abbreviation definitions in biomedical text" (Pacific Symposium on Biocomputing 2003): its letters are
matched from the last to the first, and the first one must begin a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKETED = re.compile(r"[(\[]\s*+([^()\[\]\s][^()\[\]]{1,79}(?<!\s))\s*+[)\]]")
_SHORT = re.compile(r"([A-Z][A-Za-z0-9&/-]{0,9}?[A-Z&/-]?[A-Za-z0-9]?)(?:['’]?s)?\Z")
_LEGEND = re.compile(r"([A-Z](?<![\w-].)[A-Za-z-]{1,9}?)s?\s*(?:=|:|,)\s*((?:[^\W\d_][\w'’/-]*[ ]?){2,8})")
"""Letters and the words behind them; what stands before is looked at behind the capital, which is found fastest."""
_HEREAFTER = re.compile(
    r"(?:here(?:in)?after|henceforth|from here on|subsequently)(?:,)?\s*(?:is |are |also )?"
    r"(?:referred to as|called|termed|known as|abbreviated (?:as|to))?\s*[:,]?\s*[\"“‘']?([^\"”’']{2,60})",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z]{1,4}(?:(?:,| and| &)\s*[A-Z]{1,4})+\Z")
"""A list of short capitals: people of the study team, not an abbreviation."""
_CLAUSE = re.compile(r"[.;:!?()\[\]“”\"]\s")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the words it stands for: text[start:end] and, with the brackets, text[short_start:short_end].

    `short` is singular; `is_initials` is false where the paper gives another name and no abbreviation."""

    short: str
    start: int
    end: int
    short_start: int
    short_end: int
    is_initials: bool = True


def find_definitions(text: str) -> Iterator[Definition]:
    """Yield the short forms that `text` defines, in order of their place, legends of tables last.

    >>> [(d.short, "Primary care nurses (PCNs) met.  "[d.start:d.end]) for d in find_definitions(
    ...     "Primary care nurses (PCNs) met.")]
    [('PCN', 'Primary care nurses')]
    """
    for match in _BRACKETED.finditer(text):
        inner = match.group(1)
        if _INITIALS.match(inner):
            continue
        hereafter = _HEREAFTER.match(inner)
        if hereafter:
            inner = hereafter.group(1).strip()
        first = re.split(r"[;,]| or ", inner, maxsplit=1)[0].strip()
        short = _SHORT.match(first)
        if short and _capitals(short.group(1)):
            found = _expansion(text, match.start(), short.group(1))
            if found is not None:
                yield Definition(_bare(first), found[0], found[1], match.start(), match.end())
                continue
        if hereafter:
            start = _clause_start(text, match.start())
            yield Definition(inner, start, match.start(), match.start(), match.end(), is_initials=False)
        elif _is_reverse(text, match):
            at = match.start(1)
            word = re.search(r"([A-Z][A-Za-z-]{1,9})\s*\Z", text[max(0, match.start() - 14) : match.start()])
            if word and matches_initials(_bare(word.group(1)), inner):
                yield Definition(
                    _bare(word.group(1)), at, match.end(1), match.start() - len(word.group(0)), match.end()
                )
    for legend in _LEGEND.finditer(text):
        words = legend.group(2).rstrip()
        name = _bare(legend.group(1))
        fits = _heads_words if "," in legend.group() else matches_initials
        if _capitals(name) and fits(name, words):
            yield Definition(name, legend.start(2), legend.start(2) + len(words), legend.start(1), legend.end(1))


def matches_initials(short: str, words: str) -> bool:
    """Say whether the letters of `short` are found in order in all of `words`, the first at its beginning.

    >>> matches_initials("GP", "general practitioners"), matches_initials("GP", "nurses in general practice")
    (True, False)
    """
    return _match_letters(short, words) == 0


def _heads_words(short: str, words: str) -> bool:
    """Say whether every letter of `short` begins one of `words`, in order, and the first letter the first of them."""
    letters = list(short.casefold())
    if not words.casefold().startswith(letters[0]):
        return False
    for word in words.casefold().split():
        if letters and word[0] == letters[0]:
            letters.pop(0)
    return not letters


def _expansion(text: str, end: int, short: str) -> tuple[int, int] | None:
    """Return the words before `end` that `short` stands for; with and without a plural s."""
    start = max(_clause_start(text, end), 0)
    words = text[start:end].rstrip()
    limit = min(len(_bare(short)) + 5, 2 * len(_bare(short)) + 1)
    pieces = list(re.finditer(r"\S+", words))[-limit:]
    if not pieces:
        return None
    offset = pieces[0].start()
    for form in dict.fromkeys((_bare(short), short)):
        at = _match_letters(form, words[offset:])
        if at is not None:
            return start + offset + at, start + len(words)
    return None


def _match_letters(short: str, words: str) -> int | None:
    """Return where in `words` the expansion of `short` begins (Schwartz and Hearst 2003), or None."""
    at = len(words) - 1
    letters = [letter.casefold() for letter in short if letter.isalnum()]
    folded = words.casefold()
    if len(folded) != len(words):
        return None
    for number in range(len(letters) - 1, -1, -1):
        while at >= 0 and (folded[at] != letters[number] or (number == 0 and at > 0 and folded[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = at + 1
    expansion = words[start:]
    if len(expansion) <= len(short) or short.casefold() in re.findall(r"[\w-]+", expansion.casefold()):
        return None
    return start


def _capitals(short: str) -> bool:
    bare = _bare(short)
    return len(bare) >= 2 and sum(letter.isupper() for letter in bare) >= 2


def _bare(short: str) -> str:
    """Return a short form without the s of its plural."""
    bare = re.sub(r"['’]s?$", "", short.strip())
    return bare[:-1] if len(bare) > 2 and bare.endswith("s") and bare[-2].isupper() else bare


def _is_reverse(text: str, match: re.Match[str]) -> bool:
    inner = match.group(1)
    return inner[0].isalpha() and " " in inner and not re.search(r"\d", inner)


def _clause_start(text: str, end: int) -> int:
    floor = max(0, end - 200)
    breaks = [m.end() for m in _CLAUSE.finditer(text, floor, end)]
    line = text.rfind("\n", floor, end) + 1
    return max([floor, line, *breaks])
