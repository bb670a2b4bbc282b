"""Circumstances: the cases in which several providers are warranted for one task."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.extract.context import Located, make
from ingest.extract.likeness import Piece, items, stem, trimmed
from ingest.extract.screening import Pattern
from ingest.extract.statements import Narrative, Statement, with_headings
from ingest.extract.voices import Voices
from ontology.model import Circumstance

_PROVIDERS = (
    r"(?:providers?|prescribers?|clinicians?|professionals?|doctors?|physicians?|practitioners?|specialists?|"
    r"specialties|disciplines|professions|teams?|services|nurses|surgeons)"
)
_SEVERAL = Pattern(
    rf"\b(?:multiple|several|more than one|two or more|two|both|different)\s+(?:[\w-]+\s+){{0,2}}?{_PROVIDERS}\b|"
    r"\bco-?(?:prescrib|manag)\w+|\b(?:shared|joint|collaborative) (?:care|visits?|management|responsibility|"
    r"consultations?|cases)\b|\bboth (?:the )?[\w’' -]{3,40}? and (?:the )?[\w’' -]{3,40}? (?:should|need|needs|must|"
    r"have to|are needed|were needed|(?:are|were|is) (?:needed|required|involved|necessary))",
    re.IGNORECASE,
)
_WARRANTED = re.compile(
    r"\b(?:need(?:s|ed)?|warrant\w*|appropriate|requir\w+|necessary|indicated|justif\w+|important|should|must|"
    r"beneficial|acceptable)\b",
    re.IGNORECASE,
)
_CASES = r"(?:situations?|circumstances?|times|cases?|instances?|occasions?|exceptions?|scenarios?|conditions)"
_CASE = re.compile(rf"\b{_CASES}\b", re.IGNORECASE)
_LIST = r"(?P<list>[^.;:()]{3,300})"
_EXAMPLES = re.compile(
    r"\((?:e\.g\.|i\.e\.|for example|for instance|such as|including),?\s*(?P<list>[^()]{3,400})\)", re.IGNORECASE
)
_SUCH_AS = re.compile(rf",?\s(?:such as|for example|for instance|including|namely)\s+{_LIST}", re.IGNORECASE)
_IS = re.compile(
    rf"\b(?:another|an?|other|the|these)\s+(?:\w+\s+)?{_CASES}\b[^.;:]*?"
    rf"\s(?:is|are|was|were|included?|includes)\s{_LIST}",
    re.IGNORECASE,
)
_WHEN = (
    r"(?:when|whenever|during|if|after|following|in (?:the )?(?:cases?|event|instances?|context|presence) of|"
    r"for patients with)"
)
_DIRECT = re.compile(rf"[\w’' ,-]{{0,70}}?(?P<list>\b{_WHEN}\s+[^.;:()]{{3,200}})", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"(?:(?:such|this|that|it)\s+(?:is|was|may be|would be)\s+(?:often\s+|typically\s+)?(?:the|a)?\s*(?:case|true)\s+"
    rf"(?P<list>(?:{_WHEN}|for|in)\s+[^.;:()]{{3,250}})|"
    r"(?P<case>in (?:the )?cases? of\s+[^.;:,()]{3,80})|"
    rf"(?:for example|for instance),?\s+(?P<example>{_WHEN}\s+[^.;:,()]{{3,120}}))",
    re.IGNORECASE,
)
_OR = re.compile(rf"\s+(?:or|and)\s+(?={_WHEN}\b)", re.IGNORECASE)
_FRONT = re.compile(rf"(?:(?:{_WHEN}|in|with|for)\s+)?(?:(?:an?|the|some|patient|patients|their)\s+)*", re.IGNORECASE)
_CORE = re.compile(
    r"\s+(?:of|that|which|who|with|in|on|for|from|at|to|requiring|is|are|was|were|has|have|becomes?|gets?|needs?)\b",
    re.IGNORECASE,
)
_SURGERY = ("surg", "oper", "post")


@dataclass
class _Draft:
    label: str
    pieces: list[Piece]
    holders: tuple[str, ...]


def extract_circumstances(study: str, narrative: Narrative, voices: Voices) -> tuple[Located[Circumstance], ...]:
    """Return the cases in which more than one provider is warranted, each once with every place that names it.

    Cases are the examples of a sentence that says that there are such cases ("times when both teams are needed, such
    as ..."), what "another situation that warrants ..." is, and what the next sentence adds ("In the case of ...").
    """
    drafts: list[_Draft] = []
    before: tuple[str, ...] = ()
    statements = [s for s in with_headings(narrative) if not s.cited]
    for statement, following in pairwise((*statements, None)):
        if statement is None:
            break
        voice = voices.of(statement.start, statement.end, before)
        before = (voice.holders if voice else ()) or before
        near = following is not None and following.block == statement.block
        quote = statement.quote if statement.quote is not None else following.quote if following and near else None
        spoken = narrative.quotes[quote].record.speaker_roles if quote is not None else ()
        holders = (voice.holders if voice else ()) or spoken
        for piece in _cases(narrative, voices, statement, following):
            _add(narrative, drafts, piece, holders)
    return tuple(_record(study, narrative, draft) for draft in drafts)


def _cases(narrative: Narrative, voices: Voices, statement: Statement, following: Statement | None) -> Iterator[Piece]:
    text = narrative.reading.text
    several = _SEVERAL.search(text, statement.start, statement.end)
    if several is None or not _WARRANTED.search(text, statement.start, statement.end):
        return
    vague = several.group().casefold().startswith("both") and not _CASE.search(text, statement.start, statement.end)
    if vague and len(voices.mentions(several.start(), several.end())) < 2:
        return
    named = _IS.search(text, statement.start, statement.end)
    if named:
        yield from _items(text, *named.span("list"))
    elif _CASE.search(text, statement.start, statement.end):
        listed = _EXAMPLES.search(text, statement.start, statement.end)
        listed = listed or _SUCH_AS.search(text, several.end(), statement.end)
        if listed:
            yield from _items(text, *listed.span("list"))
    else:
        need = _WARRANTED.search(text, several.start(), statement.end)
        direct = _DIRECT.match(text, need.end(), statement.end) if need else None
        if need and direct and need.start() < several.end() + 40:
            yield from _items(text, *direct.span("list"))
        return
    if following is not None and following.place == statement.place and following.start - statement.end < 6:
        added = _FOLLOWS.match(text, following.start, following.end)
        if added:
            group = next(name for name in ("list", "case", "example") if added[name])
            yield from _items(text, *added.span(group))


def _items(text: str, start: int, end: int) -> Iterator[Piece]:
    for piece in items(text, start, end):
        at = piece.start
        for cut in _OR.finditer(text, piece.start, piece.end):
            yield trimmed(text, at, cut.start())
            at = cut.end()
        if len(text[at : piece.end].split()) <= 25:
            yield trimmed(text, at, piece.end)


def _named(words: str) -> str:
    """Return the words of a case without what leads it: "during an asthma attack" -> "asthma attack"."""
    lead = _FRONT.match(words)
    return words[lead.end() :] if lead else words


def _core(words: str) -> tuple[str, ...]:
    """Return the stems of the words that name a case: "patient asthma attacks" -> ("asth", "atta")."""
    bare = _named(words)
    cut = _CORE.search(bare)
    named = re.findall(r"[^\W\d_]+", bare[: cut.start()] if cut and cut.start() > 2 else bare)
    return tuple(stem(word)[:4] for word in named)


def _same(one: str, other: str) -> bool:
    a, b = _core(one), _core(other)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if all(any(word in _SURGERY[:2] for word in words) for words in (a, b)):
        return True
    return set(short) <= set(long) and short[-1] == long[-1]


def _add(narrative: Narrative, drafts: list[_Draft], piece: Piece, holders: tuple[str, ...]) -> None:
    words = " ".join(narrative.reading.text[piece.start : piece.end].split())
    if len(words) < 4:
        return
    label = _named(words)
    twin = next((d for d in drafts if _same(d.label, label)), None)
    if twin is None:
        drafts.append(_Draft(label, [piece], holders))
    else:
        twin.pieces.append(piece)
        twin.holders = twin.holders or holders


def _record(study: str, narrative: Narrative, draft: _Draft) -> Located[Circumstance]:
    reading = narrative.reading
    first = draft.pieces[0]
    one = make(
        Circumstance,
        reading,
        study,
        first.start,
        first.end,
        key=draft.label,
        label=draft.label[:1].upper() + draft.label[1:],
        held_by=draft.holders,
    )
    spans = {(s.start, s.end): s for p in draft.pieces for s in reading.spans(p.start, p.end)}
    return Located(replace(one.record, spans=tuple(spans.values())), one.start, one.end)
