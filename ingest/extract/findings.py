"""Findings: what the results say that participants hold and what authors make of it; and what follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.circumstances import extract_circumstances
from ingest.extract.context import Located, RoleIndex, make
from ingest.extract.disagreements import extract_disagreements
from ingest.extract.likeness import Piece
from ingest.extract.positions.extraction import extract_positions
from ingest.extract.qualitative import lets_speak
from ingest.extract.rules import extract_rules
from ingest.extract.screening import Pattern, Wordings, alternatives
from ingest.extract.statements import Narrative, Statement, is_meta
from ingest.extract.voices import AUTHORS, Voice, Voices
from ingest.reading import Reading
from ontology.base import Passage
from ontology.model import Circumstance, DecisionRule, Disagreement, Finding, Position, Quote, Theme

_LEAST = 0.4
_OURS = Pattern(
    r"\b(?:we|this study|this analysis|the (?:present|current) study|our (?:\w+ )?(?:results?|findings?|data|study|"
    r"analysis|participants|respondents|interviewees)|these (?:results|findings)|(?:the )?(?:findings|"
    r"results)(?: of this study)?)\s+(?:also |further |clearly |consistently )?(?:found|find|showed?|shows|indicated?|"
    r"indicates|suggest(?:s|ed)?|revealed?|reveals|highlight(?:s|ed)?|identif(?:y|ied)|demonstrated?|demonstrates|"
    r"brought|illustrated?|illustrates|uncovered|confirm(?:s|ed)?|support(?:s|ed)?|point(?:s|ed)?|reflect(?:s|ed)?|"
    r"underscores?|emphasi[sz]e)",
    re.IGNORECASE,
)
_ELSEWHERE = (
    r"future|further (?:research|studies|work)|research (?:is|should)|studies should|we (?:recommend|suggest|propose)|"
    r"limitations?|strengths?|generali[sz]\w+|literature|previous (?:studies|research|work)|prior|other studies|"
    r"(?:this|the present|the current|our) (?:study|work|paper|article|sample|trial) (?:is|was|has|had|contributes|"
    r"adds|aimed|explored|examined|provides)|(?:is|are|was) the first|to our knowledge|in line with|consistent with|"
    r"similar to|(?:has|have) been (?:shown|reported)"
)
_OTHER_WORK = Pattern(rf"\b(?:{_ELSEWHERE})\b", re.IGNORECASE)
_ADVICE = Pattern(
    rf"\b(?:{_ELSEWHERE}|recommend(?:ed|ation)|previous(?:ly)?|efforts|strateg(?:y|ies)|could be|"
    r"(?<!who )(?<!which )(?:should|must|ought to)\b|need(?:s)? (?:to|for)|(?:is|are) needed|"
    r"implications?|policy makers|similarly)\b",
    re.IGNORECASE,
)
_TOLD_OF_STUDY = (
    r"\bone of the (?:first|few) (?:\w+ )?studies\b|\bto our knowledge\b|"
    r"\bwould (?:also )?be (?:interesting|useful|valuable|worthwhile) to (?:study|explore|examine|investigate)\b|"
    r"\b(?:is|are) (?:currently |now )?being (?:investigated|studied|evaluated|tested|examined)\b|"
    r"\b(?:future|further) (?:research|studies|work) (?:must|should|could|may|might|is needed)\b|"
    r"\beach of (?:these|the) (?:sub-?)?(?:themes|categories)\b|\bbias(?:ed)? (?:sample|towards?)\b|"
    r"\bmay (?:not )?(?:be|represent|have been) (?:a )?(?:biased|representative)\b|"
    r"\A\W*of (?:the|these|those) (?:\d+|[a-z-]+) \w+ (?:interviewed|who took part|recruited),|"
    r"\A(?:This|These(?: \w+)?|It|As such, it) (?:(?:is|are) (?:in line with|important|relevant to)|mirrors?|raises?|"
    r"has implications|have implications|remains to be seen|may explain)\b|\A(?:More )?efforts must be\b"
)
_NO_FINDING = Wordings(alternatives(_TOLD_OF_STUDY), re.IGNORECASE)
"""Words about the study, its sample, its place in the literature or what is still to be studied."""
_HEARD = Pattern(
    r"\b(?:it was|there was|there were|was|were|is|are) (?:also )?(?:felt|noted|reported|believed|suggested|perceived|"
    r"seen|thought|recogni[sz]ed|acknowledged|described|mentioned|valued|viewed|considered|agreed|raised|voiced|"
    r"discussed|highlighted|experienced|identified|expressed|emphasi[sz]ed|stressed|stated|cited)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"(?:another|other|in addition|furthermore|additionally|moreover|finally|however|in contrast|conversely)\b", re.I
)
_LABELLED = re.compile(r"(?:sub-?)?(?:theme|category)\s*\d", re.IGNORECASE)
_WE = re.compile(r"(?:\w+ly, |However, |In addition, )?[Ww]e\s")
_FIRST_PERSON = Pattern(r"\b(?:I|I['’]\w+|my|me|myself|mine|you know|you['’]\w+)\b(?![.-])")
_HANDS_OVER = re.compile(
    r"\b(?:said|explained|stated|noted|added|replied|commented|described|told us|put it|recalled)"
    r"(?: (?:that|this|it))?[\s:,]*$"
)
_STUB_WORDS = 3
_SHORT = 5
_OPENING_PARAGRAPHS = 2
_OPENING_SENTENCES = 10
"""Paragraphs and sentences of a discussion in which authors sum up what they found."""


@dataclass(frozen=True, slots=True)
class FindingParts:
    """What a paper finds: findings and, told apart, positions, rules of thumb, circumstances and disagreements."""

    findings: tuple[Located[Finding], ...]
    positions: tuple[Located[Position], ...]
    rules: tuple[Located[DecisionRule], ...]
    circumstances: tuple[Located[Circumstance], ...]
    disagreements: tuple[Located[Disagreement], ...]
    voices: Voices | None = field(default=None, repr=False, compare=False)
    """Whose views the sentences give, for the stages that ask again."""


@dataclass
class _Draft:
    parts: list[Statement]
    holders: tuple[str, ...]
    frequency: str | None
    score: float
    quote: int | None
    said: bool


def extract_findings(
    reading: Reading,
    study: str,
    roles: RoleIndex,
    quotes: Sequence[Located[Quote]],
    themes: Sequence[Located[Theme]],
) -> FindingParts:
    """Return the findings of a paper and what they say about who does what.

    A finding is a sentence of the results (of the abstract too), or one of the discussion and conclusions that says
    what the study found or what its authors make of it; a claim and the one person's example after it are one
    finding with two spans. Nothing is found in a paper without results, or whose results let nobody speak.

    `credibility` follows the Joanna Briggs Institute's levels as far as they can be read off the text: "unequivocal"
    where a quote illustrates a finding of the results right after or within it, "credible" where the quote comes
    after a further sentence of the same paragraph, "not supported" where results in full text give no quote. It is
    left out for abstracts and discussions, where quotes are not to be expected. A wording that names a theme is no
    finding beside it.
    """
    if not lets_speak(reading, sorted((Piece(q.start, q.end) for q in quotes), key=lambda p: p.start)):
        return FindingParts((), (), (), (), ())
    voices = Voices(reading, roles, quotes)
    narrative = Narrative(reading, quotes)
    findings = _findings(study, narrative, voices, themes)
    positions = extract_positions(study, narrative, voices)
    rules = extract_rules(study, narrative, voices)
    circumstances = extract_circumstances(study, narrative, voices)
    disagreements = extract_disagreements(study, narrative, voices, findings, positions)
    return FindingParts(findings, positions, rules, circumstances, disagreements, voices)


def _findings(
    study: str, narrative: Narrative, voices: Voices, themes: Sequence[Located[Theme]]
) -> tuple[Located[Finding], ...]:
    taken = {(span.start, span.end) for theme in themes for span in theme.record.spans}
    drafts: list[_Draft] = []
    before: tuple[str, ...] = ()
    last: Statement | None = None
    for statement in narrative.statements:
        words = narrative.reading.text[statement.start : statement.end]
        voice = voices.of(statement.start, statement.end, before) or voices.by(statement.start, statement.end)
        adjacent = bool(drafts) and last is not None and last is drafts[-1].parts[-1] and _next_to(last, statement)
        last = statement
        if voice is not None and _is_stub(narrative.reading.text, voice, statement):
            if adjacent:
                _take_stub(drafts[-1], voice, statement)
                last = drafts[-1].parts[-1]
            continue
        score = _score(words, statement, voice)
        if score < _LEAST or _LABELLED.match(words) or _is_theme(narrative.reading, statement, taken):
            continue
        holders = _holders(statement, voice, narrative, voices, before)
        if adjacent and _goes_on(drafts[-1], voice, words, statement):
            _join(drafts[-1], voice, statement)
        else:
            frequency = voice.frequency if voice else None
            drafts.append(_Draft([statement], holders, frequency, score, statement.quote, voice is not None))
        before = (voice.holders if voice else ()) or before
    return _records(study, narrative, drafts)


def _next_to(one: Statement, other: Statement) -> bool:
    return one.place == other.place == "results" and other.block - one.block <= 1


def _is_stub(text: str, voice: Voice, statement: Statement) -> bool:
    """Say whether a sentence only announces a quote ("One nurse said:")."""
    told = re.sub(r"[^\w\s]", "", text[voice.told : statement.end]).split() if voice.told < statement.end else []
    brief = voice.told > voice.start and (not told or (voice.single and len(told) <= _STUB_WORDS))
    hands_over = statement.quote is not None and _HANDS_OVER.search(text, statement.start, statement.end) is not None
    return statement.place == "results" and (brief or (hands_over and len(told) <= 2 * _STUB_WORDS))


def _take_stub(draft: _Draft, voice: Voice, statement: Statement) -> None:
    draft.quote = draft.quote if draft.quote is not None else statement.quote
    draft.holders = draft.holders if draft.said else voice.holders
    draft.frequency = draft.frequency if draft.said else voice.frequency


def _goes_on(draft: _Draft, voice: Voice | None, words: str, statement: Statement) -> bool:
    """Say whether a sentence is one person's example of the claim before it, which no quote has closed yet."""
    return (
        voice is not None
        and voice.single
        and draft.quote is None
        and len(draft.parts) == 1
        and draft.parts[0].block == statement.block
        and not _NEW.match(words)
    )


def _join(draft: _Draft, voice: Voice | None, statement: Statement) -> None:
    draft.parts.append(statement)
    draft.quote = statement.quote
    draft.score = min(1.0, draft.score + 0.1)
    if voice is not None:
        draft.holders = draft.holders or voice.holders
        draft.frequency = draft.frequency if draft.said else voice.frequency


def _score(words: str, statement: Statement, voice: Voice | None) -> float:
    if _NO_FINDING.stand_in(words):
        return 0.0
    if statement.place in ("results", "abstract results"):
        return _results_score(words, statement, voice)
    ours = _OURS.search(words) is not None
    advises = _OTHER_WORK if voice is not None and voice.said else _ADVICE
    if statement.cited or (advises.search(words) and not ours):
        return 0.0
    if ours:
        return 0.65
    if voice is not None and (voice.said or statement.place == "conclusions"):
        return 0.6
    opening = statement.paragraph <= _OPENING_PARAGRAPHS and statement.ordinal <= _OPENING_SENTENCES
    interprets = (statement.place == "conclusions" or opening) and not words.endswith("?")
    return 0.42 if interprets and len(words.split()) >= _SHORT and not statement.numbers and not is_meta(words) else 0.0


def _results_score(words: str, statement: Statement, voice: Voice | None) -> float:
    score = 0.45
    if voice is not None:
        score += 0.25
    elif _HEARD.search(words):
        score += 0.1
    if statement.quote is not None:
        score += 0.2
    if statement.sample:
        score -= 0.35
    if statement.numbers:
        score -= 0.1 if voice else 0.3
    if is_meta(words):
        score -= 0.15 if voice and statement.quote is not None else 0.5
    if statement.cited:
        score -= 0.15
    if _WE.match(words) and not _OURS.search(words):
        score -= 0.2
    if len(words.split()) < _SHORT:
        score -= 0.2
    if _FIRST_PERSON.search(words):
        score -= 0.5
    return min(score, 1.0)


def _is_theme(reading: Reading, statement: Statement, taken: set[tuple[int, int]]) -> bool:
    if statement.place != "abstract results":
        return False
    first = reading.offsets[statement.start]
    last = reading.offsets[statement.end - 1] + 1
    inside = [(a, b) for a, b in taken if a < last and first < b]
    return sum(min(b, last) - max(a, first) for a, b in inside) >= 0.5 * (last - first) and len(inside) > 1


def _holders(
    statement: Statement, voice: Voice | None, narrative: Narrative, voices: Voices, before: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who holds a finding: its subject, else who is quoted for it, else the only role there
    is or the one that says nearly all that is quoted, else nobody; outside the results the authors."""
    spoken = narrative.quotes[statement.quote].record.speaker_roles if statement.quote is not None else ()
    outside = statement.place in ("discussion", "conclusions")
    if voice is not None and (voice.holders or before) and not (outside and not voice.said):
        holders = voice.holders or before
        return spoken if voice.single and len(holders) > 1 and set(spoken) < set(holders) and spoken else holders
    if outside:
        return (AUTHORS,)
    if spoken:
        return spoken
    return voices.everyone if len(voices.everyone) == 1 else voices.speaking


def _records(study: str, narrative: Narrative, drafts: Sequence[_Draft]) -> tuple[Located[Finding], ...]:
    found: dict[str, Located[Finding]] = {}
    for number, draft in enumerate(drafts):
        reading = narrative.reading
        words = " ".join(reading.text[p.start : p.end] for p in draft.parts)
        start, end = draft.parts[0].start, draft.parts[-1].end
        one = make(
            Finding,
            reading,
            study,
            start,
            end,
            key=words,
            statement=" ".join(words.split()),
            held_by=draft.holders,
            frequency=draft.frequency,
            credibility=_credibility(drafts, number),
            score=round(draft.score, 2),
        )
        spans = tuple(span for p in draft.parts for span in reading.spans(p.start, p.end))
        twin = found.get(one.record.iri)
        if twin is not None:
            spans = _unique((*twin.record.spans, *spans))
            one = twin
        found[one.record.iri] = Located(replace(one.record, spans=spans), one.start, one.end)
    return tuple(found.values())


def _unique(spans: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return tuple({(s.start, s.end): s for s in spans}.values())


def _credibility(drafts: Sequence[_Draft], number: int) -> str | None:
    draft = drafts[number]
    if draft.parts[0].place != "results":
        return None
    if draft.quote is not None:
        return "unequivocal"
    for later in drafts[number + 1 :]:
        if later.parts[0].block != draft.parts[-1].block:
            break
        if later.quote is not None:
            return "credible"
    return "not supported"
