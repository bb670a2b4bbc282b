"""The words that participants of a study said, exactly as the paper prints them, and who said them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.context import Located, Refusal, RoleIndex
from ingest.extract.quotes.candidate import Candidate
from ingest.extract.quotes.finder import find_candidates
from ingest.extract.quotes.judge import COUNTS, NAMELESS, SILENT, THRESHOLD, UNASCRIBED, Verdict, judge
from ingest.extract.quotes.leads import talks_of
from ingest.extract.quotes.refusals import SAYING, Echoes, Setting, plain
from ingest.extract.quotes.speaker_codes import Codes
from ingest.extract.quotes.speaker_tags import Tag, role_in
from ingest.extract.quotes.speakers import Speakers
from ingest.extract.quotes.speech import is_narration
from ingest.quote import quote_of
from ingest.reading import Reading, Sentence
from ontology.model import Quote

_LONG = 6
_COMPANY = 3
"""So many cells of a table are quotations where another one is, and so many words it has."""
_MANY_APART, _MOSTLY = 4, 3
"""So many quotations that are set apart, and so many times those that do not sound like one, vouch for these."""
_ENDS = (".", "?", "!", "…", "]")
_DISCUSSES = ("discussion", "conclusions", "limitations")
_UNQUOTED = "stands in the discussion of a paper that quotes nobody in its results"
_ALTERNATIVES = 8
"""How many candidates before one are looked at: some are the same words, found in another way."""
_BULLET = re.compile(r"(?:[•▪●◦·‣]|(?:\A|[\t\n ])\(?\d{1,2}[.)])\s*\Z")
_BLANK = re.compile(r"\s*")
_ERRATUM = re.compile(r"(?:correction|erratum|corrigendum|retraction)s?\s*(?::|to\b|for\b)", re.IGNORECASE)
_JOINT = re.compile(r"\s*[,;]?\s*(?:and|or|&)?\s*")

Kept = tuple[Candidate, Setting, Verdict]


def extract_quotes(
    reading: Reading, study: str, roles: RoleIndex
) -> tuple[tuple[Located[Quote], ...], tuple[Refusal, ...]]:
    """Return the quotations of participants in the order of the view, and the words that were refused, with why.

    The exact span leaves out the marks around the quotation and the speaker's tag. A quotation that something was cut
    out of has several passages; its `exact` is these, joined by line ends. A correction quotes the paper that it
    corrects, so it holds none.
    """
    if any(block.kind == "title" and _ERRATUM.match(reading.text, block.start) for block in reading.blocks):
        return (), ()
    talks = talks_of(reading, roles)
    candidates = [
        candidate
        for number, block in enumerate(reading.blocks)
        if block.kind not in ("heading", "title", "front")
        for candidate in find_candidates(reading, number, roles, talks)
    ]
    candidates = _with_tags_of_talks(candidates, roles)
    kept: list[Kept] = []
    refusals: list[Refusal] = []
    echoes = _echoes(reading, candidates)
    settings = _settings(reading, candidates)
    before: tuple[Candidate, Verdict] | None = None
    verdicts = [judge(reading, *one, roles, echoes) for one in zip(candidates, settings, strict=True)]
    verdicts = _with_company(reading, candidates, settings, verdicts)
    verdicts = _with_others_apart(reading, candidates, verdicts)
    for candidate, setting, verdict in zip(candidates, settings, verdicts, strict=True):
        joined = before is not None and _joined(reading, before[0], candidate)
        if before is not None and joined and before[1].reason == SAYING:
            verdict = before[1]
        elif before is not None and joined and verdict.score:
            least = THRESHOLD if before[1].score >= THRESHOLD else 0.0
            score = max(before[1].score - 0.05, least)
            verdict = max(verdict, Verdict(score, before[1].reason), key=lambda v: v.score)
        before = candidate, verdict
        if verdict.score >= THRESHOLD:
            kept.append((candidate, setting, verdict))
        else:
            refusals.append(Refusal("Quote", reading.text[candidate.start : candidate.end], verdict.reason))
    if _all_apart_from_results(reading, kept):
        signed = [one for one in kept if one[0].tag is not None or one[0].label]
        stray = [one for one, _, _ in kept if one.tag is None and not one.label]
        refusals += [Refusal("Quote", reading.text[one.start : one.end], _UNQUOTED) for one in stray]
        kept = signed
    speakers, codes = Speakers(reading, roles), Codes(reading, talks.firsts)
    kept = [(codes.label(candidate, setting), setting, verdict) for candidate, setting, verdict in kept]
    apart = {(one[0].start, one[0].end): one for one in reversed(_outermost(kept))}
    quotes = [_record(reading, study, *one, speakers) for one in sorted(apart.values(), key=lambda one: one[0].start)]
    return tuple(_understood(quote, speakers) for quote in quotes), tuple(refusals)


def _all_apart_from_results(reading: Reading, kept: Sequence[Kept]) -> bool:
    """Say whether a paper with results quotes nobody in them, nor in a table: what its discussion has in marks, and
    nobody signs, are examples and words of others."""
    if not any(section.kind == "results" and not section.in_abstract for section in reading.sections):
        return False
    return all(reading.section_at(candidate.start).kind in _DISCUSSES for candidate, _, _ in kept)


def _understood(quote: Located[Quote], speakers: Speakers) -> Located[Quote]:
    """Return a quotation with the roles that later ones tell of its tag."""
    record = quote.record
    roles = speakers.later(record.speaker) if record.speaker and not record.speaker_roles else ()
    if not roles:
        return quote
    return quote._replace(record=replace(record, speaker_role=roles[0], co_speakers=roles[1:]))


def _with_company(
    reading: Reading, candidates: Sequence[Candidate], settings: Sequence[Setting], verdicts: Sequence[Verdict]
) -> list[Verdict]:
    """Return the verdicts with marked words taken that nothing speaks against, and that open a cell of a table whose
    other cells are quotations."""
    kept: Counter[int] = Counter()
    held: Counter[int] = Counter()
    opens = []
    for candidate, setting in zip(candidates, settings, strict=True):
        cell = reading.blocks[candidate.block].kind == "table" and candidate.form == "marked"
        opens.append(cell and (setting.starts_block or _BULLET.search(setting.lead) is not None))
    for candidate, verdict, opening in zip(candidates, verdicts, opens, strict=True):
        if opening:
            held[candidate.block] += 1
            kept[candidate.block] += verdict.score >= THRESHOLD
    found = []
    for candidate, verdict, opening in zip(candidates, verdicts, opens, strict=True):
        spoken = kept[candidate.block] >= _COMPANY and 2 * kept[candidate.block] >= held[candidate.block]
        missed = opening and verdict.score < THRESHOLD and verdict.reason == UNASCRIBED
        words = reading.text[candidate.start : candidate.end].count(" ") + 1
        found.append(Verdict(THRESHOLD) if spoken and missed and words >= _COMPANY else verdict)
    return found


def _with_others_apart(reading: Reading, candidates: Sequence[Candidate], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts with words taken that the markup of the results sets apart as a quotation, and against which
    only their sound speaks, where nearly all that is so set apart is what people said."""
    apart = [_is_apart(reading, candidate) for candidate in candidates]
    told = list(zip(candidates, verdicts, apart, strict=True))
    held = {candidate.block for candidate, _, one in told if one}
    kept = {candidate.block for candidate, verdict, one in told if one and verdict.score >= THRESHOLD}
    if len(kept) < _MANY_APART or _MOSTLY * len(held - kept) > len(kept):
        return list(verdicts)
    found = []
    for candidate, verdict, one in told:
        signed = candidate.form == "signed" and verdict.reason in (NAMELESS, COUNTS)
        silent = candidate.form == "apart" and verdict.reason == SILENT
        taken = one and (signed or silent) and _may_be_said(reading.text[candidate.start : candidate.end])
        found.append(Verdict(THRESHOLD) if taken else verdict)
    return found


def _may_be_said(words: str) -> bool:
    return words.count(" ") > _COMPANY and words.endswith(_ENDS) and not is_narration(words)


def _is_apart(reading: Reading, candidate: Candidate) -> bool:
    """Say whether the markup of the results sets a candidate apart as a quotation."""
    of_results = reading.section_at(candidate.start).kind == "results"
    return reading.marked_up and of_results and reading.blocks[candidate.block].kind == "quote"


def _with_tags_of_talks(candidates: Sequence[Candidate], roles: RoleIndex) -> list[Candidate]:
    """Return the candidates with the tag at the end of an interview on all turns but those of somebody else."""
    found: list[Candidate] = []
    after: Candidate | None = None
    tag: Tag | None = None
    for candidate in reversed(candidates):
        follows = after is not None and after.form == candidate.form == "turn" and after.block - candidate.block <= 2
        numbered = any(sign.isdigit() for sign in candidate.label)
        tag = candidate.tag or (tag if follows and not numbered else None)
        if tag is not None and candidate.tag is None and _may_sign(tag, candidate.label, roles):
            candidate = replace(candidate, tag=tag)
        found.append(candidate)
        after = candidate
    return found[::-1]


def _may_sign(tag: Tag, label: str, roles: RoleIndex) -> bool:
    """Say whether the tag behind a talk may be that of the one who is labelled so: none of another role."""
    own, signed = role_in(label, roles), role_in(tag.words, roles)
    return own is None or signed is None or own == signed


def _settings(reading: Reading, candidates: Sequence[Candidate]) -> list[Setting]:
    """Return what introduces and follows each candidate, up to the ones before and after it."""
    by_block: dict[int, list[Sentence]] = {}
    for sentence in reading.sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    found = []
    for number, candidate in enumerate(candidates):
        before = (one for one in candidates[max(0, number - _ALTERNATIVES) : number])
        ended = (one for one in before if one.outer_end <= candidate.outer_start)
        last = max(ended, key=lambda one: one.outer_end, default=None)
        setting = _setting(reading, candidate, by_block, last.outer_end if last else 0)
        spoken = last is not None and last.outer_start <= setting.earlier_start < last.outer_end
        found.append(replace(setting, earlier="") if spoken else setting)
    return found


def _setting(reading: Reading, candidate: Candidate, by_block: dict[int, list[Sentence]], floor: int) -> Setting:
    text = reading.text
    block = reading.blocks[candidate.block]
    own = by_block.get(candidate.block, [])
    number = bisect_left(own, candidate.outer_start, key=lambda sentence: sentence.start)
    before = own[max(0, number - 2) : number]
    start = max(before[-1].start if before else block.start, min(floor, candidate.outer_start))
    stop = candidate.outer_start
    starts_block = _BLANK.fullmatch(text, block.start, candidate.outer_start) is not None
    if starts_block and candidate.block:
        previous = by_block.get(candidate.block - 1, [])
        if previous and reading.blocks[candidate.block - 1].kind in ("paragraph", "quote", "list_item"):
            before = previous
            start, stop = max(previous[-1].start, min(floor, previous[-1].end)), previous[-1].end
    if block.kind == "table":
        return _setting_in_row(reading, candidate, floor)
    first = before[-2] if len(before) > 1 else None
    after = bisect_right(own, candidate.outer_end, key=lambda sentence: sentence.end)
    end = min(block.end, own[after].end if after < len(own) else block.end, candidate.outer_end + 200)
    return Setting(
        lead=text[start:stop],
        trail=text[candidate.outer_end : max(end, candidate.outer_end)],
        earlier=text[first.start : first.end] if first else "",
        lead_start=start,
        earlier_start=first.start if first else start,
        starts_block=starts_block,
    )


def _setting_in_row(reading: Reading, candidate: Candidate, floor: int) -> Setting:
    """Return what stands around a candidate in its row of a table: other rows say nothing about it."""
    text, block = reading.text, reading.blocks[candidate.block]
    start = max(block.start, text.rfind("\n", 0, candidate.outer_start) + 1, min(floor, candidate.outer_start))
    end = text.find("\n", candidate.outer_end, block.end)
    stop = min(block.end if end < 0 else end, candidate.outer_end + 200)
    cell = text[max(0, block.start - 1) : candidate.outer_start].rstrip(" ")[-1:] in ("\t", "\n", "")
    lead, trail = text[start : candidate.outer_start], text[candidate.outer_end : stop]
    return Setting(lead, trail, earlier="", lead_start=start, earlier_start=start, starts_block=cell)


def _joined(reading: Reading, before: Candidate, candidate: Candidate) -> bool:
    """Say whether two marked quotations are one enumeration: only a comma or "and" stands between them."""
    between = reading.text[before.outer_end : candidate.outer_start]
    return before.form == candidate.form == "marked" and _JOINT.fullmatch(between) is not None


def _outermost(kept: Sequence[Kept]) -> list[Kept]:
    """Return the candidates that lie in no other: what somebody reports of others is no quotation.

    Of two that hold the same words, found in two ways, the surer one stays.
    """
    order = sorted(kept, key=lambda one: (one[0].start, -one[0].end, -one[0].size, -one[2].score))
    around: list[Kept] = []
    nested: set[int] = set()
    for one in order:
        candidate, _, verdict = one
        around = [other for other in around if other[0].end >= candidate.start]
        rank = candidate.size, verdict.score
        if any(other.end >= candidate.end and (other.size, surer.score) > rank for other, _, surer in around):
            nested.add(id(one))
        else:
            around.append(one)
    return [one for one in kept if id(one) not in nested]


def _echoes(reading: Reading, candidates: Sequence[Candidate]) -> Echoes:
    texts = [plain(reading.text[candidate.start : candidate.end]) for candidate in candidates]
    return Echoes(
        headings=frozenset(plain(section.heading) for section in reading.sections),
        long="\n".join(text for text in texts if text.count(" ") >= _LONG),
        marked=dict(Counter(texts)),
        cited=tuple(sorted(mark.at for mark in reading.citations)),
    )


def _record(
    reading: Reading, study: str, candidate: Candidate, setting: Setting, verdict: Verdict, speakers: Speakers
) -> Located[Quote]:
    speaker, roles = speakers.of(candidate, setting)
    record = quote_of(
        reading.spans(candidate.start, candidate.end),
        reading.stored,
        document=reading.document,
        study=study,
        kind=_kind(reading, candidate),
        speaker=speaker,
        roles=roles,
        reading=reading.text[candidate.start : candidate.end],
        score=round(verdict.score, 2),
    )
    return Located(record, candidate.start, candidate.end)


def _kind(reading: Reading, candidate: Candidate) -> str:
    block = reading.blocks[candidate.block]
    if block.kind == "table":
        return "table"
    if candidate.form != "marked" or block.kind == "quote":
        return "block"
    around = reading.text[block.start : candidate.outer_start] + reading.text[candidate.outer_end : block.end]
    return "block" if len(around.strip(" .")) < 3 else "inline"
