"""The coded stretches of a source, each once, and who speaks in them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from ingest.readers.contents import Case, CodedSource


@dataclass(frozen=True, slots=True)
class Unit:
    """What was coded as one: its places in the text in order, the GUIDs of its segments, its codes."""

    places: tuple[tuple[int, int], ...]
    guids: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.places[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.places[-1][1]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a participant by name, and the roles (their labels), both as far as they are known."""

    name: str | None = None
    roles: tuple[str, ...] = ()


def units_of(source: CodedSource, joins: Sequence[tuple[str, str]], mentions: Set[str]) -> tuple[Unit, ...]:
    """Return the units of a source in the order of its text.

    Segments of the same place (two coders, or a program that writes one selection a code) are one, and so are segments
    that `joins` ties together: a quote that something interrupts. What has one of the codes `mentions` stays apart from
    what has none: to name a thing is not to speak of it.
    """
    root = {segment.guid: segment.guid for segment in source.segments}

    def find(guid: str) -> str:
        while root[guid] != guid:
            guid = root[guid]
        return guid

    first_at: dict[tuple[int, int, frozenset[str]], str] = {}
    for segment in source.segments:
        names = frozenset(segment.codes) if mentions & set(segment.codes) else frozenset()
        same = first_at.setdefault((segment.start, segment.end, names), segment.guid)
        root[find(segment.guid)] = find(same)
    for one, other in joins:
        if one in root and other in root:
            root[find(other)] = find(one)
    places: dict[str, set[tuple[int, int]]] = {}
    guids: dict[str, dict[str, None]] = {}
    codes: dict[str, dict[str, None]] = {}
    for segment in source.segments:
        key = find(segment.guid)
        places.setdefault(key, set()).add((segment.start, segment.end))
        guids.setdefault(key, {})[segment.guid] = None
        codes.setdefault(key, {}).update(dict.fromkeys(segment.codes))
    found = [Unit(tuple(sorted(places[key])), tuple(guids[key]), tuple(codes[key])) for key in places]
    return tuple(sorted(found, key=lambda unit: (unit.places, unit.guids)))


def speakers(
    source: CodedSource,
    units: Sequence[Unit],
    participants: Sequence[Case],
    roles: Mapping[str, str],
    variables: Set[str],
) -> dict[Unit, Speaker]:
    """Return who speaks in each unit.

    The role is the one that the unit itself is coded with, else the narrowest unit around it that is coded with nothing
    but roles, else the one of the participant whose case holds the segment or the source, else of the source itself.
    `roles` are the codes that mean a role, with its label; `variables` those that hold one.
    """
    turns = _Turns([unit for unit in units if unit.codes and all(code in roles for code in unit.codes)])
    found: dict[Unit, Speaker] = {}
    for unit in units:
        own = tuple(roles[code] for code in unit.codes if code in roles)
        narrowest = turns.around(unit)
        case = _case_of(unit, source, participants)
        said = own or (tuple(roles[code] for code in narrowest.codes) if narrowest else ())
        if not said and case is not None:
            said = tuple(roles[code] for code in case.codes if code in roles)
            said = said or tuple(value for name, value in case.variables if name in variables)
        said = said or tuple(roles[code] for code in source.codes if code in roles)
        said = said or tuple(value for name, value in source.variables if name in variables)
        found[unit] = Speaker(case.name if case else None, said)
    return found


class _Turns:
    """Units that are coded with nothing but roles, in the order of the text."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = sorted(units, key=lambda unit: (unit.start, unit.end))
        self._starts = [unit.start for unit in self._units]
        self._furthest = list(accumulate((unit.end for unit in self._units), max))

    def around(self, unit: Unit) -> Unit | None:
        """Return the narrowest of them that holds another unit."""
        best: Unit | None = None
        at = bisect_right(self._starts, unit.start) - 1
        while at >= 0 and self._furthest[at] >= unit.end:
            turn = self._units[at]
            holds = unit.end <= turn.end and turn != unit
            if holds and (best is None or turn.end - turn.start < best.end - best.start):
                best = turn
            at -= 1
        return best


def _case_of(unit: Unit, source: CodedSource, participants: Sequence[Case]) -> Case | None:
    """Return the participant whose case holds a segment, else the only one whose case holds the source."""
    for case in participants:
        if set(unit.guids) & set(case.segments):
            return case
    whole = [case for case in participants if source.guid in case.sources]
    return whole[0] if len(whole) == 1 else None
