"""A short reading of a statement's words, to show it by."""

import re

LONGEST = 160
_OPEN = re.compile(
    r"^(?:(?:and|or|but|so|well|yeah|yes|then|I mean|you know|I think|I believe|I feel|I guess|"
    r"there (?:is|are|was|were)|there['’]s)[ ,]+(?=\w))+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*(?:\[(?:\.\.\.|…)\]|\((?:n ?= ?\d[^)]*|\d+[^)]*%?[^)]*|[Ff]ig[^)]*|[Tt]able[^)]*)\))")
_EDGE = " ,;:.–—-•“”\"'‘’("


def label_of(words: str) -> str:
    """Return words as a label: counts and asides left out, an opening that says nothing dropped, a lone bracket or mark
    given its other half, cut at a word.

    >>> label_of("there is a lack of  time (n = 4) in the clinic,")
    'A lack of time in the clinic'
    >>> label_of("“no time” is what they say, and the ward “waits”.")
    '“No time” is what they say, and the ward “waits”'
    """
    bare = _ASIDE.sub("", words) if "(" in words or "[" in words else words
    plain = " ".join(bare.split()).strip(_EDGE)
    bare = _OPEN.sub("", plain)
    plain = bare if len(bare) >= 12 else plain
    if plain.count("(") > plain.count(")"):
        plain += ")"
    marks = [letter for letter in plain if letter in "“”"]
    if marks:
        plain = "“" * (marks[0] == "”") + plain + "”" * (marks[-1] == "“")
    if len(plain) > LONGEST:
        plain = plain[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(_EDGE) + "…"
    first = plain[:1] == "“"
    return plain[:first] + plain[first : first + 1].upper() + plain[first + 1 :]
