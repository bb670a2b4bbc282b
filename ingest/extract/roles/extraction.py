"""The roles that a study speaks of: what it calls them, what they are in the vocabulary, and who of them took part."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

from ingest.extract.context import Located, RoleIndex, RoleMention, make
from ingest.extract.roles.definitions import Definition, find_definitions
from ingest.extract.roles.groups import PATIENT, SPEAKER, Group, core_of, group_names, is_kept, names_people
from ingest.extract.roles.lexicon import STUDIED_NOUNS, is_studied, lexicon, singular
from ingest.extract.roles.makers import gives_care
from ingest.extract.roles.merges import join_patients, merge_groups
from ingest.extract.roles.names import Name, apart, body_tokens, find_names, without_predicates
from ingest.extract.roles.participants import (
    broader_names,
    is_maker,
    is_signature,
    participant_names,
    tells_living,
)
from ingest.extract.roles.people import ill_people, people_names
from ingest.extract.roles.phrases import FUNCTION_WORDS
from ingest.extract.tokens import Tokens
from ingest.extract.wording import stands_in
from ingest.reading import Reading
from ontology.identity import normalise_statement
from ontology.model import Role
from ontology.vocabulary import plurals_of

_MOST_NAMES = 12
_LEAST = 3
"""So many times a full text names those beside the patients who matter to it."""
_ABSTRACT = 8000
"""Characters of what is no more than an abstract, where one mention is enough."""
_IRREGULAR = re.compile(r"\b(?:people|children|(?:wo)?men)\b", re.IGNORECASE)
"""Plurals that readers would not find under their singular."""
_ARTICLES = frozenset({"a", "an", "the"})
_LONGEST_ABBREVIATION = 5
"""Letters of a word in capitals; a longer one is shouted."""
_PARTICIPANT = re.compile(r"\b(?:participants?|interviewees?|respondents?|informants?)\b", re.IGNORECASE)

Definitions = dict[str, tuple[Definition, tuple[str, ...]]]


def extract_roles(reading: Reading, study: str) -> RoleIndex:
    """Return the roles of a study in the order of their first mention, with every place that names them.

    A role is `participant` where the title, abstract, methods or a table give it as taking part, or where quotations
    are signed with it; `broader` is the group that the paper lists it under.
    """
    roles, foreign, legends = _definitions(reading.text)
    blocks = body_tokens(reading)
    found = [*find_names(reading, blocks, roles, foreign), *people_names(reading, blocks), *ill_people(reading)]
    names = without_predicates(reading.text, apart(found))
    participants = {(name.start, name.end) for name in participant_names(reading, names)}

    def takes_part(group: Group) -> bool:
        named = any((name.start, name.end) in participants for name in group.names)
        return named and _may_take_part(reading.text, group)

    titles = [(block.start, block.end) for block in reading.blocks if block.kind == "title"]

    def is_titled(group: Group) -> bool:
        return any(start <= name.start < end for start, end in titles for name in group.names)

    groups = merge_groups(group_names([name for name in names if not name.is_field], roles), takes_part)
    groups = join_patients(groups, takes_part, is_titled)
    of_name = {(name.start, name.end): group.key for group in groups for name in group.names}
    took_part = {group.key for group in groups if takes_part(group)}
    if not took_part and _PARTICIPANT.search(reading.text) and _are_announced(reading, groups):
        took_part.add(PATIENT)
    least = _LEAST if len(reading.text) > _ABSTRACT else 1
    kept = [
        group
        for group in groups
        if is_kept(group, group.key in took_part or gives_care(reading.text, group), least)
        and not all(is_maker(reading, name) or tells_living(reading, name) for name in group.names)
    ]
    kept += _fields(names, kept, of_name)
    kept.sort(key=lambda group: group.names[0].start)
    records = {group.key: _record(reading, study, group, group.key in took_part) for group in kept}
    speakers = [group.key for group in kept if any(name.key[0] == SPEAKER for name in group.names)]
    if len(speakers) == 1:
        records[speakers[0]] = _by_plain_name(records[speakers[0]])
    records = _with_broader(reading, names, of_name, records)
    mentions = tuple(
        RoleMention(name.start, name.end, records[of_name[name.start, name.end]].record.iri)
        for name in names
        if of_name.get((name.start, name.end)) in records and not name.is_thing
    )
    return RoleIndex(tuple(records.values()), mentions, _by_name(records, kept, legends))


def _are_announced(reading: Reading, groups: Iterable[Group]) -> bool:
    """Say whether a full text names patients before the results: who is only mentioned later was not asked."""
    results = (s.start for s in reading.sections if s.kind == "results" and not s.in_abstract)
    first = min(results, default=len(reading.text)) if len(reading.text) > _ABSTRACT else len(reading.text)
    return any(name.start < first for group in groups if group.key == PATIENT for name in group.names)


def _may_take_part(text: str, group: Group) -> bool:
    """Say whether a group may be participants: those who make studies, and those of whom no more is said than that
    they are in a group, only where quotations are signed with them."""
    concept = group.concept
    if (concept is None or is_studied(concept)) and not group.is_of_a_group:
        return True
    return any(is_signature(text, name) for name in group.names)


def _definitions(text: str) -> tuple[Definitions, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the abbreviations of roles, those of anything else with the words that they stand for, and those that
    only a legend gives to a role too."""
    roles: Definitions = {}
    foreign: dict[str, tuple[str, ...]] = {}
    legends: dict[str, tuple[str, ...]] = {}
    for definition in find_definitions(text):
        words = text[definition.start : definition.end].strip()
        if not definition.is_initials:
            continue
        core = core_of(Tokens(words))
        if core and (core[0] in FUNCTION_WORDS or not _ARTICLES.isdisjoint(core) or _is_doing(core)):
            continue
        if not names_people(words):
            if definition.short not in roles:
                # A field of care is written small, a programme is not: that is known by its letters.
                foreign.setdefault(definition.short, tuple(Tokens(words).keys) if words[1:].islower() else ())
        elif definition.short in foreign:
            legends.setdefault(definition.short, core)
        else:
            roles.setdefault(definition.short, (definition, core))
    return roles, foreign, legends


def _is_doing(core: tuple[str, ...]) -> bool:
    """Say whether words tell what is done with people, as the name of a programme does ("engaging men")."""
    return len(core) > 1 and core[0].endswith("ing") and core[0] not in lexicon().words


def _fields(names: Sequence[Name], kept: Sequence[Group], of_name: dict[tuple[int, int], str]) -> list[Group]:
    """Resolve fields of care that act as people: to a role of the study in that field, else to one of their own."""
    own: dict[str, Group] = {}
    for name in names:
        if not name.is_field or name.concept is None:
            continue
        within = [group for group in kept if _works_in(group, name)]
        if within:
            best = max(within, key=lambda group: len(group.names))
            best.names.append(name)
            of_name[name.start, name.end] = best.key
            continue
        group = own.setdefault(name.concept.iri, Group(name.concept.iri))
        group.names.append(name)
        of_name[name.start, name.end] = group.key
    return list(own.values())


def _works_in(group: Group, name: Name) -> bool:
    concept = group.concept
    if concept is not None and concept.facet == "patient side":
        return False
    in_field = concept is not None and name.concept is not None and name.concept.iri in concept.specialty
    named = any(n.key[: len(name.key)] == name.key for n in group.names if not n.is_field)
    return in_field or named or group.phrase[: len(name.key)] == name.key


def _record(reading: Reading, study: str, group: Group, took_part: bool) -> Located[Role]:
    first = next((n for n in group.names if not n.is_short and not n.is_thing), group.names[0])
    label = _label(reading, group)
    defined = group.definition
    start, end = (defined.start, defined.short_end) if defined else (first.start, first.end)
    if defined and defined.short_start < defined.start:
        start, end = defined.short_start, defined.end
    others = _alternatives(reading, group, label)
    located = make(
        Role,
        reading,
        study,
        start,
        end,
        key=label,
        label=label,
        abbreviation=defined.short if defined else _short_of(group),
        alternatives=others,
        concept=_concept_iri(group),
        participant=took_part,
    )
    if not start <= first.start < end:
        spans = (*reading.spans(first.start, first.end), *located.record.spans)
        located = located._replace(record=replace(located.record, spans=tuple(sorted(spans, key=lambda s: s.start))))
    return located


def _by_plain_name(speaker: Located[Role]) -> Located[Role]:
    """Return the only role that speaks for a body with the plain name for it too."""
    role = speaker.record
    if SPEAKER in (role.label, *role.alternatives):
        return speaker
    return speaker._replace(record=replace(role, alternatives=(*role.alternatives, SPEAKER)))


def _concept_iri(group: Group) -> str | None:
    if group.key == PATIENT:
        found = lexicon().named(PATIENT)
        return found.iri if found else None
    term = lexicon().terms.get(group.phrase)
    concept = term.concept if term else group.concept
    words = {name.key for name in group.own or group.names}
    if concept is None and len(words) == 1:
        concept = lexicon().alone.get(" ".join(*words))
    return concept.iri if concept else None


def _short_of(group: Group) -> str | None:
    shorts = Counter(name.key[0] for name in group.names if name.is_short)
    return shorts.most_common(1)[0][0] if shorts else None


def _label(reading: Reading, group: Group) -> str:
    if group.key == PATIENT and any(name.key == (PATIENT,) for name in group.names):
        return PATIENT
    if group.definition is not None:
        return _singular_phrase(reading, reading.text[group.definition.start : group.definition.end].strip())
    full = [name for name in group.own or group.names if not name.is_short]
    if not full:
        concept = group.concept
        return concept.label if concept else group.names[0].key[0]
    best = Counter(name.key for name in full).most_common(1)[0][0]
    found = next(name for name in full if name.key == best)
    words = reading.text[found.start : found.end]
    # A row of a table opens with a capital that is none of the name's own.
    if found.is_listed and words[1:].islower():
        words = words[0].lower() + words[1:]
    return _singular_phrase(reading, words)


def _singular_phrase(reading: Reading, words: str) -> str:
    """Return a name in the singular, in small letters where the paper writes its words so elsewhere or in capitals."""
    return _plain_phrase(reading, words, len(core_of(Tokens(words))))


def _plain_phrase(reading: Reading, words: str, core: int = 0) -> str:
    """Return a name with its word number `core` in the singular and small letters for what is no proper name."""
    tokens = Tokens(words)
    parts = []
    at = 0
    for number, token in enumerate(tokens):
        parts.append(words[at : token.start].replace("[", ""))
        text = re.sub(r"['’]s?$", "", token.text)
        text = singular(text) if number == core - 1 else text
        parts.append(text.lower() if _is_common(reading, token.text) else text)
        at = token.end
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _is_common(reading: Reading, word: str) -> bool:
    if not word[0].isupper():
        return False
    if word.isupper() and len(word) > 1:
        return len(word) > _LONGEST_ABBREVIATION
    known = word.casefold() in lexicon().words or singular(word.casefold()) in lexicon().heads
    return known or stands_in(word.lower(), reading.text)


def _alternatives(reading: Reading, group: Group, label: str) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    in_singular = cache(partial(_singular_phrase, reading))
    for name in group.names:
        if name.is_short:
            counts[name.key[0]] += 1
            continue
        words = reading.text[name.start : name.end]
        counts[in_singular(words)] += 1
        if _IRREGULAR.search(words):
            counts[_plain_phrase(reading, words)] += 1
        if name.wide_start < name.start:
            counts[in_singular(reading.text[name.wide_start : name.end])] += 1
    if group.definition is not None and group.key == PATIENT:
        counts[reading.text[group.definition.start : group.definition.end].strip()] += 1
    seen = {normalise_statement(label)}
    chosen = []
    for words, _ in counts.most_common():
        if normalise_statement(words) not in seen:
            seen.add(normalise_statement(words))
            chosen.append(words)
    short = group.definition.short if group.definition else _short_of(group)
    return tuple(words for words in chosen if words != short)[:_MOST_NAMES]


def _with_broader(
    reading: Reading, names: Sequence[Name], of_name: dict[tuple[int, int], str], records: dict[str, Located[Role]]
) -> dict[str, Located[Role]]:
    found = dict(records)
    if PATIENT in found:
        served = found[PATIENT].record.iri
        for noun in STUDIED_NOUNS & found.keys():
            found[noun] = found[noun]._replace(record=replace(found[noun].record, broader=served))
    for member, above in broader_names(reading, names):
        inner, outer = of_name.get((member.start, member.end)), of_name.get((above.start, above.end))
        if inner in (PATIENT, outer) or inner not in found or outer not in found or found[inner].record.broader:
            continue
        above_concept = lexicon().concept(found[outer].record.concept)
        if found[outer].record.broader == found[inner].record.iri or not (
            above_concept is None or is_studied(above_concept)
        ):
            continue
        role = replace(found[inner].record, broader=found[outer].record.iri)
        if found[outer].record.participant:
            role = replace(role, participant=True)
        found[inner] = found[inner]._replace(record=role)
    return found


def _by_name(
    records: dict[str, Located[Role]], groups: Iterable[Group], legends: dict[str, tuple[str, ...]]
) -> dict[str, str]:
    names: dict[str, str] = {}
    for group in groups:
        role = records[group.key].record
        own = [role.label, *([role.abbreviation] if role.abbreviation else []), *role.alternatives]
        for words in own:
            for form in (words, *plurals_of(words)):
                names.setdefault(normalise_statement(form), role.iri)
    for short, core in legends.items():
        iri = names.get(" ".join(core)) or names.get(core[-1] if core else "")
        if iri:
            names.setdefault(normalise_statement(short), iri)
    return names
