"""What a person's query may say: SPARQL and Cypher text is split into tokens and held against lists of allowed words.

Read-only alone is not safe: SPARQL engines follow SERVICE and FROM, Cypher engines run LOAD CSV and procedures. So a
query is refused unless every clause word in it is known to read. Tokens follow the grammars of SPARQL 1.1 (section
19.8) and openCypher 9, so that words in strings, IRIs, comments and quoted names count for nothing, and an escape
that could hide a word from this check is refused where it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import QueryRefused

MAX_QUERY = 100_000
"""Longest query text in characters."""

_SPARQL = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<prefixed>(?:[^\W\d_][\w.\-]*)?:(?:[\w.\-:%]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<word>@?[^\W\d][\w\-]*)
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
    |(?P<blank>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_CYPHER = re.compile(
    r"""(?P<comment>//[^\n\r]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<name>`(?:[^`]|``)*`)
    |(?P<parameter>\$(?:\w+|`(?:[^`]|``)*`))
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d[\w.]*)
    |(?P<blank>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPARQL_WHY = {
    "service": "asks another server",
    "from": "names a data set outside the store",
    "load": "reads a file or an address",
    **dict.fromkeys(("insert", "delete", "clear", "drop", "create", "copy", "move", "add", "with", "using"), "writes"),
}
_SPARQL_FORMS = ("select", "ask", "construct", "describe")
_SPARQL_WORDS = _words("""
    a abs as asc ask avg base bind bnode bound by ceil coalesce concat construct contains count datatype day
    desc describe distinct encode_for_uri exists false filter floor graph group group_concat having hours if in
    iri isblank isiri isliteral isnumeric isuri lang langmatches lcase limit max md5 min minus minutes month not
    now offset optional order prefix rand reduced regex replace round sameterm sample seconds select separator
    sha1 sha256 sha384 sha512 str strafter strbefore strdt strends strlang strlen strstarts struuid substr sum
    timezone true tz ucase undef union uri uuid values where year
""")
"""Every word that SPARQL 1.1 has for reading a store: its clauses, functions and aggregates."""

_CYPHER_WHY = {
    "load": "reads a file or an address",
    "copy": "reads or writes a file",
    "import": "reads a file",
    "export": "writes a file",
    "attach": "opens another database",
    "install": "installs an extension",
    "call": "runs a procedure or a subquery",
    "use": "leaves this database",
    "show": "reads the server's settings",
    **dict.fromkeys(
        _words("create merge set delete detach remove insert drop alter grant revoke deny foreach rename"), "writes"
    ),
    **dict.fromkeys(_words("begin commit rollback start stop terminate enable cypher explain profile"), "steers"),
}
_CYPHER_WORDS = _words("""
    match optional where with return unwind order by skip limit union all distinct as asc ascending desc
    descending and or xor not in is null true false starts ends contains case when then else end exists count
    collect any none single
""")
_CYPHER_FUNCTIONS = _words("""
    abs acos asin atan atan2 avg ceil char_length coalesce collect cos count datetime date degrees duration
    elementid endnode exists exp floor head id isempty keys labels last left length log log10 ltrim max min
    nodes none any all single percentilecont percentiledisc properties radians range reduce relationships
    replace reverse right round rtrim shortestpath allshortestpaths sign sin size split sqrt startnode stdev
    stdevp substring sum tail tan time toboolean tofloat tointeger tolower tostring toupper trim type
    localdatetime localtime
""")
"""Functions that read what they are given; procedures and extensions (APOC, GDS, files) are not among them."""

_INSTEAD = "write SELECT, ASK, CONSTRUCT or DESCRIBE over the store's own graphs"
_INSTEAD_CYPHER = "write MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND and RETURN"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query: its kind, its text and where it stands (line and column from 1)."""

    kind: str
    text: str
    line: int
    column: int


def check_sparql(query: str) -> str:
    """Return the form of a reading SPARQL query: "select", "ask", "construct" or "describe".

    Raises:
        QueryRefused: the query is too long, not of one of these forms, or says a word that does more than read.

    >>> check_sparql("SELECT ?s { ?s ?p 'SERVICE' } # DROP ALL")
    'select'
    """
    _check_length(query)
    form = ""
    for token in sparql_tokens(query):
        word = token.text.lower()
        if token.kind == "sign" and token.text in "\\\"'":
            raise _refused("SPARQL", token, "is an escape or an open quotation mark", "write the character itself")
        if token.kind == "word" and not word.startswith("@"):
            if word not in _SPARQL_WORDS:
                why = _SPARQL_WHY.get(word, "is no word of a reading SPARQL 1.1 query")
                raise _refused("SPARQL", token, why, _INSTEAD)
            form = form or (word if word in _SPARQL_FORMS else "")
    if not form:
        raise QueryRefused("SPARQL query", "is none of SELECT, ASK, CONSTRUCT, DESCRIBE", _INSTEAD)
    return form


def check_cypher(query: str) -> None:
    """Check that a Cypher query only reads.

    Words are told apart by where they stand: property, label and type names may be any; a variable may be any word
    that is bound in the query and is no clause; everything else must be on the lists of reading words and functions.

    Raises:
        QueryRefused: the query is too long, holds an escape that could hide a word, or says what is not on the lists.

    >>> check_cypher("MATCH (q:Quote) WHERE q.exact CONTAINS 'CREATE' RETURN q.set AS words")
    """
    _check_length(query)
    found = list(_tokens(query, _CYPHER))
    if not found or found[0].text.lower() not in ("match", "optional", "with", "return", "unwind"):
        begins = f"begins with “{found[0].text[:40]}”" if found else "is empty"
        raise QueryRefused("Cypher query", begins, _INSTEAD_CYPHER)
    bound = {token.text for at, token in enumerate(found) if _is_bound(found, at)}
    for at, token in enumerate(found):
        if "\\u" in token.text.lower() or (token.kind == "sign" and token.text in "\\\"'`"):
            raise _refused("Cypher", token, "is an escape or an open quotation mark", "write the character itself")
        if token.text == ";" and at + 1 < len(found):
            raise _refused("Cypher", token, "begins a second statement", "ask one query at a time")
        if token.kind in ("word", "name"):
            _check_word(found, at, bound)


def sparql_tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL query that mean something, without comments and white space."""
    return _tokens(query, _SPARQL)


def _tokens(query: str, grammar: re.Pattern[str]) -> Iterator[Token]:
    line, line_start = 1, 0
    for match in grammar.finditer(query):
        kind = match.lastgroup or "sign"
        if kind not in ("comment", "blank"):
            yield Token(kind, match.group(), line, match.start() - line_start + 1)
        breaks = match.group().count("\n")
        if breaks:
            line += breaks
            line_start = match.start() + match.group().rindex("\n") + 1


def _text(found: list[Token], at: int) -> str:
    return found[at].text if 0 <= at < len(found) else ""


def _is_bound(found: list[Token], at: int) -> bool:
    """Whether the token stands where Cypher binds a variable: (n ..., [r ..., x IN ..., p = ..., ... AS x."""
    token, before, after = found[at], _text(found, at - 1), _text(found, at + 1)
    if token.kind not in ("word", "name"):
        return False
    opened = (before in ("(", "[") and after in (":", ")", "]", "{", "*", "|")) or after.lower() in ("in", "=")
    return opened or before.lower() == "as"


def _check_word(found: list[Token], at: int, bound: set[str]) -> None:
    token, before, after = found[at], _text(found, at - 1), _text(found, at + 1)
    word = token.text.lower()
    if before == "." or before in (":", "&", "!") or (before == "|" and after != "("):
        _check_namespace(found, at)
        return
    if after == ":" and before in ("{", ","):
        return
    if token.kind == "name":
        if after in ("(", "."):
            _check_namespace(found, at)
        return
    if word in _CYPHER_WHY and before.lower() != "as":
        raise _refused("Cypher", token, _CYPHER_WHY[word], _INSTEAD_CYPHER)
    if after == "(" and before != "(" and word not in _CYPHER_FUNCTIONS and word not in _CYPHER_WORDS:
        raise _refused("Cypher", token, "is no function on the list", "use the functions of openCypher 9")
    if word not in _CYPHER_WORDS and word not in _CYPHER_FUNCTIONS and token.text not in bound:
        raise _refused("Cypher", token, "is no reading clause and no variable of this query", _INSTEAD_CYPHER)


def _check_namespace(found: list[Token], at: int) -> None:
    """Refuse `apoc.load.json(...)`: a dotted name that is called is a function of an extension."""
    if _text(found, at + 1) == "(" and _text(found, at - 1) in (".", ""):
        raise _refused("Cypher", found[at], "is a function of an extension", "use the functions of openCypher 9")


def _check_length(query: str) -> None:
    if len(query) > MAX_QUERY:
        raise QueryRefused("query", f"has {len(query):,} characters", f"keep it under {MAX_QUERY:,}")


def _refused(language: str, token: Token, why: str, instead: str) -> QueryRefused:
    place = f"{language} query, line {token.line}, column {token.column}"
    return QueryRefused(place, f"“{token.text[:40]}” {why}", instead)
