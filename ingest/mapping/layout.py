"""The TOML of mapping files: read with the faults named, written with a head of comments."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from textwrap import wrap
from typing import Any

from ingest.errors import MappingError

_WIDTH = 110


def parse(text: str, wanted: str, tables: Iterable[str]) -> dict[str, Any]:
    """Return the tables of a mapping file of the form `wanted` ("sheet", "refi-qda").

    Raises:
        MappingError: it is no TOML, for another form of input, or has a table that is not known.
    """
    try:
        found = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise MappingError("mapping", f"is no TOML ({error})", "write a new one with `carekg mapping`") from error
    form = found.pop("format", None)
    if form != wanted:
        raise MappingError("mapping", f"is for {form!r}, not for {wanted!r}", "write one with `carekg mapping`")
    known = list(tables)
    for name, table in found.items():
        one_of(name, known, "mapping", "table")
        if not isinstance(table, dict):
            raise MappingError(f"mapping, {name}", "is no table", f"write [{name}] and its lines below")
    return found


def one_of(value: object, known: Iterable[str], where: str, what: str) -> str:
    """Return `value`, which must be one of the known names.

    Raises:
        MappingError: it is another; names what comes close.

    >>> one_of("theme", ["theme", "role"], "mapping, codes", "meaning")
    'theme'
    """
    names = list(known)
    if isinstance(value, str) and value in names:
        return value
    close = get_close_matches(str(value), names, n=1)
    remedy = f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(names[:20])}"
    raise MappingError(where, f"{value!r} is no {what}", remedy)


def render(head: Iterable[str], form: str, tables: Mapping[str, Mapping[str, object]]) -> str:
    """Return the text of a mapping file: a head of comments, the form, and the tables; the same gives the same.

    >>> print(render(["Edit me."], "sheet", {"columns": {"Barrier": "barrier"}}), end="")
    # Edit me.
    <BLANKLINE>
    format = "sheet"
    <BLANKLINE>
    [columns]
    "Barrier" = "barrier"
    """
    lines = [f"# {line}" for told in head for line in wrap(told, _WIDTH, subsequent_indent="  ")]
    lines += ["", f"format = {_toml(form)}"]
    for name, table in tables.items():
        path = ".".join(_key(part) for part in name.split("\0"))
        lines += ["", f"[{path}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _key(part: str) -> str:
    return part if part.isascii() and part.replace("_", "").isalnum() else _toml(part)


def _toml(value: object) -> str:
    """Return a value as TOML, which writes texts, whole numbers, booleans and lists of them as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
