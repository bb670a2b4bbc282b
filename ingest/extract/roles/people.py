"""People by plain words: women, men and couples whose views a paper studies, and those named by their illness."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.extract.roles.groups import PATIENT
from ingest.extract.roles.lexicon import STUDIED_NOUNS, lexicon, singular
from ingest.extract.roles.names import Name, body_blocks
from ingest.extract.roles.participants import GATHERED, TAKING_PART, THEIR_VIEWS, VIEWS_OF
from ingest.extract.screening import Pattern
from ingest.extract.tokens import Token, Tokens
from ingest.extract.wording import any_of
from ingest.reading import Reading

_NEAR = 120
_STUDY_OF = re.compile(r"\b(?:study|research)\s+(?:with|among|amongst|involving)\s+(?:[\w-]+\s+){0,4}\Z", re.IGNORECASE)
_CARERS = any_of("midwives, nurses, doctors, physicians, obstetricians, providers, clinicians, professionals, staff")
_WITH_CARERS = re.compile(rf"\b{_CARERS}\s+and\s+\Z", re.IGNORECASE)
_AND_CARERS = re.compile(rf"\s+and\s+(?:their\s+)?(?:[\w-]+\s+)?{_CARERS}\b", re.IGNORECASE)
"""Around plain nouns: those who care for these people ("midwives and women")."""
_ALL_PATIENTS = re.compile(
    r"\b(?:women|men|girls|boys|couples)\b[^.()\[\]]{1,20}\b(?:women|men|girls|boys|couples)\s*[(\[]\s*"
    r"(?:hereafter\s+)?(?:the\s+|our\s+)?[\"“'‘]?patients[\"”'’]?\s*[)\]]",
    re.IGNORECASE,
)
"""Where a paper says that such nouns are its word for patients: "women and men (patients)"."""
_ILL = Pattern(
    r"\b(?:people|persons?|individuals?|adults?|wom[ae]n|m[ae]n|patients?|clients?)\s+"
    r"(?:(?:who\s+(?:are\s+|were\s+)?)?(?:living|diagnosed)\s+)?with\s+(?P<illness>(?:(?!(?:and|or|the|a|an|of|in|who|their|"
    r"whom?|our|no)\b)[\w’'-]+\s+){0,3}?(?:[\w-]*(?:disorders?|diseases?|illness(?:es)?|depression|anxiety|cancers?|"
    r"diabetes|dementia|strokes?|failure|syndromes?|injur(?:y|ies)|disabilit(?:y|ies)|infections?|HIV|tuberculosis|"
    r"asthma|epilepsy|psychosis|schizophrenia|hypertension|obesity|COPD|conditions|impairments?|autism|sclerosis|"
    r"ulcers|pain)|\w{3,}(?:itis|osis|aemia|opathy|algia|oma)))\b",
    re.IGNORECASE,
)
"""People who are named by what they are ill with."""
_TOLD = 2
_CONTACTS = re.compile(r"\bsex\s+with\s+(?:\w+\s+(?:and|or)\s+)?\Z", re.IGNORECASE)


def people_names(reading: Reading, blocks: Sequence[Tokens]) -> Iterator[Name]:
    """Yield where such nouns stand for participants: those whose views the title or the abstract says are studied.

    One such noun is the paper's word for its patients; of two, each is a role ("women and men"), unless the paper says
    that they are its patients.
    """
    words = set[str]().union(*(tokens.keys for tokens in blocks))
    nouns = {word for word in words if singular(word) in STUDIED_NOUNS}
    found = [
        (tokens, at)
        for tokens in blocks
        if not nouns.isdisjoint(tokens.keys)
        for at, key in enumerate(tokens.keys)
        if key in nouns and not _is_part(reading.text, tokens, at)
    ]
    studied = {singular(tokens.keys[at]) for tokens, at in found if _is_studied(reading, tokens[at])}
    are_patients = len(studied) == 1 or (studied and _ALL_PATIENTS.search(reading.text) is not None)
    concept = lexicon().named(PATIENT) if are_patients else None
    for tokens, at in found:
        token = tokens[at]
        noun = singular(token.key)
        if noun in studied:
            yield Name(token.start, token.end, (noun,), concept, token.start, is_plural=token.key != noun)


def ill_people(reading: Reading) -> Iterator[Name]:
    """Yield where people are named by an illness that the title or the abstract names too, or that comes again: the
    patients of the study, whatever else it calls them ("women with postnatal depression")."""
    concept = lexicon().named(PATIENT)
    found = [match for block in body_blocks(reading) for match in _ILL.finditer(reading.text, block.start, block.end)]
    times = Counter(_plain(match["illness"]) for match in found)
    front = _front(reading) if times else []
    studied = {words for words, n in times.items() if n >= _TOLD and any(words in part for part in front)}
    for match in found:
        if _plain(match["illness"]) in studied:
            keys = Tokens(match.group()).keys
            many = singular(keys[0]) != keys[0]
            yield Name(match.start(), match.end(), tuple(keys), concept, match.start(), is_plural=many)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _front(reading: Reading) -> list[str]:
    """Return the title and the parts of the abstract, in small letters."""
    abstracts = [(s.start, s.end) for s in reading.sections if s.kind == "abstract" or s.in_abstract]
    titles = [(block.start, block.end) for block in reading.blocks if block.kind == "title"]
    return [_plain(reading.text[start:end]) for start, end in (*titles, *abstracts)]


def _is_studied(reading: Reading, token: Token) -> bool:
    section = reading.section_at(token.start)
    if not (section.kind in ("front", "abstract") or section.in_abstract):
        return False
    sentence = reading.sentence_at(token.start)
    start = sentence.start if sentence else section.start
    before = reading.text[max(start, token.start - _NEAR) : token.start]
    word_end = token.start + len(token.key)
    return (
        VIEWS_OF.search(before) is not None
        or GATHERED.search(before) is not None
        or _STUDY_OF.search(before) is not None
        or _WITH_CARERS.search(before) is not None
        or _AND_CARERS.match(reading.text, word_end) is not None
        or THEIR_VIEWS.match(reading.text, word_end) is not None
        or TAKING_PART.match(reading.text, word_end) is not None
    )


def _is_part(text: str, tokens: Tokens, at: int) -> bool:
    """Say whether a noun is a part of a proper name ("Women's Hospital") or tells with whom people have sex."""
    token = tokens[at]
    if _CONTACTS.search(text, max(0, token.start - 40), token.start):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].joint == " " else None
    return following is not None and token.text.istitle() and following.text.istitle()
