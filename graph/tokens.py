"""SPARQL and Cypher text as tokens, by the grammars of SPARQL 1.1 (section 19.8) and openCypher 9.

Words in strings, IRIs, comments and quoted names are kept apart from words that are read as clauses. Where the
engines' parsers, which have no tokens of their own, could read a text otherwise, the kind is `open` or the check in
`graph.allow` refuses the token.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME_START = r"[^\W\d_]"
_ESCAPED = r"\\[_~.\-!$&'()*+,;=/?\#@%]"
_LOCAL = rf"(?:(?:[\w:]|%[0-9A-Fa-f]{{2}}|{_ESCAPED})(?:\.*(?:[\w\-:\u00B7]|%[0-9A-Fa-f]{{2}}|{_ESCAPED}))*)?"
SPARQL = re.compile(
    rf"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<open>["'\\])
    |(?P<variable>[?$]\w+)
    |(?P<blanknode>_:\w[\w\-]*)
    |(?P<prefixed>(?:{_NAME_START}(?:[\w.\-]*[\w\-])?)?:{_LOCAL})
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
    |(?P<blank>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
"""The tokens of SPARQL; a dot never ends a name, and a blank node's label has none."""
CYPHER = re.compile(
    r"""(?P<comment>//[^\n\r]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<name>`(?:[^`]|``)*`)
    |(?P<parameter>\$(?:\w+|`(?:[^`]|``)*`))
    |(?P<open>["'\\`]|/\*)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>0[xX][0-9A-Fa-f]+|0o[0-7]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<blank>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
"""The tokens of Cypher; a number ends where a word could begin."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query: its kind, its text and where it stands (line and column from 1)."""

    kind: str
    text: str
    line: int
    column: int


def tokens(query: str, grammar: re.Pattern[str]) -> Iterator[Token]:
    """Yield the tokens that mean something, without comments and white space; lazily, so that a caller can stop.

    >>> [(token.kind, token.text) for token in tokens("ASK { ?s a:b.c 'SERVICE' } # x", SPARQL)][2:5]
    [('variable', '?s'), ('prefixed', 'a:b.c'), ('string', "'SERVICE'")]
    """
    line, line_start = 1, 0
    for match in grammar.finditer(query):
        kind = match.lastgroup or "sign"
        if kind not in ("comment", "blank"):
            yield Token(kind, match.group(), line, match.start() - line_start + 1)
        breaks = match.group().count("\n")
        if breaks:
            line += breaks
            line_start = match.start() + match.group().rindex("\n") + 1
