"""Who holds what a sentence says: the participants that are its subject, and how many of them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.extract.context import Located, RoleIndex, RoleMention
from ingest.extract.screening import Pattern
from ingest.extract.wording import any_of, verbs
from ingest.reading import Reading
from ontology.model import Quote, Role
from ontology.vocabulary import load_vocabulary

AUTHORS = "https://w3id.org/carekg/scheme/role/study-authors"
"""The concept of whoever wrote the paper: holder of what is their own interpretation."""

_PATIENT_SIDE = re.compile(
    r"(?:patient|famil(?:y|ies)|caregiver|carer|parent|mother|father|relative|spouse|partner|wife|husband|child|"
    r"children|adolescent|person|people|wom[ae]n|m[ae]n|client|user|consumer|survivor|public|companion|companions|"
    r"member|elder)s?",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\s+(?:with|of|who|from|in|for|at|living)\s.*")
_SAYING = verbs(
    "feel/felt, believe, think/thought, say/said, state, report, describe, express, note, highlight, "
    "emphasise, emphasize, stress, mention, perceive, see/saw, view, regard, want, prefer/preferred, wish, "
    "hope, expect, acknowledge, recognise, recognize, understand/understood, agree, disagree, suggest, "
    "indicate, explain, experience, find/found, identify, value, appreciate, worry, fear, like, dislike, "
    "consider, comment, discuss, raise, voice, admit/admitted, depict, accept, question, argue, claim, "
    "recount, recall, speak/spoke, talk, tell/told, share, point, attribute, link, cite, name, list, confirm, "
    "deny, lack, need, struggle, use, try, seek/sought, choose/chose, know/knew, learn/learnt, learn, "
    "complain, observe, realise, realize, put/put, reply, answer, add, remark, continue, sum/summed, joke, "
    "reflect, reveal, disclose, demonstrate, advocate, propose, recommend, desire, trust, support, rely, "
    "face, encounter, enjoy, welcome, refer/referred, elaborate, articulate, assume, anticipate, conclude, "
    "decide"
)
_SAID = any_of(
    ", ".join(form for form in _SAYING.split(", ") if not form.endswith("ing"))
    + ", saying, describing, had concerns, had doubts, had problems, had trouble, had difficulty, had difficulties, "
    "had experience, had experiences, had mixed, had different, had positive, had negative, had no, had little, "
    "had limited, have experienced, had experienced"
)
_BEFORE = "|".join(rf"(?<=\b{before} )" for before in ("are", "be", "were", "was", "is", "not", "may", "might"))
_AFTER_BEING = rf"(?<=[esty] )(?:{_BEFORE})\w+"
_VERB = re.compile(rf"\b(?:(?P<said>{_SAID})|{_AFTER_BEING})\b", re.IGNORECASE)
"""What tells a view: a verb of saying, thinking or wanting, or what follows "were", "may" and the like."""
_GENERAL = Pattern(
    r"\b(?:(?P<all>(?:(?:study|trial|interview|focus group|patient|individual) )?participants?|respondents?|"
    r"interviewees?|informants?|members|group members|people|women|men|individuals|persons?|subjects)|"
    r"(?P<staff>(?:health ?care |healthcare |service |individual |care )?(?:providers?|professionals?|practitioners?|"
    r"clinicians?|staff|workers|personnel|teams?)))\b(?!['’])",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:(?:inter|multi|cross)-?(?:disciplinary|professional)|individual|other|health-? ?care|care|service|clinical|"
    r"medical|study|trial|patient|\s)*(?:provider|prescriber|professional|practitioner|clinician|staff|worker|"
    r"personnel|participant|respondent|interviewee|informant|team member)",
    re.IGNORECASE,
)
_PRONOUN = Pattern(
    r"\b(?:they|he|she|others?|some|many|most|several|few|both|all|none|one|another|a few|these|those)\b", re.I
)
_BEING = re.compile(r"\b(?:are|be|were|was|is) $")
_LEAD = re.compile(
    r"\s*(?:(?:however|but|and|or|so|yet|although|though|while|whilst|whereas|as|also|then|thus|therefore|similarly|"
    r"indeed|again|for example|for instance|in contrast|in addition|of note|we found that|it seems that|"
    r"(?:this|the|another|one) quote from|both|each|only|these|those|this|our|his|her|\w+ly)[\s,]+)*(?:the\s+|a\s+|"
    r"an\s+|all\s+)?(?:(?:participating|interviewed|surveyed|responding|included)\s+)?",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r".*\b(?:found|showed?|indicated?|suggest(?:s|ed)?|revealed?|highlight(?:s|ed)?|demonstrated?) that\s+", re.I | re.S
)
_MERE = re.compile(
    r"(?:\s+(?:\w+ly|also|often|sometimes|even|still|then|just|themselves|had|have|has|would|will|did|do|does|may|"
    r"might|could|can|were|are|was|is|be|being|been|not|never|seemed|appeared|tended|to))*\s+",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"(?:\s*\([^)]{1,40}\))?(?:\s+(?:interviewed|surveyed|consulted|involved|participating|included|"
    r"who (?:participated|took part)))?(?:,?\s+(?:and |or )?(?:in|from|at|across|within|of|with|on|for|representing|"
    r"working|attending|receiving|who were)\s+(?:[\w’'/-]+\s+){0,8}?[\w’'/-]+){0,2}(?:,[^,]{1,60},|,)?(?:\s+(?:\w+ly|"
    r"also|often|sometimes|even|still|then|just|all|both|each|themselves|had|have|has|would|will|did|do|does|may|"
    r"might|could|can|were|are|was|is|be|being|been|not|never|who|that|seemed|appeared|tended|to|clearly|and))*\s+",
    re.IGNORECASE,
)
_COUNT = (
    r"(?:(?:almost|nearly|about|approximately|around|roughly|more than|over|less than|only|just|virtually|"
    r"at least)\s+)?(?:all but (?:one|two|three)|all|most|(?:the |a )(?:vast |large |great |small(?:er)? |"
    r"clear )?(?:majority|minority|number|few|couple|handful|third|quarter|proportion)|several|some|many|multiple|few|"
    r"numerous|various|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|other|others|another|each|"
    r"every|none|no|two[- ]thirds|three[- ]quarters|\d{1,3}%|\d{1,3}(?:\s*(?:of|out of|/)\s*(?:the\s+)?\d{1,3})?)"
)
_FREQUENCY = Pattern(
    rf"\b(?P<q>{_COUNT})(?:\s+of)?(?:\s+(?:the|our|these|those|other))?(?:\s+(?!for\b|of\b|to\b|with\b|in\b|from\b|"
    rf"about\b)[\w’'()/-]+){{0,3}}?\s*$",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?:only |just |at least )?(?:one|another|1)", re.IGNORECASE)
_BY = Pattern(
    r"\b(?:felt|reported|described|valued|raised|voiced|seen|viewed|perceived|mentioned|expressed|highlighted|noted|"
    r"identified|recogni[sz]ed|shared|experienced|appreciated|discussed|brought up|suggested|acknowledged|considered|"
    r"cited|emphasi[sz]ed|stated|named|endorsed|confirmed|supported|accepted|welcomed|preferred|used|"
    r"told)\b(?:\s+\w+){0,3}\s+by\s+[\w\s’'-]{0,60}$",
    re.IGNORECASE,
)


_JOINED = re.compile(r"\s*(?:\([^)]*\))?,?\s*(?:(?:and|or|as well as|&)\s+)?(?:[\w-]+\s+){0,2}")
_AND = re.compile(r"\b(?:and|or|as well as|&)\b")
_ARTICLE = re.compile(r"\b(?:a|an|this)\s+(?:[\w-]+\s+){0,2}$")
_THAT = re.compile(r"\s+(?:that|how|as)\b")
_COUNTS = re.compile(_COUNT, re.IGNORECASE)
_OFTEN = 3
"""Quotes that make a role one that speaks, though nothing says that it took part."""


_NEARLY_ALL = 0.8
"""The share of the quotes that makes a role the one whose views a paper reports."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose view a sentence gives: view[start:end] is the subject with its number, what they say begins at `told`.

    `holders` are IRIs of roles; empty for a pronoun that nothing before resolves. `single` is one person's view;
    `said` that a verb of saying or thinking tells it, not a mere "were" or "may".
    """

    start: int
    end: int
    told: int
    holders: tuple[str, ...]
    frequency: str | None
    single: bool
    said: bool


_ROLE, _PEOPLE, _ANYBODY = range(3)
"""What names a subject: a role, people in general ("participants"), or a pronoun."""


class _Subject(NamedTuple):
    """Words that may be a subject: view[start:end], what kind they are and whom they mean; nobody yet for a pronoun."""

    start: int
    end: int
    kind: int
    holders: tuple[str, ...]


class Voices:
    """The voices of one paper: its roles, and who "participants" and "providers" are."""

    def __init__(self, reading: Reading, roles: RoleIndex, quotes: Sequence[Located[Quote]]) -> None:
        """Take the roles that speak in quotes as the participants; without quotes, those that took part."""
        self._reading = reading
        self._roles = roles
        self._told: dict[tuple[int, int, tuple[str, ...]], Voice | None] = {}
        self._named_in: dict[tuple[int, int], tuple[_Subject, ...]] = {}
        self._numbers: dict[tuple[int, int], tuple[int, str | None]] = {}
        self._member_roles: dict[str, tuple[str, ...]] = {}
        self._records: dict[str, Role] = {one.record.iri: one.record for one in roles.records}
        spoken = Counter(iri for q in quotes for iri in q.record.speaker_roles)
        took_part = self._participants()
        heard = tuple(i for i, n in spoken.items() if i in took_part or n >= _OFTEN) if len(quotes) >= _OFTEN else ()
        self.everyone: tuple[str, ...] = heard or took_part
        self.speaking: tuple[str, ...] = tuple(i for i in heard if spoken[i] >= _NEARLY_ALL * sum(spoken.values()))
        # Where only patients are quoted, "the providers" are those who took part, never the patients.
        self._professionals = self._staff_of(self.everyone) or self._staff_of(took_part)
        self.staff: tuple[str, ...] = self._professionals or self.everyone

    def _participants(self) -> tuple[str, ...]:
        took_part = [one.record for one in self._roles.records if one.record.participant]
        own = [r for r in took_part if not self.is_group(r.iri)]
        tops = [r for r in own if r.broader is None or r.broader not in self._records or self.is_group(r.broader)]
        return tuple(role.iri for role in tops or own or took_part)

    def _staff_of(self, iris: Sequence[str]) -> tuple[str, ...]:
        return tuple(iri for iri in iris if not self.is_patient_side(iri))

    def is_patient_side(self, iri: str) -> bool:
        """Say whether a role is a patient, a relative or the like."""
        role = self._records.get(iri)
        words = role.label if role else iri.rsplit("/", 1)[-1].replace("-", " ")
        own = _HEAD.sub("", words).removesuffix(" participant").split()
        return bool(own) and "team" not in words and _PATIENT_SIDE.fullmatch(own[-1]) is not None

    def is_group(self, iri: str) -> bool:
        """Say whether a role is all the study's professionals (or participants) together, such as "providers"."""
        role = self._records.get(iri)
        return role is not None and _GROUP.fullmatch(role.label) is not None

    def label(self, iri: str) -> str:
        """Return what the paper calls a role: its abbreviation where it has one."""
        role = self._records.get(iri)
        return (role.abbreviation or role.label) if role else iri.rsplit("/", 1)[-1]

    def mentions(self, start: int, end: int) -> list[RoleMention]:
        """Return the places in view[start:end] that name a role."""
        return [m for m in self._roles.between(start, end) if m.end <= end]

    def named(self, start: int, end: int) -> tuple[str, ...]:
        """Return the roles that view[start:end] names, a group as its members, in order."""
        found: dict[str, None] = {}
        for mention in self._roles.between(start, end):
            if mention.end <= end:
                found.update(dict.fromkeys(self._members(mention.role)))
        return tuple(found)

    def _members(self, iri: str) -> tuple[str, ...]:
        if iri not in self._member_roles:
            self._member_roles[iri] = self._find_members(iri)
        return self._member_roles[iri]

    def _find_members(self, iri: str) -> tuple[str, ...]:
        if not self.is_group(iri) or not set(self.everyone) - {iri}:
            return (self._taking_part(iri),)
        return self.everyone if self._records[iri].label.endswith("participant") else self._professionals or (iri,)

    def _taking_part(self, iri: str) -> str:
        """Return the one participant that a wider word stands for ("physicians", where oncologists were asked)."""
        role = self._records.get(iri)
        if role is None or role.participant or role.concept is None or iri in self.everyone:
            return iri
        narrower = [
            other
            for other in self.everyone
            if (concept := self._records[other].concept if other in self._records else None) is not None
            and any(above.iri == role.concept for above in load_vocabulary().ancestors(concept))
        ]
        return narrower[0] if len(narrower) == 1 else iri

    def of(self, start: int, end: int, before: tuple[str, ...] = ()) -> Voice | None:
        """Return whose view view[start:end] gives, or None where no participant is its subject.

        `before` are the holders of the sentence before, for "they", "some" and "others".
        """
        asked = start, end, before
        if asked not in self._told:
            self._told[asked] = self._of(start, end, before)
        return self._told[asked]

    def _of(self, start: int, end: int, before: tuple[str, ...]) -> Voice | None:
        text = self._reading.text
        people = self._people(start, end)
        if not people:
            return None
        named = min(one.end for one in people)  # no verb before it has a subject
        for verb in _VERB.finditer(text, named, end):
            subject = self._subject(start, verb.start(), people, before)
            if subject is not None:
                first, last, holders, is_named = subject
                begin, number = self._frequency(start, first)
                pronoun = text[first:last] if not is_named else ""
                frequency = number or (pronoun if _COUNTS.fullmatch(pronoun) else None)
                if not self._opens(start, begin):
                    continue
                said = verb["said"] is not None and _BEING.search(text, verb.start() - 6, verb.start()) is None
                single = bool(frequency and _ONE.fullmatch(frequency)) or self._lone(begin, first)
                return Voice(begin, last, self._after(verb.end(), end), holders, _plain(frequency), single, said)
        return None

    def _frequency(self, start: int, first: int) -> tuple[int, str | None]:
        """Return where the subject that is named at `first` begins with its number, and that number."""
        if (start, first) not in self._numbers:
            floor = max(start, first - 60)
            number = _FREQUENCY.search(self._reading.text[floor:first])
            self._numbers[start, first] = (floor + number.start(), number["q"]) if number else (first, None)
        return self._numbers[start, first]

    def _opens(self, start: int, begin: int) -> bool:
        """Whether a subject opens its clause: nothing but adverbs, or "we found that", stands before it."""
        text = self._reading.text
        told = _FOUND.match(text, start, begin)
        at = max(told.end() if told else start, *(text.rfind(mark, start, begin) + 1 for mark in ",;:"))
        return _LEAD.fullmatch(text, at, begin) is not None

    def _lone(self, begin: int, first: int) -> bool:
        return _ARTICLE.search(self._reading.text[max(0, first - 30) : first]) is not None

    def _after(self, at: int, end: int) -> int:
        that = _THAT.match(self._reading.text, at, end)
        return that.end() if that else at

    def _people(self, start: int, end: int) -> tuple[_Subject, ...]:
        """Return what may be a subject in view[start:end]: roles, then people in general, then pronouns."""
        if (start, end) not in self._named_in:
            text = self._reading.text
            self._named_in[start, end] = (
                *(_Subject(m.start, m.end, _ROLE, self._members(m.role)) for m in self._roles.between(start, end)),
                *(_Subject(m.start(), m.end(), _PEOPLE, self._general(m)) for m in _GENERAL.finditer(text, start, end)),
                *(_Subject(m.start(), m.end(), _ANYBODY, ()) for m in _PRONOUN.finditer(text, start, end)),
            )
        return self._named_in[start, end]

    def _general(self, found: re.Match[str]) -> tuple[str, ...]:
        return self.everyone if found["all"] else self.staff

    def _subject(
        self, start: int, verb: int, people: Sequence[_Subject], before: tuple[str, ...]
    ) -> tuple[int, int, tuple[str, ...], bool] | None:
        text = self._reading.text
        options: list[_Subject] = []
        for one in people:
            if one.end <= verb and (
                one.kind == _ROLE or not any(o.start < one.end and one.start < o.end for o in options)
            ):
                options.append(one)
        for one in sorted(options, key=lambda o: (o.kind != _ANYBODY, o.start), reverse=True):
            is_named = one.kind != _ANYBODY
            if (_GAP if is_named else _MERE).fullmatch(text, one.end, verb):
                first, holders = self._with_coordinated(start, one.start, one.holders if is_named else before)
                return first, one.end, holders, is_named
        return None

    def _with_coordinated(self, start: int, first: int, holders: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """Widen a subject that begins at `first` to "X and Y", "both X and Y"."""
        text = self._reading.text
        for mention in reversed([m for m in self._roles.between(start, first) if m.end <= first]):
            between = text[mention.end : first]
            if _JOINED.fullmatch(between):
                if "," not in between and not _AND.search(between):
                    continue
                holders = tuple(dict.fromkeys((*self._members(mention.role), *holders)))
                first = mention.start
        return first, holders

    def by(self, start: int, end: int) -> Voice | None:
        """Return whose view a passive sentence gives: "was valued by most nurses", or None."""
        text = self._reading.text
        if not _BY.may_match(text, start, end):
            return None
        named = [(one.start, one.end, one.holders) for one in self._people(start, end) if one.kind != _ANYBODY]
        for first, last, holders in sorted(named):
            floor = max(start, first - 100)
            if _BY.search(text[floor:first]):
                last, holders = self._with_following(last, end, holders)
                number = _FREQUENCY.search(text[max(start, first - 50) : first])
                return Voice(first, last, start, holders, _plain(number and number["q"]), False, True)
        return None

    def _with_following(self, last: int, end: int, holders: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """Widen those who end at `last` to "X and Y", "both X and Y"."""
        for mention in self._roles.between(last, end):
            between = self._reading.text[last : mention.start]
            if _JOINED.fullmatch(between) is None or not ("," in between or _AND.search(between)):
                break
            last, holders = mention.end, tuple(dict.fromkeys((*holders, *self._members(mention.role))))
        return last, holders


def _plain(words: str | None) -> str | None:
    return re.sub(r"\s+", " ", words).strip().lower() if words else None
