"""The frame of every page: navigation, search box, errors as sentences, what the page shows of which store."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from explorer import browse, overview, query, trace
from explorer.links import PAGES, enter, go
from explorer.source import load_sample, store_path
from graph.errors import StoreMissing
from ontology.errors import CarekgError

_STYLE = Path(__file__).with_name("style.css")
_PAGES: dict[str, tuple[str, str, Callable[[], None]]] = {
    "overview": ("Overview", ":material/explore:", overview.page),
    "browse": ("Browse", ":material/search:", browse.page),
    "trace": ("Trace", ":material/linked_services:", trace.page),
    "query": ("Query", ":material/terminal:", query.page),
}


def run() -> None:
    """Run the page that the address names."""
    st.set_page_config(page_title="carekg", page_icon="🧵", layout="wide")
    st.html(_STYLE)
    for name, (title, icon, body) in _PAGES.items():
        PAGES[name] = st.Page(_guarded(name, body), title=title, icon=icon, url_path=name, default=name == "overview")
    chosen = st.navigation([PAGES[name] for name in _PAGES])
    with st.sidebar:
        _search_box()
    chosen.run()
    with st.sidebar:
        st.caption(f"Store: {store_path().name}")


def _search_box() -> None:
    with st.form("find", border=False, clear_on_submit=True):
        words = st.text_input("Find in everything", placeholder="e.g. discharge letter", key="find_words")
        if st.form_submit_button("Find", width="stretch"):
            go("browse", q=words)


def _guarded(name: str, body: Callable[[], None]) -> Callable[[], None]:
    def shown() -> None:
        enter(name)
        try:
            body()
        except StoreMissing:
            _no_store()
        except CarekgError as error:
            st.error(f"**{error.thing}**: {error.problem}", icon=":material/warning:")
            if error.remedy:
                st.caption(error.remedy)

    shown.__name__ = f"{name}_page"
    return shown


def _no_store() -> None:
    st.title("No evidence yet")
    st.write(f"There is no store at `{store_path()}`.")
    if st.button("Load the illustrative sample", type="primary"):
        with st.spinner("Reading six short studies"):
            said = load_sample()
        if said:
            st.error(said)
        else:
            st.rerun()
    st.write("Or read your own papers, and then reload this page:")
    st.code(f"carekg ingest PAPERS --store {store_path()}", language="sh")
