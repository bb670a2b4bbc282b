"""Where headings stand: the kind, the depth and the place in the abstract of every section."""

import re
from dataclasses import replace
from itertools import accumulate

from ingest.readers.parts import Part
from ingest.sections import Said, number_level, said_by

ORDER = {"background": 0, "methods": 1, "results": 2, "discussion": 3, "limitations": 3, "conclusions": 4}
"""The order of main sections, by their kinds."""
_ROOTS = {"ABSTRACT": "abstract", "BACK": "back", "FRONT": "front"}
_INHERITED = ("methods", "results", "discussion")
"""Kinds that a main section without a telling name takes over from the one before it."""
_CONTRIBUTION = re.compile(
    r"(?:conceptuali[sz]ation|methodology|software|validation|formal analysis|investigation|resources|data curation|"
    r"writing\W{1,3}(?:original draft|review|reviewing)(?: preparation)?(?: (?:and|&) editing)?|visuali[sz]ation|"
    r"supervision|project administration|funding acquisition)\s*(?::|\Z)",
    re.IGNORECASE,
)
"""The roles of the contributor taxonomy CRediT, under which a paper lists what its authors did."""
_FEWEST_ROLES = 3
UNSTRUCTURED = 300
"""Characters between the heading of an abstract and the next heading that are an abstract without parts."""
_EARLY = 0.35
"""An abstract that no heading names ends in the first third of a document."""


def place_headings(parts: list[Part]) -> list[Part]:
    """Return the parts with kind, level and place in the abstract of every heading decided.

    Words that name a main section make level 1. Words that name a part of one ("Participants") count only where the
    main section agrees or there is none. A heading that says nothing inherits from the section it stands in.
    """
    first, end, named = _abstract(parts)
    outline = _Outline()
    placed: list[Part] = []
    above = ""
    roles = _contributions(parts)
    last = _last_of_body(parts, roles)
    for number, part in enumerate(parts):
        if number == end:
            outline = _Outline()
        if number in roles:
            placed.append(replace(part, section="back", level=2))
        elif part.kind != "heading":
            placed.append(part)
            if part.section:
                outline.top = Said(part.section, main=True)
        elif part.path:
            placed.append(_by_path(part, above))
            above = placed[-1].section if placed[-1].level == 1 else above
        else:
            kind, level = outline.place(part, body_ahead=number < last)
            level = part.level or level
            inside = first <= number < end and kind not in ("front", "back", "references")
            if inside and kind != "abstract":
                level = 2 if named else 1
            placed.append(replace(part, section=kind, level=level, in_abstract=inside))
    return placed


def _contributions(parts: list[Part]) -> set[int]:
    """Return the numbers of the headings that are roles of authors, of which several follow each other: "Methodology"
    among them opens no methods."""
    found: set[int] = set()
    run: list[int] = []
    for number, part in enumerate(parts):
        if part.kind == "heading":
            run = [*run, number] if _CONTRIBUTION.match(part.label) else []
            found |= set(run) if len(run) >= _FEWEST_ROLES else set()
    return found


def _last_of_body(parts: list[Part], roles: set[int]) -> int:
    """Return the number of the last heading that names methods, results or discussion, -1 where there is none."""
    for number in range(len(parts) - 1, -1, -1):
        said = said_by(parts[number].label) if parts[number].kind == "heading" and number not in roles else None
        if said and said.main and said.kind in _INHERITED:
            return number
    return -1


class _Outline:
    """The main section that the text stands in, while it is read from heading to heading."""

    def __init__(self) -> None:
        self.top: Said | None = None
        self.themed = False
        self.shouted = False

    def place(self, part: Part, *, body_ahead: bool) -> tuple[str, int]:
        """Return kind and level; `body_ahead` says that methods, results or discussion are still to come."""
        said = said_by(part.label)
        if said and said.kind == "back" and body_ahead and self.top and self.top.kind in ("methods", "results"):
            said = None
        kind, level = self._decide(part.label, said)
        numbered = None if part.runs_in else number_level(part.label)
        if numbered and not part.theme and not (said and said.main):
            level = numbered
            kind = said.kind if said and numbered == 1 else kind
        if said is None and (part.level or level) == 1 and kind not in _INHERITED:
            kind = "other"
        if part.theme:
            kind, level = (self.top.kind, 1 + part.theme) if self.top else ("results", part.theme)
        if level == 1:
            self.top, self.themed = Said(kind, said is not None and said.main), False
            self.shouted = part.label.isupper()
        elif part.theme:
            self.themed = True
        return kind, level

    def _decide(self, words: str, said: Said | None) -> tuple[str, int]:
        above = self.top.kind if self.top else "other"
        if said is None:
            if self.top is None or above in ("front", "abstract", "references"):
                return "other", 1
            if words.isupper() and not self.themed and (above == "background" or self.shouted):
                return (above if above in _INHERITED else "other"), 1
            return above, 3 if self.themed else 2
        if said.kind == "limitations":
            return said.kind, 2 if above in ("discussion", "conclusions") else 1
        if said.main:
            return said.kind, 1
        if above in ("results", "discussion", "limitations", "conclusions", "back"):
            return ("discussion" if said.kind == "discussion" and above == "results" else above), 2
        nested = self.top is not None and self.top.main and (above == said.kind or said.kind == "background")
        return said.kind, 2 if nested else 1


def _by_path(part: Part, above: str) -> Part:
    root, *steps = part.path
    found: str | None = None
    for step in steps:
        said = said_by(step)
        closer = said is not None and said.kind in ("limitations", "conclusions") and found == "discussion"
        if said and (found is None or closer) and said.kind != "abstract":
            found = said.kind
    inherited = above if above in _INHERITED else "other"
    kind = found or _ROOTS.get(root) or (inherited if steps else "background")
    return replace(part, section=kind, level=max(len(steps), 1), in_abstract=root == "ABSTRACT")


def _abstract(parts: list[Part]) -> tuple[int, int, bool]:
    """Return the numbers of the first part of the abstract and of the first one behind it, and whether it is named."""
    heads = [(n, part, said_by(part.label)) for n, part in enumerate(parts) if part.kind == "heading" and not part.path]
    named = next((n for n, _, said in heads if said and said.kind == "abstract"), None)
    if named is not None:
        return named, _end_of_named(parts, [head for head in heads if head[0] > named], named), True
    told = [(n, part, said) for n, part, said in heads if said and said.kind in ORDER]
    if not told:
        return 0, 0, False
    if told[0][1].runs_in:
        behind = next((n for n, part, _ in heads if n > told[0][0] and not part.runs_in), len(parts))
        return told[0][0], behind, False
    highest = -1
    before = [0, *accumulate(part.length for part in parts)]
    for n, _, said in told:
        rank = ORDER[said.kind]
        if said.main and rank < highest and highest >= ORDER["results"]:
            return (told[0][0], n, False) if before[n] < _EARLY * before[-1] else (0, 0, False)
        highest = max(highest, rank)
    return 0, 0, False


def begins_again(rank: int, highest: int) -> bool:
    """Say whether a main section of this rank in `ORDER` is the first behind an abstract whose parts came as far as
    `highest`, and none of these parts.

    >>> begins_again(ORDER["background"], ORDER["conclusions"]), begins_again(ORDER["results"], ORDER["methods"])
    (True, False)
    """
    return (rank < highest and highest >= ORDER["results"]) or rank == highest == ORDER["background"]


def _end_of_named(parts: list[Part], heads: list[tuple[int, Part, Said | None]], named: int) -> int:
    highest = -1
    ran_in = False
    upto = [0, *accumulate(part.length for part in parts)]
    for n, part, said in heads:
        before = upto[n] - upto[named + 1]
        rank = ORDER.get(said.kind, -1) if said else -1
        stands_after_run_ins = ran_in and not part.runs_in
        if stands_after_run_ins or (highest < 0 and not part.runs_in and before >= UNSTRUCTURED):
            return n
        if said is None or rank < 0:
            if said and said.kind in ("front", "back", "references"):
                return n
            continue
        if said.main and begins_again(rank, highest):
            return n
        highest, ran_in = max(highest, rank), ran_in or part.runs_in
    return len(parts)
