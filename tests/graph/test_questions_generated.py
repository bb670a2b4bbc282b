"""The forty questions on generated graphs: hostile words, missing values; equal bags in both languages."""

import tempfile
from collections import Counter

from hypothesis import HealthCheck, given, settings

from graph.canonical import SYNTHESIS
from graph.questions import questions
from graph.store import EvidenceGraph
from ontology.base import Record
from ontology.model import Concept, ConceptScheme, Decision
from tests.strategies import record_sets


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(record_sets(max_size=24))
def test_both_languages_agree_on_any_graph(records: tuple[Record, ...]) -> None:
    added = [record for record in records if isinstance(record, (Decision, *SYNTHESIS))]
    document = [record for record in records if not isinstance(record, (Decision, Concept, ConceptScheme, *SYNTHESIS))]
    with tempfile.TemporaryDirectory() as folder, EvidenceGraph(folder) as graph:
        graph.apply(document)
        graph.add(added)
        for asked in questions():
            for given_ in [{}, *({p.name: value} for p in asked.parameters for value in p.choices or ("",))]:
                values = asked.values(given_)
                sparql, cypher = graph.sparql(asked.sparql, values), graph.cypher(asked.cypher, values)
                assert Counter(sparql.rows) == Counter(cypher.rows), asked.name
