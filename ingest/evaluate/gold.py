"""Papers annotated by people, in the two layouts of JSON that `carekg evaluate` reads, placed in a stored text.

One layout has `studies` with a list per kind, whose items rest on `evidence` (offsets into the text that `files` names
by its hash); the other has one paper with flat `items`, whose offsets point into another rendering of it. Items of the
latter may leave their words out, so that annotations can be kept where papers cannot: then the words are taken from the
very text that was annotated.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from ingest.evaluate.texts import annotated_text
from ingest.evaluate.words import Place, Squeezed
from ontology.errors import CarekgError

LISTS = {
    "quotes": "Quote",
    "non_quotes": "NonQuote",
    "themes": "Theme",
    "facts": "StudyFact",
    "roles": "Role",
    "findings": "Finding",
    "positions": "Position",
    "rules_of_thumb": "DecisionRule",
    "multiple_prescriber_circumstances": "Circumstance",
    "disagreements": "Disagreement",
    "barriers": "Barrier",
    "facilitators": "Facilitator",
    "interventions": "Intervention",
    "limitations": "Limitation",
    "research_recommendations": "ResearchRecommendation",
    "background_claims": "BackgroundClaim",
}
"""List of the first layout to the kind of record that it annotates; other lists are not scored."""

TYPES = {
    "quote": "Quote",
    "non_quote": "NonQuote",
    "theme": "Theme",
    "fact": "StudyFact",
    "role": "Role",
    "barrier": "Barrier",
    "facilitator": "Facilitator",
    "intervention": "Intervention",
    "limitation": "Limitation",
    "research_recommendation": "ResearchRecommendation",
}
"""Type of an item of the second layout to the kind of record; other types are not scored."""

_DRIFT = 60
"""By how many characters two anchors may disagree about where other offsets lie in the stored text."""

_NEAR = 600
"""How far from the nearer of two anchors that disagree, or from the only one, its word is taken for other offsets."""

_SURE = 25
"""Letters that make words long enough to serve as an anchor."""


class GoldError(CarekgError):
    """An annotated file cannot be read or has neither of the two layouts."""


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One annotated thing. `words` are its evidence and `at` where each stands in the annotator's text; `restated`
    are offsets of further evidence without words; a doubtful item may be found or not. `told` is the item as read."""

    id: str
    kind: str
    label: str
    words: tuple[str, ...]
    at: tuple[Place, ...]
    restated: tuple[Place, ...]
    doubtful: bool
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """The annotations of one paper; `sha256` and `file` name the annotator's text, which may not be what was read.

    `bare` says that they were kept as offsets, without words.
    """

    key: str
    file: str
    sha256: str
    items: tuple[GoldItem, ...]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A gold item and where its evidence stands in the stored text; no place where its words do not occur there."""

    item: GoldItem
    places: tuple[Place, ...]


def load_gold(path: Path, texts: Sequence[Path] = ()) -> list[GoldPaper]:
    """Return the annotated papers of a file in either layout; `texts` are files and folders that hold the annotated
    texts, for items without words.

    Raises:
        GoldError: the file cannot be read, is not JSON or has neither layout.
        GoldTextError: items have no words, and the text with their hash is not among `texts`.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(str(path), f"cannot be read ({error.strerror})", "give a JSON file of annotations") from error
    except ValueError as error:
        raise GoldError(str(path), f"is not JSON in UTF-8 ({error})", "give a JSON file of annotations") from error
    try:
        if "studies" in data:
            return list(_studies(data))
        if "items" in data:
            return [_paper(data, path, texts)]
    except (KeyError, TypeError, AttributeError) as error:
        problem = f"does not follow its layout ({type(error).__name__}: {error})"
        raise GoldError(str(path), problem, "see docs/evaluation.md for the two layouts") from error
    raise GoldError(str(path), "has neither 'studies' nor 'items'", "see docs/evaluation.md for the two layouts")


def choose(gold: Sequence[GoldPaper], source: str, sha256: str, words: Squeezed) -> GoldPaper | None:
    """Return the annotations of a document: by hash, by file name, or by the words that it holds; None if none fit."""
    stem = PurePath(source).stem
    for paper in gold:
        if sha256 == paper.sha256:
            return paper
    for paper in gold:
        if stem in (paper.key, PurePath(paper.file).stem):
            return paper
    shares = [(_share(paper, words), paper) for paper in gold]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= 0.5 else None


def place(paper: GoldPaper, text: str, words: Squeezed) -> tuple[Placed, ...]:
    """Return the items of a paper with their places in a stored text.

    Offsets count where the text holds the very words there; else the words are looked up, and of several places the
    one nearest to where the offsets point is taken.
    """
    exact = all(text[a:b] == w for item in paper.items for w, (a, b) in zip(item.words, item.at, strict=True))
    if exact:
        return tuple(Placed(item, (*item.at, *item.restated)) for item in paper.items)
    found = {w: words.find(w) for item in paper.items for w in item.words}
    anchors = _anchors(paper, found)
    gaps = sorted(
        at[0] for item in paper.items for w, at in zip(item.words, item.at, strict=True) if w and not found[w]
    )
    return tuple(Placed(item, tuple(_places(item, found, anchors, gaps, len(text)))) for item in paper.items)


def _studies(data: Mapping[str, Any]) -> Iterator[GoldPaper]:
    files = {entry["study"]: entry for entry in data["files"]}
    for study in data["studies"]:
        entry = files[study["id"]]
        by_id = {item["id"]: item for name in LISTS for item in study.get(name, []) if "id" in item}
        items = []
        for name, kind in LISTS.items():
            for number, item in enumerate(study.get(name, []), 1):
                evidence = _evidence(item, by_id)
                items.append(
                    GoldItem(
                        id=item.get("id", f"{study['id']}-{name}-{number}"),
                        kind=kind,
                        label=str(item.get("label") or item.get("value") or ""),
                        words=tuple(e["text"] for e in evidence),
                        at=tuple((e["start"], e["end"]) for e in evidence),
                        restated=(),
                        doubtful=bool(item.get("doubt")),
                        told=item,
                    )
                )
        yield GoldPaper(study["id"], entry["file"], entry["sha256"], tuple(items))


def _evidence(item: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if "evidence" in item:
        return list(item["evidence"])
    if "between" in item:
        return [evidence for end in item["between"] for evidence in by_id[end]["evidence"]]
    return [item]


def _paper(data: Mapping[str, Any], path: Path, texts: Sequence[Path]) -> GoldPaper:
    chosen = [item for item in data["items"] if item["type"] in TYPES]
    key, file, sha256 = data["key"], data["file"], data["flat_sha256"]
    bare = [item["start"] for item in chosen if "text" not in item]
    text = annotated_text(path, PurePath(file).name, sha256, texts) if bare else ""
    return GoldPaper(key, file, sha256, tuple(_item(item, path, text) for item in chosen), bool(bare))


def _item(item: Mapping[str, Any], path: Path, text: str) -> GoldItem:
    at: tuple[Place, ...] = ((item["start"], item["end"]),)
    restated: tuple[Place, ...] = tuple((start, end) for start, end in item.get("restated", []))
    words: tuple[str, ...]
    if "text" in item:
        words = (item["text"],)
    else:
        # With the text at hand, what is said again has words too, and is found by them in another rendering.
        at, restated = (*at, *restated), ()
        if not all(0 <= start < end <= len(text) for start, end in at):
            raise GoldError(str(path), f"{item['id']} points outside its text", "mend its offsets")
        words = tuple(text[start:end] for start, end in at)
    return GoldItem(
        id=item["id"],
        kind=TYPES[item["type"]],
        label=str(item.get("label") or item.get("canonical") or item.get("value") or ""),
        words=words,
        at=at,
        restated=restated,
        doubtful=bool(item.get("doubt")),
        told=item,
    )


def _share(paper: GoldPaper, words: Squeezed) -> float:
    telling = [w for item in paper.items for w in item.words if len(w) >= 2 * _SURE]
    return sum(bool(words.find(w)) for w in telling) / len(telling) if telling else 0.0


def _anchors(paper: GoldPaper, found: Mapping[str, list[Place]]) -> list[tuple[int, int]]:
    """Return pairs (annotator's offset, stored offset) of words that occur once: the longest chain that increases in
    both, so that words which moved (an abstract, a table) do not mislead."""
    once = sorted(
        (at[0], found[w][0][0])
        for item in paper.items
        for w, at in zip(item.words, item.at, strict=True)
        if len(w) >= _SURE and len(found[w]) == 1
    )
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, here) in enumerate(once):
        length = bisect_left(tails, here)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [here]
        last[length : length + 1] = [number]
    number = last[-1] if last else -1
    chain = []
    while number >= 0:
        chain.append(once[number])
        number = before[number]
    return chain[::-1]


def _places(
    item: GoldItem,
    found: Mapping[str, list[Place]],
    anchors: Sequence[tuple[int, int]],
    gaps: Sequence[int],
    size: int,
) -> Iterator[Place]:
    for words, at in zip(item.words, item.at, strict=True):
        options = found[words]
        if options:
            expected = _expected(at[0], anchors)
            yield min(options, key=lambda option: abs(option[0] - expected))
    for start, end in item.restated:
        around = _around(start, anchors, gaps)
        if around is not None and 0 <= start + around < size:
            yield start + around, min(size, end + around)


def _expected(offset: int, anchors: Sequence[tuple[int, int]]) -> int:
    if not anchors:
        return offset
    index = min(bisect_left(anchors, (offset, 0)), len(anchors) - 1)
    nearest = min(anchors[max(0, index - 1) : index + 1], key=lambda pair: abs(pair[0] - offset))
    return offset + nearest[1] - nearest[0]


def _around(offset: int, anchors: Sequence[tuple[int, int]], gaps: Sequence[int]) -> int | None:
    """Return by how much stored offsets differ at `offset`; None where that is not sure.

    It is sure where the anchors before and after it agree. Where they do not, as between a title and an abstract that
    somebody's address parts, or where one is missing, it is what the nearer one says, if that is near and the text
    lacks no annotated words (`gaps`) between them.
    """
    index = bisect_left(anchors, (offset, 0))
    beside = anchors[max(0, index - 1) : index + 1]
    if not beside:
        return None
    shifts = [here - there for there, here in beside]
    if len(shifts) == 2 and abs(shifts[0] - shifts[1]) <= _DRIFT:
        return sum(shifts) // 2
    first = anchors[index - 1][0] if index else 0
    is_whole = bisect_left(gaps, first) == (bisect_left(gaps, anchors[index][0]) if index < len(anchors) else len(gaps))
    distance, shift = min((abs(there - offset), here - there) for there, here in beside)
    return shift if is_whole and distance <= _NEAR else None
