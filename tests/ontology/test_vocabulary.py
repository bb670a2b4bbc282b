"""The schemes as SKOS, and the typed access to them."""

from collections import Counter, defaultdict

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from graph.project import to_quads
from graph.validate import validate_records
from ontology.errors import VocabularyError
from ontology.model import CLASSES, FACETS, LEVELS, Concept, ConceptScheme
from ontology.namespaces import DCTERMS, SCHEME, SKOS
from ontology.slots import slots_of
from ontology.synthesis import COMPONENTS, CONCERNS, CONFIDENCE
from ontology.vocabulary import Vocabulary, load_vocabulary, normalise_label, plurals_of
from ontology.vocabulary.terms import read_records
from tests.ontology.turtle import SCHEMES, graph_of

VOCABULARY = load_vocabulary()
ROLES = VOCABULARY.scheme("role")
NAMES = sorted(scheme.iri.removeprefix(SCHEME) for scheme in VOCABULARY.schemes)
PEOPLE = [role for role in ROLES if role.facet != "specialty"]


def role(label: str) -> Concept:
    found = VOCABULARY.lookup(label)
    assert found is not None, f"no role is called {label!r}"
    return found


def labels_of(concept: Concept) -> list[str]:
    return [normalise_label(label) for label in (concept.label, *concept.alternatives)]


def test_the_schemes_are_these() -> None:
    judgements = {"component", "concern", "confidence", "credibility"}
    assert set(NAMES) == {"role", "level", "perspective", "mechanism", "tdf", "comb", "cfir", "eric"} | judgements


@pytest.mark.parametrize("name", NAMES)
def test_iris_notations_and_labels_are_unique_and_fit(name: str) -> None:
    concepts = VOCABULARY.scheme(name)
    assert all(c.iri == f"{SCHEME}{name}/{c.notation}" for c in concepts)
    assert all(c.scheme == SCHEME + name for c in concepts)
    for values in ([c.notation for c in concepts], [c.label for c in concepts], [c.definition for c in concepts]):
        assert [value for value, n in Counter(values).items() if n > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_concept_is_defined_in_a_sentence(name: str) -> None:
    for concept in VOCABULARY.scheme(name):
        assert concept.definition
        assert concept.definition[0].isupper()
        assert concept.definition.endswith(".")
        assert normalise_label(concept.definition.rstrip(".")) not in labels_of(concept)


@pytest.mark.parametrize("name", NAMES)
def test_broader_stays_in_the_scheme_and_makes_no_circle(name: str) -> None:
    for concept in VOCABULARY.scheme(name):
        above = VOCABULARY.ancestors(concept.iri)
        assert concept not in above
        assert {c.scheme for c in above} <= {concept.scheme}
        assert not set(concept.related) & {c.iri for c in above}
        assert concept.iri not in concept.related
        redundant = {c.iri for b in VOCABULARY.broader_of(concept.iri) for c in VOCABULARY.ancestors(b.iri)}
        assert not redundant & set(concept.broader), f"{concept.notation} skips no step"


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_clean_and_said_once(name: str) -> None:
    for concept in VOCABULARY.scheme(name):
        words = (concept.label, *concept.alternatives, *concept.abbreviations, *concept.cues)
        assert all(word == " ".join(word.split()) and word for word in words)
        cues = [normalise_label(cue) for cue in concept.cues]
        assert len(labels_of(concept)) == len(set(labels_of(concept)))
        assert len(cues) == len(set(cues))


@pytest.mark.parametrize("path", SCHEMES, ids=lambda p: p.stem)
def test_a_file_names_its_source_and_licence_and_holds_skos_only(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    head = text[: text.index("@prefix")]
    assert "Source" in head
    assert "Licence:" in head
    graph = graph_of(path)  # type: ignore[arg-type]
    assert {str(t) for t in graph.objects(None, RDF.type)} == {SKOS + "Concept", SKOS + "ConceptScheme"}
    for subject in graph.subjects(RDF.type, URIRef(SKOS + "Concept")):
        assert len(list(graph.objects(subject, URIRef(SKOS + "prefLabel")))) == 1
    for scheme in graph.subjects(RDF.type, URIRef(SKOS + "ConceptScheme")):
        assert graph.value(scheme, URIRef(DCTERMS + "license"))
        tops = {str(top) for top in graph.objects(scheme, URIRef(SKOS + "hasTopConcept"))}
        concepts = VOCABULARY.scheme(str(scheme).removeprefix(SCHEME))
        assert tops == {c.iri for c in concepts if not c.broader}


def test_the_records_say_what_the_files_say() -> None:
    files = Graph()
    for path in SCHEMES:
        files += graph_of(path)
    described = {(str(s), str(p), str(o)) for s, p, o in files}
    quads = ox.parse("".join(to_quads(VOCABULARY.records())).encode(), format=ox.RdfFormat.N_QUADS)
    written = {(q.subject.value, q.predicate.value, q.object.value) for q in quads}
    assert written <= described
    metadata = {DCTERMS + "license", DCTERMS + "language", DCTERMS + "source", SKOS + "hasTopConcept"}
    assert {p for _, p, _ in described - written} == metadata


def test_the_vocabulary_conforms_to_the_shapes() -> None:
    assert validate_records(VOCABULARY.records()) == []


def test_there_are_many_roles_of_every_facet() -> None:
    counts = Counter(r.facet for r in ROLES)
    assert set(counts) == set(FACETS)
    assert len(PEOPLE) >= 130
    assert min(counts.values()) >= 25


def test_no_two_roles_share_a_label_or_an_abbreviation() -> None:
    owners = defaultdict(set)
    for concept in ROLES:
        forms = set(labels_of(concept))
        if concept.facet != "specialty":
            forms |= {plural for label in forms for plural in map(normalise_label, plurals_of(label))}
        for form in forms | set(concept.abbreviations):
            owners[form].add(concept.notation)
    assert {form: found for form, found in owners.items() if len(found) > 1} == {}


def test_abbreviations_are_short_and_have_capitals() -> None:
    for concept in ROLES:
        for short in concept.abbreviations:
            assert 2 <= len(short) <= 7
            assert sum(letter.isupper() for letter in short) >= 2
            assert " " not in short


def test_facets_and_their_links_are_kept_apart() -> None:
    for concept in ROLES:
        assert concept.facet in FACETS
        professions = [VOCABULARY.concept(iri) for iri in concept.profession]
        fields = [VOCABULARY.concept(iri) for iri in concept.specialty]
        assert all(p and p.facet == "profession" and not p.profession for p in professions)
        assert all(f and f.facet == "specialty" for f in fields)
        assert concept not in professions
        if concept.facet == "patient side":
            assert not professions
        if concept.facet == "specialty":
            assert not professions
            assert not fields
    assert all(c.facet is None for c in VOCABULARY.concepts if c not in ROLES)


def test_a_role_that_names_a_profession_stands_below_it() -> None:
    for concept in ROLES:
        above = {c.iri for c in VOCABULARY.ancestors(concept.iri)}
        assert set(concept.profession) <= above, concept.notation


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ("General Practitioners", "general-practitioner"),
        ("family physician", "general-practitioner"),
        ("GP", "general-practitioner"),
        ("GPs", "general-practitioner"),
        ("primary-care provider", "primary-care-provider"),
        ("PCP", "primary-care-provider"),
        ("medical oncologists", "medical-oncologist"),
        ("palliative care specialist", "palliative-care-physician"),
        ("palliative care team", "palliative-care-team"),
        ("pharmacists", "pharmacist"),
        ("registered nurses", "registered-nurse"),
        ("NP", "nurse-practitioner"),
        ("PA", "physician-assistant"),
        ("social workers", "social-worker"),
        ("psychologists", "psychologist"),
        ("surgeon", "surgeon"),
        ("emergency department physicians", "emergency-physician"),
        ("midwives", "midwife"),
        ("pediatrician", "paediatrician"),
        ("geriatricians", "geriatrician"),
        ("physical therapists", "physiotherapist"),
        ("OT", "occupational-therapist"),
        ("dieticians", "dietitian"),
        ("podiatrist", "podiatrist"),
        ("speech-language pathologist", "speech-and-language-therapist"),
        ("patient navigators", "patient-navigator"),
        ("care coordinators", "care-coordinator"),
        ("case managers", "case-manager"),
        ("CHWs", "community-health-worker"),
        ("lay counsellors", "lay-health-worker"),
        ("hospital administrator", "administrator"),
        ("policymakers", "policy-maker"),
        ("researchers", "researcher"),
        ("authors", "study-authors"),
        ("patients", "patient"),
        ("carers", "caregiver"),
        ("family caregivers", "caregiver"),
        ("families", "family-member"),
        ("mothers", "parent"),
        ("peers", "peer"),
        ("people with dementia", "person-with-dementia"),
        ("members of the public", "community-member"),
        ("next of kin", "family-member"),
    ],
)
def test_words_are_looked_up(words: str, notation: str) -> None:
    assert role(words).notation == notation


@pytest.mark.parametrize("words", ["gp", "Pcp", "ot", "np", "", "coordination", "the physician"])
def test_what_is_no_name_of_a_role_is_not_found(words: str) -> None:
    assert VOCABULARY.lookup(words) is None


def test_palliative_care_physicians_are_physicians_of_palliative_care() -> None:
    found = role("palliative care physician")
    assert found.facet == "profession"
    assert [VOCABULARY.concept(iri).notation for iri in (*found.profession, *found.specialty)] == [  # type: ignore[union-attr]
        "physician",
        "palliative-care",
    ]
    assert {"physician", "health-care-provider"} <= {c.notation for c in VOCABULARY.ancestors(found.iri)}


def test_a_field_is_found_as_a_field() -> None:
    assert role("oncology").facet == "specialty"
    assert role("oncologist").facet == "profession"
    assert role("oncology team").facet == "function"
    forms = dict(VOCABULARY.surface_forms())
    assert "oncologists" in forms
    assert "oncologys" not in forms
    assert "oncologies" not in forms


def test_surface_forms_are_normalised_and_lead_to_what_lookup_finds() -> None:
    for form, concept in VOCABULARY.surface_forms():
        assert form == normalise_label(form)
        assert VOCABULARY.lookup(form) == concept


@pytest.mark.parametrize(
    ("singular", "plurals"),
    [
        ("nurse", ("nurses",)),
        ("midwife", ("midwives",)),
        ("nurse-midwife", ("nurse-midwives",)),
        ("chairman", ("chairmen",)),
        ("pregnant woman", ("pregnant women",)),
        ("person with a chronic condition", ("people with a chronic condition", "persons with a chronic condition")),
        ("director of nursing", ("directors of nursing",)),
        ("physician for the elderly", ("physicians for the elderly",)),
        ("nursing staff", ("nursing staff",)),
        ("coach", ("coaches",)),
        ("agency", ("agencies",)),
        ("attorney", ("attorneys",)),
        ("people with cancer", ("people with cancer",)),
        ("child", ("children",)),
    ],
)
def test_plurals(singular: str, plurals: tuple[str, ...]) -> None:
    assert plurals_of(singular) == plurals


def test_levels_and_judgements_are_the_choices_of_the_model() -> None:
    def labels(name: str) -> set[str]:
        return {c.label for c in VOCABULARY.scheme(name)}

    assert {c.notation for c in VOCABULARY.scheme("level")} == set(LEVELS)
    assert labels("confidence") == set(CONFIDENCE)
    assert labels("concern") == set(CONCERNS)
    assert labels("component") == set(COMPONENTS)
    (credibility,) = [slot for slot in slots_of(CLASSES["Finding"]) if slot.name == "credibility"]
    assert labels("credibility") == set(credibility.choices)


def test_every_tdf_domain_leads_to_a_part_of_com_b() -> None:
    domains = VOCABULARY.scheme("tdf")
    leaves = {c.iri for c in VOCABULARY.scheme("comb") if c.broader}
    assert len(domains) == 14
    assert len(leaves) == 6
    assert all(domain.related and set(domain.related) <= leaves for domain in domains)
    assert {iri for domain in domains for iri in domain.related} == leaves


def test_frameworks_are_whole() -> None:
    eric = VOCABULARY.scheme("eric")
    assert (len([c for c in eric if not c.broader]), len([c for c in eric if c.broader])) == (9, 73)
    cfir = VOCABULARY.scheme("cfir")
    tops = {"innovation", "outer-setting", "inner-setting", "individuals", "implementation-process"}
    assert {c.notation for c in cfir if not c.broader} == tops
    mechanisms = {c.notation for c in VOCABULARY.scheme("mechanism")}
    assert {
        "accountability",
        "information-transfer",
        "transitions-across-settings",
        "teamwork",
        "health-it",
    } <= mechanisms


@pytest.mark.parametrize("name", ["mechanism", "tdf", "level"])
def test_primary_codes_have_cues(name: str) -> None:
    cued = {concept.notation for _, concept in VOCABULARY.cues(name)}
    assert cued == {c.notation for c in VOCABULARY.scheme(name)} - {"coordination-activity", "broad-approach"}
    assert all(cue == normalise_label(cue) for cue, _ in VOCABULARY.cues(name))


def test_ancestors_come_nearest_first_and_once() -> None:
    found = [c.notation for c in VOCABULARY.ancestors(role("clinical nurse specialist").iri)]
    assert found[0] == "advanced-practice-nurse"
    assert len(found) == len(set(found))
    assert found.index("nurse") < found.index("health-care-provider")
    assert VOCABULARY.ancestors("https://example.org/none") == ()


def test_an_unknown_scheme_is_named_with_the_known_ones() -> None:
    with pytest.raises(VocabularyError, match="is not a scheme; use one of cfir"):
        VOCABULARY.scheme("roles")


def test_what_is_shipped_is_read_once() -> None:
    assert load_vocabulary() is VOCABULARY


SCHEME_OF_TESTS = ConceptScheme(iri=SCHEME + "t", label="t")


def concept_of_tests(notation: str, **slots: tuple[str, ...]) -> Concept:
    return Concept(iri=f"{SCHEME}t/{notation}", label=notation, notation=notation, scheme=SCHEME + "t", **slots)  # type: ignore[arg-type]


def test_a_concept_that_points_to_nothing_is_refused() -> None:
    with pytest.raises(VocabularyError, match="t/b, which is not defined"):
        Vocabulary([SCHEME_OF_TESTS], [concept_of_tests("a", broader=(SCHEME + "t/b",))])
    with pytest.raises(VocabularyError, match="which is not defined"):
        Vocabulary([], [concept_of_tests("a")])


def test_two_concepts_of_one_iri_are_refused() -> None:
    with pytest.raises(VocabularyError, match="share an IRI"):
        Vocabulary([SCHEME_OF_TESTS], [concept_of_tests("a"), concept_of_tests("a")])


def test_a_file_that_is_not_turtle_or_not_whole_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"own\.ttl: is not Turtle"):
        read_records(b"<urn:a> <urn:b> .", "own.ttl")
    with pytest.raises(VocabularyError, match=r"own\.ttl, urn:a: has no notation"):
        read_records(f'<urn:a> a <{SKOS}Concept> ; <{SKOS}prefLabel> "a" .'.encode(), "own.ttl")
