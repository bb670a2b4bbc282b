"""Fields of care within the names of roles: what a paper's own abbreviations of them stand for ("HF nurse")."""

from collections.abc import Mapping

from ingest.extract.roles.lexicon import lexicon
from ingest.extract.roles.phrases import Phrase
from ingest.extract.tokens import Tokens
from ontology.vocabulary import plurals_of

_LONGEST_FIELD = 3
"""Words of an abbreviated field of care; those of a programme or study are more, and it is known by its letters."""


def is_term(key: tuple[str, ...]) -> bool:
    """Say whether a name's words are a term of the vocabulary, in the singular or, where that alone is, the plural."""
    terms = lexicon().terms
    return key in terms or any((*key[:-1], plural) in terms for plural in plurals_of(key[-1]))


def spelt_out(tokens: Tokens, phrase: Phrase, others: Mapping[str, tuple[str, ...]]) -> Phrase:
    """Return a phrase with the abbreviation that it begins with spelt out in its key ("HF nurse")."""
    words = others.get(tokens.texts[phrase.first]) if len(phrase.key) > 1 else None
    if not words or len(words) > _LONGEST_FIELD or is_term(phrase.key) or tokens.joints[phrase.first + 1] == "-":
        return phrase
    key = (*words, *phrase.key[1:])
    term = lexicon().terms.get(key)
    return phrase._replace(key=key, concept=term.concept if term and not term.is_field else phrase.concept)
