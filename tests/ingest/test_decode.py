"""Bytes to the stored text."""

import pytest

from ingest.errors import ReaderError
from ingest.readers import MAX_BYTES, read
from ingest.readers.decode import decode
from ontology.errors import CarekgError


def test_utf8_with_line_feeds_is_stored_as_it_is() -> None:
    text = "Naïve nurses\n\n  said “no”.\n\n"
    assert decode(text.encode(), "a.txt") == (text, ())
    assert read(text.encode(), "a.txt").document.text == text


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_become_line_feeds(end: str) -> None:
    text, notes = decode(f"one{end}two{end}".encode(), "a.txt")
    assert text == "one\ntwo\n"
    assert notes == ("line ends made LF",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_dropped_and_said(encoding: str) -> None:
    text, notes = decode("Ärzte said so".encode(encoding), "a.txt")
    assert text == "Ärzte said so"
    assert "byte-order mark dropped" in notes[0]


def test_what_is_not_utf8_is_read_as_windows_text_and_said() -> None:
    text, notes = decode("She said “no” – twice".encode("cp1252"), "a.txt")
    assert text == "She said “no” – twice"
    assert notes == ("not UTF-8: read as cp1252",)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        (b"\xef\xbb\xbf", "holds no text"),
        (b"text\x00text", "is binary"),
        (bytes(range(32)) * 20, "is binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x01\x02\x81\x8d" * 50, "is a picture"),
        (b"word " * 50 + b"\x81\x8d\x85\n" * 5, "is in no encoding that is known here"),
        (b"\xff\xfea", "says it is utf-16-le but is not"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, problem: str) -> None:
    with pytest.raises(ReaderError, match=problem) as caught:
        read(data, "scan.bin")
    assert str(caught.value).startswith("scan.bin: ")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "is a damaged PDF"),
        (b"PK\x03\x04rest", "is a ZIP archive"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><letter/>', "is XML of a kind that is not known here"),
        (b"<!DOCTYPE html><p>Nurses waited.</p>", "has no main text"),
        (b"{\\rtf1 Nurses waited.}", "is rich text"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do_instead(data: bytes, name: str) -> None:
    with pytest.raises(ReaderError, match=name) as caught:
        read(data, "paper.bin")
    assert str(caught.value).startswith("paper.bin: ")
    assert caught.value.remedy


def test_a_text_that_begins_with_a_sign_is_text() -> None:
    assert read(b"<Interview 1> Nurses waited.", "a.txt").document.media_type == "text/plain"


def test_a_file_beyond_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(CarekgError, match="more than 20 MB"):
        read(b"a" * (MAX_BYTES + 1), "big.txt")


def test_the_same_bytes_give_the_same_document() -> None:
    one, two = (read(b"Results\n\nNurses waited.", name).document for name in ("a.txt", "b.txt"))
    assert (one.iri, one.sha256) == (two.iri, two.sha256)
    assert one.source == "a.txt"


def test_a_very_long_line_is_read() -> None:
    reading = read(b"word " * 100_000, "long.txt").reading
    assert len(reading.text) == 499_999
