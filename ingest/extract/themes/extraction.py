"""Themes: what the headings, labels and lists of a paper name as its results, each once with all its wordings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from ingest.extract.context import Located, make
from ingest.extract.likeness import Piece, likeness, recased
from ingest.extract.patterns import compiled
from ingest.extract.qualitative import lets_speak
from ingest.extract.themes.drafts import FEW, LEAST, Draft, is_same, join_tables
from ingest.extract.themes.headings import Heading, results_of, theme_headings
from ingest.extract.themes.kinds import categories
from ingest.extract.themes.openings import counted, emphasised, numbered_off, ordinals
from ingest.extract.themes.sources import (
    Wording,
    announced,
    clean_label,
    is_labelled,
    label_number,
    labelled,
    run_in,
)
from ingest.extract.themes.tables import tabulated
from ingest.reading import Reading
from ontology.base import Passage
from ontology.model import Quote, Theme

_NUMBERS = 0.3
_TALK = 0.2
"""Shares of the sentences below a heading: from so many statistics, or below so much talk, it reports numbers."""
_SENTENCE = re.compile(
    r"(?:\b(?:was|were|which|had|I|reported|said|stated|felt|are (?:described|presented|shown|summari[sz]ed))\b)|"
    r"^(?:then|also|first|\w+ed (?:to|in|by|as|for|with))\b|"
    r"^(?:reported|grouped|presented|described|shown|discussed|coded|summari[sz]ed)\b|%|https?:|/\w+\.\w"
)
_COUNT = re.compile(r"(?<![\w-])\d")
"""A number in a sentence that opens a paragraph: it counts people or things, and names no theme."""
_LONGEST = 240
"""Characters of the longest heading that is a theme: longer ones are text taken for a heading."""


_SORTS = compiled(
    r"\b(?:themes?|themed|thematic|content analysis|framework analysis|grounded theory|phenomenolog\w+|"
    r"narrative analysis|discourse analysis|cod(?:ed|ing))\b",
    re.IGNORECASE,
)
"""How a paper says that what people told was sorted."""
_TOOK_PART = re.compile(r"\b(?:participated|took part|interviewed|recruited|transcripts?|transcribed|saturation)\b")
"""What opens the paragraphs that tell how a study went."""
_EXPLAINED = re.compile(r"\s*—\s*|:\s+")
"""What parts the name of a theme in a heading from what it is about."""


def extract_themes(reading: Reading, study: str, quotes: Sequence[Located[Quote]]) -> tuple[Located[Theme], ...]:
    """Return the themes of a paper in the order of its results.

    A theme comes from a heading of the results, from "Theme 1: ...", from a list that a sentence announces, from
    numbered, bold or italic run-in headings, from a table with a column of them, or, where there are none of these,
    from "A second theme was ..." or, in an abstract, from the kinds into which its results are sorted. The wordings
    of one theme in the abstract, the results and the discussion become one record with a span for each; what a list
    says in other words than as many headings is not told twice. `score` says how sure it is that this is a theme:
    words that call it one (0.9 and more), a heading with quotes under it, a heading only, a topic sentence (0.3). A
    paper without qualitative results has no themes.
    """
    pieces = sorted((Piece(q.start, q.end) for q in quotes), key=lambda p: p.start)
    if not lets_speak(reading, pieces):
        return ()
    headings = theme_headings(reading, pieces)
    sorts = bool(pieces) or _SORTS.search(reading.text) is not None
    drafts = _from_headings(reading, headings) if sorts else []
    regions = results_of(reading)
    for wording in labelled(reading):
        _join(drafts, wording, 0.95)
    headed = {d.wordings[0].start for d in drafts}
    for wording in run_in(reading, regions):
        if wording.start not in headed:
            _append(drafts, wording)
    for wording in emphasised(reading, regions, pieces):
        _append(drafts, wording)
    for words in announced(reading, pieces):
        _place_list(reading, drafts, words)
    for words in numbered_off(reading, regions, pieces):
        _place_list(reading, drafts, words)
    for wording in counted(reading, regions, pieces):
        twin = next((d for d in drafts if wording.label.casefold() in d.label.casefold()), None)
        if twin is not None:
            twin.add(wording)
        else:
            _append(drafts, wording)
    join_tables(drafts, tabulated(reading))
    drafts = _without_numbers(drafts, headings)
    if len(drafts) < FEW:
        for wording in ordinals(reading, regions, pieces):
            _join(drafts, wording, 0.75)
    if not drafts:
        drafts = [Draft([w], 0.75 - 0.05 * n) for n, w in enumerate(categories(reading))]
    drafts = [d for d in drafts if d.score >= LEAST]
    if not drafts:
        drafts = _topic_sentences(reading, pieces)
    return tuple(_records(reading, study, drafts))


def _from_headings(reading: Reading, headings: Sequence[Heading]) -> list[Draft]:
    drafts: list[Draft] = []
    for heading in headings:
        section = heading.section
        words = " ".join(section.heading.split())
        number, sub = label_number(words)
        label = clean_label(words)
        above = drafts[heading.parent] if heading.parent is not None else None
        name = _EXPLAINED.split(label)[0]
        label = name if len(label) > _LONGEST else label
        score = 0.0 if heading.refused or not 2 < len(label) <= _LONGEST else _heading_score(heading)
        place = Wording(section.heading_start, section.heading_end, label, "heading", number, sub)
        drafts.append(Draft([place], score, above, heading.depth, heading=heading))
    for draft in reversed(drafts):
        if draft.parent is not None and draft.score >= LEAST and 0.3 < draft.parent.score < draft.score:
            draft.parent.score = draft.score
    return [d for d in drafts if d.score > 0]


def _without_numbers(drafts: list[Draft], headings: Sequence[Heading]) -> list[Draft]:
    """Leave out headings without quotes that report numbers, where other themes rest on quotes or on a list."""
    quoted = any(heading.quotes for heading in headings)
    named = any(d.listed and d.heading is None for d in drafts)
    measured = any(heading.measured for heading in headings)
    above = {id(d.parent) for d in drafts}

    def counts(heading: Heading) -> bool:
        numbers = heading.numerals >= _NUMBERS and heading.talk <= heading.numerals
        silent = quoted and measured and heading.talk < _TALK
        return silent or (numbers and (quoted or measured)) or (named and not quoted)

    return [
        d
        for d in drafts
        if d.heading is None
        or d.listed
        or id(d) in above
        or d.heading.quotes
        or is_labelled(d.heading.section.heading)
        or not counts(d.heading)
    ]


def _heading_score(heading: Heading) -> float:
    if is_labelled(" ".join(heading.section.heading.split())):
        return 0.95
    score = 0.55 + (0.25 if heading.quotes else 0.0) + (0.1 if heading.talk >= 0.25 else 0.0)
    if not heading.quotes:
        score -= 0.3 * heading.numerals
    return max(score, 0.0)


def _join(drafts: list[Draft], wording: Wording, score: float) -> None:
    """Give a wording to the theme with its number, or with like words; else it is a theme of its own."""
    twin = next((d for d in drafts if is_same(d, wording)), None)
    if twin is None:
        drafts.append(Draft([wording], score))
    else:
        twin.add(wording)
        twin.score = max(twin.score, score)


def _heading_above(drafts: Sequence[Draft], wording: Wording) -> Draft | None:
    """Return the theme whose heading stands last before a wording."""
    before = (d for d in drafts if d.wordings[0].source == "heading" and d.wordings[0].start < wording.start)
    return max(before, key=_place, default=None)


def _append(drafts: list[Draft], wording: Wording) -> None:
    above = _heading_above(drafts, wording)
    drafts.append(Draft([wording], 0.85, above, above.depth + 1 if above else 1))


def _place_list(reading: Reading, drafts: list[Draft], words: tuple[Wording, ...]) -> None:
    """Match the items of a list with the themes there are; what is left over is a theme where the list says so."""
    section = reading.section_at(words[0].start)
    found = _matches(drafts, words)
    if len(found) * 2 < len(words) and not (
        section.kind in ("results", "abstract", "front", "other") and all(_names(w) for w in words)
    ):
        return
    if len(found) * 2 >= len(words):
        _take_in_order(drafts, words, found)
    reworded = 2 * len(found) >= len(words) and sum(d.heading is not None for d in drafts) >= len(words)
    below = not found and section.level > 1 and sum(bool(d.heading and d.heading.quotes) for d in drafts) >= FEW
    if below and words[0].source == "issues":
        return
    for number, wording in enumerate(words):
        twin = found.get(number)
        if twin is not None:
            twin.add(wording)
            twin.listed = True
            twin.score = max(twin.score, 0.95)
        elif not reworded and section.kind in ("results", "abstract", "front", "other") and _names(wording):
            above = _heading_above(drafts, wording) if wording.sub else None
            score, depth = (0.8 if not found else 0.6), (above.depth + 1 if above else 1)
            drafts.append(Draft([wording], score, above, depth, listed=True))


def _matches(drafts: list[Draft], words: tuple[Wording, ...]) -> dict[int, Draft]:
    pairs = sorted(
        (
            (_likeness(w.label, d), ratio(w.label.casefold(), d.label.casefold()), -n, i)
            for n, w in enumerate(words)
            for i, d in enumerate(drafts)
        ),
        reverse=True,
    )
    found: dict[int, Draft] = {}
    for alike, _, number, i in pairs:
        if alike >= 0.5 and -number not in found and all(d is not drafts[i] for d in found.values()):
            found[-number] = drafts[i]
    return found


def _likeness(words: str, draft: Draft) -> float:
    """Return how like words are to a theme's label, or to its name where a heading goes on to say what it is about."""
    name = _EXPLAINED.split(draft.label)[0] if draft.heading is not None else draft.label
    return max(likeness(words, draft.label), likeness(words, name) if name != draft.label else 0.0)


def _take_in_order(drafts: list[Draft], words: tuple[Wording, ...], found: dict[int, Draft]) -> None:
    """Match the items left over with the themes left over, where as many stand between the same neighbours."""
    places = {id(d): n for n, d in enumerate(drafts)}
    depth = min(d.depth for d in found.values())
    for number in range(len(words)):
        if number in found:
            continue
        before = places[id(found[number - 1])] if number - 1 in found else -1
        later = next((n for n in range(number + 1, len(words)) if n in found), None)
        after = places[id(found[later])] if later is not None else len(drafts)
        gap = (later if later is not None else len(words)) - number
        free = [d for d in drafts[before + 1 : after] if d.depth == depth and not d.listed]
        if len(free) == gap and (number == 0 or number - 1 in found):
            found[number] = free[0]


def _names(wording: Wording) -> bool:
    """Say whether an item of a list names a theme: not a clause, unless the paper numbers its items."""
    return wording.source == "numbered" or _is_nominal(wording.label)


def _is_nominal(label: str) -> bool:
    words = label.split()
    return (
        0 < len(words) <= 25
        and label[0].isalpha() | (label[0] in "‘'“\"")
        and not ((words[0].endswith("ed") and words[-1] == words[0]) or _SENTENCE.search(label))
    )


def _topic_sentences(reading: Reading, quotes: Sequence[Piece]) -> list[Draft]:
    """Return the sentences that open a paragraph of the results which quotes follow, at most twelve."""
    if len(quotes) < 3:
        return []
    drafts = []
    regions = results_of(reading)
    seen: set[int] = set()
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        if sentence.block in seen or block.kind != "paragraph":
            continue
        seen.add(sentence.block)
        inside = any(p.start <= sentence.start < p.end for p in regions)
        followed = any(block.start < q.start <= block.end + 3 for q in quotes)
        if inside and followed and not any(q.start < sentence.end and sentence.start < q.end for q in quotes):
            words = clean_label(reading.text[sentence.start : sentence.end])
            told = _TOOK_PART.search(words) or _COUNT.search(words)
            if len(words) <= _LONGEST and not told:
                drafts.append(Draft([Wording(sentence.start, sentence.end, words, "topic")], 0.3))
    return drafts[:12]


def _records(reading: Reading, study: str, drafts: list[Draft]) -> list[Located[Theme]]:
    drafts = _nested(sorted(drafts, key=_place))
    prose = "\n\n".join(reading.text[b.start : b.end] for b in reading.blocks if b.kind in ("paragraph", "quote"))
    shown = {id(draft): recased(draft.label, prose) for draft in drafts}
    named = [d.label.casefold() for d in drafts]
    made: dict[int, Located[Theme]] = {}
    found: dict[str, Located[Theme]] = {}
    for order, draft in enumerate(drafts, 1):
        first = draft.wordings[0]
        above = draft.parent if draft.parent is not None and id(draft.parent) in made else None
        label = shown[id(draft)]
        if above is not None and named.count(draft.label.casefold()) > 1:
            label = f"{label} ({shown[id(above)]})"
        spans = [span for w in draft.wordings for span in reading.spans(w.start, w.end)]
        variants = dict.fromkeys(w.label for w in draft.wordings[1:] if w.label.casefold() != draft.label.casefold())
        one = make(
            Theme,
            reading,
            study,
            first.start,
            first.end,
            key=label,
            label=label,
            variants=tuple(variants),
            order=order,
            broader=made[id(above)].record.iri if above is not None else None,
            score=round(min(draft.score, 1.0), 2),
        )
        one = Located(replace(one.record, spans=_unique(spans)), one.start, one.end)
        made[id(draft)] = one
        found.setdefault(one.record.iri, one)
    return list(found.values())


def _place(draft: Draft) -> int:
    return draft.wordings[0].start


def _nested(drafts: list[Draft]) -> list[Draft]:
    """Where a list names some headings of a level only, put the others below the listed heading before them."""
    headed = [d for d in drafts if d.wordings[0].source == "heading"]
    listed = [d for d in headed if d.listed]
    if len(listed) >= 2:
        for number, draft in enumerate(headed):
            above = next((d for d in reversed(headed[:number]) if d.listed), None)
            if not draft.listed and draft.parent is None and above is not None and headed[-1].listed:
                draft.parent = above
    return drafts


def _unique(spans: list[Passage]) -> tuple[Passage, ...]:
    return tuple({(s.start, s.end): s for s in spans}.values())
