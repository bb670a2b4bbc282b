"""Where quotations begin and end: one after another, with words of others inside, and with marks that are missing."""

from ingest.extract.quotes.extraction import extract_quotes
from ingest.extract.roles.extraction import extract_roles
from ingest.readers import read
from tests.ingest.extract.test_quotes import quotes_of, said

LEAD = "Some went home. They spoke of the stairs:"


def test_a_row_of_quotations_is_taken_to_its_end() -> None:
    words = [
        "I ring and ring",
        "Cold feet",
        "Nice stairs",
        "Waiting in the rain",
        "A long day",
        "Great fun",
        "Wet shoes",
    ]
    row = " ".join(f"“{one}”" for one in words)
    assert said(f"One DN said: {row}.") == words


def test_numbers_with_letters_behind_them_sign_quotations() -> None:
    tags = ["12 AB", "3 AB", "7 CD"]
    body = " ".join(f"“The stairs are wet and the door is shut”. ({tag})" for tag in tags)
    assert [quote.speaker for quote in quotes_of(f"Many waited. {body}")] == tags
    assert said("Many waited. “The stairs are wet and the door is shut”. (12 AB) Others left.") == []


def test_what_a_speaker_quotes_before_the_tag_is_part_of_the_quotation() -> None:
    words = "I told them and I told my boss, we stood there. And I heard: well! “You have to go home now, all of you!”"
    assert said(f"{LEAD}\n\n{words} (DN 4)\n\nOthers left.") == [words]


def test_a_colon_within_speech_begins_no_quotation() -> None:
    words = "I think we have bigger stairs than them. Also the matter of rain: The door is shut and nobody rings."
    assert said(f"{LEAD}\n\n{words} (DN 4)\n\nOthers left.") == [words]


def test_a_paragraph_in_marks_needs_nobody_who_says_it() -> None:
    words = "We also carry them up the stairs in the rain. This has helped many of the old ones to come in."
    assert said(f"The stairs are wet in spring.\n\n“{words}”\n\nThe door is shut in summer.") == [words]


def test_a_mark_that_only_closes() -> None:
    words = ".... I have told many of them to ring before they come. My boss told me so"
    assert said(f"The stairs are wet in spring.\n\n{words}”.\n\nThe door is shut in summer.") == [words]
    told = "Most DNs reported that they wait and ring again for an hour”."
    assert said(f"The stairs are wet in spring.\n\n{told}\n\nThe door is shut.") == []


def test_what_stands_for_something_is_no_speaker_and_no_quotation() -> None:
    assert said("Wet stairs (RIG-I, rain gauge) were seen, and I saw them too (WSC5, wet stairs crossing 5).") == []
    assert said("We tried “Brand A and B” as previously reported for each of the stairs in the rain.") == []


def test_codes_of_studies_in_a_table_speak_of_nothing() -> None:
    rows = "".join(
        f"<tr><td>P0{n}: rain-controlled add-on to other wet stairs</td><td>{n}7</td></tr>" for n in range(1, 6)
    )
    source = (
        "<article><body><sec><title>Results</title><p>We counted stairs.</p><table-wrap><label>Table 1</label><caption>"
        f"<p>Studies</p></caption><table><tbody>{rows}</tbody></table></table-wrap></sec></body></article>"
    )
    reading = read(source.encode(), "stairs.xml").reading
    assert extract_quotes(reading, "study", extract_roles(reading, "study"))[0] == ()


def test_a_word_and_its_meaning_are_no_quotation() -> None:
    assert said("They called such a man a “stairs man” (Joltingra). Others called him nothing.") == []
