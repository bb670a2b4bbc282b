"""Documents with very many quotations: the work grows with their number, not with its square."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read

HEAD = "Who answers the phone: an interview study\n\nRESULTS\n\n"


def _in_one_block(number: int) -> str:
    return f"One nurse said: 'I rang the ward {number} times and nobody called me back, so I gave up.'"


def _turn(number: int) -> str:
    return f"Nurse {number}: I rang the ward again and nobody called me back, so I gave up on it."


def _cited(number: int) -> str:
    return f"One nurse said, “I rang the ward {number} times and I was told to wait.” Others waited too [{number}]."


def _work(text: str) -> tuple[int, int]:
    """Return how many quotes a text holds and how many calls, steps of generators included, it takes to find them."""
    reading = read(text.encode(), "many.txt").reading
    roles = extract_roles(reading, "study")
    calls = 0

    def count(_frame: FrameType, event: str, _told: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        quotes, refused = extract_quotes(reading, "study", roles)
    finally:
        sys.setprofile(before)
    return len(quotes) + len(refused), calls


@pytest.mark.parametrize(
    ("write", "between"), [(_in_one_block, " "), (_turn, "\n\n"), (_cited, "\n\n")], ids=["block", "turns", "cited"]
)
def test_the_work_grows_with_the_number_of_quotations(write: Callable[[int], str], between: str) -> None:
    few, of_few = _work(HEAD + between.join(map(write, range(50))))
    many, of_many = _work(HEAD + between.join(map(write, range(400))))
    assert few >= 50
    assert many >= 400
    assert of_many < 1.5 * of_few * many / few
