"""Why a statement was chosen, in words that a reviewer can read."""

from ingest.extract.candidates import Surroundings
from ingest.extract.phrasings import PHRASINGS
from ingest.extract.ranking import Pick
from ingest.extract.scoring import Weights

_MOST = 4
_LONGEST = 50
_SAID = {
    "leads to a quote": "introduces a quote",
    "in a quote": "said in a quote",
    "begins a quote": "opens a quote",
    "near hindering": "among sentences about difficulties",
    "near helping": "among sentences about what helps",
    "near acting": "among proposals",
    "names it before": "the sentence before names a barrier",
    "sentence names it": "the sentence names a barrier",
    "sentence hindering": "its sentence tells of difficulties",
    "sentence helping": "its sentence tells what helps",
    "sentence acting": "its sentence proposes something",
    "listed: hindering": "item of a list of barriers",
    "listed: helping": "item of a list of what helps",
    "listed: acting": "item of a list of proposals",
    "listed: other": "item of a list",
    "central words": "words of the abstract and headings",
    "authors speak": "the authors speak",
    "cited": "cites other work",
    "background": "claim from other work",
    "only cited": "reports other work",
    "cited proposal": "proposes what other work is cited for",
    "names what was tried": "the abstract names what was tried",
    "echoes the title": "words of the title",
    "led by hindering": "its quote is introduced by difficulties",
    "led by helping": "its quote is introduced by what helps",
    "led by acting": "its quote is introduced by a proposal",
    "numbers": "gives numbers",
    "hindering words": "several cues of difficulty",
    "helping words": "several cues of help",
    "acting words": "several cues of a proposal",
    "hindering prevails": "more cues of difficulty than of help",
    "helping prevails": "more cues of help than of difficulty",
    "only hindering": "no cue of help",
    "only helping": "no cue of difficulty",
}


def reason_of(around: Surroundings, pick: Pick, weights: Weights) -> str:
    """Return what spoke most for a pick, the strongest first, with the words of the text that were cues; then the
    section it stands in and the role that it names, or that its sentence does."""
    told: list[str] = []
    for name in weights.telling(pick.features):
        words = _words_for(around, pick, name)
        if words and words not in told:
            told.append(words)
        if len(told) == _MOST:
            break
    told.append(f"section: {pick.candidate.zone}")
    return "; ".join((*(told if len(told) > 1 else ["no cue of its own", *told]), *_role(around, pick)))


def _words_for(around: Surroundings, pick: Pick, name: str) -> str:
    if name.startswith("says "):
        found = around.cues.first_of(name.removeprefix("says "), pick.start, pick.end)
        return f"cue: {_plain(around.reading.text[slice(*found)])}" if found else ""
    if name.startswith("puts: "):
        pattern = PHRASINGS[name.removeprefix("puts: ").split(",")[0]]
        found_words = pattern.search(around.reading.text[pick.start : pick.end])
        return f"phrasing: “{_plain(found_words.group())}”" if found_words else ""
    if name.startswith("heading "):
        return f"heading: {_plain(pick.candidate.headings[0])}" if pick.candidate.headings else ""
    return _SAID.get(name, "")


def _plain(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _role(around: Surroundings, pick: Pick) -> tuple[str, ...]:
    """Return the first role that a pick names, or that stands near by in its sentence."""
    sentence = pick.candidate.sentence
    for start, end, note in ((pick.start, pick.end, ""), (sentence.start, sentence.end, " near by")):
        for mention in around.roles.between(start, end):
            if mention.role in around.role_labels:
                return (f"role: {around.role_labels[mention.role]}{note}",)
    return ()
