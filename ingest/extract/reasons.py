"""Why a statement was chosen, in words that a reviewer can read."""

from ingest.extract.candidates import Surroundings
from ingest.extract.ranking import Pick
from ingest.extract.scoring import Weights

_MOST = 4
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
    "names people": "names who is meant",
    "authors speak": "the authors speak",
    "cited": "cites other work",
    "background": "claim from other work",
    "numbers": "gives numbers",
    "hindering words": "several cues of difficulty",
    "helping words": "several cues of help",
    "acting words": "several cues of a proposal",
}


def reason_of(around: Surroundings, pick: Pick, weights: Weights) -> str:
    """Return what spoke most for a pick, the strongest first, with the words of the text that were cues."""
    told: list[str] = []
    for name in weights.telling(pick.features):
        words = _words_for(around, pick, name)
        if words and words not in told:
            told.append(words)
        if len(told) == _MOST:
            break
    return "; ".join(told) or "no cue of its own"


def _words_for(around: Surroundings, pick: Pick, name: str) -> str:
    if name.startswith("says "):
        group = name.removeprefix("says ")
        found = [cue.words for cue in around.cues.within(pick.start, pick.end) if cue.group == group]
        return f"cue: {' '.join(found[0].split())}" if found else ""
    if name.startswith("puts: "):
        return f"phrasing: {name.removeprefix('puts: ').split(',')[0]}"
    if name.startswith("in "):
        return _SAID.get(name, f"section: {name.removeprefix('in ')}")
    if name.startswith("heading "):
        return f"heading: {' '.join(pick.candidate.headings[0].split())[:60]}" if pick.candidate.headings else ""
    return _SAID.get(name, "")
