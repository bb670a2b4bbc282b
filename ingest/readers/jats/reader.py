"""Articles in JATS (NISO Z39.96) or its forerunner NLM, as PubMed Central and publishers give them.

The stored text is the article as it reads: title and front matter line by line, abstracts, body, back matter and
references, then nothing else; tables, boxes and figures stand where the file has them.
"""

from collections.abc import Iterator

from lxml import etree

from ingest.errors import ReaderError
from ingest.readers.builder import Builder
from ingest.readers.contents import ReadDocument
from ingest.readers.jats.body import BodyWriter
from ingest.readers.jats.front import front_of, write_front
from ingest.readers.safe_xml import local, parse_xml

MEDIA_TYPE = "application/jats+xml"
_PARTS = frozenset({"sub-article", "response"})
_ABSTRACTS = frozenset({"abstract", "trans-abstract"})
_CITING = frozenset({"bibr", "ref"})


def read_jats(data: bytes, source: str) -> tuple[ReadDocument, ...]:
    """Return the articles of a JATS file: one, or those of a set. Reviewers' reports and replies are left out.

    Raises:
        ReaderError: the XML is not well-formed or too deep, or it holds no article with text.
    """
    root = parse_xml(data, source)
    articles = list(_articles(root))
    if not articles:
        raise ReaderError(source, "holds no JATS article", "download the full text as XML")
    if len(articles) == 1:
        return (_read(articles[0], source),)
    return tuple(_read(article, f"{source}#{number}") for number, article in enumerate(articles, 1))


def _articles(root: etree._Element) -> Iterator[etree._Element]:
    if local(root) == "article":
        yield root
        return
    for part in root.iter():
        if local(part) == "article":
            yield part


def _read(article: etree._Element, source: str) -> ReadDocument:
    front = front_of(article)
    builder = Builder()
    write_front(builder, article, front)
    linked = any(mark.get("ref-type") in _CITING for mark in article.iter("{*}xref"))
    writer = BodyWriter(builder, linked=linked)
    for abstract in _own(article, _ABSTRACTS):
        writer.abstract(abstract)
    for part in article:
        name = local(part)
        if name == "body":
            writer.body(part)
        elif name == "back":
            for matter in part:
                writer.back(matter)
        elif name == "floats-group":
            writer.floats(part)
    left = sum(local(part) in _PARTS for part in article)
    return builder.finish(
        source=source,
        media_type=MEDIA_TYPE,
        title=front.title or None,
        doi=front.doi or None,
        pmid=front.pmid or None,
        pmcid=front.pmcid or None,
        citation=front.citation or None,
        licence=front.licence or None,
        notes=(f"{left} of its parts left out, as not the article itself (reports, replies)",) if left else (),
    )


def _own(article: etree._Element, names: frozenset[str]) -> list[etree._Element]:
    """Return the elements of these names in the article's own front matter."""
    fronts = [part for part in article if local(part) == "front"]
    return [part for front in fronts for part in front.iter(*(f"{{*}}{name}" for name in names))]
