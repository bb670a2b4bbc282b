"""What a heading says about its section."""

import re

_KINDS: tuple[tuple[str, str], ...] = (
    ("abstract", r"(?:structured )?abstract|summary|synopsis"),
    ("limitations", r"(?:study |methodological |potential |strengths and |strengths & )*limitations?(?: of (?:the|this|our) study)?|strengths and (?:limitations|weaknesses).*|limitations and strengths.*"),
    ("conclusions", r"conclusions?(?: and .*)?|concluding remarks|implications? for .*|summary and conclusions?"),
    ("discussion", r"(?:general )?discussion(?: and .*)?|comment|interpretation|main findings|principal findings|comparison with .*"),
    ("results", r"results?(?: and .*)?|(?:main |key )?findings?(?: and .*)?|themes?"),
    ("methods", r"(?:materials?|patients?|participants?|subjects) and methods?|methods?(?: and .*)?|methodology|(?:study )?designs?(?: and .*)?|(?:study )?settings?(?: and .*)?|(?:study )?participants?(?: and .*)?|approach|procedures?|data (?:collection|analys[ie]s|sources?)(?: and .*)?|analys[ie]s|sampling(?: and .*)?|recruitment(?: and .*)?|(?:study )?(?:population|sample|subjects)|ethics|ethical (?:approval|considerations?)|interventions?|(?:main )?outcome measures?|measures?|instruments?|trial registration.*|research (?:design|team.*)|theoretical (?:framework|approach)"),
    ("background", r"(?:background|introduction|rationale|aims?|objectives?|purpose|context|importance)(?: and .*)?|(?:aims?|objectives?|purpose) of .*|literature review|research questions?"),
    ("references", r"references?|bibliography|literature cited|works cited|notes and references"),
    ("back", r"(?:acknowledge?ments?|authors?['’]? (?:contributions?|information|details|affiliations?)|contributors?(?:hip)?.*|competing interests?|conflicts? of interests?.*|declaration.*|disclosures?.*|funding.*|financial (?:support|disclosure).*|(?:list of )?abbreviations?|supplementary .*|supporting information|additional files?.*|electronic supplementary material|pre-?publication history|data (?:availability|sharing).*|availability of .*|provenance.*|ethics statement|footnotes?|appendi(?:x|ces).*|notes?|about the authors?|publisher['’]?s note|patient consent.*|open access|consent for publication)"),
    ("front", r"(?:key ?words?|authors?|affiliations?|highlights|article info|correspondence|cite this|subject areas?|mesh terms?)"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?:{pattern})\Z", re.IGNORECASE)) for kind, pattern in _KINDS)
_NUMBER = re.compile(
    r"(?:(?:section |part )?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}[.)]|[A-Z][.)])\s+(?=\S)", re.IGNORECASE
)
_DOTTED = re.compile(r"(TITLE|ABSTRACT|BODY|FRONT|BACK)((?:\.[^.:\n][^:\n]*?)?)(?=:)")


def heading_kind(words: str) -> str | None:
    """Return the kind of section that a heading names by itself, or None where it says nothing.

    >>> heading_kind("3. Materials and Methods:")
    'methods'
    >>> heading_kind("Waiting for a call back") is None
    True
    """
    bare = _NUMBER.sub("", words.strip(), count=1).strip().strip(":.-–— \t#*_").strip()
    if not bare or len(bare) > 90:
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.match(bare)), None)


def number_level(words: str) -> int | None:
    """Return the depth that a heading's own number gives ("3.2 Trust" is 2), or None."""
    found = re.match(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+\S", words)
    return found.group(1).count(".") + 1 if found else None
