"""What people name on the command line: kinds of record, studies."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import typer

from ontology.errors import CarekgError
from ontology.namespaces import ID

if TYPE_CHECKING:
    from graph.store import EvidenceGraph


def kind_named(given: str, among: Collection[str] = (), *, hint: str = "KIND") -> str:
    """Return the class that a word names: its name, in any case, in the plural or with blanks and hyphens.

    With `among` it must be one of these.
    """
    from difflib import get_close_matches

    from ontology.model import CLASSES

    names = {name.casefold(): name for name in among or CLASSES}
    folded = given.casefold().replace("-", "").replace("_", "").replace(" ", "")
    options = (folded, folded.removesuffix("s"), folded.removesuffix("ies") + "y", folded.removesuffix("es"))
    for option in options:
        if option in names:
            return names[option]
    close = get_close_matches(folded, names, n=3, cutoff=0.6)
    every = ", ".join(names.values())
    remedy = f"did you mean {', '.join(names[c] for c in close)}?" if close else f"use one of {every}"
    what = "kind that can be asked for here" if among else "kind of record"
    raise typer.BadParameter(f"{given!r} is no {what}; {remedy}", param_hint=hint)


def studies_named(graph: "EvidenceGraph", given: str) -> set[str]:
    """Return the IRIs of the studies that are meant: by IRI or its end, words of the title, or the name of a file."""
    from commands.attested import attested_by

    iri = given if ":" in given else ID + given
    held = {told.study for told in attested_by(graph) if told.source == given}
    chosen = {
        study.iri
        for study in graph.records(kind="Study")
        if iri == study.iri or study.iri in held or given.casefold() in (getattr(study, "title", None) or "").casefold()
    }
    if not chosen:
        raise CarekgError(given, "names no study of the store", "see `carekg list studies`")
    return chosen
