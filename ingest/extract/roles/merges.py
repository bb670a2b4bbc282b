"""Which groups of names are one role after all: the paper's short ways to speak of a role that it named in full."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from ingest.extract.roles.fields import is_term
from ingest.extract.roles.groups import PATIENT, SPEAKER, WIDE, Group
from ingest.extract.roles.lexicon import RANKS, STUDIED_NOUNS, lexicon, singular
from ingest.extract.roles.phrases import COLLECTIVES, FUNCTION_WORDS
from ingest.extract.wording import word_set
from ontology.vocabulary import load_vocabulary

_BROAD_HEADS = word_set(
    "nurse doctor physician provider practitioner professional specialist clinician worker staff personnel patient "
    "surgeon oncologist member team leader director manager"
)
"""Heads that are themselves the name of another, wider role."""
_ELLIPTIC = word_set("professional worker personnel")
"""Heads that say too little by themselves, so that they mean the people who are named in full more than all others."""
_MANY_TIMES = 5
"""So much more often a role with an abbreviation is named than its bare head, and the head means that role."""
_MORE = 1.5
"""So much more often a role is named in full than by its bare head, which then means it."""
_FEWEST = 3
"""Names in full from which on it is clear."""
_RARE = 2
_DOING = word_set("referring prescribing treating caring admitting requesting")
"""Words before a head that say what people do for a patient, as any of them may."""
_BODY_WORDS = word_set(
    "health healthcare care medical national local regional organisation organisations organization organizations "
    "association associations agency agencies department departments ministry group groups service services board "
    "community public council union committee company companies"
)
"""Words that the names of many bodies share."""
_FAMILY = "family-member"
_SAME = (
    frozenset({("staff",), ("staff", "member"), ("personnel",), ("staff", "personnel")}),
    frozenset({("leader",), ("leadership",)}),
)
"""Plain words for the same people."""
_MEMBER = ("staff", "member")
_CHILD = "child-patient"
_EXPECTING = "pregnant-person"
_NEAREST = frozenset({"spouse-or-partner", "parent"})
_SPOKEN_OF = 3

TookPart = Callable[[Group], bool]


def merge_groups(groups: Sequence[Group], took_part: TookPart) -> list[Group]:
    """Return the groups with those joined that are one role. Groups of participants are never joined to others:

    - the bare head of a name ("coach") and the role that it is short for, with an abbreviation or named in full clearly
      more often, or the other way round where the longer name only adds the name of a programme;
    - a name that adds words to one of the vocabulary, of which the paper makes no role of its own ("clinic physician"),
      unless it tells people apart by standing ("senior physician") or stands in a list of people;
    - rare names that only say what people do for a patient ("prescribing providers") and the plain name;
    - those who speak for bodies that share a name ("representatives of the trial sites", "... of the trial's clinics");
    - rare general names ("health care staff") and the general name that the paper uses;
    - plain words for the same people ("staff", "staff members", "ward staff", "ward staff members");
    - rare synonyms of a role that has an abbreviation, and a team and its members;
    - relatives by their relation ("husband", "my children") and the family, unless the paper speaks of them often;
    - those who are named by what they expect ("pregnant women") and the plain noun that stands for the patients.
    """
    merged = [group for group in groups if group.names]
    joins = (
        _join_synonyms,
        _join_heads,
        _join_tails,
        _join_doing,
        _join_speakers,
        _join_wide,
        _join_same,
        _join_teams,
        _join_family,
        _join_women,
    )
    for join in joins:
        join(merged, took_part)
        merged = [group for group in merged if group.names]
    return merged


def _join(group: Group, into: Group) -> None:
    into.own = into.own or list(into.names)
    into.names = sorted([*into.names, *group.names], key=lambda name: name.start)
    group.names = []


def _join_heads(groups: Sequence[Group], took_part: TookPart) -> None:
    by_head: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_head[group.head].append(group)
    for head, found in by_head.items():
        bare = [g for g in found if all(n.key == (head,) for n in g.names)]
        if len(bare) != 1:
            continue
        longer = [g for g in found if g is not bare[0]]
        if head in COLLECTIVES and longer and not took_part(bare[0]):
            longer = [min(longer, key=lambda g: _distance(g, bare[0]))]
        abbreviated = [g for g in longer if g.definition is not None]
        if len(abbreviated) == 1 and head not in _BROAD_HEADS:
            _join(bare[0], abbreviated[0])
            continue
        meant = None if took_part(bare[0]) else _meant(bare[0], longer)
        if meant is not None:
            _join(bare[0], meant)
            continue
        for group in found:
            rarer = group is not bare[0] and group.definition is None and len(group.names) <= len(bare[0].names)
            if rarer and head not in _BROAD_HEADS and all(len(n.key) > 1 and n.is_branded for n in group.names):
                _join(group, bare[0])


def _distance(group: Group, other: Group) -> int:
    return min(abs(one.start - another.start) for one in group.names for another in other.names)


def _meant(bare: Group, longer: Sequence[Group]) -> Group | None:
    """Return the role that a bare head is short for: the only one with this head where the paper only takes it up, or
    one that it names more often than all others with this head together and clearly more often than the head alone."""
    if len(longer) == 1 and _is_taken_up(bare, longer[0]):
        return longer[0]
    most = max(longer, key=lambda g: len(g.names), default=None)
    if most is None or _is_kin_or_patient(bare, most) or 2 * len(most.names) <= sum(len(g.names) for g in longer):
        return None
    clearly = bare.head not in COLLECTIVES and len(most.names) >= max(_FEWEST, _MORE * len(bare.names))
    return most if clearly or bare.head in _ELLIPTIC else None


def _is_kin_or_patient(bare: Group, most: Group) -> bool:
    """Say whether a bare head on the patient side is a word of its own ("parent", "patient"); where the longer name is
    of another concept ("stroke survivor"), the paper says what the head means in it."""
    if bare.concept is None or bare.concept.facet != "patient side":
        return False
    return not _are_cared_for(bare) or most.concept in (None, bare.concept)


def _is_taken_up(bare: Group, longer: Group) -> bool:
    """Say whether a bare head is only used for people named before, in full and more often ("the nurses")."""
    fewer = len(bare.names) - (bare.head in COLLECTIVES) < len(longer.names)
    return fewer and all(n.is_definite and not n.is_short for n in bare.names)


def _join_tails(groups: Sequence[Group], took_part: TookPart) -> None:
    terms = lexicon().terms
    for group in groups:
        if group.definition is not None or any(n.is_short or n.is_field for n in group.names):
            continue
        keys = {name.key for name in group.names}
        if any(key in terms or key[0] in RANKS for key in keys) or any(n.is_listed for n in group.names):
            continue
        branded = any(n.is_branded for n in group.names)
        if branded and took_part(group):
            continue
        tails = [g for g in groups if g is not group and g.head == group.head and _is_tail(g, keys)]
        tails = [g for g in tails if len(g.names) >= len(group.names) * (_MANY_TIMES if branded else 1)]
        tails = [g for g in tails if took_part(g) or not took_part(group)]
        if tails:
            _join(group, max(tails, key=lambda g: len(g.names)))


def _is_tail(group: Group, keys: set[tuple[str, ...]]) -> bool:
    own = {name.key for name in group.names if not name.is_short}
    return all(any(key[at:] in own for at in range(1, len(key))) for key in keys)


def _join_doing(groups: Sequence[Group], took_part: TookPart) -> None:
    for group in groups:
        if took_part(group) or group.definition is not None or len(group.names) > _RARE:
            continue
        keys = {name.key for name in group.names}
        if not all(len(key) > 1 and key[0] in _DOING for key in keys):
            continue
        plain = [g for g in groups if g is not group and any(n.key == key[1:] for n in g.names for key in keys)]
        most = max(plain, key=lambda g: len(g.names), default=group)
        if len(most.names) > len(group.names):
            _join(group, most)


def _join_speakers(groups: Sequence[Group], _: TookPart) -> None:
    speakers = [group for group in groups if group.head == SPEAKER]
    for number, group in enumerate(speakers):
        words = _bodies(group)
        for other in speakers[number + 1 :]:
            if not words.isdisjoint(_bodies(other)):
                _join(group, other)
                break


def _bodies(group: Group) -> set[str]:
    """Return the words that tell for whom representatives speak."""
    words = {word for name in group.names for word in name.key if len(name.key) > 1}
    return words - FUNCTION_WORDS - _BODY_WORDS - {SPEAKER}


def _join_wide(groups: Sequence[Group], took_part: TookPart) -> None:
    by_concept: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        concept = group.concept
        if concept is not None and concept.notation in WIDE:
            by_concept[concept.iri].append(group)
    for found in by_concept.values():
        general = [g for g in found if (is_term(g.phrase) if g.phrase else any(is_term(n.key) for n in g.names))]
        if not general:
            continue
        most = max(general, key=lambda g: len(g.names))
        for group in found:
            rare = len(group.names) <= _RARE and len(most.names) > _RARE
            if group is most or not rare or group.definition is not None:
                continue
            if took_part(most) or not took_part(group):
                _join(group, most)


def _join_synonyms(groups: Sequence[Group], took_part: TookPart) -> None:
    for group in groups:
        concept = group.concept
        if concept is None or concept.notation in WIDE or took_part(group) or len(group.names) > _RARE:
            continue
        if not all(is_term(name.key) for name in group.names) or group.definition is not None:
            continue
        same = [g for g in groups if g.definition is not None and g is not group and g.concept == concept]
        if len(same) == 1 and len(same[0].names) >= _MANY_TIMES * len(group.names):
            _join(group, same[0])


def _join_same(groups: Sequence[Group], _: TookPart) -> None:
    for words in _SAME:
        found = [
            g for g in groups if g.names and g.definition is None and all(n.key in words for n in g.own or g.names)
        ]
        most = max(found, key=lambda g: len(g.names), default=None)
        for group in found:
            if most is not None and group is not most:
                _join(group, most)
    for group in groups:
        keys = {name.key[:-1] for name in group.names if name.key[-2:] == _MEMBER and len(name.key) > len(_MEMBER)}
        if len(keys) == 1 and all(name.key[-2:] == _MEMBER for name in group.names):
            staff = next((g for g in groups if g is not group and any(name.key in keys for name in g.names)), None)
            if staff is not None:
                _join(group, staff)


def _join_teams(groups: Sequence[Group], took_part: TookPart) -> None:
    teams = [g for g in groups if g.names and all(n.key[-1] == "team" for n in g.names)]
    members = [g for g in groups if g.names and any(n.key == ("team", "member") for n in g.names)]
    if len(teams) == len(members) == 1 and teams[0] is not members[0] and not took_part(teams[0]):
        _join(teams[0], members[0])


def _join_family(groups: Sequence[Group], took_part: TookPart) -> None:
    family = next((g for g in groups if g.concept is not None and g.concept.notation == _FAMILY), None)
    if family is None:
        return
    for group in groups:
        concept = group.concept
        if concept is None or group is family or group.definition is not None or took_part(group):
            continue
        of_theirs = 2 * sum(name.is_owned for name in group.names) > len(group.names)
        if _stands_alone(group):
            continue
        related = any(above.notation == _FAMILY for above in load_vocabulary().ancestors(concept.iri))
        if related or (of_theirs and concept.notation == _CHILD):
            _join(group, family)


def _stands_alone(group: Group) -> bool:
    """Say whether partners or parents are named so often that a paper speaks of them, not only of whose they are."""
    kin = group.concept.notation if group.concept else ""
    return kin in _NEAREST and sum(not name.is_owned for name in group.names) >= _SPOKEN_OF


def _join_women(groups: Sequence[Group], _: TookPart) -> None:
    patients = next((group for group in groups if group.key == PATIENT), None)
    nouns = {n.key[0] for n in patients.names if len(n.key) == 1 and n.key[0] in STUDIED_NOUNS} if patients else set()
    for group in groups:
        words = {singular(word) for name in group.names for word in name.key}
        concept = group.concept
        if patients is not None and nouns & words and concept is not None and concept.notation == _EXPECTING:
            _join(group, patients)


def join_patients(groups: Sequence[Group], took_part: TookPart, titled: TookPart) -> list[Group]:
    """Return the groups with the plain word for patients joined to the only people of one age or station in life who
    are cared for ("refugees"), who took part or whom the title names, where of the patients neither is so; and with
    other words for people of such a station joined to the only ones of them who took part."""
    for group in groups:
        if not group.names or not _are_cared_for(group) or took_part(group) or titled(group):
            continue
        same = [g for g in groups if g is not group and g.names and g.concept == group.concept and took_part(g)]
        if len(same) == 1:
            _join(group, same[0])
    groups = [group for group in groups if group.names]
    patients = next((group for group in groups if group.key == PATIENT), None)
    if patients is None or took_part(patients):
        return list(groups)
    others = [g for g in groups if g is not patients and _are_cared_for(g)]
    meant = [g for g in others if took_part(g) or (titled(g) and not titled(patients))]
    if len(meant) == 1:
        _join(patients, meant[0])
    return [group for group in groups if group.names]


def _are_cared_for(group: Group) -> bool:
    concept = group.concept
    if concept is None or concept.facet != "patient side":
        return False
    return any(above.notation == PATIENT for above in load_vocabulary().ancestors(concept.iri))
