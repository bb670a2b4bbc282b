"""RocksDB's log: how far it is written, also where it is written over an old one, and what of it is in tables."""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import wal
from graph.wal import Log


def _add(store: ox.Store, number: int, size: int) -> None:
    store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal("x" * size), ox.DefaultGraph()))


def test_what_is_in_tables_is_past_and_a_log_written_over_another_ends_where_it_was_written(tmp_path: Path) -> None:
    store, log = ox.Store(str(tmp_path)), Log(tmp_path)
    _add(store, 99, 10)
    log.emptied(store.flush)
    over = False
    for number in range(30):
        _add(store, number, 200_000 - 5_000 * number)
        (name, end), *others = log.ends().items()
        assert not others
        assert end is not None
        assert end == log.size() > 0
        over = over or end < (tmp_path / name).stat().st_size
        log.emptied(store.flush)
        assert log.size() == 0
        _add(store, 100 + number, 10)
        assert 0 < log.size() < 10_000
    assert over


def test_where_the_system_does_not_tell_nothing_is_known_of_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "_FILES", tmp_path / "none")
    for name, size in (("000002.log", 5), ("000010.log", 7), ("MANIFEST-1", 1)):
        (tmp_path / name).write_bytes(bytes(size))
    log = Log(tmp_path)
    assert log.ends() == {"000002.log": 5, "000010.log": None}
    assert log.size() == 7


def test_only_what_came_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, log, synced = ox.Store(str(tmp_path)), Log(tmp_path), []
    monkeypatch.setattr(os, "fdatasync", lambda held: synced.append(Path(f"/proc/self/fd/{held}").readlink().name))
    _add(store, 1, 10)
    log.emptied(store.flush)
    for number in (2, 3):
        _add(store, number, 10)
        log.through()
        log.through()
    assert synced == [*log.ends()] * 2
