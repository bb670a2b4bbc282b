"""What a position says besides who: the condition, the task, and the question that positions on one task share."""

import re
from collections.abc import Sequence

from ingest.extract.likeness import Piece, stems
from ingest.extract.positions.cues import Cue

_CONDITION = re.compile(
    r"\b(?:(?:but |and |except |especially |unless |only )*(?:when|if|where|unless|until|once|as long as|"
    r"provided that|in case)|in (?:the )?cases? (?:of|where|when)|in (?:this|that|those|these) (?:circumstances?|"
    r"cases?|situations?),? (?:where|when|if))\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\bthere\s+(?:are|is|may be|might be|were)\s+(?:\w+\s+){0,3}?(?:situations?|circumstances?|times?|cases?|"
    r"occasions?|instances?)\s+(?:where|when|in which|that)\s+(?:having\s+)?$",
    re.IGNORECASE,
)
_TASK_END = re.compile(
    r"[,;:.()?!…“”]|\s(?:when|if|where|because|unless|until|while|with support|especially|but|and that|such as|"
    r"rather)\b"
)
_NAMED_DUTY = re.compile(r"\b(?P<who>(?:[\w-]+ )?(?:prescriber|coordinator|manager|lead|provider|contact))\s+$")
_PAST = 60


def with_condition(text: str, piece: Piece, low: int) -> tuple[Piece, str | None]:
    """Return a clause with the condition that stands right before or in it, and the words of that condition."""
    inside = next((m for m in _CONDITION.finditer(text, piece.start, piece.end) if not _defines(text, m.start())), None)
    if inside:
        edge = text.find(",", inside.end(), piece.end)
        end = edge if edge > 0 else piece.end
        return piece, _words(text, inside.start(), end)
    before = [m for m in _CONDITION.finditer(text, max(low, piece.start - 160), piece.start)]
    there = _THERE.search(text, max(low, piece.start - 90), piece.start)
    if there:
        return Piece(there.start(), piece.end), None
    if before and not re.search(r"[.;:?!]", text[before[-1].start() : piece.start]):
        gap = text[before[-1].start() : piece.start]
        if re.search(r",\s*(?:then\s*)?(?:it\s*)?$", gap) or len(gap) < 100:
            comma = text.rfind(",", before[-1].start(), piece.start)
            edge = comma if comma > before[-1].end() else piece.start
            return Piece(before[-1].start(), piece.end), _words(text, before[-1].start(), edge)
    return piece, None


def _defines(text: str, at: int) -> bool:
    """Whether "where" or "when" says which circumstances, not under which condition."""
    return (
        re.search(
            r"\b(?:situations?|circumstances?|times?|cases?|occasions?|instances?|window|point|stage)\s+$",
            text[max(0, at - 16) : at],
        )
        is not None
    )


def _words(text: str, start: int, end: int) -> str:
    bare = re.sub(r"(?:,|\bthen\b|\s)+$", "", " ".join(text[start:end].split()))
    return re.sub(r"^(?:and|but|or)\s+", "", bare, flags=re.IGNORECASE)


def task_of(text: str, cue: Cue, last: int, end: int) -> str:
    """Return what is to be done, as words that follow "who should"; "" where the clause does not say."""
    if cue.name == "question":
        return "be involved"
    if cue.name == "be":
        named = _NAMED_DUTY.search(text, max(0, cue.start - _PAST), cue.start)
        role = re.compile(r"\b(?:to|for)\s+(?P<what>[^.;:,]+)").search(text, cue.end - 4, end)
        if named:
            return f"be the {named['who']}"
        told = role["what"] if role else text[cue.end : end]
        if re.search(r"responsible|accountable", text[cue.start : cue.end]):
            told = f"be responsible for {told}"
    elif cue.name == "pass":
        subject = re.search(r"(?:[\w-]+\s+){1,4}$", text[max(0, cue.start - _PAST) : cue.start])
        told = f"take over {re.sub(r'^.*?that ', '', subject.group())}" if subject else ""
    elif cue.name == "remain":
        kept = re.search(r"\bto\s+(?P<what>.*)$", text[cue.start : cue.end])
        told = re.sub(r"^(?:remain|stay|become|continue to be|continue as) ", "be ", kept["what"] if kept else "")
        told += text[cue.end : end]
    elif cue.name in ("suited", "role"):
        told = text[cue.end : end]
        within = re.search(r"\s(?:in|to)\s+(?P<what>.*?)\s+(?:is|was|would|as)\b", told) if cue.name == "role" else None
        told = f"have a role in {within['what']}" if within else re.sub(r"^\s*(?=(?:the|this|that) )", "take ", told)
    elif cue.name in ("accept", "responsible"):
        told = f"be responsible for {text[cue.end : end].strip()}" if text[cue.end : end].strip() else ""
    elif cue.name == "authority":
        told = f"have {text[cue.start : end].split(maxsplit=1)[1]}"
    elif cue.name == "negotiate":
        told = re.sub(
            r"^.*?\b(?:be|going to|to|is|are|handles?|takes?)\s+(?=\S)|^.*\s",
            "",
            text[cue.start : cue.end] + " ",
            count=1,
        )
        told = ("be " if re.search(r"\bbe$", text[cue.start : cue.end]) else told.strip()) + text[cue.end : end]
    elif cue.name in ("modal", "takeover", "refuse"):
        verb = re.compile(
            r"(?:\b(?:take|taking|took)\s+(?:\w+\s+)?over|[\w-]+(?:\s+(?:on|up|care|charge|with|after|the lead))?)\s*$"
        ).search(text[cue.start : cue.end])
        told = text[cue.start + (verb.start() if verb else 0) : end]
        told = re.sub(r"^one\s+", "", told)
    elif cue.name in ("many", "one"):
        doing = re.search(r"(?:\w+ing\b.*|\bto\s+(?:\w+ly\s+)?(?P<do>\w+\b.*))", text[cue.start : end])
        told = (doing["do"] or doing.group()) if doing else ""
    else:
        told = text[max(cue.end, last) : end]
        to = re.search(r"(?:^|\s)(?:to|in|for)\s+(?=[a-z])", told)
        told = told[to.end() :] if to else told
    closed = _TASK_END.search(told)
    return " ".join(told[: closed.start() if closed else 90].split()[:9]).strip(" ,.’‘")


def questions_of(tasks: Sequence[str]) -> list[str | None]:
    """Return the question of each task; tasks that share a telling word share the question of the shortest of them."""
    groups: list[tuple[set[str], list[int]]] = []
    for number, task in enumerate(tasks):
        words = set(stems(task)) - _GENERIC
        group = next((g for g in groups if g[0] & words), None)
        if group is None:
            groups.append((words, [number]))
        else:
            group[0].update(words)
            group[1].append(number)
    questions: list[str | None] = [None] * len(tasks)
    for _, members in groups:
        named = [tasks[n] for n in members if len(stems(tasks[n]) - _GENERIC) >= 1 and len(tasks[n].split()) >= 2]
        best = min(named or [tasks[n] for n in members], key=lambda t: (abs(len(t.split()) - 3), t))
        for number in members:
            questions[number] = f"who should {_bare(best)}" if best else None
    return questions


_GENERIC = stems(
    "take over it this that handle manage do be the one responsible responsibility role job all patient "
    "patients person provider care main primary other some any more ensure person's specific own involved "
    "from here first both deal dealing "
)


def _bare(task: str) -> str:
    """Return a task with its first verb in the form that follows "should".

    >>> _bare("prescribing insulin"), _bare("dealing with referrals")
    ('prescribe insulin', 'deal with referrals')
    """
    first, _, rest = task.partition(" ")
    if first.endswith("ing") and len(first) > 5:
        root = first[:-3]
        mute = root.endswith(
            ("b", "v", "dl", "g", "at", "it", "id", "in", "ul", "iz", "is", "ak", "iv", "uc")
        ) and root not in ("explain", "train")
        first = root + "e" if mute else root[:-1] if root[-1] == root[-2] and root[-1] not in "ls" else root
    return f"{first} {rest}".strip()
