"""The lines that benchmarks print and their pages: our figure beside a named peer's, and the ratio."""

import os
import platform
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version

Line = tuple[str, str, str, str, str]
"""What was timed, our figure, the peer, its figure, and the ratio."""


def seconds(act: Callable[[], object]) -> float:
    """Return how long an act takes, in wall time."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def line(what: str, ours: float, peer: str, theirs: float, *, faster: bool = False) -> Line:
    """Return a line with seconds as milliseconds; `faster` makes the ratio that of speeds, ours to theirs."""
    ratio = theirs / ours if faster else ours / theirs
    return (what, _shown(ours), peer, _shown(theirs), f"{ratio:.2f}")


def _shown(value: float) -> str:
    return f"{value:.1f} s" if value >= 10 else f"{value * 1000:.1f} ms"


def machine() -> str:
    """Return what a page says of where its figures come from."""
    return (
        f"Python {platform.python_version()}, carekg {version('carekg')}, {len(os.sched_getaffinity(0))} cores, load "
        f"{os.getloadavg()[0]:.1f} at the end (a load above the cores means that others used the machine too). "
        f"A million turns of an empty loop take this interpreter {_turns() * 1000:.0f} ms here."
    )


def _turns() -> float:
    """Return the seconds of processor time that a million turns take, the least of five tries."""
    tries = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(1_000_000):
            pass
        tries.append(time.process_time() - begun)
    return min(tries)


def table(lines: Iterable[Line]) -> str:
    """Return lines as a table of Markdown."""
    rows = "\n".join(f"| {' | '.join(row)} |" for row in lines)
    return f"| what | ours | peer | theirs | ratio |\n|---|---:|---|---:|---:|\n{rows}"
