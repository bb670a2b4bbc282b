"""EndNote XML, as EndNote exports a library and screening tools take it."""

from lxml import etree

from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import Citation, date_in, documents_of, kind_of, name_of, parts_of_abstract
from ingest.readers.contents import ReadDocument
from ingest.readers.safe_xml import line_of, parse_xml

MEDIA_TYPE = "application/xml"


def read_endnote(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of an EndNote library in XML.

    Raises:
        ReaderError: it is no XML that can be read, or holds no references.
    """
    records = parse_xml(data, source).iter("record")
    return documents_of([_citation(record, n) for n, record in enumerate(records, 1)], source, MEDIA_TYPE)


def _citation(record: etree._Element, number: int) -> Citation:
    def said(*paths: str) -> str:
        return next((words for path in paths if (words := line_of(record.find(path)))), "")

    def each(path: str) -> list[str]:
        return [words for node in record.findall(path) if (words := line_of(node))]

    addresses = " ".join([said("electronic-resource-num"), *each("urls/*/url")])
    kind = record.find("ref-type")
    return Citation(
        key=said("rec-number") or f"record {number}",
        title=said("titles/title"),
        authors=tuple(name_of(name.rstrip(",")) for name in each("contributors/authors/author")),
        date=date_in(said("dates/pub-dates/date")) or date_in(said("dates/year")),
        journal=said("periodical/full-title", "titles/secondary-title", "periodical/abbr-1"),
        volume=said("volume"),
        issue=said("number"),
        pages=said("pages"),
        doi=doi_of(addresses),
        pmid=pmid_of(said("accession-num")),
        pmcid=pmcid_of(f"{said('custom2')} {addresses}"),
        language=said("language"),
        kind=kind_of("" if kind is None else kind.get("name", "")),
        keywords=tuple(dict.fromkeys(each("keywords/keyword"))),
        abstract=parts_of_abstract(said("abstract")),
    )
