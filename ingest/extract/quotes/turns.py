"""Turns of interviews: who asks, who answers, and where each turn ends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.context import RoleIndex
from ingest.extract.quotes.leads import Lead, Talks, lead_at
from ingest.extract.quotes.marks import find_marked
from ingest.extract.quotes.speaker_tags import Tag, is_person, role_in
from ingest.extract.quotes.speech import hard_breaks, is_lined, is_narration, speech_score
from ingest.reading import Block, Reading

_ASKS = r"(?:Q(?:uestion)?|I|Int|Interviewer|Researcher|Investigator|Moderator|Facilitator|M|Mod|INT|R|RES)"
LABEL = re.compile(
    r"(?P<label>\d{1,3}|[A-Z][A-Za-z]{0,14}(?:[ _-]?\d{1,3})?(?:\s\([^()]{1,20}\))?)\s?:\s?(?=[\w“\"‘'\[(…]|\.\.\.)"
)
_NO_LABEL = re.compile(
    r"H\d|Aim|Step|Stage|Phase|Theme|Objective|Note|Box|Table|Figure|Fig|RQ|Question\s?\d", re.IGNORECASE
)
_ASKER = re.compile(rf"{_ASKS}\d?\Z")
UNNAMED = ("", "A", "P", "R", "M", "Answer", "Participant", "Respondent", "Interviewee")
"""Labels of turns that tell nothing of who speaks."""
_ALONE = ("P", "A", "Participant", "Respondent", "Interviewee")
_MARKS = '“"„«'
_ALL_MARKS = tuple(_MARKS)
_ANY_MARK = re.compile(r'[“”"„«»]')
_SIGNS = re.compile(r"[.,;]?\s*[(\[–—-]")
"""What stands behind a quotation in marks where its tag or an aside follows."""
_CELL_END = re.compile(r"[\t\n]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: view[start:end] with the label, its words from `words_start` on; `asks` that the interviewer speaks."""

    start: int
    words_start: int
    end: int
    label: str
    asks: bool


def find_turns(reading: Reading, number: int, tags: Sequence[Tag], roles: RoleIndex, talks: Talks) -> list[Turn]:
    """Return the turns of an interview that the block holds: at least two labels, one of them in front of a question
    or of a speaker, or one that names a speaker; a label begins the block, a sentence or a paragraph."""
    text, block = reading.text, reading.blocks[number]
    closes: dict[int, int] | None = None
    breaks = {block.start, *hard_breaks(reading, block.start, block.end)}
    leads = {at: found for at in breaks if (found := lead_at(reading, number, at, roles, talks)) is not None}
    starts: list[Lead] = []
    may_turn = text.find(":", block.start, block.end) >= 0
    for match in LABEL.finditer(text, block.start, block.end) if may_turn else ():
        before = text[block.start : match.start()].rstrip()
        if match.group("label").isdigit() and match.start() not in breaks:
            continue
        marked = match.start() - 1 in breaks and text[match.start() - 1] in _MARKS
        opens = marked or match.start() in breaks or not before or before[-1] in '.?!…"”’):]'
        label = match.group("label")
        if opens and (_ASKER.match(label) or _answers(label) or _names_role(label, block, roles)):
            starts.append((match.start() - marked, match.end(), label))
    told = {start for start, _, _ in starts}
    starts = sorted([*starts, *(lead for at, lead in leads.items() if at not in told)])
    if len(starts) == 1 and starts[0][0] not in breaks and not text[: starts[0][0]].rstrip().endswith(":"):
        return []
    turns = []
    for turn, (start, words_start, label) in enumerate(starts):
        limit = starts[turn + 1][0] if turn + 1 < len(starts) else block.end
        end = _turn_end(reading, number, words_start, limit, tags)
        if text[words_start : words_start + 1] in _ALL_MARKS:
            closes = _closing_marks(text, block) if closes is None else closes
            end = _within_marks(text, words_start, end, closes)
        turns.append(Turn(start, words_start, end, label, _asks(label, starts)))
    if not any(turn.asks for turn in turns) and len(turns) == 1 and not is_person(turns[0].label):
        return turns if turns[0].label in _ALONE or turns[0].label.isdigit() or turns[0].start in leads else []
    return turns


def _closing_marks(text: str, block: Block) -> dict[int, int]:
    """Return where the quotations in marks of a block end by where they begin, marks included."""
    marked = find_marked(text[block.start : block.end])
    return {block.start + one.outer_start: block.start + one.outer_end for one in marked if one.closed}


def _within_marks(text: str, start: int, end: int, closes: Mapping[int, int]) -> int:
    """Return where a turn ends whose words stand in marks: behind the last of these, where no others follow."""
    stop = max((stop for at, stop in closes.items() if start <= at < end), default=end) if start in closes else end
    return stop if stop < end and not _ANY_MARK.search(text, stop, end) and not _SIGNS.match(text, stop, end) else end


def turn_under_label(reading: Reading, number: int, tags: Sequence[Tag]) -> list[Turn]:
    """Return the block as a turn if the label of one who answers stands above it, as if it were a heading."""
    above = reading.blocks[number - 1] if number else None
    label = reading.text[above.start : above.end].strip().removesuffix(":") if above and above.kind == "heading" else ""
    if label not in _ALONE[2:]:
        return []
    block = reading.blocks[number]
    return [Turn(block.start, block.start, _turn_end(reading, number, block.start, block.end, tags), label, asks=False)]


def _answers(label: str) -> bool:
    if _NO_LABEL.match(label):
        return False
    return (
        label.isdigit()
        or label in ("A", "P", "R", "Answer", "Participant", "Respondent", "Interviewee", "Patient")
        or is_person(label)
    )


def _names_role(label: str, block: Block, roles: RoleIndex) -> bool:
    """Say whether a label is a role's: with a number, or in a quotation that is set apart and of one person."""
    numbered = label[-1:].isdigit()
    return (numbered or (block.kind == "quote" and not label.endswith("s"))) and role_in(label, roles) is not None


def _asks(label: str, starts: Sequence[Lead]) -> bool:
    """Say whether a label is the interviewer's; R is the researcher's only where somebody else answers, and M with
    several numbers is many a man's."""
    if not _ASKER.match(label):
        return False
    if (
        label[1:].isdigit()
        and len({other for _, _, other in starts if other[1:].isdigit() and other[0] == label[0]}) > 1
    ):
        return False
    if label.startswith(("R", "M")) and len(label) <= 2:
        return any(_answers(other) and other not in ("R", "M") for _, _, other in starts)
    return True


def _turn_end(reading: Reading, number: int, start: int, limit: int, tags: Sequence[Tag]) -> int:
    """Return where a turn ends: behind its tag, with its cell, or where a paragraph of narration begins; in text
    without paragraphs of its own any that does not sound like speech."""
    tag = next((t for t in tags if start < t.start < limit), None)
    limit = tag.end if tag else limit
    if reading.blocks[number].kind == "table":
        cell = _CELL_END.search(reading.text, start, limit)
        return cell.start() if cell else limit
    told = reading.marked_up or is_lined(reading, start, limit)
    for at in hard_breaks(reading, start, limit):
        sentence = reading.sentence_at(at)
        words = reading.text[at : min(limit, sentence.end if sentence else limit)]
        if is_narration(words) or not (told or speech_score(words)):
            return at
    return limit
