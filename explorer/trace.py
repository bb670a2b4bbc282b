"""Trace: from any record up to what rests on it, down to the marked words in their source."""

import streamlit as st

from explorer.cards import card, place, spoken
from explorer.links import full, link, plain, short
from explorer.markup import Mark, marked, window
from explorer.source import graph, index
from explorer.state import prepare_one, publish
from graph.names import name_of, words_of
from graph.store import EvidenceGraph
from graph.trace import Chain, Step, Words, neighbours, trace
from graph.views.database import KINDS
from graph.views.fulltext import search
from ontology.model import Quote

AROUND = 450
"""Characters of the source that are shown on each side of the marked words."""

_SCROLL = """<script>
for (const mark of [...document.querySelectorAll(".source-text mark.strong")].slice(0, 1))
  mark.scrollIntoView({block: "center"});
</script>"""

_UPWARDS = {
    "supports": "is supported by it",
    "illustrates": "is illustrated by it",
    "inTheme": "is its theme",
    "addresses": "addresses it",
    "motivates": "is motivated by it",
    "basedOn": "is based on it",
    "between": "sets it against another",
    "disputes": "is disputed by it",
    "qualifies": "is qualified by it",
}
_DOWNWARDS = {
    "supports": "supports it",
    "illustrates": "illustrates it",
    "inTheme": "belongs to it",
    "addresses": "is addressed by it",
    "motivates": "motivates it",
    "basedOn": "is its basis",
    "between": "is one side of it",
    "disputes": "disputes it",
    "qualifies": "qualifies it",
}


def page() -> None:
    """Show the page."""
    name = st.query_params.get("id", "")
    if not name:
        _start()
        return
    store = graph()
    iri = full(name)
    if not _exists(store, iri):
        return
    chain = trace(store, iri)
    left, right = st.columns([5, 6], gap="large")
    with left:
        with st.container(border=True):
            card(store, chain.record, traceable=False)
        st.caption(f"Evidence below: {chain.strength}")
        _steps("What rests on this", chain.up, _UPWARDS, "Nothing rests on this yet.")
        _steps("What this rests on", chain.down, _DOWNWARDS, _missing(chain))
    with right:
        _source(store, chain)


def _start() -> None:
    st.title("Trace")
    st.write("Follow a record to the exact words that it rests on. Find one in Browse, or begin with one of these.")
    found = index()
    for kind in ("Position", "Intervention", "Barrier", "Quote"):
        hits = search(found, "", {"kind": [kind]}, limit=4, counts=False).hits
        if hits:
            st.subheader(kind + "s")
        for hit in hits:
            link("trace", hit.name, id=short(hit.iri))


def _exists(store: EvidenceGraph, iri: str) -> bool:
    """Whether the store has the record at all; says so and offers close ones where not."""
    if store.sparql("ASK { $iri a ?type }", {"iri": iri}).rows[0][0]:
        return True
    st.title("Trace")
    st.error(f"No record `{short(iri)}` in this store (state {store.stamp()[:8]}).")
    named = short(iri).split("/")[0]
    kind = next((kind for kind in KINDS if kind.lower() == named), "")
    close = search(index(), "", {"kind": [kind]}, limit=5, counts=False).hits if kind else ()
    if close:
        st.write(f"It may have been retracted. Other records of this kind ({len(close)} shown):")
    for hit in close:
        link("trace", hit.name, id=short(hit.iri))
    return False


def _steps(title: str, steps: tuple[Step, ...], relations: dict[str, str], nothing: str) -> None:
    st.subheader(f"{title} ({len(steps)})")
    if not steps:
        st.caption(nothing)
    for step in steps[:40]:
        with st.container(border=True):
            st.html(f'<span class="kind">{spoken(type(step.record).__name__)}</span>')
            link("trace", name_of(step.record), id=short(step.record.iri))
            told = [relations.get(step.relation, step.relation)]
            if step.speaker:
                told.append(f"said by {step.speaker}")
            if step.reason:
                told.append(step.reason)
            if step.confidence is not None:
                told.append(f"score {step.confidence:.2f}, {step.status}")
            if step.depth > 1:
                told.append(f"{step.depth} links away")
            st.caption(plain(" · ".join(told)))
    if len(steps) > 40:
        st.caption(f"First 40 of {len(steps)}; `carekg trace` prints all.")


def _missing(chain: Chain) -> str:
    kind = spoken(type(chain.record).__name__).lower()
    if isinstance(chain.record, Quote):
        return "A quote is where the chain ends: its words are marked in the source."
    if chain.words:
        return f"No quote is linked to this {kind}; it rests on the authors' words at the right."
    return f"Nothing is linked to this {kind}, and it has no words of its own."


def _source(store: EvidenceGraph, chain: Chain) -> None:
    if isinstance(chain.record, Quote):
        _other_quotes(store, chain.record)
    words = chain.words or next((step.words for step in chain.down if step.words), ())
    if not words:
        st.info("This record does not come from a document.")
        return
    who = f"Said by {chain.speaker}. " if chain.speaker else ""
    study = words_of(chain.study) if chain.study else ""
    st.markdown(plain(who) + (f"Study: **{plain(study)}**" if study else ""))
    prepare_one("whole", "", ["whole text"])
    whole = st.pills("Source", ["whole text"], key="whole", label_visibility="collapsed") is not None
    publish("whole", ["whole text"] if whole else [])
    for document in dict.fromkeys(piece.document for piece in words):
        _text(store.text(document), [piece for piece in words if piece.document == document], whole=whole)
    st.caption("Copy with its citation")
    quoted = " […] ".join(" ".join(piece.exact.split()) for piece in words)
    first = words[0]
    where = ", ".join(filter(None, (first.source, first.page, f"{first.start}-{words[-1].end}")))
    st.code(f"“{quoted}” {who}{study} ({where})", language=None, wrap_lines=True)


def _text(text: str, pieces: list[Words], *, whole: bool) -> None:
    for piece in pieces:
        st.caption(plain(place(piece)))
    broken = [piece for piece in pieces if not piece.holds]
    if broken:
        st.error(
            "The stored text does not have these words at this place, so they are not marked.",
            icon=":material/warning:",
        )
    marks = [Mark(piece.start, piece.end) for piece in pieces if piece.holds]
    first, last = (0, len(text)) if whole else window(text, pieces[0].start, pieces[-1].end, AROUND)
    shown = ("… " if first else "") + marked(text, marks, first, last) + (" …" if last < len(text) else "")
    st.html(f'<div class="source-text" tabindex="0" role="document" aria-label="Source text">{shown}</div>')
    if whole:
        st.html(_SCROLL, unsafe_allow_javascript=True)


def _other_quotes(store: EvidenceGraph, quote: Quote) -> None:
    before, after, number, total = neighbours(store, quote)
    columns = st.columns([1, 1, 1])
    with columns[0]:
        if before:
            link("trace", "Previous quote", id=short(before.iri), icon=":material/arrow_back:")
    columns[1].caption(f"Quote {number} of {total} in this document")
    with columns[2]:
        if after:
            link("trace", "Next quote", id=short(after.iri), icon=":material/arrow_forward:")
