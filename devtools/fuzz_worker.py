"""A process that parses spoilt files for `devtools.fuzz` and ends itself when one makes it leave its folder.

An audit hook (PEP 578) sees every file that is opened for writing, made, renamed or removed, every connection and every
program that is started. Only the folder for temporary files may be written to.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.coded import resolve
from ingest.inputs import Input
from ingest.library import Shelf
from ingest.outcome import Meta, Parsed, Part
from ingest.readers import ARCHIVE, format_of
from ingest.readers.archive import open_bounded
from ingest.readers.contents import Statements
from ingest.stage import parse
from ingest.worker import main
from ontology.errors import CarekgError

LOG = "outside.log"
"""Where it is told what a file did; in the folder for temporary files."""
STATUS = 99
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset({
    "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link", "os.truncate", "os.chmod", "os.chown",
    "shutil.copyfile", "shutil.move", "shutil.rmtree", "shutil.unpack_archive", "shutil.make_archive",
})  # fmt: skip
_NEVER = frozenset({
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect", "socket.getaddrinfo",
    "socket.bind", "urllib.Request", "pty.spawn",
})  # fmt: skip


def watch(folder: Path) -> None:
    """End the process when anything is written outside of the folder, or it turns to the network or to a program."""
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    inside = (str(folder) + os.sep, "/dev/null")

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = given
            told = [path] if flags & _WRITING and not isinstance(path, int) else []
        elif event in _CHANGES:
            told = [path for path in given if isinstance(path, str | bytes | os.PathLike)]
        elif event in _NEVER:
            told = ["/"]
        else:
            return
        places = [os.path.realpath(os.fsdecode(path)) for path in told]
        if any(not place.startswith(inside) for place in places):
            os.write(log, f"{event}: {given!r}\n".encode("utf-8", "replace"))
            os._exit(STATUS)

    sys.addaudithook(hook)


def examine(data: bytes, meta: Meta) -> Parsed:
    """Parse a file as a run does: the members of an archive too, and what would be resolved at the end of a run."""
    parsed = parse(data, meta)
    if format_of(data).name != ARCHIVE:
        return Parsed(parsed.key, parsed.file_sha256, tuple(_finished(parsed)))
    parts: list[Part] = []
    try:
        archive = open_bounded(data, meta.name)
        for name in archive:
            parts += _finished(parse(archive[name], Meta(Input(Path(meta.name), name).name)))
    except CarekgError as error:
        parts.append(Part(error=error))
    return Parsed(parsed.key, parsed.file_sha256, tuple(parts))


def _finished(parsed: Parsed) -> Iterator[Part]:
    for part in parsed.parts:
        if part.pending is None:
            yield part
            continue
        try:
            if isinstance(part.pending, Statements):
                from graph.imports import records_of

                records, _ = records_of(part.pending.data, part.pending.syntax, part.pending.source)
                yield Part(tuple(records))
            else:
                for group in resolve(part.pending, Shelf([])):
                    yield Part(group.records)
        except CarekgError as error:
            yield Part(error=error)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    watch(Path(os.path.realpath(tempfile.gettempdir())))
    main(examine)
