"""Addresses of pages and records: ids in the URL are the stable ids of the graph, never row numbers."""

from html import escape
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from ontology.namespaces import ID

PAGES: dict[str, st.Page] = {}
"""The pages by name, filled by the shell before a page runs."""
_CURRENT = "page_that_is_shown"


def short(iri: str) -> str:
    """Return the id of a record as it stands in a URL.

    >>> short("https://w3id.org/carekg/id/quote/0f")
    'quote/0f'
    """
    return iri.removeprefix(ID)


def full(name: str) -> str:
    """Return the IRI that an id in a URL stands for.

    >>> full("quote/0f")
    'https://w3id.org/carekg/id/quote/0f'
    """
    return name if ":" in name else ID + name


def enter(page: str) -> None:
    """Note which page is shown."""
    st.session_state[_CURRENT] = page


def go(page: str, **params: str | list[str]) -> NoReturn:
    """Switch to a page with these parameters in its URL; empty ones are left out."""
    st.switch_page(PAGES[page], query_params=_told(params))


def link(page: str, label: str, *, help: str | None = None, icon: str | None = None, **params: str | list[str]) -> None:
    """Show a link to a page with these parameters in its URL.

    Streamlit leaves the address alone when a page links to itself; such a link is a plain one, so that Back works.
    """
    if st.session_state.get(_CURRENT) == page:
        address = escape(f"{page}?{urlencode(_told(params), doseq=True)}", quote=True)
        st.html(f'<a class="self-link" href="{address}" target="_self">{escape(label)}</a>')
        return
    st.page_link(PAGES[page], label=plain(label), help=help, icon=icon, query_params=_told(params))


def plain(words: str) -> str:
    """Return words so that Streamlit's Markdown shows them as they are.

    >>> plain("a*b [c]")
    'a\\\\*b \\\\[c\\\\]'
    """
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|<>~$:^&" else sign for sign in words)


def _told(params: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {name: value for name, value in params.items() if value}
