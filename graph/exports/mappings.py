"""SSSOM: which concept of a vocabulary each role, determinant and intervention of a study is tied to.

A role whose name is a name of its concept matches it exactly, by its words; any other role closely. A code of a
determinant or an intervention is broader than what is coded. Whether a rule or a person tied them is not recorded with
the tie: where a person accepted the record, the mapping names the reviewer.

Source: SSSOM 1.0, https://mapping-commons.github.io/sssom/ (TSV with embedded metadata).
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from graph.exports.walk import Walk
from graph.names import words_of
from graph.reading import in_graph
from ontology.base import Record
from ontology.model import Concept, Decision, Determinant, Intervention, Role
from ontology.namespaces import CKG, DECISIONS_GRAPH, ID, SCHEME, SKOS

UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"
COLUMNS = (
    "subject_id", "subject_label", "subject_category", "predicate_id", "object_id", "object_label", "object_source",
    "mapping_justification", "reviewer_label", "subject_source", "mapping_tool",
)  # fmt: skip
_PREFIXES = {
    "carekg": ID,
    "ckg": CKG,
    "scheme": SCHEME,
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
}


class _Tie(NamedTuple):
    concept: str
    predicate: str
    justification: str


def sssom(walk: Walk) -> Iterator[str]:
    """Yield the table: its metadata as YAML in comments, a header, and a line for each tie."""
    concepts = {one.iri: one for one in walk.concepts() if isinstance(one, Concept)}
    reviewers = defaultdict(set)
    for record in in_graph(walk.state, DECISIONS_GRAPH, Decision):
        if isinstance(record, Decision) and record.action == "accept":
            reviewers[record.target].add(record.person)
    yield from _head(walk)
    yield _row(COLUMNS)
    for records in walk.united(Role, Determinant, Intervention):
        for record in records:
            for tie in _ties(record, concepts):
                concept = concepts.get(tie.concept)
                yield _row((
                    _curie(record.iri),
                    words_of(record),
                    f"ckg:{type(record).__name__}",
                    tie.predicate,
                    _curie(tie.concept),
                    words_of(concept) if concept else "",
                    _curie(concept.scheme) if concept else "",
                    tie.justification,
                    "|".join(name.replace("|", " ") for name in sorted(reviewers[record.iri])),
                    _curie(record.study or ""),
                    "carekg",
                ))  # fmt: skip


def _head(walk: Walk) -> Iterator[str]:
    yield f'# sssom_version: "1.0"\n# mapping_set_id: {CKG}mappings/{walk.stamp}\n'
    yield f'# mapping_set_version: "{walk.stamp}"\n'
    yield "# mapping_set_title: Codes of a carekg store\n"
    yield f"# license: {json.dumps(walk.publication.licence or UNSPECIFIED)}\n"
    if walk.publication.date:
        yield f'# mapping_date: "{walk.publication.date}"\n'
    if walk.publication.creator:
        yield f"# creator_id:\n#   - {json.dumps(walk.publication.creator)}\n"
    yield "# curie_map:\n" + "".join(f'#   {name}: "{iri}"\n' for name, iri in _PREFIXES.items())


def _ties(record: Record, concepts: dict[str, Concept]) -> Iterator[_Tie]:
    if isinstance(record, Role) and record.concept:
        concept = concepts.get(record.concept)
        same = concept is not None and _names(record) & _names(concept)
        yield _Tie(
            record.concept,
            "skos:exactMatch" if same else "skos:closeMatch",
            "semapv:LexicalMatching" if same else "semapv:UnspecifiedMatching",
        )
    if isinstance(record, Determinant | Intervention):
        for code in record.codes:
            yield _Tie(code, "skos:broadMatch", "semapv:UnspecifiedMatching")


def _names(thing: Role | Concept) -> set[str]:
    return {" ".join(name.casefold().split()) for name in (thing.label, *thing.alternatives)}


def _curie(iri: str) -> str:
    """Return an IRI of ours as a CURIE, any other as it is."""
    for prefix, start in (("carekg", ID), ("scheme", SCHEME)):
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _row(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerow(cells)
    return out.getvalue()
