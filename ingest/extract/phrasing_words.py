"""Words that turns of phrase are made of: what proposals do, and what tests of significance are about."""

BETTER = (
    r"(?:help|improve|address|reduce|facilitate|increase|support|provide|serve|assist|enable|enhance|lead to|allow|"
    r"incorporate|benefit|be used|be utili[sz]ed|promote|ensure|overcome|bridge|strengthen|minimi[sz]e|"
    r"be (?:\w+ )?(?:useful|"
    r"helpful|beneficial|sufficient|valuable|effective|needed|required|necessary|essential|crucial|important|"
    r"considered|"
    r"offered|held|given|made|developed|integrated|tailored|provided|encouraged)|include|contribute|make|"
    r"translate|be one|"
    r"need to|require|increase|offer|prevent|act as(?! (?:\w+ ){0,2}(?:barrier|deterrent|obstacle|"
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
    r"minimi[sz]ing|standardi[sz]ing|sharing|combining|making|bringing|adding|highlighting|coordinating)"
)
TESTED = r"differen\w+|associat\w+|correlat\w+|declin\w+|increas\w+|decreas\w+|reduc\w+|improv\w+|effects?|predict\w+"
"""What tests of significance are about."""
