"""Research that authors call for."""

import re
from collections.abc import Iterable, Iterator

from ingest.extract.claims.limits import Statement
from ingest.extract.screening import Pattern, Wordings
from ingest.extract.study.text import Line, clause, say, trim

_RESEARCH = (
    r"(?:research|stud(?:y|ies)|work|investigations?|trials?|evaluations?|exploration|inquiry|analys[ie]s"
    r"|projects|researchers)"
)
_MORE = (
    r"(?:future|further|additional|more(?! recent)|subsequent|follow[- ]up|larger|longitudinal|continued|ongoing"
    r"|next)"
)
_MODAL = (
    r"(?:should|could|can|may|might|must|will|would|need(?:s|ed)?|requir\w+|warrant\w*|necessary|recommend\w*"
    r"|important|essential|call\w*|benefit|merit\w*|suggest\w*|valuable|useful|interest\w*|necessitat\w*)"
)
_STRONG = (
    r"(?:should|must|need(?:s|ed)?|requir\w+|warrant\w*|necessary|recommend\w*|call\w*|merit\w*|crucial"
    r"|may lend|would (?:be|help|benefit))"
)
_CUES = Wordings(
    (
        rf"\b(?:future|further) (?:[\w-]+,? (?:and )?){{0,4}}?{_RESEARCH}\b[^.;]*\b{_MODAL}\b",
        rf"\b{_MORE} (?:[\w-]+,? (?:and )?){{0,4}}?{_RESEARCH}\b[^.;]*\b{_STRONG}\b",
        rf"\b(?:should|needs?|needed|requires?|warrants?|recommend\w*|call\w* for"
        rf"|suggest)\b[^.;]{{0,60}}\b{_MORE} (?:[\w-]+ ){{0,3}}?(?:research|stud(?:y|ies)|investigations?|trials?"
        rf"|evaluations?)\b",
        rf"\b{_RESEARCH} (?:is|are) (?:also |still |clearly |urgently |therefore )*(?:needed|required|warranted"
        rf"|necessary)\b",
        rf"\bneed for (?:{_MORE},? (?:and )?)?(?:[\w-]+ )?(?:research|stud(?:y|ies)|investigations?|trials"
        rf"|evaluations?)\b(?! team)|\bneed to (?:further )?(?:explore|investigate|examine|study"
        rf"|test)\b",
        r"\b(?:this|our|the present) (?:work|study|research|approach|line of \w+) (?:could|can|should|may"
        r"|might)(?: also)? (?:be )?(?:expand|extend|replicat|repeat|broaden)\w*",
        r"\b(?:should|could|need(?:s)? to|must|remains? to|require[sd]?|warrants?|merits?)(?: be| further)* (?:explor"
        r"|investigat|test|evaluat|examin|studi|research|replicat|confirm)\w*[^.;]{0,60}\b(?:further|future"
        r"|other (?:settings|populations)|larger|trial|stud(?:y|ies)|research)\b",
        r"\b(?:should|could|must|needs? to) be (?:further|more (?:fully|closely)) (?:explor|investigat|test|evaluat"
        r"|examin|studi|research)\w*",
        r"\bit is (?:also |therefore )?(?:important|necessary|essential|crucial)"
        rf" to (?:carry out|conduct|undertake|perform|do) (?:[\w-]+,? ){{0,5}}?{_RESEARCH}\b",
        r"\b(?:as|are) hypothes[ei]s (?:to be|that (?:require|need)|for)\b|\bhypothes[ei]s (?:to be"
        r"|that require) test\w+",
        r"\bit (?:would|will|may|might) (?:also )?be (?:also |particularly |very |more )?(?:useful|interesting|valuable"
        r"|important|worthwhile|of interest"
        r"|beneficial|helpful) (?:for [^.;]{3,40} )?to (?:explore|investigate|examine|study|interview|conduct|compare"
        r"|test|evaluate|assess|follow)\w*",
        r"\b(?:for|in) (?:the )?future,? [^.;]*\b(?:explor|investigat|examin|stud(?:y|ied)|interview|this work)\w*",
        r"\b(?:can|could|should|may|might|must|needs? to)\b[^.;]{0,80}\bin (?:future|further|subsequent|larger)"
        r" (?:[\w-]+ )?(?:stud(?:y|ies)|research|trials?|work|evaluations?)\b",
        r"\b(?:large[- ]scale|larger|definitive|full[- ]scale|randomi[sz]ed|effectiveness|longitudinal|multi-?\w+)"
        rf" [^.;]{{0,60}}?\b{_RESEARCH}\b[^.;]{{0,50}} (?:should|must|needs? to) (?:be (?:conducted|undertaken"
        rf"|performed"
        r"|carried out)|follow|examine|explore|investigate|evaluate|test)\b",
        r"\bwe (?:\w+ )?(?:welcome|encourage|invite|call for|recommend|suggest|urge|propose) (?:further|future|more"
        r"|additional) (?:[\w-]+ )?(?:research|work|stud(?:y|ies)|investigation|evaluation)\b",
        r"\b(?:ongoing|further|continued|future) (?:exploration|investigation|examination|study) (?:of|into)\b",
    ),
    re.IGNORECASE,
)
_NOT = Pattern(
    r"\b(?:this|our|the (?:present|current)) (?:study|research) (?:adds|contributes|shows|found|was)\b"
    r"|\bhas been called for\b|\bet al\b|\b(?:would|could|might) (?:\w+ )?have been\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[,;]? and also |; |\s*• ?|, as well as (?=(?:to|by|how|whether|the)\b)", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:in (?:the )?future|moreover|furthermore|finally|therefore|thus|however|hence|in addition|additionally"
    r"|also"
    r"|nevertheless|consequently|lastly),? )+",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?:to|how|whether|by|and|in|the extent|what|which)\b", re.IGNORECASE)
_PLACES = frozenset({"discussion", "limitations", "conclusions", "other"})


def recommendations(told: Iterable[Line]) -> Iterator[Statement]:
    """Yield what discussion, limitations and conclusions say that research should do next; a list that goes on with
    "and also" gives one statement each."""
    for line in told:
        if line.kind not in _PLACES or _NOT.search(line.text):
            continue
        found = list(_CUES.finditer(line.text))
        if not found:
            continue
        at, stop = clause(line.text, min(m.start() for m in found), max(m.end() for m in found))
        lead = _LEAD.match(line.text[at:])
        at = first = at + (lead.end() if lead else 0)
        for cut in [*_SPLIT.finditer(line.text, at, stop), None]:
            start, end = trim(line.text, at, cut.start() if cut else stop)
            piece = line.text[start:end]
            if end - start >= 20 and (at == first or _CONTINUES.match(piece) or _CUES.stand_in(piece)):
                yield Statement(say(line.text[start:end]), line.start + start, line.start + end)
            at = cut.end() if cut else at
