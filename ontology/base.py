"""What every record is made of: the passage of a document, and the record itself."""

from typing import ClassVar

from ontology.identity import passage_iri
from ontology.namespaces import CKG, OA
from ontology.slots import passages, record, ref, string, whole


@record
class Passage:
    """Exact words of a document: code points start..end (0-based, end-exclusive) of its stored text."""

    document: str = ref("Document", CKG + "inDocument", required=True, rel="IN_DOCUMENT")
    start: int = whole(OA + "start", required=True)
    end: int = whole(OA + "end", required=True)
    exact: str = string(OA + "exact", required=True)

    @property
    def iri(self) -> str:
        """The IRI that document, start and end give."""
        return passage_iri(self.document, self.start, self.end)

    def stands_in(self, text: str) -> bool:
        """Say whether the stored text of the document has exactly these words at this place.

        >>> Passage(document="d", start=0, end=2, exact="ab").stands_in("abc")
        True
        >>> Passage(document="d", start=-1, end=3, exact="").stands_in("abc")
        False
        """
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.exact


@record
class Record:
    """Anything in the graph. `spans` are the words it rests on: none only where it did not come from a document."""

    CLASS_IRI: ClassVar[str | None] = None

    iri: str
    document: str | None = ref("Document", CKG + "inDocument", rel="IN_DOCUMENT")
    study: str | None = ref("Study", CKG + "inStudy", rel="IN_STUDY")
    spans: tuple[Passage, ...] = passages(CKG + "span", rel="SPAN")
