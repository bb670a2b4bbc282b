"""Keep what is known of the patterns of extraction in a file, so that no process works it out again.

    python -m devtools.patterns [--write]

Says how many patterns extraction asks for when it is loaded and reads the shipped sample, and how many of them the file
(ingest/extract/patterns.json) does not hold, or holds otherwise than they are worked out now. With --write, the file is
written anew. Run it when patterns were changed; until then they are worked out by each process that asks for them.
"""

import argparse
import json
import sys
from pathlib import Path

import ingest.sample
from ingest.extract import patterns
from ingest.outcome import Meta
from ingest.stage import parse

Kept = dict[str, list[object]]


def in_use() -> Kept:
    """Return what the file should hold: what is known of each pattern that is asked for, worked out now."""
    for path in sorted(Path(ingest.sample.__file__).parent.glob("*.txt")):
        parse(path.read_bytes(), Meta(path.name))
    found: Kept = {}
    for source, flags in list(patterns.asked):
        known = patterns.work_out(source, flags)
        found[patterns.name_of(source, flags)] = [known.first, [sorted(signs) for signs in known.signs]]
    return dict(sorted(found.items()))


def main() -> int:
    """Compare the file with what is in use, and write it where asked to; return 1 where they differ and stay so."""
    parser = argparse.ArgumentParser(description="Keep what is known of the patterns of extraction.")
    parser.add_argument("--write", action="store_true", help="write the file anew")
    options = parser.parse_args()
    kept: Kept = json.loads(patterns.FILE.read_text(encoding="utf-8")) if patterns.FILE.exists() else {}
    found = in_use()
    differ = [name for name in kept | found if kept.get(name) != found.get(name)]
    sys.stdout.write(f"{len(found)} patterns in use, {len(differ)} of the file and of these differ\n")
    if differ and options.write:
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(told)}" for name, told in found.items())
        patterns.FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
        sys.stdout.write(f"written: {patterns.FILE.name}\n")
    return int(bool(differ) and not options.write)


if __name__ == "__main__":
    sys.exit(main())
