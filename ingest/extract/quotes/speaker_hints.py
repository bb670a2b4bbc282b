"""Whom a paper quotes where the quotation itself does not say: by the heading above it, by the letters of its numbers,
by what the paper says of its key informants, and by the sex of a group."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from ingest.extract.context import RoleIndex, RoleMention
from ingest.extract.wording import any_of
from ingest.reading import Reading, Section

KEY_INFORMANT = re.compile(r"\bkey[- ]informant", re.IGNORECASE)
_KIND_OF_INFORMANT = re.compile(r"\b(?P<kind>[A-Z][A-Za-z]+)[ -]key[- ]informant", re.IGNORECASE)
_VIEWS = any_of(
    "perspective, perspectives, view, views, viewpoint, viewpoints, opinion, opinions, perception, perceptions, "
    "experience, experiences, account, accounts, attitude, attitudes, voice, voices, narrative, narratives, story, "
    "stories, case, response, responses, comment, comments, feedback, reflections"
)
_OWNED_VIEWS = re.compile(rf"s?['’]?s?\s+(?:[\w-]+\s+(?:and|or)\s+)?{_VIEWS}\b", re.IGNORECASE)
_VIEWS_OF = re.compile(rf"\b{_VIEWS}\s+(?:of|from|among|by)\s+(?:an?\s+|the\s+|our\s+)?(?:[\w-]+\s+)?\Z", re.IGNORECASE)
_NUMBERING = re.compile(r"[\s\d.:()–—-]*\Z")
_INFORMANTS = re.compile(
    r"\bkey[- ]informants?(?:\s+interviews?)?\s*(?:\([^()]{1,20}\)\s*)?"
    r"(?:(?:were|was)\s+(?:\w+\s+){1,3})?(?:with|from|among|including|included|were|are|i\.e\.,?|\()\s*"
    r"(?:(?:the|a|an|\d+|[a-z]+)\s+){0,2}\Z",
    re.IGNORECASE,
)
_IN_WORDS_OF = re.compile(
    r"\b(?:the|these) words (?:of|from) (?P<who>(?:[\w’'/-]+ ){0,7}?[\w’'/-]+)"
    r"(?: (?:is|was|are|were) (?:[\w-]+ ?){1,3})?[\s:,]*\Z",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"\b(?:that|what|because|while|when|once|how|if|encountered)\s+|\s(?=An? [A-Z])", re.IGNORECASE
)
_VERBS = re.compile(
    r"\s(?:was|were|is|are|had|has|have|did|does|would|could|can|will|believed|felt|thought|understood|nodded|thus|then)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"(?:[A-Za-z][a-z]+[ -]){0,2}(?!(?:mother|father|brother|sister|daughter|partner|member|elder|speaker|other|"
    r"farther|(?:inter|re)viewer|number|gender|cancer|quarter|winter|summer|cluster|center|informant|infant|participant)\b)"
    r"[A-Za-z][a-z]{2,}(?:ist|er|or|ian|eer|ant)\Z",
    re.IGNORECASE,
)
"""What somebody does for a living, alone or behind a word or two: "Local journalist"."""
_REACH = 60
_QUOTING = r"(?:quot(?:e|ation)s?|excerpts?|verbatims?|statements?|comments?)"
_QUOTES = re.compile(rf"s?['’]?s? (?:\w+ )?{_QUOTING}\b", re.IGNORECASE)
_QUOTES_OF = re.compile(rf"\b{_QUOTING} (?:made |given )?(?:of|by|from) (?:the |our )?\Z", re.IGNORECASE)
_SEXES = {"woman": ("female", "women", "woman"), "man": ("male", "men", "man")}
_SEX = re.compile(r"\b(?:(?P<woman>wom[ae]n|females?)|(?P<man>m[ae]n|males?))\W*\Z", re.IGNORECASE)
_OFTEN, _FAR_MORE, _ALIKE = 3, 3, 2
_SERIES = re.compile(r"\A([A-Z][A-Za-z]{0,5})[\s_#-]*\d{1,4}[A-Za-z]?(?:\s+(?:from|in|at)\b.*)?\Z")
_SPLIT = re.compile(r"\s*[,;:|/]\s*")
_GROUP_TALK = r"\b(?:focus group(?: discussion)?|group discussion|FGD)s?\b(?!\s*\d)"
"""What a code of a talk is explained by; with a number it tells in which talk a person spoke ("P3 – focus group 2")."""

Told = tuple[str, ...]
"""IRIs of roles, none where nothing is told."""


class Hints:
    """What a paper lets know of its speakers apart from their quotations."""

    def __init__(self, reading: Reading, roles: RoleIndex, speaking: Mapping[str, str]) -> None:
        """Take the document, its roles, and those that may speak with the participants that they belong to."""
        self._reading = reading
        self._roles = roles
        self._speaking = speaking
        self._headings: dict[int, Told] = {}
        self._informants: Told | None = None
        self._sexes: dict[str, Told] = {}
        self._series: dict[str, Counter[Told]] = {}
        self._of_talks: dict[str, bool] = {}

    def of_heading(self, number: int) -> Told:
        """Return the one role whose views or story the heading of a section tells, or of one that it belongs to."""
        if number not in self._headings:
            found: Told = ()
            for section in _with_above(self._reading, number):
                found = self._of_heading(section)
                if found:
                    break
            self._headings[number] = found
        return self._headings[number]

    def _of_heading(self, section: Section) -> Told:
        start, end = section.heading_start, section.heading_end
        text = self._reading.text
        mentions = self._roles.between(start, end)
        if len({mention.role for mention in mentions}) != 1:
            return ()
        mention = mentions[0]
        alone = _NUMBERING.fullmatch(text, start, mention.start) and not text[mention.end : end].strip(" s.:\n")
        told = _OWNED_VIEWS.match(text, mention.end, end) or _VIEWS_OF.search(text, start, mention.start)
        return (self._speaking.get(mention.role, mention.role),) if told or (alone and self._speaks(mention)) else ()

    def _speaks(self, mention: RoleMention) -> bool:
        return mention.role in self._speaking

    def of_caption(self, number: int) -> Told:
        """Return the role whose words a table holds by its caption ("Table 3 Quotations of nurses"), if it is one."""
        block = self._reading.blocks[number]
        section = self._reading.sections[block.section]
        if block.kind != "table":
            return ()
        text, end = self._reading.text, section.heading_end
        for mention in self._roles.between(section.heading_start, end):
            if self._speaking and not self._speaks(mention):
                continue
            if _QUOTES.match(text, mention.end, end) or _QUOTES_OF.search(text, section.heading_start, mention.start):
                return (self._speaking.get(mention.role, mention.role),)
        return ()

    def of_informants(self, words: str) -> Told:
        """Return the one role that the paper says its key informants have, or the one whose name begins as `words` do:
        a "Council Key Informant" is its "council officer"."""
        kind = _KIND_OF_INFORMANT.search(words)
        if kind is not None:
            begun = f"{kind['kind'].casefold()} "
            labels = ((located.record.iri, located.record.label.casefold()) for located in self._roles.records)
            named = tuple(iri for iri, label in labels if iri in self._speaking and label.startswith(begun))
            if len(named) == 1:
                return named
        if self._informants is None:
            text, found = self._reading.text, set[str]()
            for match in KEY_INFORMANT.finditer(text):
                for mention in self._roles.between(match.end(), match.end() + _REACH)[:1]:
                    if _INFORMANTS.search(text, match.start(), mention.start):
                        found.add(self._speaking.get(mention.role, mention.role))
            self._informants = tuple(found) if len(found) == 1 else ()
        return self._informants

    def of_adjective(self, words: str) -> Told:
        """Return the role that words for one who took part name before them: "another elderly participant"."""
        kinds = [word for word in words.split()[:-1] if word.isalpha()]
        found = [iri for kind in kinds for name in (kind, f"{kind} person") if (iri := self._roles.resolve(name))]
        return tuple(found[-1:])

    def of_sex(self, words: str) -> Told:
        """Return the one role that the paper calls by the sex of somebody ("one woman"): "female weavers"."""
        said = _SEX.search(words)
        if said is None:
            return ()
        sex = said.lastgroup or ""
        if sex not in self._sexes:
            text, counts = self._reading.text, Counter[str]()
            for mention in self._roles.mentions:
                before = text[max(0, mention.start - 8) : mention.start].casefold().split()
                named = text[mention.start : mention.end].casefold().split()
                if mention.role in self._speaking and {*before[-1:], *named[:1]} & set(_SEXES[sex]):
                    counts[self._speaking[mention.role]] += 1
            self._sexes[sex] = _commonest(counts)
        return self._sexes[sex]

    def is_of_talk(self, tag: str) -> bool:
        """Say whether the paper explains the letters of a tag as those of talks in groups: it names no one person."""
        series = _SERIES.match(tag)
        if series is None:
            return False
        letters = series.group(1)
        if letters not in self._of_talks:
            code = rf"\b{letters}[\s_#-]?\d{{1,4}}(?:/\w{{2,9}})?"
            told = rf"{code}\s?(?:[–—=:-]|refers? to|stands? for)\s?[^.;,()\n]{{0,40}}{_GROUP_TALK}"
            self._of_talks[letters] = re.search(told, self._reading.text) is not None
        return self._of_talks[letters]

    def learn(self, tag: str, roles: Told) -> None:
        """Take from a tag whose speaker is known whom its letters number: "Porter 3; PO3"."""
        spelt = len(_SPLIT.split(tag)) > 1
        for letters in _series_in(tag):
            self._series.setdefault(letters, Counter())[roles] += _ALIKE if spelt else 1

    def of_series(self, tag: str) -> Told:
        """Return whom all other tags with the same letters before their number mean, where they are of one mind."""
        found = {roles for letters in _series_in(tag) for roles in self._series.get(letters, ())}
        times = sum(self._series[letters].total() for letters in _series_in(tag) if letters in self._series)
        return found.pop() if len(found) == 1 and times >= _ALIKE else ()


def in_words_of(text: str) -> re.Match[str] | None:
    """Return the match whose group `who` names the speaker where a text ends in telling whose words come next.

    >>> in_words_of("They wait, in the words of one of the respondents: ")["who"], in_words_of("in other words:")
    ('one of the respondents', None)
    """
    return _IN_WORDS_OF.search(text)


def initials_of(label: str) -> str:
    """Return the first letters of the words of a name, in capitals.

    >>> initials_of("community health worker")
    'CHW'
    """
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", label)).upper()


def subject_in(words: str) -> str:
    """Return the words before a verb of saying without the clauses before them and the verbs within.

    >>> subject_in("Learning about what one woman"), subject_in("they were"), subject_in("one nurse from the north")
    ('one woman', 'they', 'one nurse from the north')
    """
    last = _CLAUSE_END.split(words)[-1]
    return _VERBS.split(last)[0].strip(" ,")


def is_gloss(text: str, at: int, mention: RoleMention) -> bool:
    """Say whether all that stands behind "N:" is a role: in "N1: Nurses told me" somebody speaks."""
    return mention.start == at and text[mention.end : mention.end + 1] in ("", ",", ";", ".", ")", "]", "\n")


def names_trade(tag: str) -> bool:
    """Say whether a tag begins with the name of a trade: where that is no role of the study, no other one is meant.

    >>> names_trade("Local journalist, J2"), names_trade("Mother, 23 years"), names_trade("P2, urban")
    (True, False, False)
    """
    return _TRADE.match(_SPLIT.split(tag)[0].strip()) is not None


def _series_in(tag: str) -> list[str]:
    return [match.group(1) for part in _SPLIT.split(tag) if (match := _SERIES.match(part))]


def _commonest(counts: Counter[str]) -> Told:
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[0][1] < _FAR_MORE * ranked[1][1]):
        return ()
    return (ranked[0][0],)


def _with_above(reading: Reading, number: int) -> Iterable[Section]:
    """Yield a section and those that it stands in, the innermost first."""
    section = reading.sections[number]
    yield section
    level = section.level
    for above in reversed(reading.sections[:number]):
        if above.level < level and above.end >= section.end:
            level = above.level
            yield above
