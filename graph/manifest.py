"""What a store holds, by its hashes: the named graphs, and the stamp that is made of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256, shake_256

_BYTES = 256
"""Of the number that a named graph adds to the sum: with so many nobody can make two contents have one sum."""
_RANGE = 1 << 8 * _BYTES


@dataclass(frozen=True, slots=True)
class GraphState:
    """One named graph: the hash of its sorted N-Quads and how many there are."""

    hash: str
    quads: int


class Manifest:
    """The named graphs of a store and their hashes: what its stamp is made of; it never changes.

    The stamp is the hash of a sum of one number a graph, modulo a large one (AdHash: Bellare and Micciancio 1997, "A
    new paradigm for collision-free hashing"): a graph that comes or goes costs no look at all the others.

    >>> one = Manifest({"urn:a": GraphState("0f", 1)})
    >>> one.with_graph("urn:b", GraphState("1e", 2)).with_graph("urn:b", None).stamp == one.stamp
    True
    """

    def __init__(
        self,
        graphs: Mapping[str, GraphState],
        total: int | None = None,
        news: Mapping[str, GraphState | None] | None = None,
    ) -> None:
        """Take over the graphs; `total` is the sum of their numbers, where it is known, and `news` what changed since
        the manifest was last written, where that is known."""
        self.graphs = graphs
        self._news = news
        self._total = sum(_number(*told) for told in graphs.items()) % _RANGE if total is None else total

    @cached_property
    def stamp(self) -> str:
        """32 hexadecimal digits that are the same if and only if the content is."""
        return sha256(self._total.to_bytes(_BYTES, "big")).hexdigest()[:32]

    def with_graph(self, name: str, state: GraphState | None) -> "Manifest":
        """Return the manifest with one graph changed, or left out."""
        return self.with_graphs({name: state})

    def with_graphs(self, changed: Mapping[str, GraphState | None]) -> "Manifest":
        """Return the manifest with some graphs changed, or left out where there is no state of them."""
        graphs, total = dict(self.graphs), self._total
        for name, state in changed.items():
            old = graphs.pop(name, None)
            if old is not None:
                total -= _number(name, old)
            if state is not None:
                graphs[name] = state
                total += _number(name, state)
        news = None if self._news is None else {**self._news, **changed}
        return Manifest(graphs, total % _RANGE, news)

    def written(self) -> "Manifest":
        """Return the manifest as one that has no news: it is written down."""
        return Manifest(self.graphs, self._total, {})

    def dumps(self) -> str:
        """Return the manifest as a line of JSON."""
        graphs = {name: (told.hash, told.quads) for name, told in sorted(self.graphs.items())}
        return json.dumps({"sum": f"{self._total:x}", "graphs": graphs}) + "\n"

    def news(self) -> str | None:
        """Return what changed since it was written as a line of JSON, None where it never was."""
        if self._news is None:
            return None
        changed = {name: told and (told.hash, told.quads) for name, told in sorted(self._news.items())}
        return json.dumps({"news": changed}) + "\n"

    @classmethod
    def loads(cls, text: str, known: "Manifest | None" = None) -> "Manifest":
        """Return the manifest of the lines that `dumps` and then `news` wrote, or of such news after a `known` one.

        Raises:
            ValueError: the lines are damaged.
        """
        try:
            for line in text.splitlines():
                told = json.loads(line)
                if known is None:
                    known = cls(_graphs(told["graphs"]), int(told["sum"], 16), {})
                else:
                    gone = dict.fromkeys(name for name, state in told["news"].items() if state is None)
                    known = known.with_graphs({**gone, **_graphs(told["news"])})
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("the manifest is damaged") from error
        if known is None:
            raise ValueError("the manifest is empty")
        return known.written()


def _graphs(told: Mapping[str, tuple[str, int] | None]) -> dict[str, GraphState]:
    return {str(name): GraphState(str(state[0]), int(state[1])) for name, state in told.items() if state is not None}


def _number(name: str, state: GraphState) -> int:
    return int.from_bytes(shake_256(f"{name} {state.hash}\n".encode()).digest(_BYTES), "big")
