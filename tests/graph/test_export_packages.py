"""Nanopublications, SSSOM and RO-Crate, each read by a reader that is not ours."""

import csv
import json
from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import rdflib
import yaml
from nanopub import Nanopub
from rocrate.rocrate import ROCrate

from graph.errors import ExportError
from graph.export import Publication, export_folder
from graph.exports.mappings import COLUMNS, UNSPECIFIED
from graph.store import EvidenceGraph
from ontology.interchange import dumps, loads
from ontology.model import Assertion, Barrier, Concept, Document, Role
from ontology.namespaces import CKG, OA, SKOS
from tests.graph.exported import TOLD, accepted, written
from tests.graph.exported import graph as graph
from tests.graph.samples import Paper

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
PROV = rdflib.PROV


def nanopubs(graph: EvidenceGraph, told: Publication | None = None) -> dict[str, rdflib.ConjunctiveGraph]:
    """The quads of each nanopublication, by its IRI."""
    every = rdflib.Dataset()
    every.parse(data=written(graph, "nanopubs", told), format="trig")
    parts: dict[str, rdflib.ConjunctiveGraph] = defaultdict(rdflib.ConjunctiveGraph)
    for s, p, o, name in every.quads((None, None, None, None)):
        found = parts[str(name).partition("#")[0]]
        found.get_context(rdflib.URIRef(str(name))).add((s, p, o))
    return parts


def shown(graph: EvidenceGraph) -> list[Assertion]:
    return [r for r in graph.records() if isinstance(r, Assertion) and r.status != "rejected"]


@pytest.mark.parametrize("told", [None, TOLD], ids=["bare", "told"])
def test_every_nanopublication_is_one_to_the_library_of_its_community(
    graph: EvidenceGraph, told: Publication | None
) -> None:
    found = nanopubs(graph, told)
    assert len(found) == len(shown(graph)) > 4
    for iri, quads in found.items():
        read = Nanopub(rdf=quads)
        assert read.is_valid
        assert read.has_valid_trusty
        assert read.source_uri == iri


def test_the_library_notices_a_changed_nanopublication(graph: EvidenceGraph) -> None:
    quads = next(iter(nanopubs(graph).values()))
    head = next(context for context in quads.contexts() if str(context.identifier).endswith("#assertion"))
    head.add((rdflib.URIRef("urn:a"), rdflib.RDFS.label, rdflib.Literal("more")))
    with pytest.raises(ValueError, match="Trusty"):
        assert Nanopub(rdf=quads).has_valid_trusty


def test_a_nanopublication_says_what_where_from_and_who(graph: EvidenceGraph) -> None:
    mine = accepted().target
    read = next(
        Nanopub(rdf=quads)
        for quads in nanopubs(graph, TOLD).values()
        if (None, PROV.alternateOf, rdflib.URIRef(mine)) in quads
    )
    record = graph.get(mine)
    assert isinstance(record, Assertion)
    subject, target = rdflib.URIRef(record.subject), rdflib.URIRef(record.object)
    assert (subject, rdflib.URIRef(record.predicate), target) in read.assertion
    assert str(read.assertion.value(target, rdflib.RDFS.label)) == "Late letters"
    words = [str(o) for o in read.provenance.objects(None, rdflib.URIRef(OA + "exact"))]
    assert words == [span.exact for span in record.spans]
    sources = set(read.provenance.objects(read.assertion.identifier, PROV.hadPrimarySource))
    assert sources == {rdflib.URIRef("https://doi.org/10.1000/one")}
    assert [str(o) for o in read.pubinfo.objects(None, rdflib.URIRef(CKG + "reviewedBy"))] == ["Ada"]
    assert [str(o) for o in read.pubinfo.objects(None, rdflib.DCTERMS.created)] == ["2026-11-24T10:00:00+00:00"]
    assert set(read.pubinfo.objects(None, rdflib.DCTERMS.license)) == {rdflib.URIRef(TOLD.licence or "")}
    assert set(read.pubinfo.objects(None, rdflib.DCTERMS.creator)) == {rdflib.URIRef(TOLD.creator or "")}


def mapped(graph: EvidenceGraph, told: Publication | None = None) -> tuple[dict[str, object], list[dict[str, str]]]:
    """The metadata and the rows, as any reader of YAML and of tables gives them."""
    lines = written(graph, "sssom", told).decode().split("\n")
    head = [line for line in lines if line.startswith("#")]
    metadata = yaml.safe_load("\n".join(line.removeprefix("# ").removeprefix("#") for line in head))
    return metadata, list(csv.DictReader(lines[len(head) :], delimiter="\t"))


def test_mappings_have_what_sssom_requires_and_say_what_the_store_says(graph: EvidenceGraph) -> None:
    metadata, rows = mapped(graph)
    assert {"mapping_set_id", "license", "curie_map"} <= metadata.keys()
    assert metadata["license"] == UNSPECIFIED
    known = metadata["curie_map"]
    assert isinstance(known, dict)

    def full(curie: str) -> str:
        prefix, _, rest = curie.partition(":")
        return known[prefix] + rest if prefix in known else curie

    told = {(full(row["subject_id"]), full(row["predicate_id"]), full(row["object_id"])) for row in rows}
    wanted = {(r.iri, SKOS + "broadMatch", code) for r in graph.records() if isinstance(r, Barrier) for code in r.codes}
    assert told == wanted
    assert len(rows) == 2
    (known_code,) = (row for row in rows if row["object_label"])
    assert (known_code["subject_id"], known_code["object_label"]) == ("urn:formula", "Knowledge")
    assert list(rows[0]) == list(COLUMNS)
    assert all(row["mapping_justification"].startswith("semapv:") and row["predicate_id"] for row in rows)
    published, _ = mapped(graph, TOLD)
    assert (published["license"], published["creator_id"]) == (TOLD.licence, [TOLD.creator])
    assert str(published["mapping_date"]) == TOLD.date


def test_a_role_matches_its_concept_exactly_only_by_a_name_of_it(tmp_path: Path) -> None:
    paper = Paper("roles.txt", 'The nurse and the\tchief "nurse" spoke.')
    with EvidenceGraph(tmp_path / "store") as graph:
        concept = next(c for c in graph.concepts() if isinstance(c, Concept) and c.label == "nurse")
        roles = [
            Role(iri="urn:role:1", **paper.common, label="Nurse", concept=concept.iri, spans=(paper.span("nurse"),)),
            Role(iri="urn:role:2", **paper.common, label="chief \"nurse\"\t", concept=concept.iri,
                 spans=(paper.span("nurse"),)),
        ]  # fmt: skip
        graph.apply([paper.document, *roles])
        _, rows = mapped(graph)
    assert [(row["subject_id"], row["subject_label"], row["predicate_id"]) for row in rows] == [
        ("urn:role:1", "Nurse", "skos:exactMatch"),
        ("urn:role:2", 'chief "nurse"', "skos:closeMatch"),
    ]


@pytest.fixture(scope="module")
def crate(graph: EvidenceGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crate") / "crate"
    export_folder(graph, "ro-crate", folder, TOLD)
    return folder


def test_the_library_of_ro_crate_reads_the_crate_and_finds_every_file(graph: EvidenceGraph, crate: Path) -> None:
    read = ROCrate(crate)
    assert read.root_dataset["datePublished"] == TOLD.date
    assert read.root_dataset["license"].id == TOLD.licence
    assert read.root_dataset["version"] == graph.stamp()
    parts = {part.id: part for part in read.root_dataset["hasPart"]}
    assert {*parts, "ro-crate-metadata.json"} == {
        str(path.relative_to(crate)) for path in crate.rglob("*") if path.is_file()
    }
    for name, part in parts.items():
        data = (crate / name).read_bytes()
        if name != "checksums.sha256":
            assert (part["contentSize"], part["sha256"]) == (str(len(data)), sha256(data).hexdigest())
    for document in graph.records(kind="Document"):
        assert isinstance(document, Document)
        text = parts[f"texts/{document.sha256}.txt"]
        assert (crate / text.id).read_bytes().decode() == document.text
        assert text["about"].id == document.iri
    article = next(read.dereference(d.iri) for d in graph.records(kind="Document") if getattr(d, "doi", None))
    assert article["identifier"] == "https://doi.org/10.1000/one"


def test_the_sums_of_a_crate_hold_and_its_files_are_the_store(graph: EvidenceGraph, crate: Path) -> None:
    sums = dict(
        reversed(line.split("  ", 1)) for line in (crate / "checksums.sha256").read_text(encoding="utf-8").splitlines()
    )
    files = {str(path.relative_to(crate)) for path in crate.rglob("*") if path.is_file()}
    assert sums.keys() == files - {"checksums.sha256"}
    assert all(sha256((crate / name).read_bytes()).hexdigest() == told for name, told in sums.items())
    lines = (crate / "records.jsonl").read_text(encoding="utf-8").split("\n")
    assert "".join(dumps(loads(lines))) == "".join(dumps(graph.attested()))
    quads = rdflib.Dataset().parse(crate / "evidence.nq", format="nquads")
    assert len(list(quads.quads((None, None, None, None)))) == len(graph.nquads())
    assert "held_by" in json.loads((crate / "context.jsonld").read_text(encoding="utf-8"))["@context"]


def test_a_crate_without_a_day_is_refused_and_one_without_a_licence_explains(
    graph: EvidenceGraph, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="give it with --date"):
        export_folder(graph, "ro-crate", tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
    export_folder(graph, "ro-crate", tmp_path / "crate", Publication("2026-11-28"))
    assert "licence of its publication" in ROCrate(tmp_path / "crate").root_dataset["license"]["description"]


def test_a_text_that_two_documents_hold_is_one_file_of_a_crate(tmp_path: Path) -> None:
    one = Paper("a.txt", "Same words.\n").document
    with EvidenceGraph(tmp_path / "store") as graph:
        graph.apply([one])
        graph.apply([replace(one, iri="urn:document:b", source="b.txt")])
        export_folder(graph, "ro-crate", tmp_path / "crate", Publication("2026-11-28"))
    told = json.loads((tmp_path / "crate" / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    assert [entity["@type"] for entity in told].count("ScholarlyArticle") == 2
    names = [entity["@id"] for entity in told]
    assert len(names) == len(set(names))
