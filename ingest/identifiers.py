"""Identifiers of publications in the words around them: DOI, PMCID, PMID."""

import re

DOI = r"10\.\d{4,9}/[^\s\"<>“”,;]+"
"""A DOI in running text, which may go on after it without a blank; see `without_end` for what may still be too much."""
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMCID = re.compile(r"\bPMC\d{1,10}\b", re.IGNORECASE)
_PMID = re.compile(r"\d{1,9}")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def doi_of(text: str) -> str:
    """Return the first DOI in a value, in small letters and without a resolver's address, or nothing.

    Punctuation and a closing bracket that end it are of the text, unless the bracket was opened in the DOI.

    >>> doi_of("(see https://doi.org/10.1000/ABC.)")
    '10.1000/abc'
    >>> doi_of("10.1016/S0140(05)")
    '10.1016/s0140(05)'
    >>> doi_of("10.1002/(SICI)1097(1998)17:15<16::AID-SIM9>3.0.CO;2-2")
    '10.1002/(sici)1097(1998)17:15<16::aid-sim9>3.0.co;2-2'
    """
    found = _DOI.search(text)
    return without_end(found.group()).lower() if found else ""


def without_end(doi: str) -> str:
    """Return a DOI without what ends the sentence or the brackets that it stands in.

    >>> without_end("10.1000/abc).")
    '10.1000/abc'
    """
    while doi and (doi[-1] in ".,;:" or doi.count(doi[-1]) > doi.count(_BRACKETS.get(doi[-1], doi[-1]))):
        doi = doi[:-1]
    return doi


def pmcid_of(text: str) -> str:
    """Return the first PMCID in a text, or nothing.

    >>> pmcid_of("see pmc123")
    'PMC123'
    """
    found = _PMCID.search(text)
    return found.group().upper() if found else ""


def pmid_of(text: str) -> str:
    """Return a text that is a PMID, or nothing.

    >>> pmid_of(" 123 "), pmid_of("WOS:1")
    ('123', '')
    """
    bare = text.strip()
    return bare if _PMID.fullmatch(bare) else ""
