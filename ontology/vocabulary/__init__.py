"""SKOS schemes: roles, levels, mechanisms, determinants, interventions, confidence; and typed access to them."""

from ontology.vocabulary.terms import Vocabulary as Vocabulary
from ontology.vocabulary.terms import load_vocabulary as load_vocabulary
from ontology.vocabulary.terms import normalise_label as normalise_label
from ontology.vocabulary.terms import plurals_of as plurals_of
