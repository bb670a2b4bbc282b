"""Who said a quotation: the words of the paper that name the speaker, and the roles of the study behind them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from ingest.extract.context import RoleIndex, RoleMention
from ingest.extract.quotes.finder import Candidate
from ingest.extract.quotes.refusals import Setting
from ingest.extract.quotes.speaker_codes import roles_of_groups, stems, tied_to
from ingest.extract.quotes.speaker_hints import KEY_INFORMANT, Hints, in_words_of, initials_of, names_trade, subject_in
from ingest.extract.quotes.speaker_tables import SpeakerTables
from ingest.extract.quotes.speaker_tags import (
    Tag,
    code_parts,
    has_sex_and_age,
    is_patient_like,
    is_person,
    names_session,
)
from ingest.extract.quotes.speech import HOLDERS, REPORTS, reports
from ingest.extract.quotes.turns import UNNAMED
from ingest.extract.roles.groups import names_people
from ingest.extract.wording import any_of
from ingest.reading import Reading
from ontology.vocabulary import load_vocabulary

_UNKNOWN = re.compile(r"(?!FGD?\b|GD\b)[A-Z]{2,6}(?=\s*(?:,|\Z))")
_PREFIX = re.compile(r"\s*([A-Za-z][A-Za-z /-]*?)(?:[\s_#.-]*\d|\s[A-H]\Z)")
_SPLIT = re.compile(r"\s*[,;:|(/]\s*|\s+[–—-]\s+")
_ANOTHER = re.compile(
    rf"\b{any_of('another, a second, a third, the other, others, he, she, they, this participant, the same')}\b",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:both|all|across|each|either)\b", re.IGNORECASE)
_HOW_MANY = any_of(
    "one, two, three, four, another, a, an, the, this, some, several, many, most, a few, both, other, all"
)
_PHRASE = re.compile(
    rf"(?P<who>(?:\b{_HOW_MANY}\s+)?(?:of\s+)?(?:(?:the|our|them|these)\s+)?(?:[\w’'/!-]+\s+){{0,6}}?)"
    rf"(?=(?:\w+ly\s+|has\s+|have\s+|also\s+|who\s+[\w\s]{{0,30}}?)?{REPORTS}\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:as|for example|similarly|likewise|although|though|while|whereas|and|but|with|of|by|from|including)\b[\s,]*",
    re.IGNORECASE,
)
_HAD_TO = re.compile(r"\s+(?:had|has)\s+(?:\w+\s+){1,2}to\Z", re.IGNORECASE)
_HAD_TO_SAY = re.compile(r"\b(?:had|has) this to say\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:[,;]|[a-z]|Similar|The same|This (?:view|sentiment|was)|These)")
_GENERAL = re.compile(rf"\b(?:{HOLDERS})\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[,;:.])\s+|\b(?:that|because|although|while|whereas|which|but)\s+", re.IGNORECASE)
_GENERAL_HEAD = re.compile(r"\b(?:participants?|respondents?|interviewees?|informants?)\W*\Z", re.IGNORECASE)
_EXPERIENCE = re.compile(r"\bexperience\b|\bin (?:post|practice|role)\b", re.IGNORECASE)
_GROUP_OF = re.compile(r"(?:focus groups?|FGDs?)[ ,:\\/–-]+(?:of |with )?[A-Z][a-z]{2}", re.IGNORECASE)
"""A tag that says who the group was in words that name no role of the study."""
_SOMEBODY = any_of("woman, women, man, men, male, female, person, boy, girl, adult, individual")
_WITH_ILLNESS = re.compile(
    rf"\b{_SOMEBODY}\s+(?:living\s+)?with\s+(?!(?:an?\s+|\d+\s+)?"
    rf"{any_of('child, children, wife, husband, partner, family, carer, caregiver, years, experience, relative')}\b)",
    re.IGNORECASE,
)
"""A tag that tells what somebody has: "Man with diabetes, 36 years"."""
_WITH = re.compile(rf"\b{_SOMEBODY}\s+with\b", re.IGNORECASE)
_SOMEBODY_WITH = re.compile(rf"\b{_SOMEBODY}\s+with\s+(?:[\w-]+\s+){{0,2}}\Z", re.IGNORECASE)
_MAN = re.compile(r"\b(?:father|grandfather|man|male|boy|husband)\b", re.IGNORECASE)
_WOMAN = re.compile(r"\b(?:mother|grandmother|woman|wife|girl)\b", re.IGNORECASE)
_ANY_PROVIDER = "https://w3id.org/carekg/scheme/role/health-care-provider"
_PATIENT = "https://w3id.org/carekg/scheme/role/patient"
_FAR_MORE = 3
"""So many times as often as the next a role is mentioned whose words a paper quotes without saying so."""
_LETTERS = 6


class Speakers:
    """Finds speakers in reading order; what was said before helps with "another" and with repeated numbers."""

    def __init__(self, reading: Reading, roles: RoleIndex) -> None:
        """Take the document and its roles."""
        self._reading = reading
        self._roles = roles
        self._records = {located.record.iri: located.record for located in roles.records}
        self._by_tag: dict[str, tuple[str, ...]] = {}
        self._last: tuple[int, tuple[str, ...]] = (-1, ())
        self._prefixes: dict[str, str | None] = {}
        self._groups: dict[str, dict[str, str]] = {}
        self._may_speak = self._speaking_roles()
        self._hints = Hints(reading, roles, self._may_speak)
        self._tables = SpeakerTables(reading, roles)
        self._often = Counter(self._may_speak.get(mention.role, mention.role) for mention in roles.mentions)
        self._default = self._only_participants()
        self._default_is_patient = any(self._is_patient_side(iri) for iri in self._default)
        speaking = [iri for iri in self._top_participants() if self._is_patient(iri) or not self._is_patient_side(iri)]
        self._main = self._default or tuple(filter(self._hints.is_heard, self._commonest(speaking)))
        self._patients = self._patient_side()
        served = [iri for iri in self._records if self._is_patient(iri)]
        self._served = tuple(sorted(served, key=lambda iri: (-self._often[iri], iri))[:1])

    def of(self, candidate: Candidate, setting: Setting) -> tuple[str | None, tuple[str, ...]]:
        """Return the words that name the speaker, if any, and the IRIs of the roles that they mean, if any."""
        words, roles = self._told(candidate, setting)
        words = " ".join(words.split()) if words else None
        if roles:
            self._last = (self._section(candidate), roles)
        return words, roles

    def _told(self, candidate: Candidate, setting: Setting) -> tuple[str | None, tuple[str, ...]]:
        label = candidate.label
        named = label not in UNNAMED
        tag = candidate.tag.words if candidate.tag else label if named else ""
        if named and candidate.tag and names_session(tag):
            tag = label
        if candidate.tag or tag:
            found = self._from_tag(candidate, tag)
            if not found and KEY_INFORMANT.search(tag):
                return tag, self._hints.of_informants(tag)
            if not found and _is_abbreviated(tag):
                return tag, ()
            if not found and tag:
                found = self._by_tag.get(tag) or self._any_person(tag)
            if not found and tag and not _UNKNOWN.match(tag) and not names_trade(tag):
                speaks = reports(setting.lead) or setting.lead.rstrip().endswith(":") or _GOES_ON.match(setting.trail)
                found = self._from_text(candidate, setting, near=True)[1] if speaks else ()
                found = found or self._hints.of_heading(self._section(candidate)) or self._somebody(tag)
            if _MAN.search(tag) and any(_WOMAN.search(self._records[iri].label) for iri in found):
                found = ()
            if tag and found and not self._hints.is_of_talk(tag):
                self._by_tag[tag] = found
                self._hints.learn(tag, found)
            return tag or None, found
        words, roles = self._from_text(candidate, setting)
        person = words if roles or _GENERAL.search(words or "") else None
        told = roles or self._default or self._hints.of_caption(candidate.block)
        return person, told or self._hinted(candidate, words or "")

    def _hinted(self, candidate: Candidate, words: str) -> tuple[str, ...]:
        """Return whom words that name no role must mean by what else the paper says."""
        if KEY_INFORMANT.search(words) and (found := self._hints.of_informants(words)):
            return found
        return self._hints.of_heading(self._section(candidate)) or self._hints.of_sex(words)

    def later(self, tag: str) -> tuple[str, ...]:
        """Return whom a tag means that was not understood before all the quotations were read."""
        return self._by_tag.get(tag) or self._hints.of_series(tag)

    def _from_tag(self, candidate: Candidate, tag: str) -> tuple[str, ...]:
        named: tuple[str, ...] = ()
        if candidate.tag is not None:
            text, start = self._reading.text, candidate.tag.start
            mentions = list(_heads(self._roles.between(start, candidate.tag.end)))
            named = _unique(m.role for m in mentions if not _SOMEBODY_WITH.search(text, start, m.start))
        if not named:
            if listed := self._tables.of(tag):
                return listed
            for part in [tag, *_SPLIT.split(tag), *code_parts(tag)]:
                prefix = _PREFIX.match(part)
                told = _WITH.search(part)
                ends = [] if told else [part.split(" ", at)[-1] for at in range(1, part.count(" ") + 1)]
                first, *rest = part.split(" ")
                lone = "" if told or any(names_people(word) for word in rest) else first
                for words in (part, prefix.group(1) if prefix else "", *ends, lone):
                    role = self._roles.resolve(words.strip()) if words.strip() else None
                    if role:
                        return (role,)
                role = self._role_of_letters(part, prefix)
                if role:
                    return (role,)
        return named[:1] if len(named) > 1 and " and " not in tag else named

    def _role_of_letters(self, part: str, prefix: re.Match[str] | None) -> str | None:
        """Return the role that the letters of a number mean; of a code in parts that of its first part."""
        if (in_parts := stems(part)) is None:
            return self._role_of_prefix(prefix.group(1).strip()) if prefix else None
        stem, letters = in_parts
        if letters not in self._groups:
            self._groups[letters] = roles_of_groups(self._reading, self._roles, letters)
        groups = self._groups[letters]
        told_apart = len(set(groups.values())) > 1
        return groups.get(stem) or (None if told_apart else self._role_of_prefix(letters))

    def _role_of_prefix(self, prefix: str) -> str | None:
        """Return the role that the paper ties to the letters of a number: "N refers to a nurse", "nurses (N1-N8)"."""
        if prefix not in self._prefixes:
            letters = prefix.isupper() and len(prefix) < _LETTERS
            self._prefixes[prefix] = (
                (tied_to(self._reading, self._roles, prefix) or self._abbreviated(prefix)) if letters else None
            )
        return self._prefixes[prefix]

    def _abbreviated(self, letters: str) -> str | None:
        """Return the role that unexplained letters stand for: the initials of one role that took part ("CHW" of
        "community health worker"), else those of the vocabulary ("RN")."""
        vocabulary = load_vocabulary()
        meant = vocabulary.abbreviations.get(letters)
        initials = _one(iri for iri in self._may_speak if initials_of(self._records[iri].label) == letters)
        if meant is None or initials is not None:
            return initials
        above = {concept.iri for concept in vocabulary.ancestors(meant.iri)} - {_ANY_PROVIDER}
        kin: dict[tuple[bool, bool, int, str], str] = {}
        for iri, role in self._records.items():
            concept = role.concept or ""
            narrower = concept == meant.iri or any(one.iri == meant.iri for one in vocabulary.ancestors(concept))
            if narrower or concept in above:
                kin[iri not in self._may_speak, not narrower, -self._often[iri], iri] = iri
        return kin[min(kin)] if kin else None

    def _any_person(self, tag: str) -> tuple[str, ...]:
        """Return whom a tag without a role must mean: the only participants, or patients where it gives sex and age."""
        if not is_person(tag) and not tag.isdigit():
            return ()
        if _WITH_ILLNESS.search(tag) and self._served:
            return self._served
        if is_patient_like(tag) and not self._default_is_patient:
            return self._patients if has_sex_and_age(Tag(0, 0, tag, True)) else ()
        return self._default

    def _somebody(self, tag: str) -> tuple[str, ...]:
        """Return whom a tag most likely means that neither it nor the text around it tells."""
        if _EXPERIENCE.search(tag) or _GROUP_OF.match(tag):
            return ()
        described = has_sex_and_age(Tag(0, 0, tag, True)) or is_patient_like(tag)
        if described:
            return self._patients or tuple(iri for iri in self._main if self._is_patient_side(iri))
        return self._main

    def _top_participants(self) -> list[str]:
        took_part = {iri for iri, role in self._records.items() if role.participant}
        return [iri for iri in took_part if self._records[iri].broader not in took_part]

    def _commonest(self, roles: Sequence[str]) -> tuple[str, ...]:
        """Return the role that the paper speaks of by far the most, if there is one."""
        ranked = sorted(roles, key=lambda iri: (-self._often[iri], iri))
        if len(ranked) > 1 and self._often[ranked[0]] < _FAR_MORE * self._often[ranked[1]]:
            return ()
        return tuple(ranked[:1])

    def _patient_side(self) -> tuple[str, ...]:
        """Return the patients of the paper: those who took part, else those it speaks of often."""
        took_part = [iri for iri in self._top_participants() if self._is_patient_side(iri)]
        if took_part:
            return self._commonest(took_part)
        served = [iri for iri in self._records if self._is_patient(iri)]
        first = max(served, key=lambda iri: (self._often[iri], iri), default=None)
        most = max((self._often[iri] for iri, role in self._records.items() if role.participant), default=0)
        return (first,) if first is not None and 2 * self._often[first] >= most else ()

    def _from_text(
        self, candidate: Candidate, setting: Setting, *, near: bool = False
    ) -> tuple[str | None, tuple[str, ...]]:
        """Read the sentence around the quotation: the subject of its verb of reporting, before or behind; unless only
        what is `near` counts, also the sentence before it."""
        words, roles = self._subject(setting.lead, setting.lead_start)
        if not roles and _GOES_ON.match(setting.trail):
            after, found = self._subject(setting.trail, candidate.outer_end, behind=True)
            words, roles = (after or words, found) if found else (words or after, ())
        if not roles and words and _ANOTHER.search(words) and self._last[0] == self._section(candidate):
            roles = self._last[1]
        if not roles and not words and setting.earlier and not near:
            words, roles = self._subject(setting.earlier, setting.earlier_start)
            roles = () if self._hints.of_heading(self._section(candidate)) else roles
        return words, roles

    def _subject(self, text: str, start: int, *, behind: bool = False) -> tuple[str | None, tuple[str, ...]]:
        if not text.strip():
            return None, ()
        cited = None if behind else in_words_of(text)
        if cited is not None:
            start, text = start + cited.start("who"), cited["who"]
        verb = reports(text)
        if behind:
            verb = re.search(rf"\b(?:{REPORTS})\b", text, re.IGNORECASE)
            limit = min(len(text), (verb.end() if verb else 0) + 70)
            mentions = self._speaking(self._roles.between(start, start + limit))
            return (
                (self._words_of(text, start, mentions[:1]), _unique(m.role for m in mentions[:1]))
                if mentions
                else (None, ())
            )
        limit = verb.start() if verb else len(text)
        mentions = self._speaking(self._roles.between(start, start + limit))
        words = text if cited else self._phrase(text)
        if words and _GENERAL_HEAD.search(words):
            at = start + text.rfind(words)
            mentions = [mention for mention in mentions if at <= mention.start < at + len(words)]
            if not mentions:
                return words, self._hints.of_adjective(words)
        if mentions:
            chosen = self._nearest(text, start, mentions, limit)
            return words or self._words_of(text, start, chosen), self._expanded(text, _unique(m.role for m in chosen))
        told = words or _HAD_TO_SAY.search(text)
        later = () if told else self._speaking(self._roles.between(start + limit, start + len(text)))
        if later:
            return self._words_of(text, start, later[-1:]), _unique(m.role for m in later[-1:])
        return words, ()

    def _nearest(self, text: str, start: int, mentions: Sequence[RoleMention], limit: int) -> Sequence[RoleMention]:
        """Return the mentions in the clause of the verb: its subject, or two of them joined by "and"."""
        breaks = [m.end() for m in _CLAUSE.finditer(text, 0, limit)]
        floor = max([at for at in breaks if any(m.start - start >= at for m in mentions)], default=0)
        inside = [m for m in mentions if m.start - start >= floor] or list(mentions)
        first = inside[0]
        chosen = [first]
        for mention in inside[1:]:
            between = text[chosen[-1].end - start : mention.start - start]
            if re.fullmatch(r"\s*(?:,|and|or|&|/|both|the|,\s*and)?\s*(?:the\s+)?", between):
                chosen.append(mention)
        return chosen

    def _expanded(self, text: str, roles: tuple[str, ...]) -> tuple[str, ...]:
        """Return the groups that a general word takes in where the text says that it means all of them."""
        if len(roles) != 1 or not _EVERY.search(text):
            return roles
        narrower = tuple(iri for iri, role in self._records.items() if role.broader == roles[0] and role.participant)
        return narrower if len(narrower) > 1 else roles

    def _speaking(self, mentions: Sequence[RoleMention]) -> list[RoleMention]:
        """Return the mentions of roles that took part or are a kind of such a role; any where the paper names none."""
        if not self._may_speak:
            return list(mentions)
        return [m._replace(role=self._widened(m.role)) for m in mentions if m.role in self._may_speak]

    def _widened(self, iri: str) -> str:
        """Return the participants that a role is a kind of by its words, "ward nurse" of "nurse", else the role."""
        wider = self._may_speak[iri]
        return wider if self._records[iri].label.endswith(self._records[wider].label) else iri

    def _words_of(self, text: str, start: int, mentions: Sequence[RoleMention]) -> str | None:
        if not mentions:
            return None
        return text[mentions[0].start - start : mentions[-1].end - start]

    def _phrase(self, text: str) -> str | None:
        found = None
        for match in _PHRASE.finditer(text):
            words = subject_in(_LEADING.sub("", _HAD_TO.sub("", match.group("who").strip(" ,"))))
            if words and (
                _GENERAL.search(words)
                or re.match(r"(?:one|another|an?|the|this|two|some|several|many)\b", words, re.IGNORECASE)
            ):
                found = words
        return found

    def _section(self, candidate: Candidate) -> int:
        return self._reading.blocks[candidate.block].section

    def _only_participants(self) -> tuple[str, ...]:
        """Return the role that took part where there is but one, groups within a role not counted; of several that are
        the same in the vocabulary ("student", "college student") the one that is mentioned most."""
        top = self._top_participants()
        same = any(map(self._hints.is_heard, top)) and len({self._records[iri].concept or iri for iri in top}) == 1
        return (min(top, key=lambda iri: (-self._often[iri], iri)),) if same else ()

    def _is_patient_side(self, iri: str) -> bool:
        concept = load_vocabulary().concept(self._records[iri].concept or "")
        return concept is not None and concept.facet == "patient side"

    def _is_patient(self, iri: str) -> bool:
        """Say whether a role is a patient's, not that of somebody near to one."""
        concept = self._records[iri].concept or ""
        return concept == _PATIENT or any(one.iri == _PATIENT for one in load_vocabulary().ancestors(concept))

    def _speaking_roles(self) -> dict[str, str]:
        """Return for every role that may speak the participants it belongs to: itself, or a wider role."""
        vocabulary = load_vocabulary()
        by_concept = {role.concept: iri for iri, role in self._records.items() if role.participant and role.concept}
        found = {}
        for iri, role in self._records.items():
            if role.participant:
                found[iri] = iri
            elif role.concept:
                above = (concept.iri for concept in vocabulary.ancestors(role.concept))
                wider = next((by_concept[concept] for concept in above if concept in by_concept), None)
                if wider:
                    found[iri] = wider
        return found


def _heads(mentions: Sequence[RoleMention]) -> Iterator[RoleMention]:
    """Yield the mentions that no other one follows at once: a "woman activist" is an activist."""
    for mention, after in zip_longest(mentions, mentions[1:]):
        if after is None or after.start != mention.end + 1:
            yield mention


def _one(iris: Iterable[str]) -> str | None:
    """Return the only one there is, or None."""
    found = list(iris)
    return found[0] if len(found) == 1 else None


def _is_abbreviated(tag: str) -> bool:
    """Say whether a tag begins with letters that stand for a role, if of nobody in this study: "RN 2"."""
    prefix = _PREFIX.match(tag)
    return prefix is not None and prefix.group(1) in load_vocabulary().abbreviations


def _unique(iris: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(iris))  # type: ignore[call-overload]
