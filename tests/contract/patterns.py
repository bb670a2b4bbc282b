"""Generated Cypher over the sample graph, in the part of the language that people write about evidence."""

from hypothesis import strategies as st

LABELS = (
    "Entity", "Document", "Study", "Quote", "Finding", "Position", "Barrier", "Determinant", "Intervention", "Role",
    "Theme", "Assertion", "Passage", "Decision", "ReviewFinding",
)  # fmt: skip
TYPES = (
    "IN_DOCUMENT", "IN_STUDY", "SPAN", "SUBJECT", "OBJECT", "ILLUSTRATES", "SUPPORTS", "ADDRESSES", "IN_THEME",
    "HELD_BY", "SPEAKER_ROLE", "STATED_BY", "BETWEEN", "TARGET",
)  # fmt: skip
PROPERTIES = ("iri", "label", "statement", "exact", "start", "end", "title", "level", "status", "score", "source")
AGGREGATES = ("count(*)", "count({0})", "count(DISTINCT {0})", "count({0}.label)", "min({0}.start)", "collect({0}.iri)")
CONDITIONS = (
    "{0}.{1} IS NULL", "{0}.{1} IS NOT NULL", "{0}.start > 20", "NOT {0}:Finding", "{0}:Barrier OR {0}:Quote",
    "{0}.label STARTS WITH 'L'", "toLower({0}.label) CONTAINS 'a'", "{0}.end - {0}.start < 12",
    "{0}.level IN ['provider', 'team']", "coalesce({0}.label, {0}.statement) =~ '.*e.*'", "size({0}.design) > 1",
    "EXISTS {{ ({0})-[:IN_DOCUMENT]->(:Document) }}", "NOT EXISTS {{ ({0})<-[:OBJECT]-() }}",
    "NOT ({0})-[:IN_STUDY]->()", "2 < COUNT {{ ({0})--() }}",
)  # fmt: skip


def arrows() -> st.SearchStrategy[str]:
    """A step: a direction, no type, one or two types, at times of several lengths."""
    kinds = st.lists(st.sampled_from(TYPES), max_size=2, unique=True).map(lambda ts: (":" + "|".join(ts)) if ts else "")
    lengths = st.sampled_from(["", "", "", "", "*1..2", "*2"])
    ends = st.sampled_from([("-", "->"), ("<-", "-"), ("-", "-")])
    return st.tuples(kinds, lengths, ends).map(lambda t: f"{t[2][0]}[{t[0]}{t[1]}]{t[2][1]}")


@st.composite
def paths(draw: st.DrawFn, names: list[str]) -> str:
    """A path over these variables, each with a label or without."""
    label = st.sampled_from(["", *LABELS])
    parts = []
    for at, name in enumerate(names):
        kind = draw(label)
        parts.append((draw(arrows()) if at else "") + f"({name}{':' + kind if kind else ''})")
    return "".join(parts)


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A query whose rows do not depend on order."""
    names = ["a", "b", "c"][: draw(st.integers(1, 3))]
    text = [f"MATCH {draw(paths(names))}"]
    if draw(st.booleans()):
        text.append("WHERE " + draw(_condition(names)))
    if draw(st.integers(0, 3)) == 0:
        more = draw(paths([draw(st.sampled_from(names)), "x"])).replace(":", ":", 1)
        text.append(f"{draw(st.sampled_from(['OPTIONAL MATCH', 'MATCH']))} {more}")
        names = [*names, "x"]
    name = st.sampled_from(names)
    keys = draw(st.lists(st.tuples(name, st.sampled_from(PROPERTIES)), min_size=1, max_size=2, unique=True))
    columns = [f"{n}.{k} AS k{i}" for i, (n, k) in enumerate(keys)]
    shape = draw(st.integers(0, 3))
    if shape == 0:
        text.append("RETURN " + ", ".join(columns))
    elif shape == 1:
        text.append("RETURN DISTINCT " + ", ".join(columns))
    elif shape == 2:
        text.append(f"RETURN {draw(_aggregate(name))} AS n")
    else:
        text.append("RETURN " + ", ".join([*columns, f"{draw(_aggregate(name))} AS n"]))
    return " ".join(text)


def _aggregate(name: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(AGGREGATES), name).map(lambda t: t[0].format(t[1]))


def _condition(names: list[str]) -> st.SearchStrategy[str]:
    one = st.tuples(st.sampled_from(CONDITIONS), st.sampled_from(names), st.sampled_from(PROPERTIES)).map(
        lambda t: t[0].format(t[1], t[2])
    )
    return st.lists(one, min_size=1, max_size=2).map(lambda cs: " AND ".join(f"({c})" for c in cs))
