"""What the documents of a store say of their studies."""

from collections.abc import Iterator

from graph.store import EvidenceGraph
from ingest.studies import Attested
from ontology.model import Document, Study, class_iri
from ontology.namespaces import CKG, DCTERMS


def attested_by(graph: EvidenceGraph) -> Iterator[Attested]:
    """Yield what each document of a store says of the study that it is of."""
    studies = {record.iri: record for record in graph.records(kind="Study") if isinstance(record, Study)}
    slots = ("doi", "pmid", "pmcid")
    optional = "".join(f"OPTIONAL {{ ?d <{CKG}{slot}> ?{slot} }} " for slot in slots)
    query = (
        f"SELECT ?d ?study ?source ?title {' '.join('?' + slot for slot in slots)} "
        f"{{ ?d a <{class_iri(Document)}> ; <{CKG}inStudy> ?study ; <{DCTERMS}source> ?source "
        f"OPTIONAL {{ ?d <{DCTERMS}title> ?title }} {optional}}}"
    )
    for iri, study_iri, source, title, doi, pmid, pmcid in graph.sparql(query).rows:
        study = studies.get(study_iri)
        yield Attested(
            document=iri,
            study=study_iri,
            source=source,
            doi=doi or (study.doi if study else None),
            pmid=pmid,
            pmcid=pmcid,
            title=title or (study.title if study else None),
            year=study.year if study else None,
            authors=study.authors if study else (),
        )
