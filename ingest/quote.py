"""A quote of the words at some passages: the same record, by whatever way the words were found."""

from collections.abc import Sequence

from ontology.base import Passage
from ontology.identity import mint
from ontology.model import Quote

_AROUND = 32
"""Characters before and behind the words that tell them from the same words elsewhere."""


def quote_iri(passages: Sequence[Passage]) -> str:
    """Return the IRI of the quote that stands at passages of a document."""
    return mint("Quote", passages[0].document, str(passages[0].start), str(passages[-1].end))


def quote_of(
    passages: tuple[Passage, ...],
    text: str,
    *,
    document: str,
    study: str,
    kind: str,
    speaker: str | None,
    roles: Sequence[str],
    reading: str | None = None,
    score: float | None = None,
) -> Quote:
    """Return the quote that stands at passages of a stored text; `document` is the one that attests it, `roles` are
    those of all who speak, the surest first."""
    start, end = passages[0].start, passages[-1].end
    return Quote(
        iri=quote_iri(passages),
        document=document,
        study=study,
        spans=passages,
        exact="\n".join(passage.exact for passage in passages),
        reading=reading,
        prefix=text[max(0, start - _AROUND) : start],
        suffix=text[end : end + _AROUND],
        start=start,
        end=end,
        quote_kind=kind,
        speaker=speaker,
        speaker_role=next(iter(roles), None),
        co_speakers=tuple(roles[1:]),
        score=score,
    )
