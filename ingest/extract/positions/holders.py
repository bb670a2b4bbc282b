"""Who states a barrier, facilitator or proposal, and whom it is attributed to."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.candidates import Candidate, Surroundings
from ingest.extract.context import Located
from ingest.extract.screening import Pattern
from ingest.extract.voices import AUTHORS, Voice, Voices
from ontology.model import Quote

_SELF = re.compile(
    r"\s*(?:that )?(?:they|their|we|our|I|my|he|his|she|her|it was difficult|it is difficult)\b", re.IGNORECASE
)
_REFLEXIVE = Pattern(r"\b(?:themselves|ourselves|himself|herself|myself)\b", re.IGNORECASE)
_PEOPLE = Pattern(
    r"\b(?:participants?|respondents?|interviewees?|people|individuals|men|women|some|many|most|several|he|"
    r"she|they|their|"
    r"his|her|I|my|we|our)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or)\b|/|&", re.IGNORECASE)
_JOINED = 25
"""Characters between two roles that act together."""
_INTRODUCTION = 70
"""Characters of a sentence that does nothing but introduce a quote."""


class Holders:
    """Who speaks and who acts in the statements of one paper."""

    def __init__(self, around: Surroundings, quotes: Sequence[Located[Quote]], voices: Voices | None = None) -> None:
        """Take the statements' surroundings and the quotes, whose speakers are the participants; and `voices` where
        these are known already."""
        self._around = around
        self._voices = voices or Voices(around.reading, around.roles, quotes)
        self._told: dict[int, Voice | None] = {}

    def stated_by(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """Return the roles that state what candidates say alike: the first that anybody but the authors states."""
        told = [self._stated_by(candidate) for candidate in candidates]
        return next((roles for roles in told if roles and roles != (AUTHORS,)), told[0])

    def _stated_by(self, candidate: Candidate) -> tuple[str, ...]:
        """Return who states a candidate.

        The speaker of a quote; else whoever the sentence says reports it, which the tag of the quote that it
        introduces may narrow down; else that quote's speaker; else, in results, whoever took part and is the subject,
        or all who took part where that is one role, or who says nearly all that is quoted; else the authors.
        """
        if candidate.quote is not None:
            return candidate.quote.record.speaker_roles
        voice = self._voice_of(candidate.number)
        introduced = self._introduced(candidate)
        speaker = introduced.record.speaker_roles if introduced is not None else ()
        if voice is not None and voice.said and voice.holders:
            return speaker if voice.single and set(speaker) < set(voice.holders) else voice.holders
        if speaker:
            return speaker
        if candidate.zone in ("results", "abstract results"):
            if voice is not None and voice.holders and set(voice.holders) <= set(self._voices.everyone):
                return voice.holders
            if len(self._voices.everyone) == 1:
                return self._voices.everyone
            if self._voices.speaking:
                return self._voices.speaking
        return (AUTHORS,)

    def _introduced(self, candidate: Candidate) -> Located[Quote] | None:
        """Return the quote that a candidate's sentence introduces, or the short one after it ("One nurse said:")."""
        if candidate.leads is not None or candidate.number + 1 == len(self._around.sentences):
            return candidate.leads
        following = self._around.sentences[candidate.number + 1]
        is_short = following.section == candidate.sentence.section and following.end - following.start <= _INTRODUCTION
        return self._around.led_by(following) if is_short else None

    def attributed_to(self, candidate: Candidate, start: int, end: int, speakers: tuple[str, ...]) -> tuple[str, ...]:
        """Return the roles that act in view[start:end], the words of a candidate; where these say whose view they
        give ("nurses agreed on ..."), in what is said.

        "They" and "themselves" at its beginning are those who state it. Otherwise it is the first role named that
        does not merely state it, professionals before patients, with those joined to it by "and"; then the people in
        general ("participants", "men") as whose words it is given.
        """
        text = self._around.reading.text
        own = tuple(iri for iri in speakers if iri != AUTHORS)
        if _REFLEXIVE.search(text, start, end):
            return own
        voice = self._voice_of(candidate.number) if candidate.quote is None else None
        if voice is not None and voice.said and start <= voice.start < voice.told < end:
            told = voice.told
            if _SELF.match(text, told, end) or any(m.role not in own for m in self._voices.mentions(told, end)):
                start = told
        if _SELF.match(text, start, end):
            return own
        named = self._voices.mentions(start, end)
        mentions = [m for m in named if m.role not in own]
        actors = [m for m in mentions if not self._voices.is_patient_side(m.role)] or mentions
        if not actors:
            if named:
                return own
            return own or self._patients() if _PEOPLE.search(text, start, end) else ()
        found = [actors[0].role]
        for before, after in pairwise(actors):
            if after.start - before.end > _JOINED or not _AND.search(text, before.end, after.start):
                break
            found.append(after.role)
        return tuple(dict.fromkeys(found))

    def _patients(self) -> tuple[str, ...]:
        everyone = self._voices.everyone
        return everyone if len(everyone) == 1 else ()

    def facets(self, roles: tuple[str, ...]) -> list[str]:
        """Return "patient side" or "" for each role."""
        return ["patient side" if self._voices.is_patient_side(iri) else "" for iri in roles]

    def _voice_of(self, number: int) -> Voice | None:
        """Return whose view a sentence gives, or whom it is about; a section is read once, when first asked for."""
        if number not in self._told:
            sentences = self._around.sentences
            first, section = number, sentences[number].section
            while first and sentences[first - 1].section == section:
                first -= 1
            before: tuple[str, ...] = ()
            for at in range(first, len(sentences)):
                if sentences[at].section != section:
                    break
                start, end = sentences[at].start, sentences[at].end
                voice = self._told[at] = self._voices.of(start, end, before) or self._voices.by(start, end)
                before = voice.holders if voice is not None and voice.said and voice.holders else before
        return self._told[number]
