"""Words that turns of phrase are made of: what proposals do, whose work is told of, what tests are about."""

BETTER = (
    r"(?:help|improve|address|reduce|facilitate|increase|support|provide|serve|assist|enable|enhance|lead to|allow|"
    r"incorporate|benefit|be used|be utili[sz]ed|promote|ensure|overcome|bridge|strengthen|minimi[sz]e|"
    r"be (?:\w+ )?(?:useful|"
    r"helpful|beneficial|sufficient|valuable|effective|needed|required|necessary|essential|crucial|important|"
    r"considered|"
    r"offered|held|given|made|developed|integrated|tailored|provided|encouraged)|include|contribute|make|"
    r"translate|be one|"
    r"need to|require|increase|offer|prevent|represent (?:\w+ ){1,2}(?:alternative|option|opportunity|solution|way)|"
    r"be (?:\w+ )?(?:advantageous|preferable|worthwhile|addressed by|"
    r"successful|realistic|appropriate)|go some way|"
    r"act as(?! (?:\w+ ){0,2}(?:barrier|deterrent|obstacle|"
    r"disincentive|hindrance))|bolster|create|foster|encourage|"
    r"also address|relieve)"
)
DO = (
    r"(?:ensure|provide|engage|design|target|schedule|obtain|offer|develop|establish|create|promote|train|"
    r"educate|include|"
    r"involve|integrate|improve|increase|encourage|identify|use|adopt|implement|support|consider|build|"
    r"strengthen|report|"
    r"effectively \w+|share|invest|allocate|assign|appoint|make|give|allow|adapt|tailor|reduce|address|facilitate)"
)
GERUND = (
    r"(?:ensuring|providing|engaging|designing|targeting|scheduling|obtaining|offering|developing|"
    r"establishing|creating|"
    r"promoting|training|educating|including|involving|integrating|improving|increasing|encouraging|using|adopting|"
    r"implementing|supporting|building|strengthening|investing|allocating|giving|allowing|adapting|tailoring|reducing|"
    r"addressing|facilitating|taking|having|conducting|avoiding|focusing|expanding|introducing|enhancing|clarifying|"
    r"minimi[sz]ing|standardi[sz]ing|sharing|combining|making|bringing|adding|highlighting|coordinating|communicating|"
    r"informing|listening|extending|outlining|recogni[sz]ing|acknowledging|monitoring|organi[sz]ing|linking|embedding|"
    r"tackling|removing|shortening|mentoring|supervising|distributing|equipping|recruiting|aligning|adjusting|"
    r"empowering|"
    r"preparing|planning|delivering|raising|optimi[sz]ing|streamlining|simplifying|maximi[sz]ing|prioriti[sz]ing)"
)
TESTED = r"differen\w+|associat\w+|correlat\w+|declin\w+|increas\w+|decreas\w+|reduc\w+|improv\w+|effects?|predict\w+"
"""What tests of significance are about."""
HARM = (
    r"(?:risks?|dangers?|harm\w*|deaths?|die|diseases?|illness\w*|sick\w*|ill|complications?|sensitiv\w+|vulnerab\w+|"
    r"stress\w*|anxi\w+|fears?|distress\w*|infections?|infect\w*|pain\w*|bleeding|mortality|morbidity|miscarr\w+|"
    r"depress\w+|problems?|difficult\w*|conflicts?|confusion|isolation|stigma\w*|mistrust|distrust|burdens?|workload|"
    r"costs|"
    r"dependen\w+|deficien\w+|errors?|mistakes?|delays?|inequ\w+|violence|abuse|damage\w*|losses|loss|worse|weaker|"
    r"tired\w*)"
)
"""What nobody wants to have more of."""
PEOPLE = (
    r"(?:\w+ ){0,4}?(?:participants?|patients?|respondents?|interviewees?|informants?|users?|clients?|women|men|"
    r"parents|mothers|families|carers|caregivers|nurses|doctors|physicians|GPs|clinicians|providers|professionals|"
    r"workers|staff|"
    r"members|stakeholders|many|some|most|several|them)\b"
)
"""Who took part, behind a word or a few of what they are."""
CAN_DO = (
    r"\b(?:should|must|could|can|might|may|would|will|needs? to|ought to|ha(?:s|ve) to|"
    r"(?:necessary|important|required|essential|crucial) to) (?:\w+ly |also |then |not |therefore )*"
    r"(?:improve|establish|create|develop|provide|implement|promote|enhance|expand|train|educate|involve|integrate|"
    r"offer|target|ensure|engage|address|include|strengthen|build|introduce|adopt|tailor|facilitate|encourage|"
    r"incorporate|schedule|design|inform|deliver|consider|allocate|invest|adapt|use|assign|coordinate|negotiate|foster|"
    r"empower|raise|overcome|bridge|streamline|clarify|prioriti[sz]e|support|help|assist|learn|give|make|take|have|"
    r"hold|run|set up|work|share|meet|discuss|plan|attend|be)\b"
)
"""What somebody or something can, may or should do: a proposal in any words."""
OTHER_WORK = (
    r"\b(?:an?|one|two|three|many) (?:[\w-]+ ){0,3}?(?:stud(?:y|ies)|trials?|RCTs?|reviews?|authors?)\b|"
    r"\b(?:another|several|numerous|recent|previous|earlier|prior|other) (?:[\w-]+ ){0,3}?"
    r"(?:stud(?:y|ies)|trials?|RCTs?|reviews?|authors?|reports?|surveys?)\b|"
    r"\b(?:has|have) (?:\w+ )?(?:been|also been|previously|recently) (?:\w+ )?(?:shown|found|suggested|highlighted|"
    r"recogni[sz]ed|reported|demonstrated|described|noted|identified|proposed|advocated|recommended|linked|associated|"
    r"argued|established)\b|"
    r"\bis (?:currently|being|now) (?:\w+ )?(?:evaluat|recogni[sz]|test|trial|develop|investigat)\w+|"
    r"\b(?:as|also) (?:seen |found |reported |noted |shown )?in (?:an?|the|other) (?:(?-i:[A-Z])\w+|stud(?:y|ies)|"
    r"countries)\b|\belsewhere\b|\bet al\b|\b(?:in|from|of|by) (?:the )?(?:[\w-]+ )?literature\b|"
    r"\b(?:(?:in (?:line|accordance|agreement|keeping)|consistent) with|similar(?:ly)? to)\b"
)
"""How authors tell of studies other than their own."""
