"""Where a study took place: country, sites, setting."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.screening import Pattern
from ingest.extract.study.gazetteer import CITIES, COUNTRIES, PARTS, PEOPLES, Names
from ingest.extract.study.numbers import NUMBER
from ingest.extract.study.rules import Rule, apply, rule
from ingest.extract.study.text import OWN, Found, Line, say, trim
from ingest.reading import Reading

_NAMES, _PEOPLES, _STATES, _CITIES = Names(COUNTRIES), Names(PEOPLES), Names(PARTS), Names(CITIES)
_IN = re.compile(
    r"\b(?:in|at|near|from|across|throughout|within|around|outside)(?: (?:the )?(?:(?:north|south|east|west|central"
    r"|inner|greater|urban|metropolitan|peri-urban|rural|downtown)(?:ern)?[- ]?){1,2})? $"
    r"|\b(?:city|cities|town|borough|district|region|area|outskirts|suburbs?|parts?|centre|center|sites) (?:of|in) $"
    r"|[;:] $",
    re.IGNORECASE,
)
"""What stands before a city where something is done there."""
_PERSON = re.compile(r" [A-Z][a-z]+\b(?! (?:Hospital|University|Health))")
_VENDOR = re.compile(
    r"\b(?:Inc|Ltd|Pty|LLC|GmbH|Corp|Corporation|software|version|QSR|IBM|SPSS|VERBI|StataCorp|Armonk|Chicago)",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"\((?!.*\b(?:Hospital|Clinic|Universit|Cent(?:er|re)|Institut|District|County|Province|Region|School|State)\w*\b)"
    r"(?:[A-Z][\w&.’'®™-]*(?: [A-Z&][\w&.’'-]*)*, ){2,}"
)
"""A maker and its town in brackets behind what it made: "(Model A, Some Works, Oldtown, "."""
_NOT_PLACE = re.compile(
    r"(?:African|Latin|South|North|Asian|Native|Central|Hispanic|Mexican|Arab|Chinese|Indian)[- ]$|(?:American|West"
    r"|East|New|University of|College of) $"
)
_MAKERS = re.compile(
    r"\b(?:researchers|interviewers|authors|moderators|facilitators)\b[^;]{0,80}\((?:from |in |based in )?\Z",
    re.IGNORECASE,
)
"""Where those who did the study come from: "interviewers, AB (from France)"."""
_TONGUE = re.compile(
    r"[- ](?:et al|and colleagues|pigs?|fowl|States?\b|Delta|River"
    r"|speaking|speakers?|language|version|translation|origin|descent|background|ethnic\w*|immigrants?"
    r"|migrants?|"
    r"Association|Society|College|Academy|Psychiatric|Psychological|Medical Association|Journal|Heart|Cancer|Diabetes"
    r"|(?:New Zealand )?(?:Clinical |Controlled |National )*(?:Trials? )?Regist(?:ry|er)"
    r"|Indian|Foundation|(?:[A-Z]\w+ )?(?:Questionnaire|Scale|Inventory|Index|Survey|Test|Interview|Checklist))"
)
_BORDER_BEFORE = re.compile(r"\bborder\w*\b[^.;]{0,60}\Z")
_BORDER_BEHIND = re.compile(r"(?: and [A-Z]\w+)?[- ]borders?\b")
"""Where a country is only the neighbour of the one that a paper is about."""
_PLACE_WORD = (
    r"(?:Area|Region|County|District|Province|State|Territory|Valley|Borough|Municipality|Metropolitan Area|Island)"
)
_FACILITY = (
    r"(?:hospitals?|clinics?|medical cent(?:er|re)s?|(?:health|care|cancer|treatment|diabetes|community|primary"
    r"|rehabilitation) cent(?:er|re)s?|practices|(?:general|family|GP) practice(?: \([A-Z]+\))?(?:s| settings?"
    r"| clinics?| surger(?:y|ies))?|"
    r"surgeries|(?:primary|secondary|tertiary|hospital|home|community|mental health|outpatient|emergency"
    r"|ambulatory|acute"
    r"|long[- ]term|practice|health(?:care)?) (?:care )?(?:settings?|services?|facilit(?:y|ies)|"
    r"departments?|units?|sites?|wards?)|facilities|wards?|nursing homes|care homes|hospices?|pharmacies|schools"
    r"|universit(?:y|ies)(?! (?:teaching |medical |health )?(?:hospitals?|clinics?|cent(?:er|re)s?|departments?))"
    r"|villages|districts|counties|towns|"
    r"provinces|cities|municipalities|states|regions|communities|(?:health|hospital|foundation|NHS|care) (?:trusts?"
    r"|boards?|authorit(?:y|ies)|districts?|systems?|networks?)|sites|"
    r"(?:rural|urban|metropolitan|regional|remote|inner[- ]city|suburban) areas|neighbou?rhoods|settings"
    r"|(?:health|psychiatric|medical) institutions?)"
    r"(?! (?:visits?|appointments?|attendances?|admissions?|stays?|staff|nurses?|managers?|directors?|leaders?|workers"
    r"|beds|records?|rounds|settings)\b)"
)
_TAIL = (
    r"(?: \([^()]{1,100}\))?(?:,? (?:and|along with) (?:their |its |"
    + NUMBER
    + r" )?(?:[\w-]+ ){0,5}?"
    + _FACILITY
    + r"(?: \([^()]{1,40}\))?)?"
    r"(?: (?:in|of|within|across|throughout) (?:the )?(?:\w+ (?:of"
    r"|in) )?(?-i:[A-Z][\w’'-]+(?:,? (?:and )?(?:the )?[A-Z][\w’'-]+)*))?"
    rf"(?: and {NUMBER} in (?-i:[A-Z]\w+(?:, [A-Z]\w+)?))?"
)
_WORDS = (
    r"(?:(?!(?:of|the|in|to|across|throughout|were|was|who|which|that|with|from|for|at|by|participants|patients"
    r"|years|months|days|hours"
    r"|people)\b)[\w’'/-]+,? (?:\([A-Z]{2,6}\) )?(?:and )?){0,7}?"
)

_REGION = (
    r"(?:(?<=rural )|(?<=urban )|(?<=remote )|(?=\w+ (?:of|in) (?:\w+ )?(?-i:[A-Z])))"
    r"(?:district|region|province|municipality|county|city|town|village|borough|area)"
)
"""A part of a country that is told by its kind, or by what it lies in."""

_INSTITUTION = (
    r"(?-i:(?:[A-Z][\w’'-]+ ){1,4}(?:Hospital|Clinic|University|Infirmary|Hospice|(?:Medical|Health) Cent(?:er|re))"
    r"(?: [A-Z]{2,3}\b)?"
    r"|(?:University|Hospital|Institute) of [A-Z][\w’'-]+)"
)
SETTING: tuple[Rule, ...] = (
    rule(
        "setting",
        rf"(?<![\w-])(?!1 |\d{{4}}){NUMBER} {_WORDS}{_FACILITY}\b{_TAIL}(?:,? (?:{NUMBER}"
        rf"|one) {_WORDS}{_FACILITY}{_TAIL})*(?:,? and (?:{NUMBER}|one) {_WORDS}{_FACILITY}{_TAIL})?",
        where="methods abstract background",
    ),
    rule(
        "setting",
        rf"\b(?:in|across|within|from) (?P<v>(?:an?|one) (?:[\w/-]+ (?:and |or )?){{0,4}}?{_REGION}"
        rf"(?: (?:of|in) (?:\w+ )?(?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*))?)\b",
        where="methods abstract",
        near="district region province municipal county city town village area",
    ),
    rule(
        "setting",
        r"\b(?:conducted|undertaken|carried out|recruited|working|practi[cs]ing|based|implemented|delivered"
        r"|participating|interventions?)\b[^.;]{0,60}? in (?P<v>(?:primary|secondary|tertiary|acute"
        r"|community|residential|palliative|home) (?:health ?)?care)\b"
        r"(?! (?:[\w-]+ )?(?:settings?|units?|practices?|clinics?|cent(?:er|re)s?"
        r"|services|facilit\w+|teams?|doctors|providers|networks?|organi[sz]ations|institutions|homes?))",
        where="methods abstract",
        near="care",
    ),
    rule(
        "setting",
        rf"(?:\b(?:in|at|from|across|within|into)|:) (?P<v>(?:the )?(?-i:an?|several|many|multiple|both|public|private"
        rf"|government[\w-]*|primary|general|rural|urban|community|local|large|small|academic|tertiary|secondary"
        rf"|university|(?:purposively )?selected|participating) {_WORDS}{_FACILITY}\b{_TAIL})",
        where="methods abstract",
    ),
    rule(
        "setting",
        rf"\b(?:held|conducted|carried out|recruited|enrolled|delivered|took place|performed|offered)\b[^.;]{{0,60}}?"
        rf"\b(?:at|in|from) (?:the )?(?P<v>{_INSTITUTION}(?:,? and (?:the )?{_INSTITUTION})*)",
        where="methods abstract",
    ),
    rule(
        "setting",
        rf"\b(?:in|across|throughout|from) (?P<v>the (?-i:(?:[A-Z][\w’'-]+ )+){_PLACE_WORD}\b)",
        where="methods abstract",
    ),
    rule(
        "setting",
        r"\b(?:in|across|throughout|from) (?P<v>(?:the )?(?:north|south"
        r"|east|west|central|northern|southern|eastern|western)(?:[- ](?!and\b|or\b)\w+)? (?:of )?(?-i:[A-Z]\w+))",
        where="methods abstract",
        near="study studies conduct carried recruit interview particip survey sampl site research located drawn",
    ),
    rule(
        "setting",
        r"\b(?:in|within|for|to) (?P<v>(?:an?|the) (?-i:[A-Z][\w.]+(?: [A-Z]\w+)?)(?: \w+)? (?:setting|context))\b",
        where="methods abstract background",
        near="setting context",
    ),
    rule(
        "health_system",
        r"\b(?-i:Veterans (?:Health Administration|Affairs)|National Health Service|Medicare|Medicaid"
        r"|Kaiser Permanente|Indian Health Service)(?: \([A-Z]{2,4}\))?"
        r"|\b(?:integrated|universal|single[- ]payer|publicly funded|national|public"
        r"|insurance[- ]based) (?:\w+ )?health ?care (?:delivery )?system",
        where="methods abstract background",
    ),
    rule(
        "setting_rationale",
        r"\b(?:allow(?:s|ed)|enabl(?:es|ed)) us to\b|\b(?:setting|site|hospital|clinic|region|district|country"
        r"|system)s?\b[^.;]{0,40}\b(?:was|were) (?:chosen|selected)\b"
        r"|\bideal (?:setting|place)\b",
        extent="sentence",
        where="methods",
        near="allow enabl chosen selected ideal",
    ),
)
"""Rules for what kind of place a study was carried out in."""


_CITY = re.compile(
    r"\b(?:in|at|near|from|and|of) (?P<v>(?!(?:Universit|Hospital|Department|School|Institut"
    r"|Facult)\w*\b)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}), $"
)
_APPROVAL = Pattern(r"\b(?:ethic\w*|approv\w*|review board|committee|declaration of)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:conducted|carried out|took place|undertaken|recruited)\b", re.IGNORECASE)
_OF_TRIAL = re.compile(
    r"\b(?:randomi\w+|interventions?|control|criteria|participants?|recruit\w*|eligib\w+|table|box|questionnaires?"
    r"|contract)\b|%",
    re.IGNORECASE,
)
_GUESS = re.compile(r"\b(?:likely|may|might|could|would|probably|elsewhere)\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?:the )?(?:small|large|local|participating|(?:purposively )?selected|both|all|an?|several|multiple|these"
    r"|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|\d+) \w+",
    re.IGNORECASE,
)
_CARE = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:hospitals|clinics|practices|wards|facilities|pharmacies"
    r"|surgeries|hospices|schools)",
    re.IGNORECASE,
)
_NO_FACILITY = re.compile(
    r"\b(?:research|feeding|cultural|religious|traditional|farming|agricultural|hygiene|nursing|best|reporting"
    r"|prescribing"
    r"|dietary|parenting|caring|teaching|management) practices\b|\b(?:political|electoral|council) wards\b",
    re.IGNORECASE,
)
"""What people do, and the wards that they vote in."""
_FIRST = 3
_SETTING_HEAD = re.compile(
    r"(?:[A-Z.]+\.)?(?:[\d.]+ )?(?:(?:study|research|clinical|the) )?(?:settings?|context)\b(?! and (?:participants"
    r"|sample|recruit))",
    re.IGNORECASE,
)
_SYSTEM = Pattern(
    r"\b(?:[A-Z]\w+ )?(?:Veterans|National|Indian|Community|Regional|Integrated) (?:[A-Z]\w+ )*(?:Administration"
    r"|Service|System|Affairs)s? \((?P<short>[A-Z]{2,5})\)"
)
_REPORT = frozenset({"abstract", "methods"})


def places(lines: Sequence[Line]) -> Iterator[Found]:
    """Yield the settings, sites and countries of the study that these sentences report.

    The country is the one that title, abstract or methods name; else one whose state, province, city or people they
    name; else one that is named elsewhere. Vendors of software and studies of others do not count.
    """
    told = apply(SETTING, (line for line in lines if not _APPROVAL.search(line.text) or _DONE.search(line.text)))
    yield from (fact for fact in told if not (_is_bare(fact.value) or _NO_FACILITY.search(fact.value)))
    yield from _headed(lines)
    lines = [line for line in lines if not _APPROVAL.search(line.text)]
    near = [line for line in lines if _reports(line)]
    yield from _features(near)
    yield from _systems(lines, near)
    yield from _sites(near)
    rest = [line for line in lines if line.own and not _reports(line)]
    others = [line for line in lines if line.kind not in _REPORT]
    for chosen in (near, rest, others):
        for names in (_NAMES, _STATES, _CITIES, _PEOPLES):
            found = list(_countries(chosen, names))
            if found:
                most = Counter(fact.value for fact in found).most_common()
                kept = {value for value, times in most if 3 * times >= most[0][1]}
                named = [fact for fact in _countries(others, _NAMES) if fact.value in kept] if names is _CITIES else []
                yield from named or (fact for fact in found if fact.value in kept)
                return


def of_addresses(reading: Reading) -> Iterator[Found]:
    """Yield the country in which all the addresses of the authors lie: where a paper names none, it is at home."""
    found = []
    for block in reading.blocks:
        if block.kind != "front":
            continue
        words = reading.text[block.start : block.end]
        for start, end, country in _NAMES.find(words):
            if words[:start].rstrip().endswith(",") and not words[end:].strip(" .;"):
                found.append(Found("country", country, block.start + start, block.start + end))
    if len({one.value for one in found}) == 1:
        yield from found


def _is_bare(words: str) -> bool:
    return _BARE.fullmatch(words) is not None and _CARE.fullmatch(words) is None


def _headed(lines: Iterable[Line]) -> Iterator[Found]:
    """What an abstract says under the heading "Setting"."""
    for line in lines:
        if line.in_abstract and _SETTING_HEAD.fullmatch(line.heading):
            start, end = trim(line.text, 0, len(line.text))
            yield Found("setting", say(line.text[start:end]), line.start + start, line.start + end)


def _reports(line: Line) -> bool:
    return line.in_abstract or line.kind in _REPORT


def _features(lines: Iterable[Line]) -> Iterator[Found]:
    """What the first sentences of a section on the setting say beside its name."""
    heading, told = "", 0
    for line in lines:
        if line.kind != "methods" or line.in_abstract or not _SETTING_HEAD.match(line.heading):
            continue
        heading, told = line.heading, told + 1 if line.heading == heading else 1
        if told > _FIRST or OWN.search(line.text) or _GUESS.search(line.text) or _OF_TRIAL.search(line.text):
            continue
        start, end = trim(line.text, 0, len(line.text))
        yield Found("setting_feature", say(line.text), line.start + start, line.start + end)


def _systems(lines: Iterable[Line], near: Sequence[Line]) -> Iterator[Found]:
    """Health systems by name, where the background names them in full and methods by their abbreviation."""
    told = " ".join(line.text for line in near)
    for line in lines:
        match = _SYSTEM.search(line.text)
        if match and re.search(rf"\b{match['short']}\b", told):
            yield Found("health_system", say(match.group()), line.start + match.start(), line.start + match.end())


def _sites(lines: Iterable[Line]) -> Iterator[Found]:
    for line in lines:
        states = [(start, end) for start, end, _ in _STATES.find(line.text)]
        cities = _CITIES.find(line.text) if line.own else ()
        states += [(start, end) for start, end, _ in cities if _is_there(line.text, start, end)]
        for start, end in (*states, *_after_commas(line.text)):
            if _foreign(line, start, end):
                continue
            if (start, end) in states:
                yield Found("site", line.text[start:end], line.start + start, line.start + end)
            city = _CITY.search(line.text[:start])
            if city and city["v"] not in COUNTRIES:
                yield Found("site", say(city["v"]), line.start + city.start("v"), line.start + city.end("v"))


def _after_commas(text: str) -> list[tuple[int, int]]:
    """Return where countries are named behind a comma, as behind a city."""
    return (
        [(start, end) for start, end, _ in _NAMES.find(text) if text[start - 2 : start] == ", "] if ", " in text else []
    )


def _countries(lines: Iterable[Line], names: Names) -> Iterator[Found]:
    for line in lines:
        for start, end, country in names.find(line.text):
            if (names is not _CITIES or _is_there(line.text, start, end)) and not _foreign(line, start, end):
                yield Found("country", country, line.start + start, line.start + end)


def _is_there(text: str, start: int, end: int) -> bool:
    """Whether a city is where something is done, and no person's name."""
    behind = _PERSON.match(text, end)
    person = behind is not None and behind.group().strip() not in COUNTRIES
    return _IN.search(text[:start]) is not None and not person


def _foreign(line: Line, start: int, end: int) -> bool:
    """Whether a name is part of another: a vendor, a people or a language, a society."""
    before, after = line.text[:start], line.text[end:]
    bracket = before[before.rfind("(") :] if before.count("(") > before.count(")") else before[-30:]
    vendor = _VENDOR.search(bracket + after[:12]) is not None
    vendor = vendor or (_MAKER.fullmatch(bracket) is not None and after[:1] == ")")
    beside = _BORDER_BEFORE.search(before) is not None or _BORDER_BEHIND.match(after) is not None
    makers = _MAKERS.search(before) is not None
    return vendor or beside or makers or _NOT_PLACE.search(before) is not None or _TONGUE.match(after) is not None
