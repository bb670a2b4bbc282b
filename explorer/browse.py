"""Browse: records by words and facets, a table, and what there is to know of the chosen one."""

from collections.abc import Mapping

import streamlit as st

from explorer.cards import card, spoken
from explorer.links import full, link, plain, short
from explorer.source import graph, index
from explorer.state import from_url, prepare_many, prepare_one, publish
from explorer.tables import as_csv
from graph.views.database import FACETS, KINDS, Views
from graph.views.facets import NONE
from graph.views.fulltext import Found, Hit, search

PAGE_ROWS = 50
TABLE_HEIGHT = 600
ROW_HEIGHT = 35
"""Pixels; those of a row are Streamlit's own."""
_TITLES = {"kind": "Kind", "role": "Role", "level": "Level", "section": "Section", "study": "Study"}
_FEW = 24
"""Values of a facet that are shown as pills; more go into a list."""


def page() -> None:
    """Show the page."""
    found_in = index()
    st.title("Browse")
    prepare_one("q", "")
    words = st.text_input("Words", key="q", live="250ms", type="search", placeholder="words, or a role such as GP")
    publish("q", [words] if words else [])
    chosen, now = _facets(found_in, words)
    total = now.total
    if not total:
        _nothing(now, words, chosen)
        return
    found = search(found_in, words, chosen, limit=PAGE_ROWS, offset=(_page_number(total) - 1) * PAGE_ROWS, counts=False)
    first = (_page_number(total) - 1) * PAGE_ROWS + 1
    st.caption(f"{first:,} to {first + len(found.hits) - 1:,} of {total:,} records")
    rows = [_row(hit) for hit in found.hits]
    picked = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=min(TABLE_HEIGHT, ROW_HEIGHT * (len(rows) + 1) + 3),
        key=f"rows_{words}_{first}_{sorted(chosen.items())}",
        column_config={
            "Words": st.column_config.TextColumn(width="large"),
            "Score": st.column_config.NumberColumn(format="%.2f", width="small"),
        },
        alt="Records found; choose a row to see more",
    )
    if total > PAGE_ROWS:
        st.pagination(-(-total // PAGE_ROWS), key="page")
        publish("page", [str(st.session_state["page"])] if st.session_state["page"] > 1 else [])
    st.download_button(f"All {total:,} as CSV", lambda: _file(found_in, words, chosen, total), "carekg.csv", "text/csv")
    _detail(found, picked["selection"]["rows"], chosen["study"])


def _page_number(total: int) -> int:
    """The number of the page of rows: that of the widget, else that of the address, within what there is."""
    last = -(-total // PAGE_ROWS)
    told = from_url("page")
    if "page" not in st.session_state and told and told[0].isdigit():
        st.session_state["page"] = max(1, min(int(told[0]), last))
    if st.session_state.get("page", 1) > last:
        st.session_state["page"] = 1
    number: int = st.session_state.get("page", 1)
    return number


def _facets(found_in: Views, words: str) -> tuple[dict[str, tuple[str, ...]], Found]:
    """Show the facets with their counts; return the chosen values of each and what is found, without its rows."""
    every = search(found_in, "", limit=0).facets
    for facet in FACETS:
        prepare_many(facet, [short(value) for value in every[facet]])
    chosen = {facet: tuple(_value(facet, name) for name in st.session_state[facet]) for facet in FACETS}
    now = search(found_in, words, chosen, limit=0)
    names = found_in.names_of_studies()
    with st.sidebar:
        st.subheader("Narrow down")
        for facet, title in _TITLES.items():
            options = [short(value) for value in every[facet]]
            if facet == "kind":
                options.sort(key=KINDS.index)
            counts = {short(value): count for value, count in now.facets[facet].items()}

            def label(name: str, facet: str = facet, counts: dict[str, int] = counts) -> str:
                shown = names.get(full(name), name) if facet == "study" else spoken(name) if facet == "kind" else name
                return f"{plain(shown)} ({counts.get(name, 0):,})"

            if len(options) <= _FEW and facet != "study":
                st.pills(title, options, selection_mode="multi", key=facet, format_func=label)
            else:
                st.multiselect(title, options, key=facet, format_func=label)
            publish(facet, st.session_state[facet])
    return chosen, now


def _value(facet: str, name: str) -> str:
    return full(name) if facet == "study" and name != NONE else name


def _row(hit: Hit) -> dict[str, object]:
    return {
        "Kind": spoken(hit.kind),
        "Words": hit.name,
        "Roles": _said(hit, "role"),
        "Level": _said(hit, "level"),
        "Section": _said(hit, "section"),
        "Study": hit.study_name,
        "Score": hit.score,
    }


def _file(found_in: Views, words: str, chosen: Mapping[str, tuple[str, ...]], total: int) -> str:
    """Return all that is found, not only the rows of the page, with the name of each record, as CSV."""
    every = search(found_in, words, chosen, limit=total, counts=False).hits
    rows = [_row(hit) | {"Name": short(hit.iri)} for hit in every]
    return as_csv(list(rows[0]), [list(row.values()) for row in rows])


def _detail(found: Found, rows: list[int], studies: tuple[str, ...]) -> None:
    if rows and rows[0] < len(found.hits):
        iri = found.hits[rows[0]].iri
        st.query_params["id"] = short(iri)
    elif "id" in st.query_params:
        iri = full(st.query_params["id"])
    elif len(studies) == 1 and studies[0] != NONE:
        st.caption("Choose a row to see what it rests on. The study:")
        iri = studies[0]
    else:
        st.caption("Choose a row to see what it rests on.")
        return
    with st.container(border=True):
        card(graph(), graph().get(iri))


def _said(hit: Hit, facet: str) -> str:
    return ", ".join(value for value in hit.facets[facet] if value != NONE)


def _nothing(now: Found, words: str, chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Say which choice leaves nothing, and offer to go on without it."""
    st.info("No record matches.")
    found_in = index()
    for facet, values in chosen.items():
        without = {name: kept for name, kept in chosen.items() if name != facet and kept}
        more = search(found_in, words, without, limit=0, counts=False).total if values else 0
        if more:
            kept = {name: [short(value) for value in some] for name, some in without.items()}
            link("browse", f"Without the choice of {_TITLES[facet].lower()}: {more:,} records", q=words, **kept)
    for word in now.close:
        link("browse", f"Did you mean “{word}”?", q=word)
    if now.apart:
        st.caption("No record holds all of these words. To be found are:")
        kept = {name: [short(value) for value in some] for name, some in chosen.items() if some}
        for part, count in now.apart.items():
            told = f"“{part}”: {count:,} {'record' if count == 1 else 'records'}"
            if count:
                link("browse", told, q=part, **kept)
            else:
                st.caption(plain(told))
