"""Themes of an abstract that names none: the kinds into which a sentence sorts what was found."""

import re

from ingest.extract.likeness import Piece, stems, trimmed
from ingest.extract.themes.sources import Wording, clean_label
from ingest.reading import Reading, Sentence

_CATEGORY = re.compile(
    r"\b(?:identified|described|reported|perceived|named|revealed|found|expressed|discussed|cited|noted|were|"
    r"included)\s+"
    r"(?:both\s+)?(?P<kinds>[a-z]+(?:[-–][a-z]+)*(?:,\s+[a-z]+(?:[-–][a-z]+)*)*,?\s+and\s+[a-z]+(?:[-–][a-z]+)*)\s+"
    r"(?P<noun>barriers|facilitators|factors|challenges|concerns|needs|reasons|benefits|strategies|obstacles|themes|"
    r"drivers|influences|determinants)\b(?P<rest>[^.;:]*)",
)


def categories(reading: Reading) -> list[Wording]:
    """Return the themes of an abstract that has no list: the kinds into which a sentence sorts what was found
    ("individual and team-based barriers"), each with the sentence that says more, then results told apart."""
    abstract = [s for s in reading.sentences if _in_results_of_abstract(reading, s)]
    for number, sentence in enumerate(abstract):
        mark = _CATEGORY.search(reading.text, sentence.start, sentence.end)
        if mark is None:
            continue
        kinds = re.split(r",\s+and\s+|,\s+|\s+and\s+", mark["kinds"])
        rest = list(abstract[number + 1 :])
        found = []
        for kind in kinds:
            label = clean_label(f"{kind} {mark['noun']}{mark['rest']}")
            told = next((s for s in rest if _tells(reading.text[s.start : s.end], kind, mark["noun"])), None)
            if told is not None:
                rest.remove(told)
                piece = claim(reading.text, told)
            else:
                piece = Piece(mark.start("kinds"), mark.end("noun"))
            found.append(Wording(piece.start, piece.end, label[:1].upper() + label[1:], "category"))
        found += [_apart(reading.text, s) for s in rest]
        return found
    return []


def _in_results_of_abstract(reading: Reading, sentence: Sentence) -> bool:
    section = reading.sections[sentence.section]
    return section.in_abstract and section.kind == "results" and reading.blocks[sentence.block].kind == "paragraph"


def _tells(sentence: str, kind: str, noun: str) -> bool:
    said = stems(sentence)
    head = stems(re.split(r"[-–]", kind)[0])
    return bool(head & said) and bool(stems(noun) & said)


def claim(text: str, sentence: Sentence | Piece) -> Piece:
    """Return a sentence without the adverb that leads it, its reason and its full stop."""
    start, end = sentence.start, sentence.end
    lead = re.compile(r"(?:Additionally|However|Furthermore|Moreover|Finally|Also|In addition|Conversely|Overall),\s+")
    found = lead.match(text, start, end)
    start = found.end() if found else start
    because = text.find(" because ", start, end)
    return trimmed(text, start, because if because > 0 else end)


def _apart(text: str, sentence: Sentence) -> Wording:
    piece = claim(text, sentence)
    words = text[piece.start : piece.end]
    said = re.search(
        r"\b(?:depicted|described|saw|viewed|reported|felt|perceived|believed|expressed|considered|noted|found)\b"
        r"(?:\s+(?:themselves|that|as|having|being|their))*\s+",
        words,
    )
    label = words[said.end() :] if said else words
    return Wording(piece.start, piece.end, label[:1].upper() + label[1:], "category")
