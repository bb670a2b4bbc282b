"""Rules of thumb: by which criterion people decide whose task something is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extract.context import Located, make
from ingest.extract.likeness import Piece, items, likeness, stems, trimmed
from ingest.extract.screening import Pattern
from ingest.extract.statements import Narrative, Statement, with_headings
from ingest.extract.voices import Voice, Voices
from ontology.model import DecisionRule

_PERSON = (
    r"(?:person|provider|prescriber|clinician|doctor|physician|nurse|professional|practitioner|specialist|manager|"
    r"coordinator|team|service|department|discipline|one|pharmacist|therapist|worker)"
)
_WHICH = r"(?:who|whose|that|which|with|in|closest|nearest|most|first|\w+ing)"
_ITEM = re.compile(
    rf"(?:(?:the|a|any)\s+(?:[\w-]+\s+)?{_PERSON}\s+{_WHICH}\b|whoever\b|whichever\s+{_PERSON}\b)", re.IGNORECASE
)
_LIST = re.compile(
    r"\((?:i\.e\.|e\.g\.|that is|namely|such as|for example)?,?\s*(?P<inside>[^()]{20,600})\)|"
    r":\s+(?P<after>[^:.]{20,600})"
)
_DECIDES = Pattern(
    r"\b(?:rules?|criteri(?:a|on)|principles?|heuristics?|determin\w+|decid\w+|decision|depend\w*|who|whom|"
    r"responsib\w+|whose|prescriber|lead|negotiat\w+|assign\w*|should be)\b",
    re.IGNORECASE,
)
_RULES: tuple[tuple[str, str], ...] = (
    ("be", rf"(?:the|an?|their)\s+(?:[\w-]+\s+){{0,3}}?[\w-]+\s+(?:should|must|ought to|"
        rf"would)\s+(?:\w+ly\s+)?be\s+(?:the\s+|an?\s+)?{_PERSON}\s+"
     r"(?:who|whose|that|responsible|with|treating|seeing|managing)\b[^.;:,]*"),
    ("sense", rf"\b(?:it\s+)?(?:makes?|made|making)\s+(?:\w+\s+)?sense\s+for\s+(?:the|a|"
        rf"whichever)\s+(?:[\w-]+\s+)?{_PERSON}\s+(?:who|that|whose)\b[^.;,]{{5,90}}?\s+to\s+[^.;,]{{3,60}}?"
     r"(?=[.;,]|\s+and\s|$)"),
    ("whoever", rf"(?:\bwhoever|\bwhichever\s+{_PERSON}|\bthe\s+(?:[\w-]+\s+)?{_PERSON}\s+(?:who|that|whose))"
        rf"\b[^.;,]{{5,90}}?\s+(?:should|must|ought to|"
     r"takes?|has to|is responsible)\b[^.;,]{0,80}"),
    ("case", r"\b(?:determined|decided|made|chosen|negotiated|settled|assigned|agreed|handled|"
        r"managed)\s+(?:\w+\s+)?on\s+an?\s+(?:individual|case[- ]by[- ]case)\s+basis"
     r"(?:\s+(?:because|depending|based|according)\b[^.;:]*)?"),
    ("depends", rf"\bdepend(?:s|ed|ing)?\s+(?:up)?on\s+(?:who\b|which\s+(?:\w+\s+)?{_PERSON}\b|whose\b)[^.;:]*"),
    ("window", r"(?:[\w’'-]+\s+){1,8}(?:is|was|are|were|as)\s+(?:a|an|the)\s+(?:\w+\s+)?(?:window|point|time|stage|"
        r"moment|trigger|signal|situation|threshold)\s+"
     r"(?:where|when|at which|for)\s+(?:it\s*(?:['’]s|is|was)\s+(?:\w+\s+)?(?:appropriate|time|"
     r"reasonable)\s+for\s+)?[^.;:,]{8,120}"),
)  # fmt: skip
_SPOKEN: tuple[tuple[str, str], ...] = (
    ("owner", r"(?:(?<=\bis\s)|(?<=\bdepends on\s)|(?<=\bon\s)|(?<=\bto\s))who\s+(?:owns?|sees|knows|started|"
        r"initiated|has|follows|ordered|treats|prescribed)\b[^.,;]*"),
    ("takeover", r"\b(?:if|when|where|once)\b[^.;]{8,110}?,\s*(?:then\s+)?(?:\w+\s+){1,4}?(?:would|will|should|"
        r"['’]ll|['’]d)\s+(?:\w+\s+){0,2}?take\s+(?:it\s+)?over\b[^.,;]*"),
)  # fmt: skip
_COMPILED = tuple((name, Pattern(pattern, re.IGNORECASE)) for name, pattern in _RULES)
_QUOTED = tuple((name, Pattern(pattern, re.IGNORECASE)) for name, pattern in (*_RULES[:3], *_SPOKEN))
_LEAD = re.compile(
    r"(?:(?:said|says|described|reported|felt|believed|thought|noted|stated|explained|that|how)\s+)+", re.IGNORECASE
)
_WHEN = re.compile(r"\b(?:if|when|where|once|because)\b[^,.;]*", re.IGNORECASE)
_WHO = re.compile(r"\b(?:who|whose|that)\b(?P<what>.*?)(?:\s+to\s+be\b|\s+should\b|$)", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?:regularly|frequently|often|closely|frequent|regular)\b", re.IGNORECASE)
_PEOPLE = stems("patient patients person client")
_SAME = 0.62
_LONGEST = 3000
"""Characters of a quote that are looked at."""
_NEXT_ITEM = 12
"""Characters between two items of one list."""


@dataclass
class _Draft:
    pieces: list[Piece]
    label: str
    condition: str | None
    role: str | None
    holders: tuple[str, ...]
    quote: int | None


def extract_rules(study: str, narrative: Narrative, voices: Voices) -> tuple[Located[DecisionRule], ...]:
    """Return the rules of thumb that say whose task something is, each once.

    A rule is an item of a list of people told apart by what they do ("the nurse who sees the patient most"), a
    sentence that makes such a person responsible, a decision case by case, or a sign that it is time for somebody to
    take over. A participant's own words for it, in the quote that a sentence introduces, belong to the same rule.
    """
    drafts: list[_Draft] = []
    before: tuple[str, ...] = ()
    for statement in with_headings(narrative):
        voice = voices.of(statement.start, statement.end, before) or voices.by(statement.start, statement.end)
        before = (voice.holders if voice else ()) or before
        if statement.cited or statement.sample or (statement.place == "conclusions" and voice is None):
            continue
        for draft in _of_statement(narrative, voices, statement, voice):
            _add(narrative, drafts, draft)
    for index, quote in enumerate(narrative.quotes):
        for name, pattern in _QUOTED:
            for found in pattern.finditer(narrative.reading.text, quote.start, min(quote.end, quote.start + _LONGEST)):
                piece = trimmed(narrative.reading.text, found.start(), found.end())
                draft = _draft(narrative, voices, name, piece, quote.record.speaker_roles, index)
                _add(narrative, drafts, draft)
    return tuple(_record(study, narrative, draft) for draft in drafts)


def _of_statement(narrative: Narrative, voices: Voices, statement: Statement, voice: Voice | None) -> Iterator[_Draft]:
    text = narrative.reading.text
    spoken = narrative.quotes[statement.quote].record.speaker_roles if statement.quote is not None else ()
    holders = (voice.holders if voice and voice.holders else ()) or spoken
    if _DECIDES.search(text, statement.start, statement.end):
        for found in _LIST.finditer(text, statement.start, statement.end):
            start, end = found.span("inside") if found["inside"] else found.span("after")
            pieces = items(text, start, end)
            if len(pieces) >= 2 and sum(bool(_ITEM.match(text, p.start, p.end)) for p in pieces) * 2 > len(pieces):
                for piece in pieces:
                    yield _draft(narrative, voices, "list", piece, holders, statement.quote)
                return
    for name, pattern in _COMPILED:
        for found in pattern.finditer(text, statement.start, statement.end):
            start = found.start()
            if name == "window":
                said = [m for m in _LEAD.finditer(text, start, found.end()) if m.end() < found.end() - 30]
                start = said[-1].end() if said and said[-1].start() - start < 60 else start
                if not re.search(
                    r"\b(?:take|taking|hand|step|prescrib|refer|manag|involve)", text[start : found.end()]
                ):
                    continue
            piece = trimmed(text, max(start, statement.start), found.end())
            yield _draft(narrative, voices, name, piece, holders, statement.quote)


def _draft(
    narrative: Narrative, voices: Voices, name: str, piece: Piece, holders: tuple[str, ...], quote: int | None
) -> _Draft:
    text = narrative.reading.text
    words = " ".join(text[piece.start : piece.end].split())
    when = _WHEN.search(text, piece.start, piece.end)
    condition = " ".join(when.group().split()) if when and name in ("case", "takeover") else None
    named = [
        i for i in voices.named(piece.start, piece.end) if not voices.is_patient_side(i) and not voices.is_group(i)
    ]
    role = named[0] if len(named) == 1 and name in ("whoever", "be", "takeover", "window") else None
    if name == "window":
        condition = words.split(" is ")[0]
        own = re.search(r"\bfor (?:them|us|me|him|her)\b", words)
        role = holders[0] if own and len(holders) == 1 else role
    if name == "takeover" and re.search(r"\b(?:I|we)\b", words) and len(holders) == 1:
        role = holders[0]
    return _Draft([piece], words, condition, role, holders, quote)


def _add(narrative: Narrative, drafts: list[_Draft], draft: _Draft) -> None:
    text = narrative.reading.text
    here = draft.pieces[0]
    for other in drafts:
        if any(p.start < here.end and here.start < p.end for p in other.pieces):
            return
        linked = draft.quote is not None and draft.quote == other.quote and len(other.pieces) < 3
        inside = linked and here.start >= narrative.quotes[draft.quote or 0].start
        listed = 0 <= here.start - other.pieces[-1].end < _NEXT_ITEM
        if inside or (not listed and _same(text[here.start : here.end], other.label)):
            other.pieces.append(here)
            other.condition = other.condition or draft.condition
            other.role = other.role or draft.role
            other.holders = other.holders or draft.holders
            return
    drafts.append(draft)


def _same(one: str, other: str) -> bool:
    """Whether two wordings tell the person apart by the same: what they say of "who" counts, where they say it."""
    a, b = (_WHO.search(words) for words in (one, other))
    if a and b:
        first, second = (_telling(m["what"]) for m in (a, b))
        return bool(first) and first == second
    return likeness(one, other) >= _SAME


def _telling(words: str) -> frozenset[str]:
    """Return the beginnings of the words that tell one person from another; all words for "often" are one."""
    plain = re.sub(r"\b\w+['’]re\b", " ", _OFTEN.sub("often", words))
    return frozenset(word[:3] for word in stems(plain) - _PEOPLE)


def _record(study: str, narrative: Narrative, draft: _Draft) -> Located[DecisionRule]:
    reading = narrative.reading
    first = draft.pieces[0]
    one = make(
        DecisionRule,
        reading,
        study,
        first.start,
        first.end,
        label=draft.label[:1].upper() + draft.label[1:],
        condition=draft.condition,
        role=draft.role,
        held_by=draft.holders,
    )
    spans = {(s.start, s.end): s for p in draft.pieces for s in reading.spans(p.start, p.end)}
    return Located(replace(one.record, spans=tuple(spans.values())), one.start, one.end)
