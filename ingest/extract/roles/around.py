"""The words around a noun that could name people: for whom they speak, where they are placed, or that it is nobody."""

import re

from ingest.extract.wording import any_of

_CLOSES = any_of(
    "who, that, which, were, was, is, are, had, has, have, may, might, can, could, will, would, shall, should, must, "
    "in, on, at, to, and a, and an, and the, and one, or a, responsible, involved, working, in charge"
)
_PLACED = any_of("embedded, working, based, employed, located, specialising, specializing")
ADDED = re.compile(rf"\s*\[(?P<words>{_PLACED}[^\[\]]{{2,60}})\]")
"""Where editors say in brackets that people are placed ("the PA [embedded in the ward]")."""
_BODY = any_of(
    "organisation, organization, organisations, organizations, association, associations, union, ministry, department, "
    "company, companies, authority, council, agency, agencies, board, society, college, foundation, charity, committee"
)
_WORD = r"[^\W\d_][\w’'-]*"
_SPEAKS_FOR = re.compile(
    rf"\s+(?P<words>(?:of|from|for)\s+(?:(?!\w+(?:ed|ing)\b|and\s+(?:an?|the|one|two)\b){_WORD}\s+){{0,9}}?"
    rf"(?:{_BODY}\b(?!\s+(?:of|for)\b)|{_WORD}(?=\s*(?:[,;.:()\[\]\n]|\Z)|\s+{_CLOSES}\b)))"
)
_FREELY = re.compile(
    r"\b(?:participants?|subjects|respondents|interviewees|sample|individuals)\b[^.;:]{0,80}?\b(?:was|were|are)\s+"
    r"(?:all\s+)?\Z"
    r"|\bhealthy\s+\Z",
    re.IGNORECASE,
)
"""Before "volunteers": those who took part of their own will."""
_CITED = re.compile(r"[A-Z][\w’'-]+,?\s+and\s+(?:his\s+|her\s+|their\s+)?\Z")
"""Before "colleagues": the first author of what is cited."""
_ONE = re.compile(r"\b(?:an?|the|one|each|every|another)\s+\Z", re.IGNORECASE)
_SPEAKERS = frozenset({"representative", "official"})
_NEAR = 120
_DEALINGS = re.compile(r"\s+(?:with|between)\b", re.IGNORECASE)
"""Behind "liaison": what is done, not who does it."""
_MEMOIRE = re.compile(r"[-‐‑–]m[ée]moire", re.IGNORECASE)


def speaks_for(text: str, start: int, key: tuple[str, ...], end: int) -> re.Match[str] | None:
    """Return the words that tell for whom a representative speaks or an official acts, or None, as for what is
    representative of others."""
    if key[-1] not in _SPEAKERS or not (text[end - 1] == "s" or _ONE.search(text, max(0, start - 12), start)):
        return None
    return _SPEAKS_FOR.match(text, end)


def is_nobody(text: str, start: int, end: int, key: tuple[str, ...]) -> bool:
    """Say whether the words around text[start:end] tell that it names no role: colleagues of a cited author, volunteers
    who took part of their own will, liaison as what is done, and an aide-mémoire."""
    if key[-1] == "colleague":
        return _CITED.search(text, max(0, start - _NEAR), start) is not None
    if key == ("volunteer",):
        return _FREELY.search(text, max(0, start - _NEAR), start) is not None
    if key[-1] == "liaison":
        return _DEALINGS.match(text, end) is not None and _ONE.search(text, max(0, start - _NEAR), start) is None
    return key[-1] == "aide" and _MEMOIRE.match(text, end) is not None
