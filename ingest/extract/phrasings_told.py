"""Turns of phrase in which people tell what hinders them and what helps."""

import re

from ingest.extract.phrasing_words import HARM
from ingest.extract.screening import Pattern

_FLAGS = re.IGNORECASE

TOLD: dict[str, Pattern] = {
    "helped them": Pattern(
        r"\b(?:help(?:s|ed)|enabl(?:e|es|ed)|(?<!is |be )(?<!are |was )(?<!were |also )(?:allow(?:s|ed)|encourag(?:e|"
        r"es|ed))|support(?:s|ed)|facilitat(?:e|es|ed)|motivat(?:e|es|ed)|empower(?:s|ed)|"
        r"(?:made|makes|making)(?! (?:\w+ ){0,3}?(?:difficult|hard|harder|impossible|worse|challenging|complicated|"
        r"uncomfortable|afraid|ill|sick|tired)\b)|"
        r"gave(?! (?:\w+ )?(?:up|priority))|gives|giving|led|"
        r"provided(?! (?:to|by|at|in|through)\b)|provides) (?:\w+ ){0,3}?(?:them|us|me|him|her|patients|participants|"
        r"staff|people|nurses|providers|professionals|clinicians|the|their|a|to|it)\b",
        _FLAGS,
    ),
    "because of it": Pattern(
        r"\b(?:because|due to|owing to|as a result of|thanks to|attributed (?:\w+ )?to|reasons?)\b",
        _FLAGS,
    ),
    "easier": Pattern(
        r"\b(?:easier|easy|more (?:\w+ )?(?:comfortable|confident|efficient|likely|aware|convenient|time|"
        r"personal|open|able)|better|improved|increased|lowered the threshold|less (?:intimidat|stress)\w*)\b",
        _FLAGS,
    ),
    "good relations": Pattern(
        r"\b(?:good|strong|positive|trusting|close|better|open|excellent|great|mutual|personal|long[- ]term|"
        r"effective) (?:\w+ )?(?:relation\w*|communication|rapport|collaboration|teamwork|listener|support|"
        r"experience|contact|language)\b",
        _FLAGS,
    ),
    "appreciated": Pattern(
        r"\b(?:appreciat|valu(?:ed|ing)|satisf(?!action was|action score|ied with the overall)|pleased|grateful|"
        r"enjoy|happy|well[- ](?:received|liked)|endors|(?:was|were|are|felt) (?:\w+ )?(?:positive|enthusiastic|keen) "
        r"(?:about|on|toward)|"
        r"(?<!are )(?<!is )(?<!be )(?:acknowledg|recogni[sz])(?=ed\b)"
        r"(?!ed (?:\w+ ){0,3}(?:challeng|difficult|hard|limit|barrier|problem|"
        r"concern|risk|lack|tension|need))|express(?:ed)? (?:\w+ )?support)\w*",
        _FLAGS,
    ),
    "not able": Pattern(
        r"\b(?:not|n['’]t|never|no longer|rarely|seldom|hardly)\b (?:\w+ ){0,3}?(?:able|enough|aware|know|"
        r"known|available|possible|clear|clearly|trust|understand|listen|feel|want|have|get|believe|easy|sure|"
        r"used|integrated|told|given|seen|do|help|allowed|reimbursed|covered|a priority|need|happy|familiar|"
        r"comfortable|manag\w+|see|consider\w*|work\w*|always)\b|\bno (?:\w+ )?(?:time|money|support|access|"
        r"communication|coordination|contact|payment|training|one|idea|feedback|clear|formal|process|"
        r"information|guidance|follow[- ]up|phone|system|resources|space|staff|interventions?)\b",
        _FLAGS,
    ),
    "too much": Pattern(
        r"\b(?:too (?:much|many|long|little|few|late|short|busy|expensive|far|difficult|hard|time|complex|ill|"
        r"sick|old|tired)|so (?:many|much|busy|long)|not enough|long (?:wait\w*|time|hours|list)|as long as|"
        r"lots? of (?:work|time|pressure)|(?:higher|lower|less|longer|more) than (?:expected|usual|before|"
        r"they))\b",
        _FLAGS,
    ),
    "would not": Pattern(
        r"\b(?:did|do|does|would|will|could|can|was|were|is|are|had|has|have) ?(?:not|n['’]t)\b|\bcannot\b",
        _FLAGS,
    ),
    "was a barrier": Pattern(
        r"\b(?:(?:was|were|is|are|be|been|become|became|represent\w*|remain\w*|pos(?:e|es|ed)|creat\w+|form\w*)"
        r"(?! (?:\w+ ){0,3}?(?:not|no|never)\b) (?:(?!(?:with|about|from|against)\b)\w+ ){0,4}?|"
        r"as (?:an? |the |one |another )?(?:\w+ )?)"
        r"(?:barriers?|challeng(?:e|es|ing)|obstacles?|problem(?:s|atic)?|an issue|deterrents?|drawbacks?|"
        r"disincentives?|"
        r"difficult(?:y|ies)?|constraints?|hindrances?|hurdles?|burden(?:some)?|time[- ]consuming|concerns?)\b",
        _FLAGS,
    ),
    "no barrier": Pattern(
        r"\b(?:neither|not|n['’]t|never|no|nor|without|(?:few|less|fewer) (?:of )?(?:\w+ )?)\b (?:[\w’'-]+ ){0,6}?"
        r"(?:barriers?|obstacles?|problem(?:s|atic)?|burden(?:some)?|difficult(?:y|ies)?|hindrances?|challeng(?:e|es|"
        r"ing)|issues?|"
        r"concern(?:s|ed)?|worried|disadvantages?|drawbacks?)\b",
        _FLAGS,
    ),
    "only names barriers": Pattern(
        r"\b(?:barriers?|challenges|obstacles|facilitators?|enablers?|difficulties)\b(?:[ ,]+(?:and|"
        r"or) [\w-]+)?(?: (?:to|of|for|in|that|which|may|can|could|might|associated|related|identified|"
        r"described|encountered|faced|experienced)\b)(?!.*\b(?:includ|such as|were|was|because|due to|when|"
        r"due))",
        _FLAGS,
    ),
    "opens with lack": Pattern(
        r"^(?:(?:a|the|their|an|of|for|by|as|with|perceived|one|other|another|some|general|ongoing|growing|"
        r"increas\w+|patients?['’]?|providers?['’]?|staff) )*(?:lack|absence|shortage|insufficient|inadequate|"
        r"limited|poor|difficult(?:y|ies)|variation|differing|different|conflict\w*|resistance|reluctance|"
        r"unwillingness|fear|concerns?|mis\w+|low|high|heavy|long|time|financial(?! (?:incentive|support|aid))|"
        r"fragment\w*|uncertain\w*|"
        r"unclear|negative|competing|restrict\w*|loss|delay\w*|unmet|dissatisfaction|distrust|mistrust|stigma|"
        r"costs?(?! (?:related|per|analys\w+|averag\w+|estimat\w+|w(?:as|ere)|data)\b)|"
        r"burden|no|little|too|not|insecure|excessive|increased)\b",
        _FLAGS,
    ),
    "leads to": Pattern(
        r"\b(?:result(?:s|ed|ing)? in|lead(?:s|ing)? to|led to|cause[sd]?|causing|mak(?:e|es|ing) it|made it|"
        r"foster\w*|complicat\w+|prevent(?:s|ed|ing)?|limit(?:s|ed|ing)?|restrict\w*|imped\w+|hinder\w*|"
        r"hamper\w*|interfer\w+|disrupt\w*|discourag\w*|undermin\w*|interrupt\w*)\b",
        _FLAGS,
    ),
    "may hinder": Pattern(
        r"\b(?:may|might|could|can|would|will) (?:\w+ ){0,2}?(?:impede|limit|hinder|hamper|inhibit|discourage|deter|"
        r"(?:act as|be|become|pose|present|create) (?:\w+ ){0,2}?(?:barriers?|challenges?|obstacles?|problems?)|"
        r"make it (?:\w+ )?(?:difficult|hard)|fail|delay|find limited|undermine|interfere|"
        r"(?:foster|create|cause|lead to) (?:differing|conflict\w*|confus\w+|misunderst\w+|uncertain\w*|delays?))\b",
        _FLAGS,
    ),
    "felt good": Pattern(
        r"\b(?:feel|feels|felt|feeling|(?:made|makes) (?:them|me|us)) (?:\w+ ){0,2}?(?:secure|safer?|comfortable|"
        r"confident|supported|reassured|respected|valued|heard|listened|at ease|happy|understood|welcomed?|empowered|"
        r"in control|encouraged|motivated|cared)\b|"
        r"\btreated (?:\w+ ){0,3}(?:respect|courte\w+|dignity|kind\w+|well|equal\w*)\b|"
        r"\b(?:confident in|trust(?:ed)? (?:in|the|their))\b",
        _FLAGS,
    ),
    "found useful": Pattern(
        r"(?<!not )(?<!n['’]t )\b(?:was|were|is|are|be|been|as|found (?:it|this|that|them|the [\w ]{3,40}?))(?! not) "
        r"(?:[\w-]+ ){0,4}?(?:helpful|beneficial|useful|valuable|supportive|acceptable|convenient|reassuring|"
        r"motivating|empowering|instrumental|worthwhile|invaluable|enjoyable|rewarding|relaxing|well received|"
        r"welcomed|accessible|straightforward|relevant|flexible|motivating|appealing|popular|driving forces?|drivers?|"
        r"motivators?|facilitators?|enablers?|advantages?|benefits?|strengths?|easy|opportunit(?:y|ies))\b"
        r"(?! (?:to|if|for) (?:have|be able|see))|"
        r"\bmost (?:\w+ )?(?:beneficial|helpful|useful|valued|important) (?:parts?|aspects?|elements?|components?|"
        r"factors?)\b",
        _FLAGS,
    ),
    "found good": Pattern(
        r"\b(?:found|considered|perceived|rated|thought) (?:it |them |this |(?:the|"
        r"their) (?:[\w-]+ ){1,4}?)?(?:to be |as )?"
        r"(?:very |really |most |quite |more |particularly |both )*(?:helpful|useful|convenient|acceptable|easy|"
        r"beneficial|"
        r"valuable|reassuring|motivating|relevant|straightforward|supportive|appropriate|enjoyable|interesting|good|"
        r"excellent|"
        r"accessible|trustworthy|comfortable|positive)\b",
        _FLAGS,
    ),
    "motivated them": Pattern(
        r"\b(?:motivated (?:by|to|them|him|her|me|us|participants|patients|people)|motivators?|motivat(?:ing|"
        r"ion) (?:factors?|"
        r"for|to)|driving forces?|reasons? (?:for|to) (?:\w+ )?(?:participat\w+|tak(?:e|ing) part|join\w*|attend\w*|"
        r"stay\w*|"
        r"continu\w+)|desire to (?:help|improve|learn|give|contribute|gain|understand|get))\b",
        _FLAGS,
    ),
    "gave something": Pattern(
        r"\bg(?:ave|iven?|ives|iving) (?:\w+ ){0,3}?(?:confidence|hope|courage|reassurance|support|freedom|time|"
        r"control|"
        r"opportunit\w+|space|security|strength|structure)\b|\b(?:sense|feeling) of (?:\w+ )?(?:belonging|control|"
        r"community|"
        r"safety|security|ownership|togetherness|trust|connect\w+|relevance|purpose)\b|\bopportunit(?:y|"
        r"ies) to (?:share|"
        r"learn|talk|discuss|express|meet|ask|exchange|reflect)\b",
        _FLAGS,
    ),
    "eased": Pattern(
        r"\b(?:reduc|eas|reliev|alleviat|lessen|lower|overc[ao]m|diminish|remov|avoid|prevent|minimi[sz])"
        r"(?:e[sd]?|ing|ed|s)? (?:the |their |his |her |any |some |my )?(?:\w+ ){0,3}?(?:insecurit\w+|anxiet\w+|fears?|"
        r"stress|burden|worr(?:y|ies)|uncertaint\w+|stigma|isolation|barriers?|workload|embarrassment|distress|"
        r"confusion|concerns?|tensions?|conflicts?|waiting)\b",
        _FLAGS,
    ),
    "without": Pattern(
        r"\b(?:without|instead of|rather than|unless|until|only (?:when|if|after|one|two|a few)|except)\b",
        _FLAGS,
    ),
    "stopped": Pattern(
        r"\b(?:stop(?:ped|ping)?|discontinu\w+|drop(?:ped)? out|miss(?:ed|ing)|cancel\w*|postpon\w+|delay\w*|"
        r"avoid\w*|refus\w+|declin\w+|gave up|los(?:t|e|s|ing))\b",
        _FLAGS,
    ),
    "names what helps": Pattern(
        r"\b(?:an?|one|another|the|main|key|important|major|strong|significant) (?:\w+ )?(?:facilitators?|enablers?|"
        r"motivators?|strengths?|assets?|advantages?) (?:\w+ )?(?:was|were|is|are|lies?|lay)\b|"
        r"\bas an? (?:\w+ )?(?:facilitator|enabler|motivator|strength|asset|advantage|source of (?:\w+ )?(?:comfort|"
        r"hope|support|strength|reassurance|motivation|learning))\b",
        _FLAGS,
    ),
    "explains": Pattern(
        r"\b(?:may|might|could|can|would) (?:also |well |partly |possibly |potentially |simply |just |in part )*"
        r"(?:be (?:\w+ly )?(?:due to|because|related|explained|attribut\w+|seen|a result|the result|a reason|linked|"
        r"associated|"
        r"interpreted|understood|viewed|perceived)\b|reflect|explain|account for|help (?:to )?(?:explain|account|"
        r"understand)|"
        r"indicate|imply|mean that|have (?!been (?:\w+ )?(?:helpful|useful|better|good|beneficial|nice|easier)\b)"
        r"(?:been|had|come|become|led|made|felt|\w+ed)\b)",
        _FLAGS,
    ),
    "may harm": Pattern(
        r"\b(?:may|might|can|could|would|will) (?:\w+ ){0,3}?(?:increase|lead to|cause|result in|contribute to|"
        r"raise|provoke|trigger|pose|add to|become|intensify|amplify|worsen|spread|develop) "
        rf"(?:[\w-]+ ){{0,5}}?{HARM}\b",
        _FLAGS,
    ),
}  # fmt: skip
"""Each turn of phrase by the name that reasons and weights use."""
