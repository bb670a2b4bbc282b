"""What the pages read: the store, its search index and the runner of people's queries, each made once."""

import os
import subprocess
import sys
from pathlib import Path

import streamlit as st

from graph.guard import QueryRunner
from graph.store import EvidenceGraph
from graph.views.database import Views

DEFAULT_STORE = "carekg-store"


def store_path() -> Path:
    """Return the folder of the store: CAREKG_STORE, else `carekg-store` where the explorer was started."""
    return Path(os.environ.get("CAREKG_STORE") or DEFAULT_STORE).resolve()


def neo4j_uri() -> str | None:
    """Return the Bolt URI that Cypher is asked at (CAREKG_NEO4J), or None for the embedded engine."""
    return os.environ.get("CAREKG_NEO4J") or None


def graph() -> EvidenceGraph:
    """Return the store, opened once to read; it follows what other processes write."""
    return _graph(str(store_path()))


def index() -> Views:
    """Return the full text of the store as it is now."""
    return graph().views()


@st.cache_resource(show_spinner=False, scope="session", on_release=QueryRunner.close)
def runner() -> QueryRunner:
    """Return this session's runner of queries; its process ends with the session."""
    return QueryRunner(store_path(), neo4j_uri())


def load_sample() -> str:
    """Ingest the shipped sample into the store, by the command that a person would use; return what it said."""
    command = [sys.executable, "-m", "cli", "ingest", "--sample", "--store", str(store_path())]
    root = str(Path(__file__).resolve().parents[1])
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)
    return done.stderr.strip() if done.returncode else ""


@st.cache_resource(show_spinner="Opening the store", on_release=EvidenceGraph.close, max_entries=4)
def _graph(path: str) -> EvidenceGraph:
    return EvidenceGraph(path, read_only=True)
