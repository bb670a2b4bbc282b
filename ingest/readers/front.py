"""What stands before the text: the title, and the numbers that identify the publication."""

import re
from collections import Counter
from dataclasses import dataclass

from ingest.identifiers import DOI
from ingest.readers.paragraphs import LIST_ITEM, PATH, Group
from ingest.readers.parts import Part
from ingest.reading import Reading
from ingest.sections import said_by

LICENCE = re.compile(
    r"\A©|creative commons|open access article|all rights reserved|distributed under the terms|copyright|\bCC BY\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:doi|issn|pmid|received|accepted|published|vol|correspond|to cite|cite this|research output|note|keywords|"
    r"original (?:article|research|paper)|research article|from the|department of|university|school of|centre for|"
    r"faculty of|background|abstract|e-?mail|author)\b|\*",
    re.IGNORECASE,
)
_DOI = re.compile(DOI)
_GLUED_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z]{3})")
_TWICE = re.compile(r"([a-z]{2,}\d{3,})\1\Z")
"""A publisher's number that follows its own DOI without a blank."""
_NO_PAPERS = ("10.13039/", "10.17605/", "10.5281/", "10.6084/", "10.5061/", "10.7910/", "10.1186/isrctn")
"""What DOIs of no paper begin with: those of funders, registrations, trials and data."""
_ADDRESS = re.compile(
    r"\b(?:universit|institut|department|hospital|school of|centre for|center for|faculty|college)", re.I
)
_BEFORE_DOI = re.compile(r"(?:\bdoi\b\s?:?|https?://(?:dx\.)?doi\.org/)\s*\Z", re.IGNORECASE)
_LEAD = 40
"""Characters before a DOI that tell that it is one."""
_PMID = re.compile(r"\bPMID\b:?\s*(\d{4,9})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{4,9})\b")
_FRONT_CHARACTERS = 6000
_LONGEST_TITLE = 320
_CALLED_TITLE = re.compile(r"(?:(?:full|article|manuscript|paper) )?title\s?:\s*(?=\S)", re.IGNORECASE)
_TITLE_MARKS = " *☆†‡§¶#"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What identifies a publication; None where the front matter does not say."""

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None


def find_title(groups: list[Group]) -> Group | None:
    """Return the paragraph before the first heading that reads most like a title, or None."""
    best: tuple[float, Group] | None = None
    for number, group in enumerate(groups):
        path = PATH.match(group.lines[0].text)
        if path:
            alone = path.group(1) == "TITLE" and path.end() == len(group.lines[0].text) and number + 1 < len(groups)
            return groups[number + 1] if alone else None if path.group(1) == "TITLE" or best is None else best[1]
        words = group.words
        if words.startswith("# "):
            return group
        if _CALLED_TITLE.match(words) and len(words.split()) > 3:
            return group
        said = said_by(words) or said_by(words.split(":")[0])
        if said is not None and said.kind not in ("front", "back"):
            break
        score = _score(words) - 0.5 * min(number, 20)
        if score > 0 and (best is None or score > best[0]):
            best = (score, group)
    return best[1] if best else None


def title_of(reading: Reading) -> str:
    """Return what the title block of a document says, without the word "Title" before it and the marks of notes."""
    title = next((reading.text[block.start : block.end] for block in reading.blocks if block.kind == "title"), "")
    return _CALLED_TITLE.sub("", title, count=1).rstrip(_TITLE_MARKS)


def _score(words: str) -> float:
    """Return how much a paragraph reads like a title: many words, small ones among them, no marks of anything else."""
    tokens = words.split()
    if not 3 <= len(tokens) <= 45 or len(words) > _LONGEST_TITLE or words[-1] in ",;" or LIST_ITEM.match(words):
        return 0
    if _ADDRESS.search(words) and words.count(",") > 1:
        return 0
    if _NO_TITLE.match(words) or LICENCE.search(words) or "@" in words or "://" in words:
        return 0
    small = sum(token[0].islower() for token in tokens)
    shouted = words.isupper()
    if small < 2 and not shouted and ("," in words or re.search(r"\d", words) or len(tokens) < 4):
        return 0
    sentence = words.endswith(".") and small > 0.8 * len(tokens)
    return min(len(tokens), 14) + min(small, 5) - 6 * sentence - 2 * len(re.findall(r"\d{3,}", words))


def identifiers(stored: str, parts: list[Part]) -> Identifiers:
    """Return DOI, PMID and PMCID from what stands before the body or after "doi:"; reference lists do not count.

    Of several DOIs the commonest counts, as running footers repeat it, then the first.
    """
    body = [part for part in parts if part.kind == "heading" and not part.in_abstract and part.section == "references"]
    end = min((part.pieces[0].start for part in body if part.pieces), default=len(stored))
    notes = [part.pieces[0].start for part in parts if part.kind == "note" and part.pieces]
    end = min([end, *notes])
    first = next((part for part in parts if part.kind == "heading" and _is_body(part)), None)
    front = min(first.pieces[0].start if first else end, _FRONT_CHARACTERS, end)
    found = [_clean(match.group()) for match in _DOI.finditer(stored, 0, front)]
    found += _called(stored, end)
    whole = Counter(doi for doi in found if not doi.endswith(("-", "/", ".")) and not doi.startswith(_NO_PAPERS))
    pmid, pmcid = _PMID.search(stored, 0, front), _PMCID.search(stored, 0, front)
    return Identifiers(
        max(whole, key=lambda doi: whole[doi]) if whole else None,
        pmid.group(1) if pmid else None,
        pmcid.group(1) if pmcid else None,
    )


def _called(stored: str, end: int) -> list[str]:
    """Return the DOIs before `end` that the words before them call so: "doi:10.1000/1", "https://doi.org/10.1000/1"."""
    found: list[str] = []
    at = stored.find("10.", 0, end)
    while at >= 0:
        if _BEFORE_DOI.search(stored, max(0, at - _LEAD), at) and (hit := _DOI.match(stored, at)):
            found.append(_clean(hit.group()))
        at = stored.find("10.", at + 1, end)
    return found


def _is_body(part: Part) -> bool:
    return not part.in_abstract and part.section not in ("abstract", "front", "back", "table")


def _clean(doi: str) -> str:
    bare = _GLUED_WORD.split(doi, maxsplit=1)[0].rstrip(").,;:'’]}").lower()
    return _TWICE.sub(r"\1", bare)
