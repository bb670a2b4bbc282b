"""Paths to the files that they stand for; light, so that it can be asked before anything else is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReaderError
from ingest.mapping import SUFFIX
from ontology.errors import CarekgError


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that gave nothing, and why."""

    path: Path
    error: CarekgError


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that paths stand for, sorted; hidden ones that were passed over; paths that stand for nothing."""

    files: tuple[Path, ...]
    hidden: tuple[Path, ...]
    failures: tuple[Failure, ...]


def gather(paths: Iterable[Path]) -> Gathered:
    """Return the files of `paths`: a file is itself, a folder all files below it, sorted, without the hidden ones and
    without the mapping files, which say how to read the file beside them."""
    files: dict[Path, None] = {}
    hidden: list[Path] = []
    failures: list[Failure] = []
    for path in paths:
        if path.is_dir():
            found_inside = (found for found in path.rglob("*") if found.is_file())
            inside = sorted(found for found in found_inside if not found.name.endswith(SUFFIX))
            shown = [not any(part.startswith(".") for part in f.relative_to(path).parts) for f in inside]
            hidden.extend(f for f, plain in zip(inside, shown, strict=True) if not plain)
            files.update((f, None) for f, plain in zip(inside, shown, strict=True) if plain)
            if not any(shown):
                failures.append(Failure(path, ReaderError(str(path), "holds no files", "name another folder")))
        elif path.exists():
            files[path] = None
        else:
            failures.append(Failure(path, ReaderError(str(path), "does not exist", "check the path")))
    return Gathered(tuple(files), tuple(hidden), tuple(failures))
