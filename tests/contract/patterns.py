"""Generated Cypher over the sample graph, in the part of the language that people write about evidence."""

from collections import defaultdict
from dataclasses import dataclass

from hypothesis import strategies as st

from graph.project import to_rows
from tests.graph.samples import clinic, review, ward

LABELS = (
    "Entity", "Document", "Study", "Quote", "Finding", "Position", "Barrier", "Determinant", "Intervention", "Role",
    "Theme", "Assertion", "Passage", "Decision", "ReviewFinding",
)  # fmt: skip
TYPES = (
    "IN_DOCUMENT", "IN_STUDY", "SPAN", "SUBJECT", "OBJECT", "ILLUSTRATES", "SUPPORTS", "ADDRESSES", "IN_THEME",
    "HELD_BY", "SPEAKER_ROLE", "STATED_BY", "BETWEEN", "TARGET",
)  # fmt: skip
PROPERTIES = ("iri", "label", "statement", "exact", "start", "end", "title", "level", "status", "score", "source")
AGGREGATES = (
    "count(*)", "count({0})", "count(DISTINCT {0})", "count({0}.label)", "min({0}.start)", "max({0}.end)",
    "sum({0}.start)", "avg({0}.start)", "collect({0}.iri)", "collect(DISTINCT {0}.label)", "count(DISTINCT {0}.level)",
    "max({0}.label)", "size(collect({0}))",
)  # fmt: skip
CONDITIONS = (
    "{0}.{1} IS NULL", "{0}.{1} IS NOT NULL", "{0}.start > 20", "NOT {0}:Finding", "{0}:Barrier OR {0}:Quote",
    "{0}.label STARTS WITH 'L'", "toLower({0}.label) CONTAINS 'a'", "{0}.end - {0}.start < 12",
    "{0}.level IN ['provider', 'team']", "coalesce({0}.label, {0}.statement) =~ '.*e.*'", "size({0}.design) > 1",
    "EXISTS {{ ({0})-[:IN_DOCUMENT]->(:Document) }}", "NOT EXISTS {{ ({0})<-[:OBJECT]-() }}",
    "NOT ({0})-[:IN_STUDY]->()", "2 < COUNT {{ ({0})--() }}", "{0}.score >= 0.5", "{0}.label <> {0}.statement",
    "NOT {0}.label CONTAINS 'e'", "'interviews' IN {0}.design", "any(x IN labels({0}) WHERE x STARTS WITH 'P')",
    "{0}.explicit", "NOT {0}.explicit", "{0}.status = 'proposed' XOR {0}.label IS NULL", "{0}.{1} = {0}.{1}",
)  # fmt: skip
ANCHORS = ("label: 'nurse'", "level: 'provider'", "status: 'proposed'", "label: 'Late letters'", "start: 4")
LISTS = (
    "[1, 2, 3]", "['nurse', 'Late letters', null]", "[]", "{0}.design", "labels({0})", "range(0, 2)",
    "collect({0}.iri)", "[x IN labels({0}) WHERE x <> 'Entity']",
)  # fmt: skip
SAMPLE = [*ward(doi="10.1000/one"), *clinic(doi="10.1000/one"), *review(ward(doi="10.1000/one"))]
ROWS = to_rows(SAMPLE)
STEPS: dict[str, list[tuple[bool, str, str]]] = defaultdict(list)
"""Node to the steps that leave it: whether outward, of what type, where to."""
for _link in sorted(ROWS.relationships):
    STEPS[_link.start].append((True, _link.type, _link.end))
    STEPS[_link.end].append((False, _link.type, _link.start))
STARTS = sorted(STEPS)


@dataclass(frozen=True)
class Asked:
    """A query, and whether its order says something: then the rows are compared as they come."""

    text: str
    ordered: bool = False


def arrows() -> st.SearchStrategy[str]:
    """A step: a direction, no type, one or two types, at times of several lengths."""
    kinds = st.lists(st.sampled_from(TYPES), max_size=2, unique=True).map(lambda ts: (":" + "|".join(ts)) if ts else "")
    lengths = st.sampled_from(["", "", "", "", "", "*1..2", "*2", "*0..1", "*..2", "*1..3"])
    ends = st.sampled_from([("-", "->"), ("<-", "-"), ("-", "-")])
    return st.tuples(kinds, lengths, ends).map(lambda t: f"{t[2][0]}[{t[0]}{t[1]}]{t[2][1]}")


@st.composite
def paths(draw: st.DrawFn, names: list[str], *, anchored: bool = False) -> str:
    """A path over these variables: one that the sample graph holds, said more or less exactly, or any at all."""
    if draw(st.integers(0, 3)):
        return draw(_held(names, anchored=anchored))
    label = st.sampled_from(["", *LABELS])
    parts = []
    for at, name in enumerate(names):
        kind = draw(label)
        parts.append((draw(arrows()) if at else "") + f"({name}{':' + kind if kind else ''})")
    return "".join(parts)


@st.composite
def _held(draw: st.DrawFn, names: list[str], *, anchored: bool) -> str:
    """A walk through the sample graph, with what it meets said as label, superclass or nothing."""
    here = draw(st.sampled_from(STARTS))
    anchor = ""
    if anchored and draw(st.integers(0, 2)) == 0:
        anchor = f" {{{draw(st.sampled_from([*ANCHORS, f'iri: {here!r}']))}}}"
    parts = [f"({names[0]}{draw(_kind(here))}{anchor})"]
    for name in names[1:]:
        outward, kind, there = draw(st.sampled_from(STEPS[here]))
        types = draw(st.sampled_from(["", f":{kind}", f":{kind}", f":{kind}|IN_STUDY"]))
        length = draw(st.sampled_from(["", "", "", "*1..2", "*0..1", "*..2"]))
        start, end = draw(st.sampled_from([("-", "->") if outward else ("<-", "-"), ("-", "-")]))
        parts.append(f"{start}[{types}{length}]{end}({name}{draw(_kind(there))})")
        here = there
    return "".join(parts)


def _kind(iri: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *(f":{label}" for label in ROWS.nodes[iri].labels)])


@st.composite
def queries(draw: st.DrawFn) -> Asked:
    """A query over one to three variables, whose rows do not depend on the order in which an engine finds them."""
    names = ["a", "b", "c"][: draw(st.integers(1, 3))]
    text = [f"MATCH {draw(paths(names, anchored=True))}"]
    if draw(st.booleans()):
        text.append("WHERE " + draw(_condition(names)))
    if draw(st.integers(0, 2)) == 0:
        more = draw(paths([draw(st.sampled_from(names)), "x"]))
        text.append(f"{draw(st.sampled_from(['OPTIONAL MATCH', 'MATCH']))} {more}")
        names = [*names, "x"]
    carried = draw(st.integers(0, 3))
    if carried == 0:
        names = draw(_through_with(text, names))
    elif carried == 1:
        text.append(f"UNWIND {draw(st.sampled_from(LISTS[:6] + LISTS[7:])).format(draw(st.sampled_from(names)))} AS u")
    name = st.sampled_from(names)
    keys = draw(st.lists(st.tuples(name, st.sampled_from(PROPERTIES)), min_size=1, max_size=2, unique=True))
    columns = [f"{n}.{k} AS k{i}" for i, (n, k) in enumerate(keys)]
    columns += ["u AS u"] * (carried == 1)
    shape = draw(st.integers(0, 4))
    if shape == 0:
        text.append("RETURN " + ", ".join(columns))
    elif shape == 1:
        text.append("RETURN DISTINCT " + ", ".join(columns))
    elif shape == 2:
        text.append(f"RETURN {draw(_aggregate(name))} AS n")
        return Asked(" ".join(text))
    elif shape == 3:
        text.append("RETURN " + ", ".join([*columns, f"{draw(_aggregate(name))} AS n"]))
    else:
        return Asked(
            " ".join(
                [*text, "RETURN DISTINCT " + ", ".join(columns), draw(_order([c.rsplit(" ", 1)[1] for c in columns]))]
            ),
            ordered=True,
        )
    return Asked(" ".join(text))


@st.composite
def _through_with(draw: st.DrawFn, text: list[str], names: list[str]) -> list[str]:
    """Add a WITH that keeps a variable, with a number beside it, at times with a condition; return what is left."""
    kept = draw(st.sampled_from(names))
    other = draw(st.sampled_from(names))
    what = draw(st.sampled_from([f"count({other})", f"min({other}.start)", f"size(collect(DISTINCT {other}))"]))
    text.append(f"WITH {kept}, {what} AS m")
    if draw(st.booleans()):
        text.append(draw(st.sampled_from(["WHERE m > 1", "WHERE m IS NOT NULL", f"WHERE {kept}.label IS NOT NULL"])))
    if draw(st.booleans()):
        text.append(f"MATCH {draw(paths([kept, 'y']))}")
        return [kept, "y"]
    return [kept]


def _order(columns: list[str]) -> st.SearchStrategy[str]:
    """All columns, so that no two rows are alike; then SKIP and LIMIT say something."""
    ways = st.lists(st.sampled_from(["", " DESC"]), min_size=len(columns), max_size=len(columns))
    ends = st.sampled_from(["", " LIMIT 3", " SKIP 1", " SKIP 1 LIMIT 2"])
    told = st.tuples(ways, ends)
    return told.map(lambda t: "ORDER BY " + ", ".join(c + way for c, way in zip(columns, t[0], strict=True)) + t[1])


def _aggregate(name: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(AGGREGATES), name).map(lambda t: t[0].format(t[1]))


def _condition(names: list[str]) -> st.SearchStrategy[str]:
    one = st.tuples(st.sampled_from(CONDITIONS), st.sampled_from(names), st.sampled_from(PROPERTIES)).map(
        lambda t: t[0].format(t[1], t[2])
    )
    joint = st.sampled_from([" AND ", " AND ", " OR "])
    return st.tuples(st.lists(one, min_size=1, max_size=2), joint).map(lambda t: t[1].join(f"({c})" for c in t[0]))
