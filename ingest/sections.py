"""What the words of a heading say about its section."""

import re
from dataclasses import dataclass
from functools import lru_cache

_ANY = r"(?:(?!(?:of|for|to|in|on|about|with|from|about|and) )[\w’'/-]+ ){0,3}"
_AND = r"(?: (?:and|&) .{1,60}| ?/ ?.{1,60})?"
_TOP: dict[str, tuple[str, ...]] = {
    "abstract": (
        "(?:structured )?abstract",
        "(?:(?:authors?['’]?|editors?['’]?|lay|plain[- ]language) )?summary",
        "synopsis",
        "resumos?|res[uú]men(?:es)?|résumé|abstrakt|kurzfassung|samenvatting|riassunto|sammendrag|sammanfattning",
    ),
    "background": (
        f"introduction(?:{_AND}|: .{{1,80}})",
        f"background(?! (?:and|&) (?:methods?|methodology)\\Z){_AND}",
    ),
    "methods": (
        rf"{_ANY}methods?{_AND}",
        "[\\w ]{3,30}(?: (?:and|&) | ?/ ?)methods?",
        f"(?:(?:research|study|review|qualitative) )?methodology{_AND}",
    ),
    "results": (
        rf"{_ANY}results?{_AND}",
        f"(?:main |key |study |qualitative |interview |focus[- ]groups? |thematic )*findings?{_AND}",
        "presentation(?: and (?:analysis|discussion|interpretation))? of (?:the )?(?:results|findings)",
        "(?:analysis|discussion) and (?:presentation|discussion|interpretation) of (?:the )?(?:results|findings)",
    ),
    "limitations": (
        "(?:study |methodological |potential |main )*limitations?(?: (?:and|&) .{1,60})?(?: (?:of|in|to) .{1,40})?",
        "(?:study )?(?:strengths?|advantages?)(?: (?:and|&) |/)(?:limitations?|weaknesses?|shortcomings)(?: .{1,40})?",
        "methodological considerations?",
    ),
    "conclusions": (f"(?:overall |main )?conclusions?{_AND}", "concluding remarks", f"summary and conclusions?{_AND}"),
    "discussion": (rf"(?!.*\bgroups?\b){_ANY}discussions?{_AND}", "discussion, .{1,60}", "comments?", "interpretation"),
    "references": (
        "references?(?: list| cited)?(?: \\(\\d+\\)?)?",
        "bibliography",
        "(?:literature|works) cited",
        "notes and references",
        "refer[eê]ncias?(?: bibliogr[aá]ficas)?|bibliograf[ií]a|références|literatur(?:verzeichnis)?|bibliographie",
    ),
    "back": (
        "acknowledge?ments?",
        "authors?['’]? ?['’]?s?['’]? ?(?:contributions?|information|details|affiliations?|notes?)",
        "contributors?(?:hip)?(?: statement)?",
        "(?:declarations? of |conflicts? of |competing |conflicting |financial )+interests?(?: .{1,30})?",
        "declarations?(?: of .{1,40})?",
        "disclosures?(?: .{1,30})?",
        f"(?:funding|financial)(?: support| sources?| statement| disclosures?| information)*{_AND}",
        "(?:list of )?abbreviations?(?: used)?",
        "(?:electronic )?supplementa(?:ry|l) (?:materials?|data|information|files?|tables?)",
        "supporting information",
        "additional files?(?: \\d+)?",
        "pre-?publication history",
        "(?:data|availability)(?: and materials?)? (?:availability|sharing|of data)(?: .{1,30})?",
        "provenance(?: .{1,40})?",
        "footnotes?|notes|endnotes",
        "appendi(?:x|ces)(?: [a-z\\d]{1,3})?(?:[.:]? supplementary .{1,30})?",
        "disclaimers?(?: statements?)?",
        "about the authors?",
        "publisher['’]?s note",
        "(?:patient )?consent(?: for publication)?|consent to publish",
        "ethics approval and consent to participate",
        "grant support|role of the (?:funding source|sponsor)",
        "open access",
        "decision letter|authors?['’]?s?['’]? response|responses? to reviewers?",
        "peer review(?:er)? (?:reports?|comments)",
        "orcid(?: ids?)?",
    ),
    "front": (
        "key ?words?(?: and phrases)?|key messages?|mesh terms?|index terms",
        "authors?|affiliations?|author affiliations?",
        "highlights|what is (?:already )?known .{1,60}|what this (?:study|paper) adds",
        "article ?info(?:rmation)?|article history",
        "correspondence|to cite|cite this(?: article)?|how to cite .{1,30}",
        "(?:asjc scopus )?subject areas?",
    ),
}
_SUB: dict[str, tuple[str, ...]] = {
    "background": (
        f"(?:study |research )?(?:aims?|objectives?|purpose|questions?|goals?|rationale|hypothes[ei]s){_AND}",
        "(?:aims?|objectives?|purpose) of .{1,40}",
        f"(?:importance|context|literature review|theoretical background|previous research){_AND}",
    ),
    "methods": (
        f"(?:study |research |trial )?(?:design|settings?|sites?|population){_AND}",
        f"(?:study |research )?(?:participants?|sample|subjects|patients){_AND}",
        f"(?:participant |patient |study )?(?:sampling|recruitment|selection|eligibility)(?: criteria)?{_AND}",
        f"(?:study |research |analytic(?:al)? |methodological )?"
        f"(?:approach|procedures?|protocol|framework|instruments?){_AND}",
        rf"{_ANY}(?:data )?(?:collection|analys[ei]s|sources?){_AND}",
        f"(?:data|interviews?|focus groups?(?: discussions?)?|questionnaires?|survey){_AND}",
        f"(?:theoretical|conceptual|analytic(?:al)?) (?:framework|approach|perspective){_AND}",
        f"(?:the )?interventions?{_AND}",
        r"(?:main |primary |secondary |and )*(?:outcomes?|exposures?|measure(?:ment)?s?)"
        r"(?: and [a-z ]{1,30}| measures?)*",
        f"ethic(?:s|al) ?(?:approval|considerations?|issues|statement|clearance)?{_AND}|research ethics",
        "(?:clinical )?trial (?:registration|status)(?: .{1,20})?|registration(?: number)?",
        f"(?:rigou?r|trustworthiness|reflexivity|triangulation|research team){_AND}",
    ),
    "results": (f"(?:(?:sub-?)?themes?|main themes|emerg(?:ing|ent) themes){_AND}",),
    "discussion": (
        "(?:summary of |statement of )?(?:the )?(?:main|principal|key) findings",
        "comparison with .{1,60}",
        "(?:(?:clinical|practical|practice|policy|research|managerial|educational|nursing|theoretical|study|key)"
        "(?: and|,)? )*implications?(?: (?:for|of) .{1,80})?",
        f"(?:recommendations?|future (?:research|directions|work)){_AND}",
    ),
}  # fmt: skip


def _compile(words: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Return one pattern of which the group that matches is called like the kind: the first of them that does."""
    return re.compile("|".join(rf"(?P<{kind}>(?:{'|'.join(some)})\Z)" for kind, some in words.items()), re.IGNORECASE)


_TOP_NAMES, _SUB_NAMES = _compile(_TOP), _compile(_SUB)
_BARE = {
    "methods": re.compile(
        r"(?:(?:materials?|patients|participants|subjects) and )?methods?|(?:research |study )?methodology",
        re.IGNORECASE,
    ),
    "results": re.compile(r"(?:results|findings)(?: and discussion)?", re.IGNORECASE),
    "discussion": re.compile(r"discussions?(?:,? (?:and )?conclusions?(?:,? and recommendations?)?)?", re.IGNORECASE),
    "conclusions": re.compile(r"conclusions?|concluding remarks", re.IGNORECASE),
}
"""Names of main sections that are those even where the file puts them below another."""
_FORMATIVE = re.compile(
    r"(?:(?:qualitative|interviews?|focus[- ]groups?|thematic|formative|phase (?:\d|[ivx]+)) )+(?:results|findings)",
    re.IGNORECASE,
)
"""Names of a report of findings that may stand inside the methods."""
_NUMBER = re.compile(
    r"(?:section |part |chapter )?(?:(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?|[IVX]{1,5}[.)]|[A-H][.)])\s+(?=\S)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?:[A-Z] ){3,}[A-Z]")
"""Capitals that are set apart from each other, as some journals set "A B S T R A C T"."""
_BROKEN = re.compile(
    r"abstract|background|introduction|methods|results|discussion|conclusions?|acknowledge?ments?|references",
    re.IGNORECASE,
)
"""Headings of one word that wide gaps between letters break in the text of a PDF: "Ref erences"."""
_DECORATION = " \t#*_:.–—-•▪|"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What a heading's words say: the kind, and whether they name a main section ("Methods") or a part of one."""

    kind: str
    main: bool


@lru_cache(maxsize=4096)
def said_by(words: str) -> Said | None:
    """Return what a heading says about its section by itself, or None.

    >>> said_by("3. Materials and Methods:")
    Said(kind='methods', main=True)
    >>> said_by("Data analysis")
    Said(kind='methods', main=False)
    >>> said_by("A B S T R A C T")
    Said(kind='abstract', main=True)
    >>> said_by("Ref erences")
    Said(kind='references', main=True)
    >>> said_by("Waiting for a call back") is None
    True
    """
    bare = _NUMBER.sub("", words.strip(_DECORATION), count=1).strip(_DECORATION)
    if not bare or len(bare) > _LONGEST:
        return None
    if " " in bare and (_SPACED.fullmatch(bare) or _BROKEN.fullmatch(bare.replace(" ", ""))):
        bare = bare.replace(" ", "")
    for pattern, main in ((_TOP_NAMES, True), (_SUB_NAMES, False)):
        found = pattern.match(bare)
        if found and found.lastgroup:
            return Said(found.lastgroup, main)
    return None


def heading_kind(words: str) -> str | None:
    """Return the kind that a heading's words name, or None.

    >>> heading_kind("Background and methods")
    'methods'
    >>> heading_kind("Strengths and limitations of this study")
    'limitations'
    """
    said = said_by(words)
    return said.kind if said else None


def main_kind(words: str) -> str | None:
    """Return the kind of a main section that a heading names without another word, wherever it stands, or None.

    >>> main_kind("2.4 Results:"), main_kind("Results of screening")
    ('results', None)
    """
    bare = _NUMBER.sub("", words.strip(_DECORATION), count=1).strip(_DECORATION)
    return next((kind for kind, pattern in _BARE.items() if pattern.fullmatch(bare)), None)


def reports_within_methods(words: str) -> bool:
    """Say whether a heading inside methods opens findings, as protocols report the interviews that shaped their plan.

    >>> reports_within_methods("Focus group findings"), reports_within_methods("Focus groups")
    (True, False)
    """
    return _FORMATIVE.fullmatch(_NUMBER.sub("", words.strip(_DECORATION), count=1).strip(_DECORATION)) is not None


def without_number(words: str) -> str:
    """Return a heading without the number or letter before it.

    >>> without_number("3.2 Trust between teams")
    'Trust between teams'
    """
    return _NUMBER.sub("", words.strip(), count=1)


def number_level(words: str) -> int | None:
    """Return the depth that a heading's own number gives, or None.

    >>> number_level("3.2 Trust between teams")
    2
    """
    found = _NUMBER.match(words.strip())
    return found.group(1).count(".") + 1 if found and found.group(1) else None
