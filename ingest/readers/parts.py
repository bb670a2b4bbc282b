"""The parts of a document in reading order: what a reader finds and `assemble` makes a reading of."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Part:
    """A block before it is in the view: the lines `stored[a:b]` it is made of, and what it is.

    `kind` is a kind of block. A heading opens a section: `section` is its kind where that is known (else it inherits),
    `level` its depth, `in_abstract` whether it belongs to an abstract. `label` is the heading as it is to be shown
    where that is not simply its words. `cut` says that stored text between the part before and this one was left out.
    """

    kind: str
    ranges: list[tuple[int, int]]
    section: str | None = None
    level: int = 0
    in_abstract: bool = False
    label: str = ""
    cut: bool = False
    cuts: list[int] = field(default_factory=list)
    """Numbers of the ranges before which stored text was left out or that come from elsewhere."""
    aside: bool = False
    """A table, box or caption: moved behind the running text."""
