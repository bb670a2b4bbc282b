"""Barriers and facilitators: what hinders and what helps, by whom it is stated and whom it is attributed to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ingest.extract.candidates import Surroundings
from ingest.extract.coding import codes_of, level_of
from ingest.extract.context import Located, RoleIndex, make
from ingest.extract.labels import label_of
from ingest.extract.positions.holders import Holders
from ingest.extract.ranking import FLOORS, Drawn, Pick, draw, ranked
from ingest.extract.reasons import reason_of
from ingest.extract.scoring import weights
from ingest.extract.screening import Pattern
from ingest.extract.voices import Voices
from ingest.reading import Reading
from ontology.base import Record
from ontology.model import BackgroundClaim, Barrier, Determinant, Facilitator, Quote, Theme

D = TypeVar("D", bound=Determinant)

_NAMES = {
    Barrier: Pattern(
        r"\b(?:barriers?|obstacles?|challeng\w+|hinder\w*|hindrances?|imped\w+|difficult(?:y|ies)|"
        r"constrain\w*|hurdles?|"
        r"inhibit\w*|problems?|deterrents?|hamper\w*|disadvantages?|drawbacks?)\b",
        re.IGNORECASE,
    ),
    Facilitator: Pattern(
        r"\b(?:facilitat\w+|enabl\w+|helpful|help(?:s|ed)|promot(?:ed|es|ing)|advantages?|drivers?|benefit\w*)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class DeterminantParts:
    """The barriers and facilitators of a study, best first, and how many statements of each kind were one too many."""

    barriers: tuple[Located[Barrier], ...]
    facilitators: tuple[Located[Facilitator], ...]
    left: tuple[int, int] = (0, 0)
    drawn: Drawn | None = field(default=None, repr=False, compare=False)
    """What was weighed, for the stage that looks for interventions in the same sentences."""
    holders: Holders | None = field(default=None, repr=False, compare=False)
    """Who speaks and acts in these sentences, for the same stage."""


def extract_determinants(
    reading: Reading,
    study: str,
    roles: RoleIndex,
    quotes: Sequence[Located[Quote]],
    themes: Sequence[Located[Theme]],
    background: Sequence[Located[BackgroundClaim]],
    aside: Sequence[Located[Record]] = (),
    voices: Voices | None = None,
) -> DeterminantParts:
    """Return the barriers and facilitators that a study reports, best first.

    Every sentence and every item of an announced list is weighed by what it says and where it stands (`scoring.py`);
    the clauses that carry it become the record. One that is said again elsewhere (abstract, discussion) has a span
    for each place. `score` is roughly the chance that a reviewer would mark the statement, `reason` what spoke for it.
    A paper without qualitative results gives none. What `aside` holds already, as a limitation or as a wish for
    research, is less likely to be one. `voices` are those of the paper, where another stage has them.
    """
    drawn = draw(reading, roles, quotes, background, aside)
    around = drawn.around
    if not around.lets_speak:
        return DeterminantParts((), (), drawn=drawn)
    holders = Holders(around, quotes, voices)
    barriers = ranked(drawn, weights("Barrier"), FLOORS["Barrier"])
    facilitators = ranked(drawn, weights("Facilitator"), FLOORS["Facilitator"])
    return DeterminantParts(
        tuple(_record(Barrier, around, holders, themes, study, pick) for pick in barriers.picks),
        tuple(_record(Facilitator, around, holders, themes, study, pick) for pick in facilitators.picks),
        (barriers.left, facilitators.left),
        drawn,
        holders,
    )


def _record(
    cls: type[D],
    around: Surroundings,
    holders: Holders,
    themes: Sequence[Located[Theme]],
    study: str,
    pick: Pick,
) -> Located[D]:
    reading = around.reading
    words = reading.text[pick.start : pick.end]
    speakers = holders.stated_by([one.candidate for one in pick.all])
    actors = holders.attributed_to(pick.candidate, pick.start, pick.end, speakers)
    made = make(
        cls,
        reading,
        study,
        pick.start,
        pick.end,
        label=label_of(words),
        level=level_of(words, pick.candidate.headings, holders.facets(actors)),
        stated_by=speakers,
        attributed_to=actors,
        self_attributed=set(actors) == set(speakers) if actors else None,
        explicit=_is_named(cls, around, themes, pick),
        codes=codes_of(words),
        score=round(pick.score, 3),
        reason=reason_of(around, pick, weights(cls.__name__)),
    )
    if not pick.again:
        return made
    spans = [*made.record.spans, *(span for start, end in pick.places[1:] for span in reading.spans(start, end))]
    return Located(replace(made.record, spans=tuple(dict.fromkeys(spans))), made.start, made.end)


def _is_named(cls: type[Determinant], around: Surroundings, themes: Sequence[Located[Theme]], pick: Pick) -> bool:
    """Say whether the text itself calls a statement a barrier, or a help: its sentence, list, heading or theme does."""
    reading, sentence = around.reading, pick.candidate.sentence
    section = reading.section_at(pick.start)
    above = [theme for theme in themes if section.start <= theme.start <= pick.start]
    told = [reading.text[sentence.start : sentence.end], pick.candidate.listed, *pick.candidate.headings[:1]]
    told += [theme.record.label for theme in above[-1:]]
    return any(_NAMES[cls].search(words) for words in told)
