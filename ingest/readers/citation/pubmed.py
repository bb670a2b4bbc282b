"""PubMed XML (PubmedArticleSet), as PubMed exports it and E-utilities return it."""

from lxml import etree

from ingest.errors import ReaderError
from ingest.identifiers import doi_of, pmcid_of, pmid_of
from ingest.readers.citation.documents import Citation, dated, documents_of, language_of
from ingest.readers.contents import ReadDocument

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
        return _words(article.find(path))

    ids = {node.get("IdType", ""): _words(node) for node in article.findall("PubmedData/ArticleIdList/ArticleId")}
    pmid = pmid_of(said("MedlineCitation/PMID")) or pmid_of(ids.get("pubmed", ""))
    located = [_words(n) for n in article.findall("MedlineCitation/Article/ELocationID") if n.get("EIdType") == "doi"]
    words = [_words(node) for node in article.findall("MedlineCitation/KeywordList/Keyword")]
    kinds = [_words(n) for n in article.findall("MedlineCitation/Article/PublicationTypeList/PublicationType")]
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
            if (text := _words(node))
        ),
    )


def _words(node: etree._Element | None) -> str:
    return "" if node is None else " ".join("".join(map(str, node.itertext())).split())


def _name(author: etree._Element) -> str:
    parts = [_words(author.find(part)) for part in ("ForeName", "LastName", "Suffix")]
    return " ".join(filter(None, parts)) or _words(author.find("CollectiveName"))


def _date(article: etree._Element) -> str:
    found = article.find("MedlineCitation/Article/Journal/JournalIssue/PubDate")
    if found is None:
        return ""
    year = _words(found.find("Year")) or _words(found.find("MedlineDate"))
    return dated(year, _words(found.find("Month")))
