"""What a store remembers of files, when who wrote it was killed or the disk was full."""

from pathlib import Path

import pytest

from ingest.errors import LedgerError, ReaderError
from ingest.inputs import Input
from ingest.ledger import INPUTS, QUARANTINE, Done, Ledger, Quarantine

DONE = [Done(f"key {number}", f"/papers/{number}.txt", (("urn:doc", "ab", {"source": "é"}),)) for number in range(3)]
ERROR = ReaderError("a.txt", "holds no text", "export it again")


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_line_that_was_cut_costs_no_other_line(tmp_path: Path, cut: int) -> None:
    ledger = Ledger.of(tmp_path)
    for done in DONE[:2]:
        ledger.add(done)
    whole = (tmp_path / INPUTS).read_bytes()
    (tmp_path / INPUTS).write_bytes(whole[:-cut])
    again = Ledger.of(tmp_path)
    assert [done.key for done in again.files()] == (["key 0", "key 1"] if cut == 1 else ["key 0"])
    again.add(DONE[2])
    again.add(DONE[1])
    assert Ledger.of(tmp_path).files() == DONE


def test_a_release_after_a_cut_line_is_remembered(tmp_path: Path) -> None:
    held = Quarantine.of(tmp_path)
    held.add(Input(tmp_path / "a.txt"), "key", ERROR, lasting=True)
    with (tmp_path / QUARANTINE).open("a") as file:
        file.write('{"path": "/b')
    again = Quarantine.of(tmp_path)
    again.release(Input(tmp_path / "a.txt"))
    assert len(Quarantine.of(tmp_path)) == 0


def test_a_file_that_cannot_be_written_is_said_in_our_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    ledger, held = Ledger.of(tmp_path), Quarantine.of(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        for change in (
            lambda: ledger.add(DONE[0]),
            lambda: held.add(Input(tmp_path / "a.txt"), "", ERROR, lasting=False),
        ):
            with pytest.raises(LedgerError, match=r"No space left on device.*make room"):
                change()
