"""State of a page in its address: a link shows what its sender saw.

Streamlit's own binding writes the shown label of a choice into the URL, and labels here carry counts; so the values
are kept in step here, by stable ids.
"""

from collections.abc import Sequence

import streamlit as st


def from_url(key: str, options: Sequence[str] | None = None) -> list[str]:
    """Return the values of `key` in the address, without those that are not among `options`."""
    told = st.query_params.get_all(key)
    return told if options is None else [value for value in told if value in options]


def prepare_many(key: str, options: Sequence[str]) -> None:
    """Set the widget `key` (several choices) from the address, where a link has changed that."""
    if _changed(key):
        st.session_state[key] = from_url(key, options)


def prepare_one(key: str, default: str, options: Sequence[str] | None = None) -> None:
    """Set the widget `key` (one value) from the address, where a link has changed that."""
    if _changed(key):
        st.session_state[key] = next(iter(from_url(key, options)), default)


def publish(key: str, values: Sequence[str]) -> None:
    """Write what the widget holds into the address; nothing leaves no trace there."""
    st.session_state[_seen(key)] = tuple(values)
    if values:
        st.query_params[key] = list(values)
    elif key in st.query_params:
        del st.query_params[key]


def _seen(key: str) -> str:
    return f"seen_in_url_{key}"


def _changed(key: str) -> bool:
    told = tuple(st.query_params.get_all(key))
    changed = key not in st.session_state or st.session_state.get(_seen(key)) != told
    st.session_state[_seen(key)] = told
    return changed
