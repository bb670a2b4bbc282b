"""Who works for a study and cares for its patients too: a role of the study, not only one of those who made it."""

import re

from ingest.extract.roles.groups import Group
from ingest.extract.wording import any_of

_NEAR = 60
_CARE = any_of(
    "visited, counselled, counseled, trained, taught, advised, supported, treated, educated, delivered, telephoned, "
    "managed, monitored, encouraged, coached, coordinated"
)
_CARES = re.compile(rf"\s+(?:who\s+|then\s+|also\s+|\w+ly\s+){{0,2}}{_CARE}\b", re.IGNORECASE)
_CARED = re.compile(rf"\b(?:{_CARE}|provided|given|led|run)\s+(?:\w+\s+)?by\s+(?:\w+\s+){{0,3}}\Z", re.IGNORECASE)


def gives_care(text: str, group: Group) -> bool:
    """Say whether people of a profession are said to care for others ("a study nurse visited them")."""
    if group.concept is None or not group.concept.profession:
        return False
    return any(
        _CARES.match(text, name.end) or _CARED.search(text, max(0, name.start - _NEAR), name.start)
        for name in group.names
    )
