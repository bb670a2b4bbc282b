"""Write `docs/reference/model.md`: every class with its properties, as they are asked for in SPARQL and in Cypher.

    python -m devtools.model_page

The page is made of the slot table (`ontology/model.py`) and the definitions of `ontology/carekg.ttl`; a test holds it
against them.
"""

from pathlib import Path

import pyoxigraph as ox

from ontology.base import Passage, Record
from ontology.model import CLASSES, PREDICATES, class_iri, labels_of
from ontology.namespaces import PREFIXES, SKOS
from ontology.slots import Slot, slots_of

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "model.md"
_HEAD = """# The model, for queries

What there is to ask for: each class, and each of its properties with its name in SPARQL and in Cypher. Written by
`python -m devtools.model_page` from the slot table and the ontology.

- In SPARQL a thing is `?x a ckg:Barrier`; superclasses are written out, so `ckg:Determinant` finds barriers
  and facilitators. The prefixes are known.
- In Cypher a thing is `(x:Barrier)`, every thing is an `Entity`, its key is `iri`. A property with several values
  is a list: `"Canada" IN s.country`.
- A link to a role, say, is a triple in SPARQL and a relationship in Cypher; both go from the class of the table to
  what is named under "value".
- *many*: there may be several values; **always**: there is one.
- The words that anything rests on: `?x ckg:span/oa:exact ?words`, `(x)-[:SPAN]->(p:Passage)` and `p.exact`.

The same question in both languages, once for each quote that illustrates a barrier at the level of the team:

    SELECT ?label ?words { ?q a ckg:Quote ; oa:exact ?words ; ckg:illustrates ?b .
                           ?b a ckg:Barrier ; skos:prefLabel ?label ; ckg:level "team" }

    MATCH (q:Quote)-[:ILLUSTRATES]->(b:Barrier {level: "team"}) RETURN b.label AS label, q.exact AS words
"""
_LITERALS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "datetime": "time",
    "iri": "IRI",
}


def page() -> str:
    """Return the text of the page."""
    definitions = _definitions()
    parts = [_HEAD, _shortcuts(definitions)]
    for cls in (Record, Passage, *sorted(CLASSES.values(), key=lambda cls: cls.__name__)):
        common = set() if cls in (Record, Passage) else {slot.name for slot in slots_of(Record)}
        parts.append(_section(cls, [slot for slot in slots_of(cls) if slot.name not in common], definitions))
    return "\n".join(parts)


def _definitions() -> dict[str, str]:
    store = ox.Store()
    store.load(path=str(ROOT / "ontology" / "carekg.ttl"), format=ox.RdfFormat.TURTLE)
    told = store.quads_for_pattern(None, ox.NamedNode(SKOS + "definition"), None, None)
    return {str(quad.subject.value): str(quad.object.value) for quad in told}


def _short(iri: str) -> str:
    prefix, namespace = max(PREFIXES.items(), key=lambda known: len(known[1]) if iri.startswith(known[1]) else 0)
    return f"{prefix}:{iri.removeprefix(namespace)}"


def _shortcuts(definitions: dict[str, str]) -> str:
    lines = [
        "## Links that assertions make",
        "",
        "Each stands for an `Assertion`, whose IRI the relationship has as `assertion`.",
        "",
        "| from | SPARQL | Cypher | to | what it says |",
        "|---|---|---|---|---|",
    ]
    for path, (relationship, begin, end) in PREDICATES.items():
        lines.append(
            f"| {', '.join(begin)} | `{_short(path)}` | `{relationship}` | {', '.join(end)} | {definitions[path]} |"
        )
    return "\n".join(lines) + "\n"


def _section(cls: type, slots: list[Slot], definitions: dict[str, str]) -> str:
    name = "Every record" if cls is Record else cls.__name__
    lines = [f"## {name}", "", definitions.get(class_iri(cls), "")]
    if issubclass(cls, Record) and cls is not Record:
        labels = ":".join(labels_of(cls))
        lines[-1] += f" In SPARQL `{_short(class_iri(cls))}`, in Cypher `{labels}`."
    lines += ["", "| SPARQL | Cypher | value | what it says |", "|---|---|---|---|"]
    return "\n".join([*lines, *(_row(slot, definitions) for slot in slots)]) + "\n"


def _row(slot: Slot, definitions: dict[str, str]) -> str:
    if slot.is_link:
        cypher, value = f"`-[:{slot.relationship}]->`", " or ".join(slot.target) or "Passage"
    else:
        cypher = f"`.{slot.name}`"
        value = ", ".join(f'"{choice}"' for choice in slot.choices) or _LITERALS.get(slot.kind, slot.kind)
    value += ", *many*" if slot.many else ", **always**" if slot.required else ""
    return f"| `{_short(slot.path)}` | {cypher} | {value} | {definitions.get(slot.path, '')} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
