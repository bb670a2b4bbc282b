"""Positions: answers to who should do something, in what authors report and in what participants say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.extract.context import Located, make
from ingest.extract.likeness import Piece, likeness, trimmed
from ingest.extract.positions.cues import STRONG, Cue, Person, cues, persons
from ingest.extract.positions.words import questions_of, task_of, with_condition
from ingest.extract.statements import Narrative, Statement, with_headings
from ingest.extract.voices import Voice, Voices
from ontology.model import Position

ONE, MANY, NEGOTIATED = "one provider", "multiple providers", "to be negotiated"
"""Answers that name no role."""

_FIRST = re.compile(r"\b(?:I|we|us|me|my|our|I['’]\w+|we['’]\w+)\b")
_SELF = re.compile(r"\b(?:they|them|their|themselves|he|she|his|her|him)\b", re.IGNORECASE)
_END = re.compile(
    r"[.?!;:](?=\s|$|[\"”’'])|,\s+(?:but|although|though|because|so|which|whereas|while|however|and then|as)\b|"
    r"\s+(?:because|although|but)\s|\s+and\s+(?=if\b|when\b)|,\s+(?:they|he|she|it|we|I)\b|"
    r",\s+(?:in general,\s+)?(?:except|just|and now)\b|[’”],|,\s+and\s+(?:as\b|then\b|I\b|they\b|we\b|it\b|he\b|"
    r"she\b|if\b)|\s[–—]\s|…",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[.?!;:…]\s|,\s+(?:but|although|though|because|so|whereas|while|however|and)\s|\s(?:because|although|but|and)\s|"
    r"\bthat\s|[“‘]|,\s+(?=I\b|we\b|they\b|then\b|it\b)",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?:['’](?:s|d|ll|ve|re))?(?:\s+\([^)]*\))?(?:,[^,]{1,50},)?(?:\s+(?:who|that|whose|"
    r"which)\b[^,.;:]{1,90})?(?:\s+(?:\w+ly|also|do|does|did|would|will|could|can|may|might|should|only|then|still|"
    r"really|just|all|both|as|is|are|was|were|be|been|have|has|had|to|not|happy|willing|more|than|that|it|the|and|"
    r"there|believe[ds]?|felt|feel|think|thought|describ\w+|report\w+|accept\w*|depict\w*|themselves|wanting|wanted|"
    r"want|continue|going))*\s*",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\s+(?:who|whose)\b")
_TO = re.compile(r"\s(?:to|being|be)\s|\s\w+ing\b")
_PLACE = re.compile(
    r"\b(?:hospital|practice|clinic|ward|(?:primary|secondary) care|specialty|team|service)s?$", re.IGNORECASE
)
_PAST = 60
_LONGEST = 300
_LONGEST_SENTENCE = 1000
_SAME = 0.6


@dataclass
class _Draft:
    """A position while its clauses are gathered; `quote` is the quote it stands in or introduces."""

    pieces: list[Piece]
    answer: str
    role: str | None
    negative: bool
    condition: str | None
    task: str
    holders: tuple[str, ...]
    frequency: str | None
    quote: int | None
    score: float


def extract_positions(study: str, narrative: Narrative, voices: Voices) -> tuple[Located[Position], ...]:
    """Return who should do what, in whose view, under which condition, as tight as the clause that says so.

    Clauses of one quote, or of a sentence and the quote that it introduces, that give the same answer are one
    position with several spans; so are the abstract's, the results' and the discussion's wordings of one answer.
    Positions about the same task share their `question`.
    """
    drafts: list[_Draft] = []
    before: tuple[str, ...] = ()
    for statement in _statements(narrative):
        voice = voices.of(statement.start, statement.end, before) or voices.by(statement.start, statement.end)
        for draft in _of_statement(narrative, voices, statement, voice, before):
            _take(narrative, drafts, draft)
        before = (voice.holders if voice else ()) or before
    for index, quote in enumerate(narrative.quotes):
        for start, end in _sentences(narrative, quote.start, quote.end):
            for draft in _of_quote(narrative, voices, index, start, end):
                _take(narrative, drafts, draft)
    questions = questions_of([draft.task for draft in drafts])
    made = [_record(study, narrative, voices, d, q) for d, q in zip(drafts, questions, strict=True)]
    found: dict[str, Located[Position]] = {}
    for one in made:
        found.setdefault(one.record.iri, one)
    return tuple(found.values())


def _statements(narrative: Narrative) -> Iterator[Statement]:
    """Yield the statements that may hold a position; one before another's quote in its paragraph shares that quote."""
    statements = tuple(with_headings(narrative))
    for statement, following in zip_longest(statements, statements[1:]):
        shown = statement
        if following is not None and statement.quote is None and following.block == statement.block:
            shown = statement._replace(quote=following.quote)
        if not shown.sample and not (shown.place in ("discussion", "conclusions") and shown.cited):
            yield shown


def _sentences(narrative: Narrative, start: int, end: int) -> Iterator[tuple[int, int]]:
    for sentence in narrative.reading.sentences:
        if sentence.start < end and start < sentence.end:
            first = max(start, sentence.start)
            yield first, min(end, sentence.end, first + _LONGEST_SENTENCE)


def _of_statement(
    narrative: Narrative, voices: Voices, statement: Statement, voice: Voice | None, before: tuple[str, ...]
) -> Iterator[_Draft]:
    text = narrative.reading.text
    reported = statement.place in ("results", "abstract results")
    if not reported and voice is None:
        return
    quoted = narrative.quotes[statement.quote].record.speaker_roles if statement.quote is not None else ()
    holders = voice.holders if voice and voice.holders else before if voice else quoted
    for cue in cues(text, statement.start, statement.end):
        who = _answer(narrative, voices, cue, statement.start, statement.end, holders, quoted=False)
        if who is None or not _tells_who(cue, who):
            continue
        start = voice.start if voice is not None and voice.start < cue.start and voice.end <= who[2] else who[2]
        if voice is not None and start == voice.start and _BREAK.search(text, voice.told, who[2]):
            start = who[2]
        yield _draft(text, cue, who, start, statement.start, statement.end, holders, voice, statement)


def _of_quote(narrative: Narrative, voices: Voices, index: int, start: int, end: int) -> Iterator[_Draft]:
    text = narrative.reading.text
    holders = narrative.quotes[index].record.speaker_roles
    for cue in cues(text, start, end):
        who = _answer(narrative, voices, cue, start, end, holders, quoted=True)
        if who is None or not _tells_who(cue, who):
            continue
        yield replace_quote(_draft(text, cue, who, who[2], start, end, holders, None, None), index)


def _tells_who(cue: Cue, who: tuple[str, str | None, int, int]) -> bool:
    """Whether somebody in particular is to act; what only ought to be done by anybody is no position."""
    return cue.name in STRONG or who[1] is not None or who[0] in (ONE, MANY) or _PLACE.search(who[0]) is not None


def replace_quote(draft: _Draft, index: int) -> _Draft:
    """Return a draft that stands in a quote."""
    draft.quote = index
    return draft


def _draft(
    text: str,
    cue: Cue,
    who: tuple[str, str | None, int, int],
    start: int,
    low: int,
    high: int,
    holders: tuple[str, ...],
    voice: Voice | None,
    statement: Statement | None,
) -> _Draft:
    answer, role, _, last = who
    closed = _END.search(text, max(cue.end, last), high)
    piece = trimmed(text, start, min(closed.start() if closed else high, start + _LONGEST))
    piece, condition = with_condition(text, piece, low)
    end = piece.end
    if closed and closed.group().lstrip(", ").casefold() in ("but", "although", "because", "so"):
        end = min(closed.start(), end)
    task = task_of(text, cue, last, end)
    strong = cue.name in STRONG
    negative = cue.name == "question" or (cue.negative and cue.name != "one")
    if cue.name == "refuse" and role is not None:
        holders = (role,)
    outside = statement is not None and statement.place in ("discussion", "conclusions")
    return _Draft(
        pieces=[Piece(piece.start, end)],
        answer=f"not {answer}" if negative else answer,
        role=None if negative else role,
        negative=negative,
        condition=condition,
        task=task,
        holders=holders,
        frequency=voice.frequency if voice else None,
        quote=statement.quote if statement else None,
        score=(0.85 if strong else 0.65) - (0.15 if outside else 0.0),
    )


def _answer(
    narrative: Narrative, voices: Voices, cue: Cue, low: int, high: int, holders: tuple[str, ...], *, quoted: bool
) -> tuple[str, str | None, int, int] | None:
    """Return who is to act: words, role, and from where to where that is said; None where nobody is."""
    text = narrative.reading.text
    if cue.where == "talk":
        return None if cue.negative else (NEGOTIATED, None, cue.start, cue.end)
    if cue.where == "number":
        return (MANY if cue.name == "many" else ONE), None, cue.start, cue.end
    if cue.where in ("after", "inside"):
        return _named_after(narrative, voices, cue, high, holders, quoted=quoted)
    if cue.name == "be" and re.compile(r"\s+(?:who|whose)\b").match(text, cue.end, high):
        person = list(persons(text, cue.start, cue.end))[-1:]
        who = _named_before(narrative, voices, cue, low, holders, quoted=quoted)
        return (
            (_described(text, person[0].start, person[0].end, high), None, who[2], cue.end) if person and who else who
        )
    own = _FIRST.search(text, cue.start, cue.end)
    if cue.name in ("be", "duty", "question") and own:
        return _self(voices, holders, own.start(), cue.end)
    if cue.name in ("duty", "question", "be") and _SELF.search(text, cue.start, cue.end) and cue.name != "be":
        return _self(voices, holders, cue.start, cue.end)
    return _named_before(narrative, voices, cue, low, holders, quoted=quoted)


def _self(voices: Voices, holders: tuple[str, ...], start: int, end: int) -> tuple[str, str | None, int, int] | None:
    if not holders or all(voices.is_patient_side(iri) for iri in holders):
        return None
    words = " and ".join(voices.label(i) for i in holders)
    return words, holders[0] if len(holders) == 1 else None, start, end


def _spoken_of(voices: Voices, start: int, end: int) -> tuple[str, str | None, int, int] | None:
    """Return whom a speaker means by "they": the professional who was named last."""
    before = [m for m in voices.mentions(max(0, start - 3 * _PAST), start) if not voices.is_patient_side(m.role)]
    return (voices.label(before[-1].role), before[-1].role, start, end) if before else None


def _named_before(
    narrative: Narrative, voices: Voices, cue: Cue, low: int, holders: tuple[str, ...], *, quoted: bool
) -> tuple[str, str | None, int, int] | None:
    text = narrative.reading.text
    floor = max(low, cue.start - 2 * _PAST)
    options: list[tuple[int, int, str]] = []
    unnamed = list(persons(text, floor, cue.start))
    options += [(p.start, p.end, "person") for p in unnamed]
    options += [(m.start, m.end, "role") for m in voices.mentions(floor, cue.start)]
    options += [(m.start(), m.end(), "self") for m in _FIRST.finditer(text, floor, cue.start)]
    options += [(m.start(), m.end(), "other") for m in _SELF.finditer(text, floor, cue.start)]
    options = [o for o in options if _NEAR.fullmatch(text, o[1], cue.start)]
    if not options:
        return None
    start, end, kind = max(options, key=lambda o: (o[1], o[2] == "role"))
    counted = next((p for p in unnamed if p.start <= start and end <= p.end), None)
    if kind == "other" and quoted:
        return _spoken_of(voices, start, cue.end)
    if kind in ("self", "other"):
        found = _self(voices, holders, start, cue.end)
        return (found[0], found[1], start, cue.end) if found else None
    return _person(narrative, voices, counted or Person(start, end, None), cue.end)


def _person(narrative: Narrative, voices: Voices, who: Person, last: int) -> tuple[str, str | None, int, int] | None:
    text, start, end = narrative.reading.text, who.start, who.end
    if who.number:
        return (ONE if who.number == "one" else MANY), None, start, last
    roles = () if _RELATIVE.match(text, end) else voices.named(start, end)
    if roles and all(voices.is_patient_side(i) for i in roles):
        return None
    if len(roles) == 1:
        return voices.label(roles[0]), roles[0], start, last
    return _described(text, start, end, last), None, start, last


def _described(text: str, start: int, end: int, last: int) -> str:
    """Return a person of no named role with the clause that says which: "the person who sees the patient most"."""
    relative = re.compile(r"\s+(?:who|whose|that)\b[^.;:!?]{3,120}?(?=\s+to\s+(?:be|do)\b|,|[.;:!?]|$)").match(
        text, end, max(last, end + 140)
    )
    return " ".join(text[start : relative.end() if relative else end].split())


def _named_after(
    narrative: Narrative, voices: Voices, cue: Cue, high: int, holders: tuple[str, ...], *, quoted: bool
) -> tuple[str, str | None, int, int] | None:
    text = narrative.reading.text
    limit = min(high, cue.end + _PAST)
    own = re.compile(r"\s*(?:(?P<first>me|us)|them|him|her)\b", re.IGNORECASE).match(text, cue.end, limit)
    if own:
        if own["first"] or not quoted:
            return _self(voices, holders, cue.start, own.end())
        before = [
            m for m in voices.mentions(max(0, cue.start - 3 * _PAST), cue.start) if not voices.is_patient_side(m.role)
        ]
        return (voices.label(before[-1].role), before[-1].role, cue.start, own.end()) if before else None
    until = _TO.search(text, cue.end, limit)
    edge = until.start() if until else limit
    named = [m for m in voices.mentions(cue.end, edge + 1)]
    if named:
        first = min(named, key=lambda m: m.start)
        return _with_start(_person(narrative, voices, Person(first.start, first.end, None), first.end), cue.start)
    person = next(persons(text, cue.end, min(high, edge + 40)), None)
    if person and person.start - cue.end <= 25:
        return _with_start(_person(narrative, voices, person, person.end), _opening(text, cue))
    return None


def _opening(text: str, cue: Cue) -> int:
    """Return where "it makes sense for ..." begins."""
    it = re.compile(r"\bit\s+(?:would\s+|may\s+|also\s+)*$", re.IGNORECASE).search(
        text[max(0, cue.start - 14) : cue.start]
    )
    return cue.start - (len(it.group()) if it else 0)


def _with_start(found: tuple[str, str | None, int, int] | None, start: int) -> tuple[str, str | None, int, int] | None:
    return None if found is None else (found[0], found[1], start, found[3])


def _take(narrative: Narrative, drafts: list[_Draft], draft: _Draft) -> None:
    """Add a draft, or its clause to a draft that gives the same answer in the same place or in like words."""
    text = narrative.reading.text
    here = draft.pieces[0]
    if here.end - here.start < 8:
        return
    for other in drafts:
        within = any(p.start < here.end and here.start < p.end for p in other.pieces)
        if within and (other.answer == draft.answer or draft.score <= other.score):
            _merge(other, draft, keep=False)
            return
        if other.answer != draft.answer or other.negative != draft.negative:
            continue
        beside = draft.quote is not None and draft.quote == other.quote
        counted = draft.answer in (ONE, MANY, NEGOTIATED)
        held = set(draft.holders) == set(other.holders) or (counted and not (draft.holders and other.holders))
        if beside or (held and (counted or _alike(text, other.pieces[0], here))):
            _merge(other, draft, keep=True)
            return
    drafts.append(draft)


def _alike(text: str, one: Piece, other: Piece) -> bool:
    return likeness(text[one.start : one.end], text[other.start : other.end]) >= _SAME


def _merge(other: _Draft, draft: _Draft, *, keep: bool) -> None:
    if keep:
        other.pieces += draft.pieces
    other.score = max(other.score, draft.score)
    other.holders = other.holders or draft.holders
    other.condition = other.condition or draft.condition
    other.frequency = other.frequency or draft.frequency
    other.role = other.role or draft.role
    other.task = other.task or draft.task


def _record(study: str, narrative: Narrative, voices: Voices, draft: _Draft, question: str | None) -> Located[Position]:
    reading = narrative.reading
    first = draft.pieces[0]
    one = make(
        Position,
        reading,
        study,
        first.start,
        first.end,
        statement=" ".join(reading.text[first.start : first.end].split()),
        held_by=draft.holders,
        frequency=draft.frequency,
        question=question,
        answer=draft.answer,
        answer_role=draft.role,
        condition=draft.condition,
        score=round(draft.score, 2),
    )
    spans = {(s.start, s.end): s for p in draft.pieces for s in reading.spans(p.start, p.end)}
    return Located(replace(one.record, spans=tuple(spans.values())), one.start, one.end)
