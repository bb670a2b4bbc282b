"""What the sections of a JATS body are: what their type or heading says, else what stands around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.sections import said_by

_TYPES = {
    "intro": "background", "introduction": "background", "background": "background", "aim": "background",
    "methods": "methods", "materials": "methods", "method": "methods", "subjects": "methods", "methodology": "methods",
    "materials and methods": "methods", "study-design": "methods",
    "results": "results", "findings": "results",
    "discussion": "discussion", "limitations": "limitations",
    "conclusions": "conclusions", "conclusion": "conclusions",
    "supplementary-material": "back", "ack": "back", "acknowledgement": "back", "coi-statement": "back",
    "data-availability": "back", "author-contributions": "back", "ethics-statement": "methods",
    "ref-list": "references",
}  # fmt: skip
_INHERITED = ("methods", "results", "discussion")


@dataclass(frozen=True, slots=True)
class Place:
    """The kind of a main section, "" where nothing tells, and whether it is a part of the one before it."""

    kind: str
    part: bool = False


def type_kind(sec_type: str | None) -> str:
    """Return the kind that the type of a section says; of several ("results|discussion") the first known.

    >>> type_kind("materials|methods"), type_kind("cases")
    ('methods', '')
    """
    said = (sec_type or "").casefold().split("|")
    return next((_TYPES[part.strip()] for part in said if part.strip() in _TYPES), "")


def told_kind(sec_type: str | None, heading: str) -> str:
    """Return what a section says of itself: words that name a main section, else its type, else other words.

    >>> told_kind(None, "Data analysis"), told_kind("results", "What nurses told us"), told_kind("intro", "Methods")
    ('methods', 'results', 'methods')
    """
    said = said_by(heading)
    if said and said.main:
        return said.kind
    return type_kind(sec_type) or (said.kind if said else "")


def places(sections: Sequence[tuple[str | None, str]]) -> list[Place]:
    """Return the places of the main sections, given as (type, heading), in their order.

    Depth in the file is not rank: a section that says nothing and follows the results is a part of them, as flat
    files put themes beside "Results"; where no section is called results, what follows the methods is.

    >>> [p.kind for p in places([(None, "Methods"), (None, "Trust"), (None, "Time"), (None, "Discussion")])]
    ['methods', 'results', 'results', 'discussion']
    """
    told = [_told(sec_type, heading) for sec_type, heading in sections]
    return list(_placed(told))


def _told(sec_type: str | None, heading: str) -> tuple[str, bool]:
    said = said_by(heading)
    return told_kind(sec_type, heading), bool(type_kind(sec_type)) or (said is not None and said.main)


def _placed(told: Sequence[tuple[str, bool]]) -> Iterator[Place]:
    mains = [kind for kind, main in told if main]
    ahead = [{kind for kind, main in told[at + 1 :] if main} for at in range(len(told))]
    above = ""
    for (kind, main), later in zip(told, ahead, strict=True):
        if main:
            above = kind
            yield Place(kind)
        elif above == "results" and kind != "discussion":
            yield Place("results", part="results" in mains)
        elif kind:
            above = kind if kind in _INHERITED and kind not in later else above
            yield Place(kind, part=above == kind)
        elif above == "methods" and "results" not in mains and later & {"discussion", "conclusions"}:
            above = "results"
            yield Place("results")
        elif above in _INHERITED or (above == "background" and later & {"methods", "results"}):
            yield Place(above, part=True)
        else:
            yield Place("other" if above != "conclusions" else above)
