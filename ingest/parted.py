"""The results that an abstract of one paragraph tells without a heading."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.reading import Block, Reading, Section, Sentence

_PEOPLE = (
    r"(?:participants|respondents|informants|interviewees|(?:[\w-]+ ){0,3}?(?:patients|nurses|doctors|physicians|GPs"
    r"|practitioners|professionals|providers|workers|staff|caregivers|carers|families|parents|relatives|women|residents"
    r"|paramedics|pharmacists|managers|oncologists|specialists|midwives))"
)
_RESULTS = re.compile(
    r"\A(?:our |the |these |key |main |study |qualitative |thematic |preliminary )*(?:results?|findings?|analys[ie]s"
    r"|survey|interviews|data|themes|study)\b[^.;]{0,60}?\b(?:show|reveal|indicat|identif(?!ication)|demonstrat|highlight"
    r"|includ|uncover)\w*"
    r"|\b(?:themes?|categor(?:y|ies)|barriers|facilitators|enablers|factors|challenges|issues|dimensions)\b[^.;:]{0,60}?"
    r"\b(?:emerged|emerge|(?:were|was) (?:\w+ )?(?:identified|generated|found|reported|described|revealed|developed"
    r"|perceived)|included|include|are|were:)"
    r"|\A(?:overall, |in general, )?we (?:(?:could|also|have) )?(?:found|find|identified|observed)\b"
    rf"|\A(?:overall, |in general, |most |many |some |all |the majority of |both |while )?{_PEOPLE}\b[^.;]{{0,40}}?"
    r" (?:reported|described|expressed|felt|perceived|indicated|mentioned|said|identified|emphasi[sz]ed|highlighted"
    r"|experienced|preferred|believed|viewed|wanted|valued|considered|saw|struggled|stated"
    r"|(?:are|were) (?:faced|interested|satisfied|confronted|concerned|aware|unaware))\b",
    re.IGNORECASE,
)
_METHODS = re.compile(
    r"\b(?:aim(?:s|ed)?|purpose|objective|explored?|interviewed|recruited|(?:were|was) (?:also )?(?:collected|conducted"
    r"|analy[sz]ed|recorded|asked|invited|sampled|coded|transcribed)|using"
    r"|literature|previous(?:ly)?|little is known)\b",
    re.IGNORECASE,
)
_CONCLUSIONS = re.compile(
    r"\A(?:we (?:conclude|contend|recommend|suggest|argue)|in conclusion|to conclude|conclusions?\b|implications\b"
    r"|future\b"
    r"|(?:these|our|the|study|this)(?: \w+)? (?:findings|results|study|insights) (?:can|may|could|suggest|impl"
    r"|inform|have|provide|underline|contribute|support)\w*)",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"key ?words?\b", re.IGNORECASE)
_LONGEST = 5_000


def parted(reading: Reading) -> Reading:
    """Return a reading in which an abstract that no heading parts has a section of results, and one of conclusions.

    They begin with the first sentence that says what was found, and with the first behind it that says what follows.
    A reading that has results of its own, or an abstract without such a sentence, is returned as it is.
    """
    if any(section.kind == "results" for section in reading.sections):
        return reading
    alone = sum(section.kind != "front" for section in reading.sections) == 1
    for number, section in enumerate(reading.sections):
        if (
            section.kind == "abstract" or (alone and section.kind == "other")
        ) and section.end - section.start <= _LONGEST:
            cuts = list(_cuts(reading, number))
            if cuts:
                return _cut(reading, number, cuts)
    return reading


def _cuts(reading: Reading, number: int) -> Iterator[tuple[int, str]]:
    sentences = [s for s in reading.sentences if s.section == number and reading.blocks[s.block].kind == "paragraph"]
    found = followed = False
    for sentence in sentences[1:]:
        words = reading.text[sentence.start : sentence.end]
        if not found and _RESULTS.search(words) and not _METHODS.search(words):
            found = True
            yield sentence.start, "results"
        elif found and _KEYWORDS.match(words):
            yield sentence.start, "front"
            return
        elif found and not followed and _CONCLUSIONS.search(words):
            followed = True
            yield sentence.start, "conclusions"


def _cut(reading: Reading, number: int, cuts: list[tuple[int, str]]) -> Reading:
    whole = reading.sections[number]
    ends = [*(at for at, _ in cuts[1:]), whole.end]
    added = [
        Section(kind, "", at, at, at, end, whole.level + 1, in_abstract=kind != "front")
        for (at, kind), end in zip(cuts, ends, strict=True)
    ]
    places = [at for at, _ in cuts]

    def section_of(old: int, start: int) -> int:
        return old + bisect_right(places, start) if old == number else old + len(cuts) * (old > number)

    blocks: list[Block] = []
    for block in reading.blocks:
        edges = [block.start, *(at for at in places if block.start < at < block.end), block.end]
        for start, end in pairwise(edges):
            last = len(reading.text[start:end].rstrip()) + start
            blocks.append(Block(block.kind, start, last if end != block.end else end, section_of(block.section, start)))
    starts = [block.start for block in blocks]
    sentences = tuple(
        Sentence(s.start, s.end, bisect_right(starts, s.start) - 1, section_of(s.section, s.start))
        for s in reading.sentences
    )
    whole = replace(whole, kind="abstract", in_abstract=True)
    sections = (*reading.sections[:number], whole, *added, *reading.sections[number + 1 :])
    return replace(reading, sections=sections, blocks=tuple(blocks), sentences=sentences)
