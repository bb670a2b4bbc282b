"""A record as people read it: its kind, words and slots, with links to what it names."""

import re
from html import escape

import streamlit as st

from explorer.links import link, plain, short
from graph.names import in_order, name_of, words_of
from graph.store import EvidenceGraph
from graph.trace import Words
from ontology.base import Record
from ontology.model import Study
from ontology.slots import slots_of

_HIDDEN = {
    "spans",
    "document",
    "study",
    "exact",
    "reading",
    "prefix",
    "suffix",
    "start",
    "end",
    "label",
    "statement",
    "text",
}


def spoken(kind: str) -> str:
    """Return the name of a class as people say it.

    >>> spoken("StudyFact"), spoken("Barrier")
    ('Study fact', 'Barrier')
    """
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: " " + found[0].lower(), kind)


def heading(record: Record) -> None:
    """Show the kind and the words of a record."""
    kind, words = escape(spoken(type(record).__name__)), escape(words_of(record))
    st.html(f'<span class="kind">{kind}</span><div class="record-words">{words}</div>')


def card(graph: EvidenceGraph, record: Record, *, traceable: bool = True) -> None:
    """Show a record with its slots, and a link to its evidence."""
    if isinstance(record, Study):
        record = in_order(record)
    heading(record)
    if record.study and not isinstance(record, Study):
        st.caption("Study: " + plain(words_of(graph.get(record.study))))
    for slot in slots_of(type(record)):
        value = getattr(record, slot.name)
        if slot.name in _HIDDEN or value in (None, ()):
            continue
        values = value if isinstance(value, tuple) else (value,)
        shown = [name_of(graph.get(item)) if slot.kind == "ref" else _said(item) for item in values]
        st.markdown(f"**{slot.name.replace('_', ' ').capitalize()}**: " + plain("; ".join(shown)))
    if traceable:
        link("trace", "Trace it to its words", id=short(record.iri), icon=":material/linked_services:")


def place(words: Words) -> str:
    """Return where words stand, for a caption.

    >>> place(Words("urn:d", "a.txt", 3, 9, "trust.", True))
    'a.txt, characters 3-9, checked against the stored text'
    """
    checked = "checked against the stored text" if words.holds else "NOT what the stored text has there"
    where = ", ".join(filter(None, (words.source, words.page)))
    return f"{where}, characters {words.start:,}-{words.end:,}, {checked}"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
