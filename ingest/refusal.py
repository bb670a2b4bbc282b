"""What was seen in a document and not kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was seen and not kept: what kind, its words and why, for the report of the document."""

    kind: str
    words: str
    reason: str
