"""What the codes, sources, cases and variables of a QDA project mean: guessed from their names, or said by a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.mapping.layout import one_of, parse, render
from ingest.readers.contents import Case, Code, CodedSource, Project
from ontology.vocabulary import load_vocabulary

FORM = "refi-qda"
STATED = ("stated barrier", "stated facilitator", "stated intervention")
MEANINGS = (
    "theme",
    "barrier",
    "facilitator",
    "intervention",
    "role",
    "quote",
    "finding",
    "mention",
    *STATED,
    "nothing",
)
"""What a code may mean. A "barrier" is named by its code, a "stated barrier" by the words of each segment; a "mention"
only names or states what else it is coded with."""
SOURCES = ("transcript", "paper", "nothing")
CASES = ("study", "participant", "nothing")
STUDY_SLOTS = (
    "title", "authors", "year", "journal", "doi", "pmid", "pmcid", "objective", "design", "data_collection",
    "analysis", "software", "sampling", "setting", "sites", "country", "period", "n_participants",
    "evidence_level",
    "iri",
)  # fmt: skip
"""What a variable of a case that is a study may mean."""
VARIABLES = (*STUDY_SLOTS, "role", "nothing")
_STUDY = ("title", "authors", "year", "doi", "pmid", "pmcid")
_IDENTIFYING = ("title", "authors", "doi", "pmid", "pmcid", "design", "n_participants", "iri")
"""Variables that only a study has."""
_TABLES = ("study", "codes", "sources", "cases", "variables")

_WORDS = (
    ("theme", r"(?:sub|meta|main |overarching )?-?themes?|categor(?:y|ies)"),
    ("barrier", r"barriers?|obstacles?|challenges?|hindrances?|difficult(?:y|ies)|problems?"),
    ("facilitator", r"facilitators?|enablers?|enabling factors?"),
    ("intervention", r"interventions?|strateg(?:y|ies)|solutions?|suggestions?|recommendations?|improvements?"),
    ("role", r"roles?|speakers?|participants?|professions?|professional groups?|stakeholders?|respondents?"),
    ("quote", r"(?:illustrative |exemplary |key )?quot(?:e|es|ation|ations)|verbatims?"),
    ("finding", r"(?:key |main )?findings?|results?"),
    ("mention", r"mentions?|passages"),
)
_NUMBER = r"(?:\s*\d+(?:\.\d+)*)?"
_ALONE = tuple((kind, re.compile(rf"{words}{_NUMBER}", re.IGNORECASE)) for kind, words in _WORDS)
_BEFORE = tuple((kind, re.compile(rf"(?:{words}){_NUMBER}\s*[:–—-]\s*(?=\S)", re.IGNORECASE)) for kind, words in _WORDS)
_STATES = {"barrier": STATED[0], "facilitator": STATED[1], "intervention": STATED[2], "role": "nothing"}
"""What a code means that only names a kind, when it is coded with itself."""
_OF_SEGMENTS = ("quote", "finding", "mention")
"""What a code says of a segment; codes below it mean something else."""
_HEADING = re.compile(
    r"^[^\w\n]{0,9}(?:\d{1,3}(?:\.\d{1,3}){0,5}\.?[ \t]{1,9})?"
    r"(abstract|introduction|background|(?:materials and )?methods?|results|findings|discussion|conclusions?"
    r"|references|acknowledge?ments)[^\w\n]{0,9}$",
    re.IGNORECASE | re.MULTILINE,
)
_PAPER_HEADINGS = 3
_ASIDE = re.compile(r"\b(?:memos?|(?:interview|topic) guide|codebook|research plan|to ?do)\b", re.IGNORECASE)
_VARIABLE = (
    ("doi", r"doi"), ("pmid", r"pmid|pubmed(?: id)?"), ("pmcid", r"pmcid"), ("title", r"(?:(?:study|paper) )?title"),
    ("authors", r"(?:first )?authors?"), ("year", r"(?:publication )?year"), ("journal", r"journal"),
    ("objective", r"aims?|objectives?"), ("design", r"(?:study )?design"),
    ("data_collection", r"data[ _]collection|methods? of data collection"), ("analysis", r"(?:data )?analysis"),
    ("software", r"software"), ("sampling", r"sampling"), ("setting", r"settings?"), ("sites", r"sites?"),
    ("country", r"countr(?:y|ies)"), ("period", r"period|dates?"),
    ("evidence_level", r"evidence level"),
    ("iri", r"carekg iri"),
    ("n_participants", r"n|sample(?: size)?|(?:number of |n[ _])?participants"),
    ("role", r"roles?|professions?|occupation|job(?: title)?|discipline|specialt?y|professional group"),
)  # fmt: skip
_VARIABLES = tuple((slot, re.compile(words, re.IGNORECASE)) for slot, words in _VARIABLE)


@dataclass(frozen=True, slots=True)
class ProjectMapping:
    """The meaning of each code (by its path), source, case (by name) and variable; `study` is about the one study that
    transcripts belong to. `guessed` says whether anybody has looked at it."""

    codes: Mapping[str, str]
    sources: Mapping[str, str]
    cases: Mapping[str, str]
    variables: Mapping[str, str]
    study: Mapping[str, object]
    guessed: bool = True


def path_of(code: Code) -> str:
    """Return the name under which a mapping has a code: the names from the root down, joined by " > "."""
    return " > ".join(code.path)


def label_of(code: Code) -> str:
    """Return the name of what a code stands for: its own, without "Theme 1:" before it.

    >>> label_of(Code("g", ("Themes", "Theme 2: Trust in letters")))
    'Trust in letters'
    """
    name = code.path[-1]
    before = next((found for _, pattern in _BEFORE if (found := pattern.match(name))), None)
    return name[before.end() :] if before else name


def guess_project(project: Project) -> ProjectMapping:
    """Return what a project seems to mean by its names.

    A code means what its own name says ("Barrier: no time"), else what a code above it says, else a role that the
    vocabulary knows, else a theme. A source with the headings of a paper is one; any other is a transcript. Cases are
    studies where the sources are papers, else participants.
    """
    coded = {guid for source in project.sources for segment in source.segments for guid in segment.codes}
    sources = {source.name: _source_kind(source) for source in project.sources}
    studies = any(kind == "paper" for kind in sources.values())
    names = {name for case in project.cases for name, _ in case.variables}
    names |= {name for source in project.sources for name, _ in source.variables}
    return ProjectMapping(
        codes={path_of(code): _code_kind(code.path, coded=code.guid in coded) for code in project.codes},
        sources=sources,
        cases={case.name: _case_kind(case, studies=studies) for case in project.cases},
        variables={name: _variable(name) for name in sorted(names)},
        study={} if studies else {"title": project.name},
    )


def read_project(text: str, project: Project) -> ProjectMapping:
    """Return the mapping that a file says, with guesses for what it leaves out.

    Raises:
        MappingError: the file is no mapping of this project.
    """
    told = parse(text, FORM, _TABLES)
    guessed = guess_project(project)
    chosen = {}
    for table, known, meanings, what in (
        ("codes", guessed.codes, MEANINGS, "code"),
        ("sources", guessed.sources, SOURCES, "source"),
        ("cases", guessed.cases, CASES, "case"),
        ("variables", guessed.variables, VARIABLES, "variable"),
    ):
        where = f"mapping, {table}"
        given = {
            one_of(name, known, where, f"{what} of the project"): one_of(value, meanings, f"{where}, {name}", "meaning")
            for name, value in told.get(table, {}).items()
        }
        chosen[table] = {**known, **given}
    study = told.get("study", {})
    for name in study:
        one_of(name, STUDY_SLOTS, "mapping, study", "field of a study")
    return ProjectMapping(**chosen, study={**guessed.study, **study}, guessed=False)


def write_project(project: Project, mapping: ProjectMapping) -> str:
    """Return the text of a mapping file."""
    head = [
        f"What the parts of the project {project.name} mean to carekg. Edit what is wrong.",
        f"codes: {', '.join(MEANINGS)}",
        '  a "barrier" is named by its code, a "stated barrier" by the words of each segment;',
        '  a "mention" only names or states what else it is coded with: no quote, and no finding',
        f"sources: {', '.join(SOURCES)}   (coded segments: quotes of a transcript, findings of a paper)",
        f"cases: {', '.join(CASES)}",
        f"variables: {', '.join(VARIABLES)}",
        f"study: of all transcripts: {', '.join(_STUDY)} and the like; a DOI joins them with the paper",
    ]
    tables: dict[str, Mapping[str, object]] = {"study": mapping.study} if mapping.study else {}
    for name in _TABLES[1:]:
        table = getattr(mapping, name)
        if table:
            tables[name] = table
    return render(head, FORM, tables)


def _code_kind(path: tuple[str, ...], *, coded: bool) -> str:
    own = path[-1]
    alone = _kind(own, _ALONE, whole=True)
    if alone and not (alone == "role" and len(path) > 1):
        return _STATES.get(alone, alone) if coded else "nothing"
    for name in reversed(path):
        found = _kind(name, _BEFORE, whole=False) or (_kind(name, _ALONE, whole=True) if name != own else "")
        if found in _OF_SEGMENTS and name != own:
            continue
        if found:
            return found
    return "role" if load_vocabulary().lookup(own) else "theme"


def _kind(name: str, patterns: tuple[tuple[str, re.Pattern[str]], ...], *, whole: bool) -> str:
    for kind, pattern in patterns:
        if pattern.fullmatch(name.strip()) if whole else pattern.match(name.strip()):
            return kind
    return ""


def _source_kind(source: CodedSource) -> str:
    if _ASIDE.search(source.name):
        return "nothing"
    headings = {found.group(1).casefold() for found in _HEADING.finditer(source.document.text)}
    return "paper" if len(headings) >= _PAPER_HEADINGS or source.document.media_type != "text/plain" else "transcript"


def _case_kind(case: Case, *, studies: bool) -> str:
    if any(_variable(name) in _IDENTIFYING for name, _ in case.variables):
        return "study"
    if not (case.sources or case.segments or case.codes):
        return "study" if studies else "nothing"
    return "study" if studies and case.sources else "participant"


def _variable(name: str) -> str:
    return next((slot for slot, pattern in _VARIABLES if pattern.fullmatch(name.strip())), "nothing")
