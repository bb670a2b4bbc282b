"""The text that annotations by offset alone point into: found among the files given, and checked by its hash."""

from collections.abc import Sequence
from pathlib import Path

from ontology.errors import CarekgError
from ontology.identity import sha256_of


class GoldTextError(CarekgError):
    """The text that annotations point into is not among the files given, or is another text."""


def annotated_text(gold: Path, name: str, sha256: str, texts: Sequence[Path]) -> str:
    """Return the text called `name` among files and folders, for annotations that give offsets and no words.

    Raises:
        GoldTextError: no file has the name, or none that has it has the hash or can be read.
    """
    places = [path / name if path.is_dir() else path for path in texts]
    named = [place for place in places if place.name == name and place.is_file()]
    if not named:
        problem = f"gives offsets without words, and the text {name} that they point into is not among the files given"
        raise GoldTextError(str(gold), problem, f"give {name} or its folder with --texts")
    for place in named:
        text = _read(place)
        if sha256_of(text) == sha256:
            return text
    problem = f"was annotated in another text than {named[0]} (its SHA-256 is not {sha256})"
    raise GoldTextError(str(gold), problem, "give the very text that was annotated")


def _read(place: Path) -> str:
    try:
        return place.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldTextError(str(place), f"cannot be read as UTF-8 ({error})", "give the annotated text") from error
