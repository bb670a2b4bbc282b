"""PubMed XML (PubmedArticleSet), as PubMed exports it and E-utilities return it."""

from lxml import etree

from ingest.errors import ReaderError
from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import Citation, dated, documents_of, language_of
from ingest.readers.contents import ReadDocument
from ingest.readers.safe_xml import line_of

MEDIA_TYPE = "application/xml"


def read_pubmed(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the references of a PubMed export.

    Raises:
        ReaderError: it is no XML that can be read, or holds no articles.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(source, f"is no XML that can be read ({error})", "export it again from PubMed") from error
    articles = list(root.iter("PubmedArticle"))
    return documents_of([_citation(article, n) for n, article in enumerate(articles, 1)], source, MEDIA_TYPE)


def _citation(article: etree._Element, number: int) -> Citation:
    def said(path: str) -> str:
        return line_of(article.find(path))

    ids = {node.get("IdType", ""): line_of(node) for node in article.findall("PubmedData/ArticleIdList/ArticleId")}
    pmid = pmid_of(said("MedlineCitation/PMID")) or pmid_of(ids.get("pubmed", ""))
    located = [line_of(n) for n in article.findall("MedlineCitation/Article/ELocationID") if n.get("EIdType") == "doi"]
    words = [line_of(node) for node in article.findall("MedlineCitation/KeywordList/Keyword")]
    kinds = [line_of(n) for n in article.findall("MedlineCitation/Article/PublicationTypeList/PublicationType")]
    return Citation(
        key=pmid or f"article {number}",
        title=said("MedlineCitation/Article/ArticleTitle"),
        authors=tuple(filter(None, map(_name, article.findall("MedlineCitation/Article/AuthorList/Author")))),
        date=_date(article),
        journal=said("MedlineCitation/Article/Journal/Title")
        or said("MedlineCitation/Article/Journal/ISOAbbreviation"),
        volume=said("MedlineCitation/Article/Journal/JournalIssue/Volume"),
        issue=said("MedlineCitation/Article/Journal/JournalIssue/Issue"),
        pages=said("MedlineCitation/Article/Pagination/MedlinePgn"),
        doi=doi_of(ids.get("doi", "")) or doi_of(" ".join(located)),
        pmid=pmid,
        pmcid=pmcid_of(ids.get("pmc", "")),
        language=language_of(said("MedlineCitation/Article/Language")),
        kind=kinds[0] if kinds else "",
        keywords=tuple(filter(None, words)),
        abstract=tuple(
            ((node.get("Label") or "").capitalize(), text)
            for node in article.findall("MedlineCitation/Article/Abstract/AbstractText")
            if (text := line_of(node))
        ),
    )


def _name(author: etree._Element) -> str:
    parts = [line_of(author.find(part)) for part in ("ForeName", "LastName", "Suffix")]
    return " ".join(filter(None, parts)) or line_of(author.find("CollectiveName"))


def _date(article: etree._Element) -> str:
    found = article.find("MedlineCitation/Article/Journal/JournalIssue/PubDate")
    if found is None:
        return ""
    year = line_of(found.find("Year")) or line_of(found.find("MedlineDate"))
    return dated(year, line_of(found.find("Month")))
