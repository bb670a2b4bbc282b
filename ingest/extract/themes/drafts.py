"""Themes while their wordings are gathered, and what tables say of those there are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.likeness import likeness
from ingest.extract.themes.headings import Heading
from ingest.extract.themes.sources import Wording, same_theme
from ingest.extract.themes.tables import Tabled

LEAST = 0.35
"""The score below which a heading is no theme."""
FEW = 2
"""So many headings name the themes of a paper by themselves."""
_LACKS = re.compile(r"(?:lack of|lacking|no|insufficient|poor|not)\b", re.IGNORECASE)
"""Beginnings that turn what a theme says into its opposite."""
_NEARLY = 0.85


@dataclass
class Draft:
    """A theme while its wordings are gathered; the first wording gives its place, its label and its identity."""

    wordings: list[Wording]
    score: float
    parent: "Draft | None" = None
    depth: int = 1
    listed: bool = False
    heading: Heading | None = None

    @property
    def label(self) -> str:
        """What it is called first."""
        return self.wordings[0].label

    def add(self, wording: Wording) -> None:
        """Take another wording, unless it is had from the same place."""
        if all((w.start, w.end) != (wording.start, wording.end) for w in self.wordings):
            self.wordings.append(wording)


def join_tables(drafts: list[Draft], tabled: Sequence[Tabled]) -> None:
    """Join the themes of tables to those there are; they are themes of their own where headings name none, or where two
    and a third of the table's are known."""
    named = sum(d.heading is not None for d in drafts) >= FEW
    twins = _twins(drafts, tabled)
    _take_left_over(drafts, tabled, twins)
    size = Counter(one.table for one in tabled if one.above is None)
    known = Counter(one.table for number, one in enumerate(tabled) if one.above is None and number in twins)
    made: dict[int, Draft] = {}
    last: dict[int, Draft] = {}
    for number, one in enumerate(tabled):
        twin = twins.get(number)
        told = FEW <= known[one.table] >= size[one.table] / 3
        if twin is not None:
            twin.add(one.wording)
            last[one.table] = twin
        elif one.counts:
            above = last.get(one.table)
            if told and above is not None:
                drafts.append(Draft([one.wording], 0.75, above, above.depth + 1))
        elif not named or (told and (one.above is None or one.above in made)):
            above = made.get(one.above) if one.above is not None else None
            twin = Draft([one.wording], 0.85, above, above.depth + 1 if above else 1)
            drafts.append(twin)
        if twin is not None:
            made[number] = twin


def _take_left_over(drafts: Sequence[Draft], tabled: Sequence[Tabled], twins: dict[int, Draft]) -> None:
    """Match what a table lists below a theme and no words match with the headings left over below that theme, where
    there are as many of the one as of the other."""
    for number, draft in list(twins.items()):
        listed = [at for at, one in enumerate(tabled) if one.above == number]
        below = [d for d in drafts if d.parent is draft and d.heading is not None and d.score >= LEAST]
        free = [d for d in below if all(d is not other for other in twins.values())]
        rest = [at for at in listed if at not in twins]
        if rest and len(listed) == len(below) and len(rest) == len(free):
            twins.update(zip(rest, free, strict=True))


def _twins(drafts: Sequence[Draft], tabled: Sequence[Tabled]) -> dict[int, Draft]:
    """Return which theme of a table is which there is: the likest of all, each once if not nearly word by word."""

    def alike(draft: Draft, wording: Wording) -> bool:
        lacks = (_LACKS.match(draft.label) is None, _LACKS.match(wording.label) is None)
        return lacks[0] == lacks[1] and is_same(draft, wording)

    pairs = sorted(
        (-likeness(d.label, one.wording.label), number, at)
        for number, one in enumerate(tabled)
        for at, d in enumerate(drafts)
        if alike(d, one.wording)
    )
    found: dict[int, Draft] = {}
    taken: set[tuple[int, int]] = set()
    for unlike, number, at in pairs:
        if number not in found and ((tabled[number].table, at) not in taken or -unlike >= _NEARLY):
            found[number] = drafts[at]
            taken.add((tabled[number].table, at))
    return found


def is_same(draft: Draft, wording: Wording) -> bool:
    """Say whether a wording is one of a theme's: its number, else like words."""
    first = draft.wordings[0]
    if first.number and wording.number and first.source != "run-in":
        return first.number == wording.number and first.sub == wording.sub
    return same_theme(first.label, wording.label)
