"""Overview: what is in the store, how much, how complete, and where to begin."""

import streamlit as st

from explorer.links import link, plain, short
from explorer.source import graph
from explorer.tables import as_csv
from graph.coverage import Coverage, coverage, studies
from graph.questions import questions
from graph.store import EvidenceGraph

_TILES = (
    "Study",
    "Quote",
    "Theme",
    "Finding",
    "Position",
    "Barrier",
    "Facilitator",
    "Intervention",
    "Role",
    "Assertion",
)
TILE = 172
"""Pixels that a tile is wide; tiles go into as many rows as the window asks for."""
_PLURALS = {"Study": "Studies"}
_EXAMPLES = ("who-should", "disagreements", "gaps", "barriers-about-another-role", "proposed-by-participants")
_SCHEMA = """
digraph { rankdir=LR; bgcolor="transparent"; node [shape=box style="rounded" fontname="Helvetica" fontsize=11
  color="#0b5d6b" fontcolor="#0b5d6b"]; edge [color="#7a8a8c" fontcolor="#7a8a8c" fontname="Helvetica" fontsize=10];
  Document -> Study [label="reports" dir=back style=invis]; Quote -> Document [label="exact words in"];
  Quote -> Finding [label="supports"]; Finding -> Theme [label="in theme"]; Quote -> Barrier [label="illustrates"];
  Barrier -> Role [label="stated by, attributed to"]; Intervention -> Barrier [label="addresses"];
  Quote -> Role [label="spoken by"]; Finding -> Role [label="held by"]; Study -> Document [label="read in"]; }
"""


def page() -> None:
    """Show the page."""
    store = graph()
    counts = store.counts()
    st.title("Care-coordination evidence")
    st.write("From what is proposed, down to the exact words that it rests on.")
    if not counts:
        st.info("The store is empty. Read papers with `carekg ingest PATH`, then reload this page.")
        return
    _tiles(counts)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _studies(store)
    with right:
        st.subheader("Begin with a question")
        by_name = {question.name: question for question in questions()}
        for name in _EXAMPLES:
            link("query", by_name[name].text, question=name, icon=":material/help:")
        st.subheader("How complete it is")
        for measure in coverage(store):
            _measure(measure)
    with st.expander("What is linked to what"):
        st.graphviz_chart(_SCHEMA, width="stretch")
    st.download_button("Counts as CSV", as_csv(["kind", "count"], counts.items()), "carekg-counts.csv", "text/csv")
    st.caption(f"State {store.stamp()[:8]} · the whole graph: `carekg export --format turtle -o evidence.ttl`")


def _tiles(counts: dict[str, int]) -> None:
    with st.container(horizontal=True):
        for kind in _TILES:
            with st.container(border=True, width=TILE):
                name = _PLURALS.get(kind, kind + "s")
                st.metric(name, f"{counts.get(kind, 0):,}")
                if kind != "Assertion":
                    link("browse", "Browse", kind=kind, help=f"{name} in Browse")
                else:
                    link("query", "Ask", help="Links between records, each with its evidence", lang="cypher")


def _studies(store: EvidenceGraph) -> None:
    table = studies(store)
    st.subheader(f"Studies ({len(table.rows):,})")
    for row in table.dicts()[:50]:
        with st.container(border=True):
            link("browse", row["title"] or row["source"], study=short(row["study"]))
            st.caption(
                f"{plain(row['source'])} · {row['level'] or 'level unknown'} · {row['quotes']} quotes · "
                f"{row['themes']} themes · {row['barriers']} barriers · {row['interventions']} interventions"
            )
    if len(table.rows) > 50:
        st.caption(f"First 50 of {len(table.rows):,} studies; find the others in Browse.")


def _measure(measure: Coverage) -> None:
    share = measure.concerned / measure.total if measure.total else 0.0
    st.progress(share, text=f"{measure.concerned:,} of {measure.total:,}: {measure.what}")
