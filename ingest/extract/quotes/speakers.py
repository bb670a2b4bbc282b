"""Who said a quotation: the words of the paper that name the speaker, and the roles of the study behind them."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.extract.context import RoleIndex, RoleMention
from ingest.extract.quotes.candidate import Candidate
from ingest.extract.quotes.participants import Participants
from ingest.extract.quotes.refusals import Setting
from ingest.extract.quotes.speaker_codes import roles_of_groups, stems, tied_to
from ingest.extract.quotes.speaker_hints import KEY_INFORMANT, Hints, in_words_of, names_trade, subject_in
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
_PRONOUN = re.compile(
    rf"(?:(?:{any_of('one, two, three, some, several, many, most, a few, both, all, of, them, they, he, she')})\s*)+",
    re.IGNORECASE,
)
"""The subject of a verb of saying that only points back to people."""
_WITHIN = re.compile(
    rf"\b{any_of('in, at, on, by, during, after, before, through')}\s+(?:[\w’'-]+\s+){{0,2}}\Z", re.IGNORECASE
)
_OF_A_THING = re.compile(r"(?:['’]s?)?\s+[a-z]{3}")
"""What stands before and behind people who only say what a thing is: "at the nurses' meeting", "in nurse training"."""
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
_LETTERS = 6


class Speakers:
    """Finds speakers in reading order; what was said before helps with "another" and with repeated numbers."""

    def __init__(self, reading: Reading, roles: RoleIndex) -> None:
        """Take the document and its roles."""
        self._reading = reading
        self._roles = roles
        self._people = Participants(reading, roles)
        self._hints = Hints(reading, roles, self._people.speaking)
        self._tables = SpeakerTables(reading, roles)
        self._by_tag: dict[str, tuple[str, ...]] = {}
        self._last: tuple[int, tuple[str, ...]] = (-1, ())
        self._prefixes: dict[str, str | None] = {}
        self._groups: dict[str, dict[str, str]] = {}

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
            if _MAN.search(tag) and any(_WOMAN.search(self._people.records[iri].label) for iri in found):
                found = ()
            if tag and found and not self._hints.is_of_talk(tag):
                self._by_tag[tag] = found
                self._hints.learn(tag, found)
            return tag or None, found
        words, roles = self._from_text(candidate, setting)
        person = words if roles or _GENERAL.search(words or "") else None
        told = roles or self._people.only or self._hints.of_caption(candidate.block)
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
                (tied_to(self._reading, self._roles, prefix) or self._people.abbreviated(prefix)) if letters else None
            )
        return self._prefixes[prefix]

    def _any_person(self, tag: str) -> tuple[str, ...]:
        """Return whom a tag without a role must mean: the only participants, or patients where it gives sex and age."""
        if not is_person(tag) and not tag.isdigit():
            return ()
        if _WITH_ILLNESS.search(tag) and self._people.served:
            return self._people.served
        if is_patient_like(tag) and not any(map(self._people.is_patient_side, self._people.only)):
            return self._people.patients if has_sex_and_age(Tag(0, 0, tag, True)) else ()
        return self._people.only

    def _somebody(self, tag: str) -> tuple[str, ...]:
        """Return whom a tag most likely means that neither it nor the text around it tells."""
        if _EXPERIENCE.search(tag) or _GROUP_OF.match(tag):
            return ()
        described = has_sex_and_age(Tag(0, 0, tag, True)) or is_patient_like(tag)
        if described:
            return self._people.patients or tuple(iri for iri in self._people.main if self._people.is_patient_side(iri))
        return self._people.main

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
            mentions = self._people.named(self._roles.between(start, start + limit))
            return (
                (self._words_of(text, start, mentions[:1]), _unique(m.role for m in mentions[:1]))
                if mentions
                else (None, ())
            )
        limit = verb.start() if verb else len(text)
        mentions = self._people.named(self._roles.between(start, start + limit))
        words = text if cited else self._phrase(text)
        if words and _GENERAL_HEAD.search(words):
            at = start + text.rfind(words)
            mentions = [mention for mention in mentions if at <= mention.start < at + len(words)]
            if not mentions:
                return words, self._hints.of_adjective(words)
        if words and _PRONOUN.fullmatch(words):
            mentions = [m for m in mentions if not _tells_a_thing(text, m.start - start, m.end - start)]
        if mentions:
            chosen = self._nearest(text, start, mentions, limit)
            return words or self._words_of(text, start, chosen), self._expanded(text, _unique(m.role for m in chosen))
        told = words or _HAD_TO_SAY.search(text)
        later = () if told else self._people.named(self._roles.between(start + limit, start + len(text)))
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
        narrower = self._people.groups_of(roles[0])
        return narrower if len(narrower) > 1 else roles

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


def _tells_a_thing(text: str, start: int, end: int) -> bool:
    """Say whether people are named to tell which thing is meant: whoever a pronoun points back to is not they."""
    return _OF_A_THING.match(text, end) is not None and _WITHIN.search(text, max(0, start - 60), start) is not None


def _heads(mentions: Sequence[RoleMention]) -> Iterator[RoleMention]:
    """Yield the mentions that no other one follows at once: a "woman activist" is an activist."""
    for mention, after in zip_longest(mentions, mentions[1:]):
        if after is None or after.start != mention.end + 1:
            yield mention


def _is_abbreviated(tag: str) -> bool:
    """Say whether a tag begins with letters that stand for a role, if of nobody in this study: "RN 2"."""
    prefix = _PREFIX.match(tag)
    return prefix is not None and prefix.group(1) in load_vocabulary().abbreviations


def _unique(iris: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(iris))  # type: ignore[call-overload]
