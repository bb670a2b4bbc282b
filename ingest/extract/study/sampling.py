"""How papers say that they chose whom to ask."""

SAMPLINGS = (
    (
        "purposive sampling",
        r"purposive(?:ly)?\b|purposefully (?:[\w-]+ ){0,2}(?:sampl|select|recruit|chos|invit|identif|approach)\w+"
        r"|(?:sampled|selected|recruited|chosen) purposefully\b"
        r"|purposeful (?:[\w-]+ ){0,2}(?:sampl|select|recruit|strateg)\w+"
        r"|sampl\w+ (?:\w+ ){0,2}purposeful\b|judg[e]?mental sampl\w+",
    ),
    ("theoretical sampling", r"theoretical(?:ly)? sampl\w+"),
    ("quota sampling", r"quota (?:sampl\w+|frame)"),
    ("snowball sampling", r"snow-?ball(?:ing| sampl\w+| technique| method| recruit\w+| approach)?\b"),
    ("convenience sampling", r"convenience (?:sampl\w+|basis)|opportunistic(?:ally)? (?:sampl\w+|recruit\w+)"),
    (
        "maximum variation sampling",
        r"maxim(?:um|al)[- ](?:variation|variety|diversity|heterogeneity)|maximi[sz]e (?:the )?(?:variation"
        r"|diversity)",
    ),
    ("criterion sampling", r"criterion(?:-based)? sampl\w+"),
    (
        "stratified sampling",
        r"stratified (?:purposive |random )?sampl\w+|\bstratif(?:y|ied|ying|ication)\b(?! (?:cluster )?(?:randomi|by"
        r" site|block))[^.;]{0,30}\b(?:sampl\w+|groups?|participants?|informants?|interviewees|recruit\w*|select\w*)"
        r"|\b(?:sampl\w+|(?:focus )?groups|participants|recruitment)\b[^.;]{0,20}\bstratified\b",
    ),
    (
        "sampling for variation",
        r"(?:sampl\w+|select\w+|recruit\w+|approach\w+|invit\w+)\b[^.;]{0,90}\b(?:variation|variety|diversity|range"
        r"|spread|mix|breadth|balance|heterogeneity) (?:in|of|with regard|regarding|across|between|by|on)\b",
    ),
    ("strategic sampling", r"strategic(?:ally)? (?:sampl|recruit|select)\w+"),
    ("random sampling", r"random(?:ly)? (?:sampl\w+|select\w+|chosen|drawn)|simple random sample"),
    ("consecutive sampling", r"consecutive(?:ly)? sampl\w+|consecutive (?:patients|participants)"),
    ("homogeneous sampling", r"homogeneous sampl\w+"),
    ("non-probability sampling", r"non-?\s?probability (?:[\w-]+ )?sampl\w+"),
    ("census", r"(?:sampling frame|total population sampl\w+)"),
)
"""Name of a way to sample, and the source of a pattern for it."""
