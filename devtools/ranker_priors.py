"""What is known of the features that rank statements before any paper is seen."""

from ingest.extract.cue_words import ACTIONS, HELPING, HINDERING

PULL = 13.0
"""How strongly weights are drawn to their priors."""
CUE = 0.2
"""The prior of a group of cue words, for or against."""

PRIORS: dict[str, dict[str, float]] = {
    "Barrier": {
        "puts: was a barrier": 1.2, "puts: opens with lack": 1.0, "listed: hindering": 2.0,
        "listed: helping": -1.5, "says denied": 0.6,
        "announces": -1.0, "puts: only names barriers": -1.0, "puts: not able": 0.5, "puts: too much": 0.5,
        "puts: leads to": 0.3, "puts: stopped": 0.3, "puts: may hinder": 0.5,
        "cited": -1.0, "background": -1.0, "puts: our findings": -0.3, "puts: about the study": -0.7,
        "puts: points back": -0.3,
        "puts: compares groups": -0.3, "puts: research": -1.0, "puts: should": -0.3,
        "puts: may help": -0.5, "puts: wished": -0.3, "puts: tells of other work": -0.3,
        "says symptom": -0.3, "says method": -0.5, "says study": -0.5,
        "heading hindering": 0.5, "heading only helping": -1.0, "heading method": -1.0, "numbers": -0.3,
        "short": -0.3, "in results": 0.5,
        "in abstract results": 0.5, "in background": -1.0, "in methods": -1.5, "in limitations": -1.0,
        "names it before": 0.3, "sentence names it": 0.3,
        "puts: no barrier": -1.2, "puts: reports tests": -1.0, "puts: counts people": -1.5,
        "kept as Limitation": -0.7, "kept as ResearchRecommendation": -1.0,
        "puts: felt good": -0.3, "puts: found useful": -0.3, "question": -0.5,
        "puts: names what helps": -0.7,
        "puts: may harm": 0.3,
    },
    "Facilitator": {
        "puts: helped them": 0.7, "puts: easier": 0.5,
        "puts: despite": -1.0, "puts: would have": -0.7, "puts: good relations": 0.7, "puts: appreciated": 0.5,
        "listed: helping": 2.0, "listed: hindering": -1.5, "announces": -1.0, "puts: only names barriers": -1.0,
        "cited": -0.7, "background": -0.7,
        "puts: our findings": -0.3, "puts: about the study": -0.7,
        "puts: points back": -0.3, "puts: compares groups": -0.3,
        "puts: research": -1.0, "puts: not able": -0.5, "puts: was a barrier": -1.0,
        "puts: should": -0.5, "puts: opens with do": -1.0, "puts: people wish": -0.7, "puts: need for": -0.5,
        "puts: may hinder": -0.7, "puts: can or should do": -0.3, "puts: tells of other work": -0.3,
        "puts: who should": -1.0, "puts: asks research": -1.0,
        "says symptom": -0.3, "says method": -0.5,
        "says study": -0.5, "heading helping": 0.5, "heading only hindering": -1.5,
        "heading method": -1.0, "numbers": -0.3, "short": -0.3,
        "in results": 0.5, "in abstract results": 0.5, "in background": -1.0, "in methods": -1.0,
        "in limitations": -1.0,
        "puts: felt good": 0.7, "puts: found useful": 0.7, "puts: eased": 0.5,
        "puts: found good": 0.7, "puts: motivated them": 0.7, "puts: gave something": 0.5, "puts: no barrier": 0.3,
        "puts: reports tests": -1.0, "puts: counts people": -1.0, "question": -1.0,
        "kept as Limitation": -0.7, "kept as ResearchRecommendation": -1.0,
        "puts: names what helps": 1.2, "puts: may harm": -0.7,
    },
    "Intervention": {
        "puts: may help": 0.3, "puts: may help, discussion": 0.7, "puts: should": 0.5, "puts: need for": 0.6,
        "puts: opens with do": 0.7, "puts: opens with doing": 0.7, "puts: strategy to": 0.6,
        "puts: important to": 0.5,
        "puts: wished": 0.5, "puts: people wish": 1.0,
        "puts: people wish, results": 0.8, "puts: others suggest": 1.0, "puts: i think should": 0.8, "says hope": 0.6,
        "puts: intervention was": 0.4, "puts: consists of": 1.0, "puts: could be better": 0.8,
        "puts: would have": 0.4, "puts: evaluated": 0.4,
        "puts: were trained": 0.4, "listed: acting": 2.0, "puts: research": -0.3, "puts: asks research": -2.0,
        "puts: who should": -2.0, "puts: may hinder": -1.0, "puts: people tell": -0.5, "puts: seemed to": -0.5,
        "puts: staff did": 0.5, "only cited": -1.0,
        "puts: helped them": -0.3, "puts: easier": -0.3, "puts: appreciated": -0.3,
        "announces": -0.5, "heading method": -0.5, "heading acting": 0.7, "names what was tried": 2.5, "question": -0.7,
        "says method": -0.7, "puts: our findings": -0.2, "puts: about the study": -1.5,
        "puts: points back": -0.3, "puts: compares groups": -0.7,
        "puts: not able": -0.5, "puts: opens with lack": -1.0,
        "puts: would not": -0.3, "in limitations": -1.0, "numbers": -0.3, "short": -0.3,
        "puts: reports tests": -1.0, "puts: counts people": -1.0, "puts: no barrier": -0.5,
        "kept as Limitation": -0.7, "kept as ResearchRecommendation": -1.0,
        "proposes before results": -0.5, "puts: can or should do": 0.5, "puts: tells of other work": -0.7,
        "puts: may harm": -0.7, "puts: explains": -0.5,
    },
}  # fmt: skip
"""What is expected of a feature before any paper is seen."""

_SIGNS = {"Barrier": (1, -1, 0), "Facilitator": (-1, 1, 0), "Intervention": (0, 0, 1)}


def expected(kind: str) -> set[str]:
    """Return the features of which something is expected of a kind, whether papers show them or not."""
    groups = ("denied", "averted", *HINDERING, *HELPING, *ACTIONS)
    return {*PRIORS[kind], *(f"says {group}" for group in groups)}


def prior(kind: str, name: str) -> float:
    """Return what a feature is expected to weigh for a kind."""
    if name in PRIORS[kind]:
        return PRIORS[kind][name]
    hindering, helping, acting = _SIGNS[kind]
    group = name.removeprefix("says ")
    if group in HINDERING or group == "denied":
        return CUE * hindering
    if group in HELPING or group == "averted":
        return CUE * helping
    return CUE * acting if group in ACTIONS else 0.0


def pull(name: str) -> float:
    """Return how strongly a feature is drawn to its prior; a turn of phrase in one place more than anywhere."""
    if name == "always":
        return 1e-3
    return 2 * PULL if name.startswith("puts: ") and "," in name else PULL
