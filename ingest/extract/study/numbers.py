"""Numbers and dates as papers write them: "thirty-three", "N = 25", "March through June 2017"."""

import re
from collections.abc import Iterator
from itertools import product

from ingest.extract.screening import Pattern

_UNITS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_WORDS |= {f"{ten} {_UNITS[unit]}": _WORDS[ten] + unit for ten, unit in product(_TENS, range(1, 10))}
_HUNDRED = re.compile(r"(?P<hundreds>an?|[a-z]+) hundred(?: and)?(?: (?P<rest>[a-z ]+))?")
_TENS_AND_UNITS = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?"
    rf"|{'|'.join(sorted(_UNITS[1:], key=len, reverse=True))}"
)

NUMBER = (
    r"(?:\d{1,3}(?:[, \u2009\u00a0]\d{3})+(?![\d.%])|\d+(?![\d.,]*\d)|"
    rf"(?:an?|{'|'.join(_UNITS[1:10])}) hundred(?:(?: and)? (?:{_TENS_AND_UNITS}))?|{_TENS_AND_UNITS})"
)
"""Source of a pattern for a whole number in digits or in words below one thousand; use with IGNORECASE."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?"
_AFTER = r"(?: \d{1,2}(?:st|nd|rd|th)?)?,?"
_YEAR = r"(?:19|20)\d\d"
_TO = r"(?: ?(?:[-–—]|\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b) ?(?:the end of |early |late |mid-?)?)"
_POINT = rf"{_DAY}{_MONTH}{_AFTER}(?: of)? ?{_YEAR}"
_PERIODS = tuple(
    Pattern(source)
    for source in (
        rf"(?P<a>{_POINT}){_TO}(?P<b>{_POINT})",
        rf"{_DAY}(?P<m>{_MONTH}){_AFTER}{_TO}{_DAY}(?P<n>{_MONTH}){_AFTER}(?: of)? ?(?P<y>{_YEAR})",
        rf"(?P<p>{_POINT})",
        rf"(?<![\d-])(?P<y1>{_YEAR}){_TO}(?P<y2>{_YEAR})(?![\w-])",
        rf"(?<![\d/.-])(?P<s>{_YEAR})(?![\d/-])",
    )
)


def number_of(words: str) -> int | None:
    """Return the whole number that `words` say, in digits or words below one thousand; None if they say none.

    >>> number_of("Thirty three"), number_of("1,204"), number_of("one hundred and six"), number_of("many")
    (33, 1204, 106, None)
    """
    plain = re.sub(r"[-\s]+", " ", words.strip().casefold())
    digits = re.sub(r"[,\s]", "", plain)
    hundred = _HUNDRED.fullmatch(plain)
    if hundred:
        many = 1 if hundred["hundreds"] in ("a", "an") else _WORDS.get(hundred["hundreds"], 0)
        rest = _WORDS.get(hundred["rest"]) if hundred["rest"] else 0
        return 100 * many + rest if many and rest is not None else None
    return int(digits) if digits.isdecimal() else _WORDS.get(plain)


def month_of(word: str) -> int:
    """Return the number of a month by its name or abbreviation.

    >>> month_of("Sept."), month_of("march")
    (9, 3)
    """
    return "janfebmaraprmayjunjulaugsepoctnovdec".index(word.casefold()[:3]) // 3 + 1


def date_of(words: str) -> str:
    """Return year, or year and month, of words that `dates` found, as ISO 8601 has it.

    >>> date_of("3 March 2017"), date_of("2014")
    ('2017-03', '2014')
    """
    year = re.search(_YEAR, words)
    month = re.search(_MONTH, words)
    stated = year.group() if year else ""
    return f"{stated}-{month_of(month.group()):02d}" if month else stated


def dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and ISO 8601 value of each period or date in `text`, the longest reading of each place.

    >>> [found[2] for found in dates("from March through June 2017, again in 2019")]
    ['2017-03/2017-06', '2019']
    >>> [found[2] for found in dates("between September 2007 and November 2009")]
    ['2007-09/2009-11']
    """
    taken: list[tuple[int, int, str]] = []
    for pattern in _PERIODS:
        for match in pattern.finditer(text):
            if all(match.end() <= a or match.start() >= b for a, b, _ in taken):
                taken.append((match.start(), match.end(), _value(match)))
    yield from sorted(taken)


def _value(match: re.Match[str]) -> str:
    told = match.groupdict()
    if "a" in told:
        return f"{date_of(match['a'])}/{date_of(match['b'])}"
    if "m" in told:
        return f"{match['y']}-{month_of(match['m']):02d}/{match['y']}-{month_of(match['n']):02d}"
    if "y1" in told:
        return f"{match['y1']}/{match['y2']}"
    return date_of(match.group())
