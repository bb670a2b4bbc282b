"""What a person's query may say: SPARQL and Cypher text is split into tokens and held against lists of allowed words.

Read-only alone is not safe: SPARQL engines follow SERVICE and FROM, Cypher engines run LOAD CSV and procedures. So a
query is refused unless every clause word in it is known to read. Words in strings, IRIs, comments and quoted names
count for nothing. The engines parse without tokens, take a keyword without a blank behind it and try again what fails
(Oxigraph reads `SERVICE:x` as SERVICE and an IRI), or decode escapes first (Neo4j, in comments too); so whatever they
could read otherwise than this check is refused where it stands.
"""

import re
from collections.abc import Iterator

from graph.errors import QueryRefused
from graph.tokens import CYPHER, SPARQL, Token, tokens

MAX_QUERY = 100_000
"""Longest query text in characters."""
MAX_DEPTH = 60
"""Brackets within brackets: the engines' parsers recurse, and a stack that overflows ends their process."""

_LONE_RETURN = re.compile(r"\r(?!\n)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIDING = re.compile(r"[^:]*(?:service|from)[^:]*:|[^:]*:.*\.(?:service|from)", re.IGNORECASE | re.DOTALL)
_ODD_IRI = re.compile(r"<(?!\w+://).*\#|.*'", re.DOTALL)


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
    "format": "changes the form of the answer",
    "using": "steers",
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
_SPARQL_INSTEAD = {
    "service": "ask that server itself, or ingest what it holds",
    "from": "write GRAPH <name> { ... } for a graph of the store",
    "load": "use `carekg ingest`",
}
_INSTEAD_CYPHER = "write MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND and RETURN"
_CYPHER_INSTEAD = {
    "load": "give the values as a parameter: UNWIND $rows AS row",
    "call": "write EXISTS { ... }, COUNT { ... } or the pattern itself",
}
_AFTER_ALIAS = _words(", ) } order skip limit return match where unwind with union optional")
_STARTS = ("match", "optional", "with", "return", "unwind")


def check_sparql(query: str) -> str:
    """Return the form of a reading SPARQL query: "select", "ask", "construct" or "describe".

    Raises:
        QueryRefused: the query is too long or too deep, not of one of these forms, says a word that does more than
            read, or can be read in two ways.

    >>> check_sparql("SELECT ?s { ?s ?p 'SERVICE' } # DROP ALL")
    'select'
    """
    form = ""
    for token in _checked("SPARQL", query, SPARQL):
        word = token.text.lower()
        if token.kind == "prefixed" and _HIDING.match(token.text):
            raise _refused("SPARQL", token, "can be read as a clause", "give the prefix another name, or write the IRI")
        if token.kind == "iri" and _ODD_IRI.match(token.text):
            raise _refused("SPARQL", token, "can be read as a comparison", "write the whole IRI, with %27 for a mark")
        if token.kind == "word":
            if word not in _SPARQL_WORDS:
                why = _SPARQL_WHY.get(word, "is no word of a reading SPARQL 1.1 query")
                raise _refused("SPARQL", token, why, _SPARQL_INSTEAD.get(word, _INSTEAD))
            form = form or (word if word in _SPARQL_FORMS else "")
    if not form:
        raise QueryRefused("SPARQL query", "is none of SELECT, ASK, CONSTRUCT, DESCRIBE", _INSTEAD)
    return form


def check_cypher(query: str) -> None:
    """Check that a Cypher query only reads.

    Words are told apart by where they stand: property, label and type names may be any; a variable may be any word
    that is bound in the query and is no clause; everything else must be on the lists of reading words and functions.

    Raises:
        QueryRefused: the query is too long or too deep, holds an escape that could hide a word, walks without bound,
            or says what is not on the lists.

    >>> check_cypher("MATCH (q:Quote) WHERE q.exact CONTAINS 'CREATE' RETURN q.set AS words")
    """
    _check_escapes(query)
    found = list(_checked("Cypher", query, CYPHER))
    first = found[0].text.lower() if found else ""
    if first in _CYPHER_WHY:
        raise _refused("Cypher", found[0], _CYPHER_WHY[first], _CYPHER_INSTEAD.get(first, _INSTEAD_CYPHER))
    if first not in _STARTS:
        begins = f"begins with “{found[0].text[:40]}”" if found else "is empty"
        raise QueryRefused("Cypher query", begins, _INSTEAD_CYPHER)
    bound = {token.text for at, token in enumerate(found) if _is_bound(found, at)}
    for at, token in enumerate(found):
        if token.text == ";" and at + 1 < len(found):
            raise _refused("Cypher", token, "begins a second statement", "ask one query at a time")
        if token.kind in ("word", "name"):
            _check_word(found, at, bound)
        if token.text == "*":
            _check_walk(found, at)


def _checked(language: str, query: str, grammar: re.Pattern[str]) -> Iterator[Token]:
    """Yield the tokens of a text that is neither too long nor too deep, nor tells two readers different things."""
    if len(query) > MAX_QUERY:
        raise QueryRefused(f"{language} query", f"has {len(query):,} characters", f"keep it under {MAX_QUERY:,}")
    for wrong, what in ((_LONE_RETURN, "a carriage return without a line feed"), (_SURROGATE, "half a character")):
        if broken := wrong.search(query):
            raise QueryRefused(_place(language, query, broken.start()), f"holds {what}", "remove it")
    depth = 0
    for token in tokens(query, grammar):
        if token.kind == "open":
            raise _refused(language, token, "is an escape or an open quotation mark", "write the character itself")
        if token.kind == "sign":
            depth += (token.text in "([{") - (token.text in ")]}")
        if depth > MAX_DEPTH:
            raise _refused(language, token, f"is bracket {depth} within another", f"nest at most {MAX_DEPTH}")
        yield token


def _check_escapes(query: str) -> None:
    """Refuse an escaped character wherever it stands: Neo4j decodes it, in comments too, before it reads the query."""
    at = query.lower().find("\\u")
    if at >= 0:
        place = _place("Cypher", query, at)
        raise QueryRefused(place, f"“{query[at : at + 6]}” is an escape", "write the character itself, or a parameter")


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
    named = before in (".", ":", "&", "!") or (before == "|" and after != "(")
    if word in _CYPHER_WHY and token.kind == "word" and not (named or _is_key(before, after) or _is_alias(found, at)):
        raise _refused("Cypher", token, _CYPHER_WHY[word], _CYPHER_INSTEAD.get(word, _INSTEAD_CYPHER))
    if token.kind == "word" and word not in _CYPHER_WORDS and _is_loose(found, at + 1):
        raise _refused("Cypher", found[at + 1], f"follows “{token.text[:40]}” as no clause does", _INSTEAD_CYPHER)
    if named:
        _check_namespace(found, at)
        return
    if _is_key(before, after):
        return
    if token.kind == "name":
        if after == "(" and word.strip("`") not in _CYPHER_FUNCTIONS:
            raise _refused("Cypher", token, "is no function on the list", "use the functions of openCypher 9")
        return
    if after == "(" and word not in _CYPHER_FUNCTIONS and word not in _CYPHER_WORDS:
        raise _refused("Cypher", token, "is no function on the list", "use the functions of openCypher 9")
    if word not in _CYPHER_WORDS and word not in _CYPHER_FUNCTIONS and token.text not in bound:
        raise _refused("Cypher", token, "is no reading clause and no variable of this query", _INSTEAD_CYPHER)


def _is_key(before: str, after: str) -> bool:
    """Whether a word between these two is the key of a map."""
    return after == ":" and before in ("{", ",")


def _is_loose(found: list[Token], at: int) -> bool:
    """Whether a word that is no reading clause stands here: after another such word none may, as in LOAD CSV."""
    return at < len(found) and found[at].kind == "word" and found[at].text.lower() not in _CYPHER_WORDS


def _is_alias(found: list[Token], at: int) -> bool:
    """Whether the token is the name that a value gets: `... AS copy`, with nothing behind that AS could not name."""
    if _text(found, at - 1).lower() != "as" or _text(found, at - 2).lower() in (".", ":", "|", "&", "!", "as"):
        return False
    return at + 1 == len(found) or _text(found, at + 1).lower() in _AFTER_ALIAS


def _check_namespace(found: list[Token], at: int) -> None:
    """Refuse `apoc.load.json(...)`: a dotted name that is called is a function of an extension."""
    if _text(found, at + 1) == "(" and _text(found, at - 1) in (".", ""):
        raise _refused("Cypher", found[at], "is a function of an extension", "use the functions of openCypher 9")


def _check_walk(found: list[Token], at: int) -> None:
    """Refuse `[*]` and `[*2..]`: the embedded engine stops such a walk at ten steps and says nothing."""
    end = at + 1
    while end < len(found) and (found[end].kind == "number" or found[end].text == "."):
        end += 1
    bounds = "".join(token.text for token in found[at + 1 : end])
    if _text(found, end) in ("]", "{") and (not bounds or bounds.endswith("..")):
        raise _refused("Cypher", found[at], "walks without bound", "give the most steps: [*1..5]")


def _place(language: str, query: str, at: int) -> str:
    line = query.count("\n", 0, at)
    return f"{language} query, line {line + 1}, column {at - query.rfind(chr(10), 0, at)}"


def _refused(language: str, token: Token, why: str, instead: str) -> QueryRefused:
    place = f"{language} query, line {token.line}, column {token.column}"
    return QueryRefused(place, f"“{token.text[:40]}” {why}", instead)
