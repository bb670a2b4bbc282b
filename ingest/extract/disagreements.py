"""Disagreements: positions on one question that do not go together, and findings set against others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from ingest.extract.context import Located
from ingest.extract.positions.extraction import MANY, NEGOTIATED, ONE
from ingest.extract.screening import Pattern
from ingest.extract.statements import Narrative, Statement, with_headings
from ingest.extract.voices import AUTHORS, Voices
from ontology.base import Passage
from ontology.identity import mint
from ontology.model import Disagreement, Finding, Position

BETWEEN, WITHIN, QUALIFIES = "between roles", "within a role", "qualification"
_SAYS_SO = Pattern(
    r"\b(?:(?:did|do|does) not (?:always |often |all |fully )?agree|disagree(?:d|ments?)?|(?:opinions?|views?|"
    r"perspectives?|participants|they|respondents|providers) (?:were|was|are|is) divided|(?:differ(?:ed|s|ing)?|"
    r"diverg\w+|conflicting|contrasting|opposing|mixed|differences in) (?:views?|opinions?|perspectives?|positions?|"
    r"expectations?|interpretations?|beliefs?)|(?:they|participants|views|opinions|perspectives|respondents|"
    r"\w+s) (?:differed|diverged|varied) (?:on|in|about|over|regarding|as to|when)|(?:saw|see|sees|viewed|"
    r"view) (?:this|it|things) (?:very |quite )?differently|no (?:clear )?(?:consensus|agreement)|"
    r"lack of (?:[\w-]+ )?(?:consensus|agreement))\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:in contrast|by contrast|conversely|on the other hand|on the contrary|contrary to|whereas|unlike)\b|"
    r"(?:however|but|yet|nevertheless),?\s+(?:(?:some|several|a few|few|many|most|other|others|one|two|three|"
    r"not all)\b)|(?:however|but|yet|nevertheless),?\s+other(?:s|\s+[\w-]+s)\b",
    re.IGNORECASE,
)


_TURN = Pattern(r",?\s+(?:whereas|while)\s+", re.IGNORECASE)
_SOME = re.compile(
    r"(?:however|but|yet|nevertheless|in contrast)?,?\s*(?:other|some|others|few|a few|several|many|most|one)\b",
    re.IGNORECASE,
)
_PARAGRAPHS = 6
"""Breaks between paragraphs that may lie between two findings that are set against each other."""


@dataclass
class _Draft:
    label: str
    sides: Sequence[Located[Finding]]
    roles: tuple[str, ...]
    scope: str
    told: list[Passage] = field(default_factory=list)


def extract_disagreements(
    study: str,
    narrative: Narrative,
    voices: Voices,
    findings: Sequence[Located[Finding]],
    positions: Sequence[Located[Position]],
) -> tuple[Located[Disagreement], ...]:
    """Return what does not go together.

    - Positions on one question: roles that each give another answer ("between roles"), one role that gives several
      ("within a role"), one provider in general against several in some cases ("qualification").
    - A finding that opens with "In contrast", "However, other ..." or the like against the finding before it.
    - Sentences that say that people disagree are evidence of the disagreement between the roles that they name.
    """
    drafts = [*_camps(voices, positions), *_set_against(narrative, voices, findings)]
    for statement in with_headings(narrative):
        if statement.cited or statement.place == "conclusions":
            continue
        named = _named_apart(narrative, voices, statement)
        if len(named) < 2:
            continue
        spans = narrative.reading.spans(statement.start, statement.end)
        twin = next((d for d in drafts if d.scope == BETWEEN and set(d.roles) <= named), None)
        about = [f for f in findings if f.start < statement.end and statement.start < f.end]
        if twin is not None:
            twin.told += spans
        elif about:
            words = " ".join(narrative.reading.text[statement.start : statement.end].split())
            roles = tuple(iri for iri in voices.everyone if iri in named)
            drafts.append(_Draft(words, about, roles, BETWEEN, list(spans)))
    made = [_record(study, draft) for draft in drafts]
    return tuple({one.record.iri: one for one in reversed(made)}.values())[::-1]


def _named_apart(narrative: Narrative, voices: Voices, statement: Statement) -> set[str]:
    """Return the participants whom a sentence sets apart: they disagree, or some say this "whereas" others that."""
    text = narrative.reading.text
    if _SAYS_SO.search(text, statement.start, statement.end):
        return set(voices.named(statement.start, statement.end)) & set(voices.everyone)
    turn = _TURN.search(text, statement.start, statement.end)
    if turn is None or statement.place not in ("results", "abstract results"):
        return set()
    one, other = voices.of(statement.start, turn.start()), voices.of(turn.end(), statement.end)
    if one is None or other is None or not (one.said and other.said) or set(one.holders) & set(other.holders):
        return set()
    return {*one.holders, *other.holders}


def _camps(voices: Voices, positions: Sequence[Located[Position]]) -> Iterator[_Draft]:
    """Yield the disagreements that positions make: all that give one answer stand on one side."""
    yield from _one_or_many(voices, positions)
    sides: dict[tuple[str, str], list[Located[Position]]] = {}
    for one in positions:
        position = one.record
        if len(position.held_by) == 1 and position.answer and position.answer not in (ONE, MANY, NEGOTIATED):
            sides.setdefault((position.held_by[0], position.answer), []).append(one)
    for (holder, answer), (other, reply) in combinations(sides, 2):
        own, theirs = voices.label(holder), voices.label(other)
        if answer == reply or not _one_question(sides[holder, answer], sides[other, reply]):
            continue
        both = [*sides[holder, answer], *sides[other, reply]]
        if holder != other and _opposed(sides[holder, answer], own, sides[other, reply], theirs):
            yield _Draft(f"{own}: {answer}; {theirs}: {reply}", both, (holder, other), BETWEEN)
        elif holder == other and own in (answer, reply):
            yield _Draft(f"{own}: {answer}, or {reply}", both, (holder,), WITHIN)


def _opposed(one: Sequence[Located[Position]], own: str, other: Sequence[Located[Position]], theirs: str) -> bool:
    """Whether two roles give answers that exclude each other: each itself, or the other one, or not itself."""
    answer, reply = one[0].record.answer or "", other[0].record.answer or ""
    named = {own, theirs, f"not {own}", f"not {theirs}"}
    if answer in named and reply in named:
        denied = answer.startswith("not "), reply.startswith("not ")
        return denied[0] == denied[1] or answer.removeprefix("not ") == reply.removeprefix("not ")
    free = [side for side, words in ((one, answer), (other, reply)) if words not in named]
    return len(free) == 1 and all(
        p.record.condition is None and " who " not in (p.record.answer or "") for p in free[0]
    )


def _one_or_many(voices: Voices, positions: Sequence[Located[Position]]) -> Iterator[_Draft]:
    one = [p for p in positions if p.record.answer == ONE]
    many = [p for p in positions if p.record.answer == MANY]
    if one and many:
        roles = dict.fromkeys(iri for p in (*one, *many) for iri in p.record.held_by)
        yield _Draft(f"{ONE} in general; {MANY} in some cases", [*one, *many], tuple(roles), QUALIFIES)


def _one_question(one: Sequence[Located[Position]], other: Sequence[Located[Position]]) -> bool:
    asked = {p.record.question for p in one}
    replied = {p.record.question for p in other}
    return bool(asked & replied) or None in asked | replied


def _set_against(narrative: Narrative, voices: Voices, findings: Sequence[Located[Finding]]) -> Iterator[_Draft]:
    for before, after in pairwise(findings):
        first, second = before.record, after.record
        apart = narrative.reading.text[before.end : after.start].count("\n\n")
        if not _AGAINST.match(second.statement) or AUTHORS in (*first.held_by, *second.held_by) or apart > _PARAGRAPHS:
            continue
        if not first.held_by or not second.held_by or first.credibility is None or second.credibility is None:
            continue
        shared = set(first.held_by) & set(second.held_by)
        if shared and not _SOME.match(second.statement):
            continue
        roles = tuple(dict.fromkeys((*first.held_by, *second.held_by)))
        scope = WITHIN if shared else BETWEEN
        names = " and ".join(voices.label(iri) for iri in roles)
        yield _Draft(f"{names}: {_short(first.statement)} / {_short(second.statement)}", [before, after], roles, scope)


def _short(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:14]) + (" …" if len(parts) > 14 else "")


def _record(study: str, draft: _Draft) -> Located[Disagreement]:
    ends = tuple(one.record.iri for one in draft.sides)
    spans = [span for one in draft.sides for span in one.record.spans] + draft.told
    first = draft.sides[0]
    record = Disagreement(
        iri=mint("Disagreement", study, "Disagreement", *sorted(ends)),
        document=first.record.document,
        study=study,
        spans=tuple({(s.start, s.end): s for s in spans}.values()),
        label=draft.label,
        between=ends,
        roles=draft.roles,
        scope=draft.scope,
    )
    return Located(replace(record), first.start, first.end)
