"""Citations in runs of marked-up text: which raised numbers cite, and which marks and brackets are one citation."""

import re
from collections.abc import Sequence

from ingest.readers.builder import PLACES, Run

_SEPARATOR = re.compile(r"[\s,;–—‐‑-]*(?:(?:and|&)\s*)?")
_RAISED = re.compile(r"\s*\d{1,3}(?:\s*[,;–—‐-]\s*\d{1,3})*\s*")
_BEFORE_RAISED = re.compile(r"(?:[^\W\d_]{3}|[.,;:)\]”\"’])\Z")
_BRACKETS = {"[": "]", "(": ")"}


def with_style(style: str, more: str) -> str:
    """Return the styles of a run with one more.

    >>> with_style("italic", "bold"), with_style("", "bold"), with_style("bold", "bold")
    ('italic bold', 'bold', 'bold')
    """
    return style if more in style.split() else f"{style} {more}".strip()


def grouped(runs: Sequence[Run], *, linked: bool = True) -> list[Run]:
    """Return runs with raised numbers decided on and every group of citations made one.

    >>> marks = [Run("Trust ["), Run("1", "citation", "1"), Run(", "), Run("2", "citation", "2"), Run("] counts.")]
    >>> [(run.text, run.style) for run in grouped(marks)]
    [('Trust ', ''), ('[1, 2]', 'citation'), (' counts.', '')]
    """
    decided: list[Run] = []
    for run in runs:
        decided.append(_decided(run, decided, linked=linked) if "raised" in run.style else run)
    return _bracketed(_joined(decided))


def _decided(run: Run, before: Sequence[Run], *, linked: bool) -> Run:
    """Return a raised run as a citation or as plain text; the sign of a note that is no citation is left out."""
    style = " ".join(part for part in run.style.split() if part != "raised")
    tail = before[-1].text if before else ""
    if not linked and _RAISED.fullmatch(run.text) and _BEFORE_RAISED.search(tail):
        return Run(run.text, with_style(style, "citation"), run.text.strip())
    return Run("" if style == "sign" else run.text, style)


def _cites(run: Run) -> bool:
    return "citation" in run.style


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join citations that only separators part."""
    joined: list[Run] = []
    pending: list[Run] = []
    for run in runs:
        if _cites(run) and joined and _cites(joined[-1]):
            text = "".join(part.text for part in (joined[-1], *pending, run))
            joined[-1], pending = joined[-1]._replace(text=text, label=text), []
        elif joined and _cites(joined[-1]) and _SEPARATOR.fullmatch(run.text):
            pending.append(run)
        else:
            joined += [*pending, run]
            pending = []
    return joined + pending


def _bracketed(runs: list[Run]) -> list[Run]:
    """Take the brackets around a citation, which stand at the ends of its neighbours, into it."""
    for at in range(1, len(runs) - 1):
        before, mark, behind = runs[at - 1 : at + 2]
        if not _cites(mark):
            continue
        opening = before.text.rstrip()[-1:]
        closing = behind.text.lstrip()[:1]
        if opening in _BRACKETS and _BRACKETS[opening] == closing:
            lead = before.text.rstrip()[:-1]
            rest = behind.text.lstrip()[1:]
            text = before.text[len(lead) :] + mark.text + behind.text[: len(behind.text) - len(rest)]
            runs[at - 1 : at + 2] = [before._replace(text=lead), mark._replace(text=text), behind._replace(text=rest)]
    return [run for run in runs if run.text or run.style in PLACES]
