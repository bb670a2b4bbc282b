"""Tables that no caption tells: their rules are drawn cell by cell, so that these show their columns."""

from dataclasses import dataclass, field

from ingest.readers.pdf.text import Rule, TextLine

_JOINT = 3.0
"""Points between the rules of two cells beside each other, or by which they overlap, at the most."""
_SHORTEST = 15.0
"""Points that the rule of a cell is long at the least."""
_ALIGNED = 3.0
_BLANK = 0.5
"""Font sizes between two words of a sentence at the most."""
_CROSSED = 0.2
"""Share of the lines of a table that may run over the edge of its columns."""


@dataclass(slots=True)
class Grid:
    """The frame of a table: its left and right edge, its first and its last rule, and where its columns meet."""

    x0: float
    x1: float
    top: float
    foot: float
    joints: list[float] = field(default_factory=list)

    def holds(self, lines: list[TextLine]) -> bool:
        """Say whether lines keep to the columns."""
        return sum(any(_crosses(line, x) for x in self.joints) for line in lines) <= _CROSSED * len(lines)

    def parts(self, lines: list[TextLine]) -> bool:
        """Say whether there are lines with words on both sides of where two columns meet."""
        return any(line.x0 < x < line.x1 for line in lines for x in self.joints)


def find_grids(rules: list[Rule], lines: list[TextLine]) -> list[Grid]:
    """Return the frames of the tables of a page from the top down: rules of the same width below each other, between
    which `lines` keep to the columns."""
    found: list[Grid] = []
    for row in _rows(rules):
        last = next((grid for grid in reversed(found) if _same_width(grid, row)), None)
        between = [] if last is None else [line for line in lines if last.foot < line.middle < row.top]
        if last and last.holds([line for line in between if line.x0 < last.x1 and line.x1 > last.x0]):
            last.foot = row.foot
            last.joints = last.joints if len(last.joints) >= len(row.joints) else row.joints
        else:
            found.append(row)
    return found


def _crosses(line: TextLine, x: float) -> bool:
    """Say whether words of a line run over a place, with no more than a blank between them there."""
    if line.x0 >= x - _ALIGNED or line.x1 <= x + _ALIGNED:
        return False
    left = max((word.box[2] for word in line.words if word.box[0] < x), default=line.x0)
    right = min((word.box[0] for word in line.words if word.box[0] >= x), default=line.x1)
    return left > x + _ALIGNED or right - left < _BLANK * line.size


def _same_width(grid: Grid, row: Grid) -> bool:
    return abs(grid.x0 - row.x0) < _ALIGNED and abs(grid.x1 - row.x1) < _ALIGNED


def _rows(rules: list[Rule]) -> list[Grid]:
    """Return the rules of each height that meet end to end, if there are several."""
    ends: list[Grid] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = ends[-1] if ends else None
        if rule.x1 - rule.x0 < _SHORTEST:
            continue
        if last and abs(last.top - rule.y) < 1 and abs(rule.x0 - last.x1) < _JOINT:
            last.joints.append(rule.x0)
            last.x1 = rule.x1
        elif last is None or abs(last.top - rule.y) >= 1 or rule.x0 > last.x1:
            ends.append(Grid(rule.x0, rule.x1, rule.y, rule.y))
    return [grid for grid in ends if grid.joints]
