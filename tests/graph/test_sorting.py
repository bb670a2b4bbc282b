"""Sorting over files gives what sorting in memory gives, however small the pieces, and leaves no file open."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import sorting

LINES = st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=60)


@given(lines=LINES, run=st.integers(0, 40), most=st.integers(2, 5))
def test_it_is_what_sorting_in_memory_gives(lines: list[bytes], run: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "MOST", most)
        assert list(sorting.ordered(lines, run=run)) == sorted(set(lines))


def test_few_files_are_open_at_once_and_none_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def count() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    monkeypatch.setattr(sorting, "MOST", 4)
    before, most = count(), 0
    for _ in sorting.ordered((b"%05d\n" % (7919 * number % 10_007) for number in range(10_000)), run=500):
        most = max(most, count() - before)
    assert 0 < most <= 4
    assert count() == before
