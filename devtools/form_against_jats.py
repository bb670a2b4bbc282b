"""Tell what is found in papers in another form (text, PDF, web page) beside what is found in their JATS.

    python -m devtools.form_against_jats FOLDER... --jats FOLDER [--list KIND]

Files belong together by their stem. Words are compared by their letters and digits alone, and of the quotes of the
JATS only those count whose letters the other form holds in a row, if it is plain text. JATS is no annotation: what is
found in the other form alone may be right, and what both miss is not seen.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.letters import letters_of
from ingest.outcome import Meta
from ingest.stage import parse
from ontology.base import Record
from ontology.model import Finding, Limitation, Quote, Role, StudyFact, Theme

KINDS: dict[str, type[Record]] = {
    "Quote": Quote, "Theme": Theme, "StudyFact": StudyFact, "Finding": Finding, "Limitation": Limitation, "Role": Role,
}  # fmt: skip


def words_of(record: Record) -> str:
    """Return by what words a record is compared."""
    if isinstance(record, Quote):
        return "".join(span.exact for span in record.spans)
    if isinstance(record, StudyFact):
        return f"{record.field}{record.value}"
    return str(getattr(record, "statement", "") or getattr(record, "label", ""))


def found_in(path: Path) -> dict[str, Counter[str]]:
    """Return the words of what is found in a file, kind by kind."""
    records = [record for part in parse(path.read_bytes(), Meta(path.name)).parts for record in part.records]
    return {
        kind: Counter(letters_of(words_of(record)).text for record in records if type(record) is cls)
        for kind, cls in KINDS.items()
    }


def compared(form: Path, jats: Path) -> Iterator[tuple[str, Counter[str], Counter[str], Counter[str]]]:
    """Yield of each kind what the JATS gives, what of it is lost in the other form, and what that has besides."""
    there, here = found_in(jats), found_in(form)
    held = letters_of(form.read_text("utf-8")).text if form.suffix == ".txt" else None
    for kind in KINDS:
        given = there[kind]
        if kind == "Quote" and held is not None:
            given = Counter({words: n for words, n in given.items() if words in held})
        yield kind, given, given - here[kind], here[kind] - given


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Tell what is found in papers in another form beside their JATS.")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--jats", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--list", choices=list(KINDS), default="", dest="listed", help="list what differs of this kind")
    given = parser.parse_args()
    for folder in given.folders:
        totals: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        pairs = [(form, given.jats / f"{form.stem}.xml") for form in sorted(folder.iterdir())]
        pairs = [(form, jats) for form, jats in pairs if jats.exists()]
        for form, jats in pairs:
            for kind, all_, lost, others in compared(form, jats):
                totals[kind] += Counter(of=all_.total(), lost=lost.total(), others=others.total())
                for name, some in (("lost", lost), ("others", others)) if kind == given.listed else ():
                    for words in sorted(some):
                        print(form.stem, name, words)
        told = (f"{kind} {n['of']} -{n['lost']} +{n['others']}" for kind, n in totals.items())
        print(f"{folder}: {len(pairs)} papers; {', '.join(told)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
