"""Archives are opened within bounds, and what is wrong with one is said plainly."""

import io
import zipfile

import pytest

from ingest.errors import ReaderError
from ingest.readers.archive import MAX_DEPTH, open_bounded


def packed(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_members_come_by_name_in_order_and_folders_are_left_out() -> None:
    archive = open_bounded(packed({"b/": b"", "b/2.txt": b"two", "a.txt": b"one"}), "x.zip")
    assert dict(archive) == {"b/2.txt": b"two", "a.txt": b"one"}
    assert "b/" not in archive
    assert archive.size("b/2.txt") == 3
    with pytest.raises(KeyError):
        archive["nothing"]


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:/a.txt", "a\\..\\b.txt"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(ReaderError, match="outside the archive"):
        open_bounded(packed({name: b"x"}), "x.zip")


def test_a_link_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hosts")
    with pytest.raises(ReaderError, match="link"):
        open_bounded(made.getvalue(), "x.zip")


def test_a_password_is_told_from_damage() -> None:
    data = bytearray(packed({"a.txt": b"words"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(ReaderError, match="password"):
        open_bounded(bytes(data), "x.zip")


def test_more_members_bytes_or_ratio_than_allowed_are_refused() -> None:
    many = packed({f"{n}.txt": b"x" for n in range(5)})
    with pytest.raises(ReaderError, match="5 files, more than 4"):
        open_bounded(many, "x.zip", max_members=4)
    big = packed({"a.txt": b"x" * 3_000_000}, method=zipfile.ZIP_STORED)
    with pytest.raises(ReaderError, match="more than 2 MB"):
        open_bounded(big, "x.zip", max_total=2_000_000)
    with pytest.raises(ReaderError, match="200 times"):
        open_bounded(packed({"a.txt": bytes(20_000_000)}), "x.zip")


def test_sizes_that_the_directory_hides_do_not_come_through() -> None:
    data = bytearray(packed({"a.txt": b"x" * 10_000}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (5).to_bytes(4, "little")
    with pytest.raises(ReaderError, match=r"a\.txt"):
        open_bounded(bytes(data), "x.zip")["a.txt"]


def test_archives_inside_share_one_bound() -> None:
    inner = packed({"a.txt": b"x" * 400_000})
    archive = open_bounded(packed({"1.zip": inner, "2.zip": inner}), "x.zip", max_total=600_000)
    assert len(archive.inner("1.zip")["a.txt"]) == 400_000
    with pytest.raises(ReaderError, match=r"x\.zip/2\.zip"):
        archive.inner("2.zip")


def test_archives_lie_only_so_deep() -> None:
    data = packed({"a.txt": b"x"})
    for _ in range(MAX_DEPTH):
        data = packed({"in.zip": data})
    archive = open_bounded(data, "x.zip")
    for _ in range(MAX_DEPTH - 1):
        archive = archive.inner("in.zip")
    with pytest.raises(ReaderError, match="deep"):
        archive.inner("in.zip")


def test_ways_of_packing_that_cannot_be_bounded_are_refused() -> None:
    with pytest.raises(ReaderError, match="method"):
        open_bounded(packed({"a.txt": b"x"}, method=zipfile.ZIP_BZIP2), "x.zip")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_archive_says_that_it_is_damaged(share: float) -> None:
    data = packed({f"{n}.txt": bytes(range(200)) for n in range(20)})
    with pytest.raises(ReaderError, match="damaged"):
        open_bounded(data[: int(share * len(data))], "x.zip")


def test_damage_inside_a_member_is_named() -> None:
    data = bytearray(packed({"a.txt": bytes(range(256)) * 20}, method=zipfile.ZIP_STORED))
    data[200] ^= 0xFF
    with pytest.raises(ReaderError, match=r"a\.txt in it is damaged"):
        open_bounded(bytes(data), "x.zip")["a.txt"]


def test_a_name_that_occurs_twice_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "one")
        archive.writestr("a.txt", "two")
    with pytest.raises(ReaderError, match="twice"):
        open_bounded(made.getvalue(), "x.zip")
