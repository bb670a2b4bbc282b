"""Query: SPARQL and Cypher over the same evidence, read-only, with a row cap and a deadline."""

import json

import streamlit as st

from explorer.links import link, short
from explorer.source import neo4j_uri, runner
from explorer.state import prepare_one, publish
from explorer.tables import as_csv
from graph.errors import QueryError
from graph.guard import Answer, Language
from graph.questions import Question, questions
from ontology.namespaces import ID

_LANGUAGES: dict[str, str] = {"sparql": "SPARQL", "cypher": "Cypher"}
_OWN = "(my own query)"
_EMPTY: dict[Language, str] = {
    "sparql": "SELECT ?label ?level WHERE {\n  ?barrier a ckg:Barrier ; skos:prefLabel ?label .\n"
    "  OPTIONAL { ?barrier ckg:level ?level }\n}\nLIMIT 20",
    "cypher": "MATCH (b:Barrier)-[:STATED_BY]->(r:Role)\nRETURN b.label AS barrier, r.label AS role\nLIMIT 20",
}
MAX_IN_URL = 2_000
"""Characters of a query that are kept in the URL; longer ones are not."""


def page() -> None:
    """Show the page."""
    st.title("Query")
    every = {question.name: question for question in questions()}
    top = st.columns([2, 5])
    prepare_one("lang", "sparql", list(_LANGUAGES))
    prepare_one("question", _OWN, list(every))
    with top[0]:
        st.segmented_control(
            "Language", list(_LANGUAGES), key="lang", required=True, format_func=_LANGUAGES.__getitem__
        )
    with top[1]:
        st.selectbox(
            "Question",
            [_OWN, *every],
            key="question",
            format_func=lambda name: f"{every[name].number}. {every[name].text}" if name in every else name,
        )
    name: str = st.session_state["question"]
    language: Language = st.session_state["lang"]
    publish("lang", [language] if language != "sparql" else [])
    publish("question", [name] if name != _OWN else [])
    question = every.get(name)
    text = getattr(question, language) if question else st.query_params.get("query", _EMPTY[language])
    with st.form("query_form", border=False):
        written = st.text_area("Query", text, height=260, key=f"text_{language}_{name}")
        values = _parameters(question)
        columns = st.columns([1, 1, 4])
        limit = columns[0].number_input("Rows at most", 1, 100_000, 200, key="limit")
        seconds = columns[1].number_input("Seconds at most", 1, 60, 10, key="seconds")
        pressed = st.form_submit_button("Run", type="primary", help="Ctrl+Enter in the query runs it too")
    engine = "Neo4j" if language == "cypher" and neo4j_uri() else {"cypher": "the embedded engine"}.get(language, "RDF")
    st.caption(f"Asked of {engine}; only queries that read are run. Prefixes such as ckg: and skos: are known.")
    if not question:
        _keep_in_url(written)
    if pressed or question:
        _run(language, written, values, int(limit), float(seconds))


def _parameters(question: Question | None) -> dict[str, str]:
    values = {}
    for parameter in question.parameters if question else ():
        given = st.query_params.get(f"p_{parameter.name}", parameter.default)
        key = f"p_{question.name if question else ''}_{parameter.name}"
        if parameter.choices:
            at = parameter.choices.index(given) if given in parameter.choices else 0
            values[parameter.name] = st.selectbox(parameter.text, parameter.choices, index=at, key=key)
        else:
            values[parameter.name] = st.text_input(parameter.text, given, key=key)
        st.query_params[f"p_{parameter.name}"] = values[parameter.name]
    return values


def _keep_in_url(written: str) -> None:
    if len(written) <= MAX_IN_URL:
        st.query_params["query"] = written
    else:
        st.query_params.pop("query", None)


def _run(language: Language, text: str, values: dict[str, str], limit: int, seconds: float) -> None:
    try:
        with st.spinner("Asking"):
            answer = runner().run(language, text, values, limit=limit, seconds=seconds)
    except QueryError as error:
        st.error(f"{error.thing}: {error.problem}", icon=":material/block:")
        if error.remedy:
            st.caption(f"Instead: {error.remedy}")
        return
    st.caption(answer.summary)
    if not answer.rows:
        st.info("No rows. Every part of the query is understood, but nothing in this store fits all of them.")
        return
    shown = [[_cell(value) for value in row] for row in answer.rows]
    narrow = [name for at, name in enumerate(answer.columns) if any(str(row[at]).startswith(ID) for row in answer.rows)]
    picked = st.dataframe(
        {column: [row[at] for row in shown] for at, column in enumerate(answer.columns)},
        column_config={name: st.column_config.TextColumn(width="small") for name in narrow},
        hide_index=True, on_select="rerun", selection_mode="single-row", placeholder="", alt="Rows of the answer",
    )  # fmt: skip
    _links(answer, picked["selection"]["rows"])
    out = st.columns([1, 1, 6])
    out[0].download_button("CSV", as_csv(answer.columns, shown), "carekg-answer.csv", "text/csv")
    out[1].download_button("JSON", _as_json(answer), "carekg-answer.json", "application/json")


def _links(answer: Answer, rows: list[int]) -> None:
    """Links to the records of the chosen row; of the first one where none is chosen."""
    row = answer.rows[rows[0]] if rows else answer.rows[0]
    ids = [value for value in row if isinstance(value, str) and value.startswith(ID)]
    if not ids:
        return
    st.caption("Records of the chosen row" if rows else "Records of the first row; choose another in the table")
    for iri in dict.fromkeys(ids):
        kind = short(iri).split("/")[0]
        link("trace", f"Trace the {kind}", id=short(iri), icon=":material/linked_services:")


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _as_json(answer: Answer) -> str:
    return json.dumps(
        [dict(zip(answer.columns, row, strict=True)) for row in answer.rows], ensure_ascii=False, indent=1
    )
