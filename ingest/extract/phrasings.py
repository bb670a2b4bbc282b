"""Turns of phrase that put a statement as a proposal, as what hinders or helps, or as none of these."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ingest.extract.phrasing_words import BETTER, CAN_DO, DO, GERUND, OTHER_WORK, PEOPLE, TESTED
from ingest.extract.phrasings_told import TOLD
from ingest.extract.screening import Pattern, Screen, alternatives

_FLAGS = re.IGNORECASE

PHRASINGS: dict[str, Pattern] = {
    "may help": Pattern(
        r"\b(?:may|might|could|can|would|will) (?:also |potentially |well |further |then |therefore |"
        rf"thus )?{BETTER}\b",
        _FLAGS,
    ),
    "should": Pattern(
        r"\b(?:should(?! (?:this|that|these|it|they|we|there|the)\b)|must|ought to|ha(?:s|ve) to be|"
        r"needs? to be|need(?:s|ed)? to)\b(?! (?:\w+ ){0,2}?be (?:noted|"
        r"interpreted|seen as|acknowledged|read|borne in mind|"
        r"(?:understood|viewed|considered|treated) (?:in|as|within|against|with|when)\b))",
        _FLAGS,
    ),
    "need for": Pattern(
        r"(?<!remove the )(?<!avoid the )(?<!reduce the )\bneed(?:s|ed)? for\b|"
        r"\b(?:the|an?|pressing|urgent|clear|great|strong|critical) need to\b|\b(?:is|are|was|"
        r"were|be|seems?|also) (?:(?!(?:not|no|never|as|if|when|where)\b)\w+ ){0,4}?(?:needed|"
        r"required|necessary|essential|crucial|vital|warranted|recommended|imperative)\b|\bnecessitates?\b|"
        r"\brequires?\b",
        _FLAGS,
    ),
    "opens with do": Pattern(rf"^(?:[•\-–(\d). ]*)(?:\w+ly )?{DO}\b", _FLAGS),
    "people wish": Pattern(
        r"\b(?<!when )(?<!if )(?<!what )(?<!something )(?<!anything )(?<!whether )(?<!where )(?<!how )(?<!than )"
        r"(?!(?:is|was|has|does|this|as|thus|its|his)\b)(?:\w+s|one|some|many|majority|they|s?he|who) "
        r"(?:\w+ ){0,4}?(?<!of |be |is )(?<!the |and |was |are )(?<!from |were |"
        r"been |with |also )(?<!achieve )"
        r"(?:suggested|"
        r"recommended|wished for|wanted|"
        r"would like|asked for|"
        r"called for|proposed|desired|preferred(?= (?:to|that|having|being|a|an|more|\w+ing)\b)|requested|advocated|"
        r"urged|"
        r"(?:expressed|felt|feel|feels|saw) (?:a |the )?(?:desire|wish|need) (?:for|to)|"
        r"(?:indicated|expressed|had|stated) a (?:\w+ )?preference for)"
        r" (?!that\b|by\b)|"
        rf"\b(?:suggested|recommended|proposed|requested|advocated|favou?red|asked for|called for|raised) by {PEOPLE}|"
        rf"\b{PEOPLE} (?:\w+ )?(?:were|was) (?:\w+ )?in favou?r of\b",
        _FLAGS,
    ),
    "others suggest": Pattern(
        r"\b(?:(?<!the )(?<!this )(?<!our )(?<!present )(?<!current )(?<!qualitative )(?:study|trial|review)|studies|"
        r"trials|authors?|researchers|reviews|literature|others|et al\.?|guidelines?) (?:\w+ )?"
        r"(?:suggest|recommend|propos|advocat|call(?:ed|s)? for)\w*",
        _FLAGS,
    ),
    "opens with doing": Pattern(
        rf"^(?:[•\-–(\d). ]*|the |in [\w ]{{3,30}}, )(?:{GERUND}|provision of|introduction of|"
        r"implementation of|use of|promotion of|development of|funding)\b",
        _FLAGS,
    ),
    "strategy to": Pattern(
        r"\b(?:strateg(?:y|ies)|interventions?|efforts|mechanisms?|approach(?:es)?|process(?:es)?|measures|"
        r"programs?|programmes?|polic(?:y|ies)|guidelines?|models?) (?:to|for|that|which|of|aimed at|"
        r"targeting|such as)\b",
        _FLAGS,
    ),
    "important to": Pattern(
        r"\b(?:it (?:is|will be|would be|may be|seems) (?:\w+ )?(?:important|essential|crucial|necessary|"
        r"vital|helpful|useful|nice|good|better|great|worth\w*)|(?:is|are) (?:\w+ )?important for|"
        r"importance of)\b",
        _FLAGS,
    ),
    "wished": Pattern(
        r"\b(?:(?<!study )(?<!trial )(?<!evidence )(?<!research )(?<!analysis )(?<!this )(?<!which )(?<!data )"
        r"(?<!finding )"
        r"suggests|suggestion|suggested(?! by\b)(?! \w+ing \w+)|(?<!the )(?<!from )(?<!of )recommend(?:ed|s|ation)?|"
        r"wish(?:ed|es)?|desired?|would (?:have )?(?:like|"
        r"prefer|love|appreciate)d?|wanted (?:more|to see|the|a|an|to have)|asked for|called for|proposed|"
        r"urged|advocated|preferr?ed|expressed (?:a |the )?(?:need|desire|wish))\b",
        _FLAGS,
    ),
    "i think should": Pattern(
        r"\b(?:I|we) (?:just |really )?(?:think|believe|feel|guess|wish|hope)\b.{0,60}\b(?:should|need|could|"
        r"would|must|have to|if)\b|\bshould (?:have|be|do)\b|\bwhy (?:don['’]t|not|can['’]t)\b|"
        r"\bwould be (?:nice|good|great|helpful|useful|better)\b|\bif (?:they|we|there|the \w+|you) (?:could|"
        r"would|had|were|was)\b",
        _FLAGS,
    ),
    "despite": Pattern(
        r"^(?:[\w ]{0,30}, )?(?:despite|in spite of|notwithstanding|regardless of|instead of)\b",
        _FLAGS,
    ),
    "would have": Pattern(
        r"\bwould (?:\w+ )?have (?:\w+ )?(?:been|liked|preferred|valued|appreciated|wanted|wished|helped|benefit\w*|"
        r"welcomed|needed)\b",
        _FLAGS,
    ),
    "could be better": Pattern(
        r"\b(?:could|should|would|needs? to|might) (?:\w+ )?be (?:\w+ )?(?:improved|better|increased|extended|expanded|"
        r"shortened|simplified|changed|strengthened|enhanced|updated|adapted|adjusted|added|longer|shorter|earlier)\b|"
        r"\b(?:more|better|earlier|longer|closer) [\w ,-]{3,60}(?<!no )(?<!not )(?:would|might|could) "
        r"(?:be|have|help|make)\b",
        _FLAGS,
    ),
    "intervention was": Pattern(
        r"\b(?:intervention|program(?:me)?|training|sessions?|trial|model|tool ?kit|platform|visits?|protocol|"
        r"course|workshops?|team) (?:\w+ ){0,4}?(?:consist(?:s|ed)|compris(?:es|ed)|involv(?:es|ed)|"
        r"includ(?:es|ed)|was|were|aim(?:s|ed))\b",
        _FLAGS,
    ),
    "consists of": Pattern(
        r"\b(?:intervention|program(?:me)?|training|service|model|package|course|curriculum|tool ?kit|approach|"
        r"sessions?|visits?|workshops?|pathway|scheme|initiative)\b (?:[\w()-]+ ){0,2}?(?:consist(?:s|ed) of|"
        r"compris(?:es|ed)|(?<!were )(?<!are )(?<!was )(?<!who )involv(?:es|ed)|includ(?:es|ed)|entail(?:s|ed)|"
        r"(?:is|was|were) (?:designed|aimed|made up|based|intended|developed)|"
        r"aim(?:s|ed) (?:to|at)|incorporat(?:es|ed))\b",
        _FLAGS,
    ),
    "evaluated": Pattern(
        r"\b(?:evaluat(?:e|ed|ing)|assess(?:ed|ing)?|test(?:ed|ing)?|compar(?:ed|ing|e)|examin(?:e|ed|ing)|"
        r"pilot(?:ed|ing)?|trial of|effectiveness of|impact of|effects? of|introduc(?:e|ed|ing)|"
        r"implementation of)\b.{0,60}\b(?:intervention|program(?:me)?|training|model|service|approach|"
        r"treatment|therapy|system|care|tool|platform|role|telemedicine|clinic)\b",
        _FLAGS,
    ),
    "were trained": Pattern(
        r"\b(?:was|were|been) (?:\w+ )?(?:trained|offered|provided|delivered|developed|designed|implemented|"
        r"introduced|given|invited|assigned|adapted|tailored|established|appointed|asked to|supported|made|"
        r"set up|led)\b|\bunderwent\b|\breceived (?:a|an|the|training|education)\b|\bdelivered\b",
        _FLAGS,
    ),
    "asks research": Pattern(
        r"\bmore evidence (?:of|on|about|for|from|that)\b|"
        r"\b(?:further|future|more|additional|larger)\b.{0,60}\b(?:research|stud(?:y|ies)|work|evaluations?|"
        r"evidence|trials?|investigations?)\b(?:.{0,90}\b(?:to|should|could|must|may|will|would|that|is|"
        r"are) (?:\w+ ){0,3}?"
        r"(?:determin\w+|evaluat\w+|understand\w*|examin\w+|assess\w*|investigat\w+|confirm|lend|compare|"
        r"replicat\w+|test)\b|.{0,90}\b(?:whether|feasib\w+|effectiveness|warranted|insights?)\b)|"
        r"\b(?:research|stud(?:y|ies)|evidence|trials?|investigations?) (?:is|are) (?:also |still |now |therefore )?"
        r"(?:needed|required|necessary|warranted)\b|"
        r"\b(?:research|stud(?:y|ies)|evaluations?|trials?) (?:\w+ )?(?:should|must|needs? to) be (?:undertaken|"
        r"conducted|"
        r"done|carried out|performed)\b|"
        r"\b(?:further|future|additional) (?:\w+ ){0,2}?(?:research|stud(?:y|ies)|investigations?|trials?)(?:,[^,]+,)? "
        r"(?:should|could|must|may|might|will|needs? to|ought to|is|are)\b|"
        r"\bneeds? to (?:\w+ )?(?:investigate|examine|study|research|(?:explore|assess|establish|determine) "
        r"(?:whether|if))\b|"
        r"\b(?:extent|degree) to which\b.{0,160}\b(?:needs? to|should) be\b|"
        r"\b(?:needs?|remains?) to be (?:\w+ )?(?:determined|investigated|explored|examined|studied|tested|verified)\b|"
        r"\bshould be (?:\w+ )?(?:subject to (?:\w+ )?(?:stud|research)|further |studied|"
        r"investigated|researched|explored)\w*|\b(?:full|larger|definitive)(?:[- ]scale)? trials?\b",
        _FLAGS,
    ),
    "who should": Pattern(
        r"\b(?:who|which (?:\w+ )?(?:provider|prescriber|role|discipline|clinician))\b.{0,25}\b(?:should|"
        r"would|will)\b|\b(?:on|about|over|as to|decid\w+|determin\w+|kn[eo]w\w*|unclear|agree\w*) who\b.{0,60}"
        r"\bshould\b|"
        r"\bshould (?:only )?be (?:the|one|a) (?:\w+ ){0,3}(?:person|one|provider|prescriber|"
        r"clinician|role)\b|\b(?:one|a single|the primary|the main) (?:\w+ ){1,3}should\b|"
        r"\bit should be (?:the|their|our|my)\b|\b(?:when|how|what|whether|where|why) (?:\w+ ){1,2}should\b|"
        r"\bthey should (?:handle|manage|prescribe|take)\b",
        _FLAGS,
    ),
    "our findings": Pattern(
        r"\b(?:our|these|the|this|present|current|study|main) (?:\w+ )?(?:findings?|results?|stud(?:y|ies)|"
        r"paper|research|analysis|data|interviews?)\b(?! (?:teams?|nurses?|staff|assistants?|protocols?|forms?|"
        r"personnel|coordinators?|visits?|sites?|medications?|drugs?))",
        _FLAGS,
    ),
    "about the study": Pattern(
        r"^(?:(?:overall|in (?:conclusion|summary|this (?:paper|study|article))|however|here|thus|first|"
        r"therefore|further|also|moreover|additionally),? )*"
        r"(?:the |this |our |these |current |present |main |primary |qualitative )*(?:findings?|results?|stud(?:y|ies)|"
        r"paper|article|evaluation|investigation|analys[ei]s|aims?|data|research|we)\b(?!.*\b(?:need|should|must|"
        r"recommend|strateg|suggest(?:s|ed)? a))",
        _FLAGS,
    ),
    "points back": Pattern(
        r"^(?:however,? |but |and |so )?(?:this|that|it|these|those|such|he|she)(?: \w+)? "
        r"(?:is|was|are|were|had|has|have|"
        r"would|will|could|can|may|might|did|does|made|makes|led|leads|helped|meant|means)\b",
        _FLAGS,
    ),
    "compares groups": Pattern(
        r"\b(?:intervention|control|experimental|treatment|usual[- ]care|comparison|study) (?:arms?|groups?|"
        r"participants?)\b|\b(?:compared (?:with|to)|versus|vs\.?|than) (?:the )?(?:control|usual|enhanced|standard)|"
        r"\b(?:both|the two|either|all) (?:arms|groups)\b|\brandomi[sz]ed\b",
        _FLAGS,
    ),
    "had effect": Pattern(
        r"\b(?:has|have|had|was|were|been) (?:been )?(?:shown|found|associated|led|linked|demonstrated)\b",
        _FLAGS,
    ),
    "research": Pattern(
        r"\b(?:(?:further|future|more|additional) (?:\w+ )?(?:research|stud(?:y|ies)|work|investigations?|"
        r"trials?|evaluations?)|research is|hypothes[ei]s|to be tested)\b",
        _FLAGS,
    ),
    "people tell": Pattern(
        r"\b(?:participants?|patients?|respondents?|interviewees?|providers?|nurses?|doctors?|physicians?|GPs?|staff|"
        r"professionals?|clinicians?|women|men|they|some|many|most|others) (?:\w+ ){0,3}?(?:reported|felt|experienced|"
        r"perceived|described|noted|found|explained|attributed|appreciated|recogni[sz]ed|considered|acknowledged|"
        r"cited|viewed|valued|mentioned)\b",
        _FLAGS,
    ),
    "seemed to": Pattern(
        r"\b(?:seem(?:s|ed)?|appear(?:s|ed)?|proved|turned out) to\b|\b(?:confirm|indicate|demonstrate|show|reveal)"
        r"(?:s|ed|d)? (?:that|the|how)\b",
        _FLAGS,
    ),
    "staff did": Pattern(
        r"\b(?:\w+(?:ors?|ers?|ists?|ians?)|nurses?|staff|teams?|coach(?:es)?|champions?|(?-i:[A-Z]{2,4}s?)|"
        r"s?he|assistants?)"
        r" (?:also |then |who |\w+ly )?(?:delivered|provided|followed[- ]up|carried out|offered|trained|"
        r"met with|contacted|worked (?:to|with)|administered|sent|taught|educated|coordinated|visited|phoned|called|"
        r"gave|received training|screened|conducted|supervised|facilitated)\b",
        _FLAGS,
    ),
    "reports tests": Pattern(
        r"\bno (?:\w+ ){0,2}differences?\b|"
        r"\b(?-i:a?OR|HR|RR|CI|SD|SE|IQR)\b ?[=:(]|\bp ?[<=>]|[=<>] ?[−-]?0?\.\d|\bodds (?:of|ratio)|\bstatistically\b|"
        r"\bregression\b|\b(?:more|less) likely than\b|"
        rf"\bsignifican(?:t|tly|ce)\b.{{0,40}}\b(?:{TESTED}|higher|lower|more|less|trends?)\b|"
        rf"\b(?:{TESTED})\b.{{0,30}}\bsignifican(?:t|tly|ce)\b",
        _FLAGS,
    ),
    "counts people": Pattern(
        r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:\([^)]{1,12}\) )?(?:\w+ ){0,3}?"
        r"(?:participants?|patients?|women|men|people|individuals|respondents?|interviewees|persons|nurses|"
        r"providers|professionals|doctors|physicians|staff|members|who)\b.{0,60}\b"
        r"(?:could not be (?:reached|contacted)|withdrew|dropped out|completed|consented|declined|agreed to|"
        r"(?:were|was) (?:excluded|lost|interviewed|recruited|randomi[sz]ed|included|approached|invited)|"
        r"did not (?:respond|reply|attend|return))",
        _FLAGS,
    ),
    "can or should do": Pattern(CAN_DO, _FLAGS),
    "tells of other work": Pattern(OTHER_WORK, _FLAGS),
    **TOLD,
}  # fmt: skip
"""Each turn of phrase by the name that reasons and weights use."""
_PROPOSALS = (
    "may help", "should", "need for", "people wish", "others suggest", "important to", "wished", "i think should",
)  # fmt: skip
UNDOES: dict[str, tuple[str, ...]] = {
    "who should": _PROPOSALS,
    "asks research": _PROPOSALS,
    "may hinder": ("may help", "should"),
    "may harm": ("may help", "can or should do"),
    "explains": ("may help", "can or should do"),
    "seemed to": ("opens with doing",),
}
"""What a turn of phrase takes back: words that ask who should do it, or ask for research, propose nothing to be done;
what may hinder does not help; what doing something seemed to do is a finding."""


@cache
def _screened() -> tuple[tuple[str, ...], Screen]:
    """Return of every wording of a turn of phrase its name, and the screen of them all."""
    wordings = [(name, one, p.flags) for name, p in PHRASINGS.items() for one in alternatives(p.source)]
    return tuple(name for name, _, _ in wordings), Screen((source, flags) for _, source, flags in wordings)


@lru_cache(maxsize=1024)
def _standing_in(words: str) -> tuple[str, ...]:
    """Return the turns of phrase that stand in a clause, which several kinds of record are drawn from."""
    names, screen = _screened()
    found: dict[str, None] = {}
    for number in screen.passing(words):
        name = names[number]
        if name not in found and screen.pattern(number).search(words):
            found[name] = None
    return tuple(found)


def phrasings_in(words: str) -> Iterator[str]:
    """Yield the names of the turns of phrase that a clause holds.

    >>> sorted(phrasings_in("Joint meetings could help to settle who does what"))
    ['can or should do', 'may help']
    """
    found = _standing_in(words)
    undone = {name for turn in found for name in UNDOES.get(turn, ())}
    yield from (name for name in found if name not in undone)
