"""How well PDFs are read, measured against the markup of the same papers.

    python -m devtools.pdf_against_jats --folder FOLDER

`FOLDER` holds pairs of one name: PAPER.pdf and PAPER.xml (JATS). What the markup says is running text, heading, title,
author or abstract is looked for in what is read of the PDF. Only letters are compared, so that signs which the two
forms set differently do not count; words, digits and hyphens are compared apart. A pair whose markup has no body is
compared in its front alone.
"""

import argparse
import re
import sys
import time
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from devtools.letters import in_letters, longest, share
from ingest.errors import ReaderError
from ingest.extract.study.front import front_facts
from ingest.readers import read
from ingest.readers.contents import ReadDocument
from ingest.reading import Block, Reading

_BODY = frozenset({"background", "methods", "results", "discussion", "limitations", "conclusions", "other"})
_RUNNING = frozenset({"paragraph", "quote", "list_item"})
_FEW = 6
"""Words of a sentence, without its first, by which its page is looked at."""
_SHORT = 20
"""Letters that a sentence has at the least to be looked for."""
_PART = 12
"""Letters that the beginning or end of a sentence has at the least to be looked for alone."""
_MOST_FOREIGN = 6_000
"""Letters that may stand between the two parts of an interrupted sentence."""
_MOSTLY = 0.8
_SAME, _FOREIGN = 0.6, 0.4
"""Share of the letters of a sentence from which on it is of a text, and below which it is not."""
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-") | {"\u00ad": None, "\ufffd": " "})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCES = ("whole", "split", "aside", "interrupted", "displaced", "differs", "missing")
_COLUMNS = (*_SENTENCES, "disorder", "words", "hyphens", "digits", "foreign", "captions", "references")


@dataclass(slots=True)
class Score:
    """What a pair of forms shows: counts by name, and examples of what is wrong."""

    name: str
    journal: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    seconds: float = 0.0
    pages: int = 0

    def note(self, kind: str, words: str) -> None:
        """Count one thing that is wrong and keep its words."""
        self.counts[kind] += 1
        self.examples.append(f"{kind}: {' '.join(words.split())}")


def compare(marked: ReadDocument, printed: ReadDocument, name: str) -> Score:
    """Return how what is read of a PDF differs from the markup of the same paper."""
    score = Score(name, pages=len(printed.document.page_starts))
    _compare_front(marked, printed, score)
    there = _Printed(printed.reading)
    last = -1
    for words in running_sentences(marked.reading):
        last = _look_for(words, there, score, last)
    _compare_headings(marked.reading, printed.reading, score)
    _find_foreign(marked.reading, printed.reading, score)
    return score


def running_sentences(reading: Reading) -> Iterator[str]:
    """Yield the sentences of the body that are long enough to be known again."""
    for sentence in reading.sentences:
        section = reading.sections[sentence.section]
        kind = reading.blocks[sentence.block].kind
        if kind in _RUNNING and section.kind in _BODY and not section.in_abstract:
            words = reading.text[sentence.start : sentence.end]
            if sum(letter.isalpha() for letter in words) >= _SHORT:
                yield words


class _Printed:
    """The view of a PDF to look for letters in."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.letters = in_letters(reading.text)
        self.starts = [block.start for block in reading.blocks]

    def blocks(self, at: int, length: int) -> tuple[int, int]:
        """Return the numbers of the first and last block that `length` letters from `at` on stand in."""
        places = self.letters.places
        first = bisect_right(self.starts, places[at]) - 1
        return first, bisect_right(self.starts, places[at + length - 1]) - 1

    def words(self, at: int, length: int) -> str:
        places = self.letters.places
        return self.reading.text[places[at] : places[at + length - 1] + 1]


def _look_for(sentence: str, there: _Printed, score: Score, last: int) -> int:
    """Count how a sentence of the markup is found; return where, or where the one before was found."""
    letters = in_letters(sentence).text
    score.counts["sentences"] += 1
    found = [found.start() for found in re.finditer(re.escape(letters), there.letters.text)]
    if not found:
        _look_for_parts(letters, sentence, there, score)
        return last
    at = next((place for place in found if place > last), found[0])
    if at < last:
        score.note("disorder", sentence)
    first, end = there.blocks(at, len(letters))
    kinds = {there.reading.blocks[number].kind for number in range(first, end + 1)}
    if not kinds <= _RUNNING:
        score.note("aside", f"({', '.join(sorted(kinds))}) {sentence}")
    elif first != end:
        score.note("split", there.words(at, len(letters)).replace("\n\n", " ¶ "))
    else:
        score.counts["whole"] += 1
        _compare_words(sentence, there.words(at, len(letters)), score)
    return at


def _look_for_parts(letters: str, sentence: str, there: _Printed, score: Score) -> None:
    text = there.letters.text
    head = longest(letters, text, from_start=True)
    tail = longest(letters, text, from_start=False)
    known = min(head + tail, len(letters))
    if head < _PART and tail < _PART:
        score.note("missing", sentence)
    elif known < _MOSTLY * len(letters):
        score.note("differs" if known > 0.3 * len(letters) else "missing", sentence)
    else:
        begin = text.find(letters[:head]) + head
        end = text.find(letters[len(letters) - tail :], max(begin - head, 0))
        between = there.words(begin, max(end - begin, 1)) if 0 <= end - begin < _MOST_FOREIGN else ""
        if head < _PART or tail < _PART or 0 <= end - begin < _PART:
            score.note("differs", sentence)
        elif between:
            score.note("interrupted", f"…{letters[max(head - 30, 0) : head]} [{between[:200]}] {letters[-tail:][:30]}…")
        else:
            score.note("displaced", sentence)


def _compare_words(sentence: str, printed: str, score: Score) -> None:
    ours, theirs = _plain(printed), _plain(sentence)
    if _words(ours.replace("-", "")) != _words(theirs.replace("-", "")):
        score.note("words", printed)
    elif _words(ours) != _words(theirs):
        score.note("hyphens", printed)
    if _digits(ours) != _digits(theirs):
        score.note("digits", f"{printed} | {sentence}")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _digits(text: str) -> list[str]:
    """Return the digits between the first and the last letter of a text."""
    inner = re.sub(r"\A[\W\d_]+|[\W\d_]+\Z", "", text)
    return re.findall(r"\d", inner)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _compare_headings(marked: Reading, printed: Reading, score: Score) -> None:
    ours = {letters: kind for letters, kind, _ in _headings(printed)}
    theirs = {letters: kind for letters, kind, _ in _headings(marked)}
    for letters, kind, words in _headings(marked):
        score.counts["headings"] += 1
        if letters not in ours:
            score.note("heading lost", words)
        elif ours[letters] != kind:
            score.note("heading kind", f"{words}: {ours[letters]} for {kind}")
    for letters, _, words in _headings(printed):
        if letters not in theirs:
            score.note("heading made", words)


def _headings(reading: Reading) -> Iterator[tuple[str, str, str]]:
    for section in reading.sections:
        letters = in_letters(section.heading).text
        if letters and section.kind in _BODY and not section.in_abstract:
            yield letters, section.kind, section.heading


def _find_foreign(marked: Reading, printed: Reading, score: Score) -> None:
    """Count the sentences of the PDF's running text that are captions, references or nothing of the paper."""
    running = _letters(marked, lambda block: block.kind in _RUNNING)
    cited = _letters(marked, lambda block: marked.sections[block.section].kind == "references")
    aside = _letters(
        marked, lambda block: block.kind not in _RUNNING and marked.sections[block.section].kind != "references"
    )
    for words in running_sentences(printed):
        letters = in_letters(words).text
        score.counts["printed"] += 1
        known = share(letters, running)
        if known > _SAME:
            continue
        for kind, text in (("references", cited), ("captions", aside)):
            if share(letters, text) > max(known, _SAME):
                score.note(kind, words)
                break
        else:
            if known < _FOREIGN:
                score.note("foreign", words)


def _letters(reading: Reading, chosen: Callable[[Block], bool]) -> str:
    return in_letters(" ".join(reading.text[b.start : b.end] for b in reading.blocks if chosen(b))).text


def _compare_front(marked: ReadDocument, printed: ReadDocument, score: Score) -> None:
    theirs, ours = _facts(marked), _facts(printed)
    score.journal = next(iter(theirs.get("journal", [])), "")
    pairs = {
        "title": (marked.document.title or "", printed.document.title or ""),
        "doi": (marked.document.doi or "", printed.document.doi or ""),
        "journal": (score.journal, next(iter(ours.get("journal", [])), "")),
        "year": (_year(theirs), _year(ours)),
    }
    for name, (said, read_) in pairs.items():
        if said:
            same = said == read_ if name in ("doi", "year") else in_letters(said).text == in_letters(read_).text
            score.counts[f"{name} asked"] += 1
            score.counts[f"{name} right"] += same
            if not same:
                score.note(name, f"{read_ or 'none'} for {said}")
    authors = {_surname(name) for name in theirs.get("author", [])}
    found = {_surname(name) for name in ours.get("author", [])}
    score.counts["authors asked"] += len(authors)
    score.counts["authors right"] += len(authors & found)
    if authors - found:
        score.note("authors", f"{sorted(authors - found)} lost, {sorted(found - authors)} made")
    _compare_abstracts(marked.reading, printed.reading, score)


def _compare_abstracts(marked: Reading, printed: Reading, score: Score) -> None:
    theirs, ours = (
        [in_letters(words).text for words in _abstract(reading)] for reading in (marked, printed)
    )  # fmt: skip
    whole = "".join(ours)
    score.counts["abstract asked"] += len(theirs)
    found = sum(letters in whole for letters in theirs)
    score.counts["abstract right"] += found
    if found < len(theirs):
        score.note("abstract", f"{len(theirs) - found} of {len(theirs)} sentences lost")
    text = "".join(theirs)
    more = [letters for letters in ours if len(letters) > _SHORT and share(letters, text) < _FOREIGN]
    if theirs and more:
        score.note("abstract more", f"{len(more)} sentences: {more[0][:60]}")


def _abstract(reading: Reading) -> Iterator[str]:
    for sentence in reading.sentences:
        section = reading.sections[sentence.section]
        if (section.in_abstract or section.kind == "abstract") and reading.blocks[sentence.block].kind in _RUNNING:
            yield reading.text[sentence.start : sentence.end]


def _facts(found: ReadDocument) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for fact in front_facts(found.reading, found.document):
        facts.setdefault(fact.field, []).append(fact.value)
    return facts


def _year(facts: dict[str, list[str]]) -> str:
    return next(iter(facts.get("publication_date", [])), "")[:4]


def _surname(name: str) -> str:
    return in_letters(name.split(",")[0].split()[-1]).text


def misplaced(data: bytes, printed: ReadDocument) -> int:
    """Return how many sentences are said to stand on a page whose plain text does not have them.

    Rows of tables are left out: plain text has their words in another order.
    """
    starts = printed.document.page_starts
    pdf = pypdfium2.PdfDocument(data)
    plain = [in_letters(page.get_textpage().get_text_range().replace("\ufffe", "")).text for page in pdf]
    pdf.close()
    wrong = 0
    for sentence in printed.reading.sentences:
        if printed.reading.blocks[sentence.block].kind == "table":
            continue
        for span in printed.reading.spans(sentence.start, sentence.end)[:1]:
            words = span.exact.split("\n")[0].split(" ")
            head = in_letters(" ".join(words[1:_FEW])).text
            wrong += head not in plain[bisect_right(starts, span.start) - 1]
    return wrong


def measure(folder: Path) -> Iterator[Score]:
    """Yield the scores of all pairs of a folder, and say on stderr what cannot be read."""
    for file in sorted(folder.glob("*.pdf")):
        markup = file.with_suffix(".xml")
        if not markup.exists():
            continue
        data = file.read_bytes()
        start = time.process_time()
        try:
            printed = read(data, file.name)
            taken = time.process_time() - start
            marked = read(markup.read_bytes(), markup.name)
        except ReaderError as error:
            sys.stderr.write(f"{error}\n")
            continue
        score = compare(marked, printed, file.stem)
        score.seconds = taken
        score.counts["page"] = misplaced(data, printed)
        yield score


def report(scores: Iterable[Score]) -> str:
    """Return tables of all scores, those of pairs whose markup has no body in the second alone."""
    scores = list(scores)
    whole = Score("all", "all", sum((score.counts for score in scores), Counter()))
    whole.seconds = sum(score.seconds for score in scores) / max(len(scores), 1)
    whole.pages = sum(score.pages for score in scores)
    text = ["| paper | journal | pages | s | sentences | " + " | ".join(_COLUMNS) + " |"]
    text.append("|---" * (len(_COLUMNS) + 5) + "|")
    for score in [*scores, whole]:
        cells = [score.name, score.journal[:30], str(score.pages), f"{score.seconds:.2f}"]
        cells += [str(score.counts["sentences"]), _percent(score.counts["whole"], score.counts["sentences"])]
        cells += [str(score.counts[name] or "") for name in _COLUMNS[1:]]
        text.append("| " + " | ".join(cells) + " |")
    fronts = ("title", "doi", "authors", "journal", "year", "abstract")
    text += ["", "| paper | journal | headings | lost | kind | made | page | " + " | ".join(fronts) + " |"]
    text.append("|---" * (len(fronts) + 7) + "|")
    for score in [*scores, whole]:
        counts = score.counts
        cells = [score.name, score.journal[:30], str(counts["headings"])]
        cells += [str(counts[name] or "") for name in ("heading lost", "heading kind", "heading made", "page")]
        cells += [_percent(counts[f"{name} right"], counts[f"{name} asked"]) for name in fronts]
        text.append("| " + " | ".join(cells) + " |")
    return "\n".join(text) + "\n"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


def main() -> None:
    """Print the tables, or with --examples what is wrong in every paper."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where PAPER.pdf and PAPER.xml lie")
    parser.add_argument("--examples", type=Path, help="write what is wrong in each paper to a file of this folder")
    chosen = parser.parse_args()
    scores = list(measure(chosen.folder))
    if chosen.examples:
        chosen.examples.mkdir(parents=True, exist_ok=True)
        for score in scores:
            (chosen.examples / f"{score.name}.txt").write_text("\n".join(score.examples) + "\n", encoding="utf-8")
    sys.stdout.write(report(scores))


if __name__ == "__main__":
    main()
