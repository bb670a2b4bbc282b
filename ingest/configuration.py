"""What decides, beside the bytes of a file, what is found in it: the version of the tool and its configuration."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

TOOL = "carekg"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The version of the tool, and what it works with: the same bytes under the same give the same records."""

    version: str
    settings: str


@cache
def current() -> Configuration:
    """Return the configuration of this installation: its version, and the weights that rank what is found."""
    try:
        number = version(TOOL)
    except PackageNotFoundError:
        number = "not installed"
    weights = files("ingest").joinpath("extract", "weights.json").read_bytes()
    return Configuration(number, f"rules; weights {sha256(weights).hexdigest()[:12]}")
