"""The number that signs a quotation, where it stands before the heading or the paragraph behind."""

import pytest

from ingest.readers import read
from tests.ingest.extract.test_quotes_jats import found
from tests.ingest.extract.test_quotes_notes import spoken

SAID = "I never wait for them, you know."
SIGNED = "".join(f"<p>Others write. “We ring them {n} times, you know.” (N{n})</p>" for n in (3, 4, 5))


@pytest.mark.parametrize(
    "behind",
    [
        "<p>(N2) Others told us that letters were late.</p>",
        "<sec><title>(N2) Late letters</title><p>They were late.</p></sec>",
        "<p>(N2). Letters of wards</p>",
    ],
)
def test_a_number_before_the_authors_words_or_a_heading_signs_the_quotation_before_it(behind: str) -> None:
    quotes = found(f"<p>One told us: “{SAID}”</p>{behind}{SIGNED}")
    assert quotes[0] == (SAID, "N2", "nurse")
    assert [who for _, who, _ in quotes] == ["N2", "N3", "N4", "N5"]


def test_the_same_in_text() -> None:
    told = "".join(f"Others write. “We ring them {n} times, you know.” (N{n})\n\n" for n in (3, 4, 5))
    text = (
        "Bells: an interview study\n\nMethods\n\nWe interviewed ten nurses.\n\nResults\n\n"
        f"One told us: “{SAID}”\n\n(N2) Late letters\n\n{told}Discussion\n\nBells ring.\n"
    )
    quotes = spoken(read(text.encode(), "a.txt").reading)
    assert quotes[0] == (SAID, "N2", "nurse")
    assert "Late letters" not in [words for words, _, _ in quotes]


def test_a_number_before_somebodys_words_is_theirs() -> None:
    lead = "<disp-quote><p>(N2) I ring my son, you know.</p></disp-quote>"
    quotes = found(f"<p>They called it “waiting”.</p>{lead}{SIGNED}")
    assert quotes[0] == ("I ring my son, you know.", "N2", "nurse")


def test_a_number_of_which_no_others_sign_quotations_stays_where_it_is() -> None:
    assert found(f"<p>One told us: “{SAID}”</p><p>(N2) Others wrote.</p>")[0][1] != "N2"
