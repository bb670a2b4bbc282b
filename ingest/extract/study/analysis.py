"""Rules: how data were analysed, by whom, with which software, and on what grounds of theory."""

from ingest.extract.study.numbers import NUMBER
from ingest.extract.study.rules import Rule, rule

_REPORT = "methods abstract results"
_SORTED = (
    r"(?:revised|refined|merged|modified|collapsed|generated|developed|assigned|grouped|sorted|condens\w+|structured"
    r"|organi[sz]ed|mapped|linked|classified|clustered|categori[sz]ed|arranged|combined|agreed|reviewed|compared"
    r"|summari[sz]ed|labell?ed|defined)"
)
_INITIALS = r"(?-i:[A-Z](?:(?:\. ?|[-–])?[A-Z]){1,3}\.?)"
_TEAM = rf"{_INITIALS}(?:,? (?:and )?{_INITIALS})+"
_ANALYST = (
    r"(?:researchers?|investigators?|authors?|coders?|analysts?|reviewers?|raters?|(?:research )?assistants?"
    r"|members of the (?:research )?team"
    r"|team members?|research(?:er)? team|first author|second author)"
)

_ANALYSES = (
    ("interpretative phenomenological analysis", r"interpret(?:at)?ive phenomenological analysis"),
    (
        "thematic analysis",
        r"(?:reflexive |inductive |deductive )?thematic(?: content| framework| network| qualitative"
        r"| coding and)? analys[ie]s|thematically (?:by )?analy[sz]ed"
        r"|(?:analy[sz]ed|read|reviewed|coded)\b[^.;]{0,40} for (?:the )?identification of (?:\w+ ){0,2}themes"
        r"|analy[sz]ed (?:\w+ )?thematically|analysis was thematic|(?:inductive |deductive )?thematic approach"
        r"|analy[sz]ed\b[^.;]{0,60} (?:for|to (?:identify|find|derive|draw out)) (?:\w+ ){0,3}themes",
    ),
    (
        "content analysis",
        r"(?:qualitative |conventional |directed |summative |inductive |deductive |thematic )*content analys[ie]s"
        r"|content analytic\w*",
    ),
    ("framework analysis", r"framework (?:analys[ie]s|approach|method(?:s|ology)?)\b|\bframework \[\d+\] methods?"),
    ("constant comparison", r"constant(?:ly)?[- ]compar\w+"),
    ("open coding", r"(?:inductive(?:ly)? )?open[- ](?:cod(?:ing|ed|es?)|theoretical coding)"),
    ("axial coding", r"axial coding"),
    ("selective coding", r"selective coding"),
    ("focused coding", r"focus(?:s)?ed coding"),
    ("theoretical coding", r"theoretical coding"),
    ("line-by-line coding", r"line[- ]by[- ]line coding"),
    ("initial coding", r"(?:initial|descriptive|first[- ]cycle) coding"),
    ("interpretive coding", r"interpret(?:at)?ive coding|second[- ]cycle coding"),
    (
        "grounded theory",
        r"(?:analy\w+|techniques|coding|coded)[^.;]{0,60}grounded theory|grounded theory (?:analys[ie]s|techniques"
        r"|coding)",
    ),
    ("template analysis", r"template analys[ie]s"),
    ("narrative analysis", r"narrative analys[ie]s"),
    ("discourse analysis", r"discourse analys[ie]s|discursive analys[ie]s"),
    ("conversation analysis", r"conversation(?:al)? analys[ie]s"),
    (
        "phenomenological analysis",
        r"phenomenological(?:[- ]hermeneutic\w*)? analys[ie]s|analy[sz]ed[^.;]{0,40}phenomenolog\w+"
        r"|phenomenological method"
        r"|(?:Colaizzi|Giorgi|van Manen|Moustakas|Diekelmann)['’]?s?(?: [\w-]+){0,3}? (?:methods?|analysis|approach"
        r"|steps?|stages?|framework|procedure|technique|strategy)\b",
    ),
    ("systematic text condensation", r"systematic text condensation|meaning condensation"),
    ("coding", r"coded (?:using|according to|following|with) (?:\w+ ){0,3}(?:procedures?|techniques?|methods?)"),
    (
        "regression",
        r"(?:(?:uni|multi)(?:variable|variate)|logistic|linear|ordinal|least[- ]squares|Poisson|Cox|hierarchical"
        r"|mixed[- ]effects)"
        r"(?: (?:logistic|linear|binary|ordinal|proportional hazards?|mixed[- ]effects))? regressions?"
        r"(?: (?:models?|analys[ie]s|modell?ing))?",
    ),
    ("matrix analysis", r"\bmatri(?:x|ces)\b"),
    ("cross-case analysis", r"(?:cross|within)[- ]case analys[ie]s"),
    ("rapid analysis", r"rapid (?:qualitative )?analys[ie]s"),
    (
        "inductive analysis",
        r"(?:analy\w+|approach|coded|cod(?:es|ing)|themes?)[^.;]{0,40}\binductive(?:ly)?\b"
        r"|\binductive(?:ly)?\b[^.;]{0,40}(?:analy\w+|approach|cod(?:ed|es|ing)|themes?)",
    ),
    (
        "deductive analysis",
        r"(?:analy\w+|approach|coded|cod(?:es|ing)|themes?)[^.;]{0,40}\bdeductive(?:ly)?\b"
        r"|\bdeductive(?:ly)?\b[^.;]{0,40}(?:analy\w+|approach|cod(?:ed|es|ing)|themes?|identified)",
    ),
    ("triangulation", r"triangulat\w+"),
    (
        "member checking",
        r"member[- ]check\w*|respondent validation|participant validation|peer debriefing"
        r"|transcripts?\b(?:(?!\bnot\b)[^.;]){0,30} (?:sent|returned|given|offered|e?-?mailed"
        r"|shown)\b[^.;]{0,15} to [^.;]{0,30}"
        r"(?:participants?|interviewees?|respondents?|informants?)",
    ),
    (
        "double coding",
        r"(?:double|dual|parallel|independent)(?:ly)?[- ]cod(?:ed|ing)|independently (?:read|cod|analy|review"
        r"|rat)\w*[^.;]{0,30}|(?:read|coded|analy[sz]ed|reviewed|rated|examined)[^.;]{0,40} independently"
        rf"|(?:{_ANALYST}|{_TEAM})[^.;]{{0,20}} (?:read|coded|analy[sz]ed|reviewed|rated|examined)[^.;]{{0,40}}"
        r" (?:separately|individually)",
    ),
    (
        "iterative analysis",
        r"(?:preliminary|interim|concurrent|iterative|ongoing|simultaneous|continuous) (?:data )?analys[ie]s"
        r"|analys[ie]s\b[^.;]{0,60} (?:concurrent(?:ly)?|in parallel|alongside|iterative(?:ly)?|simultaneous(?:ly)?)"
        r"|iterative(?:ly)?\b[^.;]{0,30} (?:analy\w+|cod(?:ed|ing)|data collection)|iterative (?:analy\w+ |coding "
        r"|comparative )?(?:process"
        r"|cycles?|approach)"
        r"|(?:themes?|findings|insights|issues)[^.;]{0,60} (?:fed back|fed|incorporated|explored|followed up|tested)"
        r" (?:back )?(?:in(?:to)?|with) (?:the )?(?:later|subsequent|following|next|further|remaining)",
    ),
    ("inter-rater agreement", r"inter[- ]?(?:rater|coder)[- ](?:reliability|agreement)|\bcoder agreement\b|\bkappa\b"),
    ("frequency counts", r"(?:tallied|counted|calculated)[^.;]{0,20}\bfrequenc(?:y|ies)\b"),
    ("codebook", r"\bas a code ?book\b|code ?book for (?:the )?(?:qualitative )?analysis"),
    ("audit trail", r"audit trail"),
    ("reflexivity", r"reflexiv(?:e|ity)(?! (?:thematic|feedback|sessions?|meetings?))"),
    ("descriptive statistics", r"descriptive (?:statistics|analys[ie]s)"),
    ("deviant case analysis", r"(?:deviant|negative|disconfirming) cases?\b"),
)

_SOFTWARE = (
    ("NVivo", r"(?:QSR[ -]?)?N[- ]?Vivo"),
    ("Atlas.ti", r"Atlas[. -]?ti\b"),
    ("MAXQDA", r"MAX ?QDA"),
    ("Dedoose", r"Dedoose"),
    ("QDA Miner", r"QDA Miner"),
    ("QSR NUD*IST", r"NUD[*.]?IST"),
    ("HyperRESEARCH", r"HyperRESEARCH"),
    ("Transana", r"Transana"),
    ("f4analyse", r"f4 ?(?:analyse|software|transkript)"),
    ("Quirkos", r"Quirkos"),
    ("Taguette", r"Taguette"),
    ("RQDA", r"\bRQDA\b"),
    ("Ethnograph", r"(?-i:(?:The )?Ethnograph)\b"),
    ("QualCoder", r"QualCoder"),
    ("webQDA", r"webQDA"),
    ("Leximancer", r"Leximancer"),
    ("Express Scribe", r"Express Scribe"),
    ("Otter.ai", r"Otter\.ai"),
    ("REDCap", r"REDCap"),
    ("Stata", r"(?-i:Stata|STATA)\b"),
    ("SPSS", r"(?:IBM )?SPSS\b"),
    ("SAS", r"(?-i:SAS)\b(?= (?:\d|version|v\.?\d|software|institute|statistical))"),
    ("R", r"(?-i:\bR\b)(?: \(?(?:version|v\.?) ?\d[\d.]*| statistical software| software)"),
    ("Excel", r"(?:Microsoft |MS )?Excel\b"),
    ("MLwiN", r"MLwiN"),
    ("Mplus", r"Mplus"),
    ("LISREL", r"\bLISREL\b"),
    ("AMOS", r"(?-i:AMOS|Amos)\b(?= (?:\d|version|software))"),
    ("Epi Info", r"Epi[- ]?Info\b"),
    ("EpiData", r"Epi[- ]?Data\b"),
    ("Qualtrics", r"Qualtrics"),
)
_VERSION = (
    r"(?:®|™|\(R\))?(?:[ ,]*(?:\((?:version|v\.?|QSR|IBM|[A-Z][\w. ]*)[^()]{0,80}\)|(?:software|programme?"
    r"|package)?[ ,]*(?:version|v\.?|release)[ ]?\d+(?:\.\d+)*"
    r"|\d+(?:\.\d+)*\b(?! (?:participants|interviews))|,? an? [^.,;()]{0,40}(?:program(?:me)?|software|package|tool"
    r"|application)"
    r"|(?:statistical |qualitative |data |analysis |computer |analytic(?:al)? )*(?:software|programme?"
    r"|package)(?! (?:was|were))))*"
)

_THEORIES = (
    r"normali[sz]ation process theory|theoretical domains framework"
    r"|consolidated framework for implementation research|RE-AIM|COM-B|behaviou?r change wheel"
    r"|social (?:cognitive|learning) theory|protection motivation theory|theory of reasoned action"
    r"|transtheoretical model"
    r"|self[- ]determination theory|theory of planned behaviou?r|health belief model"
    r"|technology acceptance model|diffusion of innovations?"
    r"|candidacy|symbolic interactionism|social constructionis[mt]|critical realis[mt]|chronic care model"
    r"|activity theory|actor[- ]network theory|complexity theory"
    r"|pragmati(?:sm|st)|constructivis[mt]|interpretivis[mt]|post-?positivis[mt]|feminist theory"
    r"|i-?PARIHS|PARIHS|PRISM framework|normative theory|relational coordination"
)

ANALYSIS: tuple[Rule, ...] = (
    *(rule("analysis_method", source, value, "clause") for value, source in _ANALYSES),
    rule(
        "analysis_aim",
        r"\b(?:analys[ie]s|analy[sz]ed|coding|coded|codes)\b[^.;]{0,60}?\b(?P<v>(?:in order )?to (?:uncover|identify"
        r"|explore|understand|determine|develop|capture|generate|"
        r"elicit|describe|examine|derive|detect|produce|reveal) [^.;]{8,})",
        extent="match",
        near="analy cod",
    ),
    rule(
        "analysis_rounds",
        rf"(?:there were )?\b(?P<v>{NUMBER}) (?:\w+ ){{0,2}}?(?:rounds|iterations|cycles) of (?:\w+ )?(?:comparison"
        rf"|coding|analysis|review|discussion|reading|revision)"
        rf"[^.;(]{{0,60}}",
        where=_REPORT,
        near="round iteration cycle",
    ),
    rule(
        "coders",
        rf"(?<!by )(?<!by the )\b(?:(?:{NUMBER}|both|several|the (?:same )?{NUMBER}|individual|independent|the"
        rf"|a single) (?:\w+ ){{0,3}}?{_ANALYST}|{_TEAM})(?: \([^)]*\)|,? {_TEAM})?,? (?:\w+ ){{0,2}}?"
        r"(?:read|coded|analy[sz]ed|open coded|double[- ]coded|listened|(?:applied|reviewed|rated|developed|identified"
        r"|compared|assigned)\b(?=[^.;]{0,80}\b(?:cod(?:e|es|ed|ing)|codebook|themes?|thematic|categor\w+"
        r"|transcri\w+|data"
        r"|framework|analys[ei]s|recordings?|interviews?|segments?|texts?|findings|notes|responses|quot\w+)\b))\b"
        r"|\b(?:coded|analy[sz]ed|reviewed|rated|read|checked"
        rf"|(?:cod|analy)\w*[^.;]{{0,40}}\b(?:performed|conducted|carried out"
        rf"|undertaken))(?: \w+){{0,3}}? by (?:(?:the )?{NUMBER}|both|one|an?|the|a second|individual"
        rf"|all) (?:\w+ ){{0,3}}?{_ANALYST}"
        rf"|\b{_INITIALS} (?:\w+ly )?(?:coded|analy[sz]ed|read|open[- ]coded|double[- ]coded)\b"
        r"|\b(?:coding|analys[ie]s)\b[^.;]{0,60} (?:as a team|by the (?:\w+ )?team|jointly|collaboratively)\b",
        extent="clause",
        near="cod analy review read appli rated listened develop identif compar assign check undertaken perform "
        "conduct carried",
    ),
    rule(
        "coding_team",
        rf"\b(?:a |the )?(?:team|group) of (?:\w+ )?{_ANALYST} \({_INITIALS}(?:,? (?:and |& )?{_INITIALS})*\)",
        near="team group",
    ),
    rule(
        "coding_step",
        r"\b(?:code ?books?|code lists?|coding (?:frame(?:work)?|scheme|tree|list|structure|manual|guide|template)"
        r"|(?:initial|preliminary|emerging|open) codes|thematic framework)\b",
        extent="clause",
        near="cod theme thematic",
    ),
    rule(
        "coding_step",
        rf"\b{_SORTED}\b[^.;]{{0,40}}\b(?:codes|categor(?:y|ies)|meaning units|text units)\b"
        r"|\b(?:codes|categories|themes|subthemes|meaning units|text units|quotations|excerpts)"
        rf" (?:were|was)(?: then| also| subsequently)? (?:\w+ )?{_SORTED}\b"
        r"|\b(?:data|transcripts) were(?: then| also| subsequently)? (?:\w+ )?(?:organi[sz]ed|sorted|categori[sz]ed"
        r"|condensed|grouped|clustered|classified|mapped|indexed|charted)\b"
        r"|\b(?:the )?(?:final )?(?:set|list) of (?:\w+ )?(?:themes|categories|codes) (?:was|were)\b"
        r"|\b(?:reviewed|refined|merged|grouped|defined|named|generated|searched for) (?:\w+ ){0,2}themes\b",
        extent="clause",
        near="codes categor themes meaning",
    ),
    rule(
        "reconciliation",
        r"\b(?:discrepanc(?:y|ies)|disagreements?|differences|inconsistenc(?:y|ies)|divergen\w+"
        r"|disputes?)\b[^.;]{0,80}\b(?:resol\w+|reconcil\w+|discuss\w*|settled|clarif\w+|consensus)\b"
        r"|\b(?:resol(?:ved|ving)|reconcil(?:ed|ing)|discuss(?:ed|ing))\b[^.;]{0,40}\b(?:discrepanc(?:y|ies)"
        r"|disagreements?|differences|inconsistenc(?:y|ies))\b"
        r"|\b(?:reach(?:ed|ing)|until|by|through|came to|coming to|achiev\w+|agreed by) (?:a "
        r"|an )?(?:\w+ ){0,2}(?:consensus|agreement)\b",
        extent="clause",
    ),
    rule(
        "codebook_codes",
        r"\bcodes (?:include[d]?|were|comprised|consisted of) (?P<v>(?!(?:then |also |further "
        r"|\w+ly )*\w+ed\b)[^.;]{10,})",
        extent="match",
        where="methods abstract results table",
        near="codes",
    ),
    rule(
        "code_used",
        r"\b(?:only )?one of which \((?P<v>[^)]+)\)[^.;]{0,60}|\bthe code [“\"‘'](?P<w>[^”\"’']+)[”\"’']",
        near="code which",
    ),
    rule(
        "code_definition",
        r"\bthe code [“\"‘'][^”\"’']+[”\"’'] (?:captured|covered|included|referred to|was defined as|was applied to"
        r"|denoted) (?P<v>[^.;]+)",
        near="code",
    ),
    rule(
        "n_coded_examples",
        rf"\b(?:we |were )?(?:\w+ly )?(?:identified|included|yielded|coded|extracted|produced"
        rf"|generated) (?P<v>{NUMBER}) (?:\w+ )?(?:examples?|excerpts?|segments?|codes|quotations?|"
        r"meaning units|statements|instances|passages|mentions)\b(?: of| from| in| on)?[^.;()]{0,80}",
        where=_REPORT,
        near="example excerpt segment codes quot unit statement instance passage mention",
    ),
    rule(
        "n_coded_examples",
        rf"\b(?P<v>{NUMBER}) (?:examples?|excerpts?|segments?|quotations?|statements|instances|mentions) (?:from"
        rf"|by) (?:the )?[\w-]+(?: and {NUMBER} (?:from|by) (?:the )?[\w-]+)?",
        where=_REPORT,
        near="example excerpt segment codes quot unit statement instance passage mention",
    ),
    rule(
        "n_coded_examples",
        rf"(?:examples?|excerpts?|segments?|quotations?|statements|instances|mentions) (?:from"
        rf"|by) (?:the )?[\w-]+ and (?P<v>{NUMBER}) (?:from|by) (?:the )?[\w-]+",
        where=_REPORT,
        near="example excerpt segment codes quot unit statement instance passage mention",
    ),
    rule("coding_team", rf"(?:{_INITIALS}(?:,\s*|\s+)){{5,}}{_INITIALS}", where="methods"),
    rule(
        "definition",
        r"(?:[\w-]+ )?\((?:here )?defined as (?P<v>[^()]+)\)|\b(?:[\w-]+ ){1,4}(?:was|were|is"
        r"|are) (?:here )?defined as (?P<w>[^.;]+)",
        near="defined",
    ),
    *(
        rule(
            "software",
            rf"(?:\b(?:using|in|with|by|the|by use of) )?(?<![\w-]){name}{_VERSION}",
            value,
            where="methods abstract results table limitations",
        )
        for value, name in _SOFTWARE
    ),
    rule(
        "software_feature",
        rf"\b(?:the )?(?P<v>(?:\w+ ){{1,3}}(?:function|feature|tool|query|queries)) (?:of|in"
        rf"|within) (?:{'|'.join(name for _, name in _SOFTWARE[:8])})\b[^.;]{{0,60}}",
        near="function feature tool quer",
    ),
    rule("theory", rf"\b(?:{_THEORIES})\b", extent="clause", where="methods abstract background"),
    rule(
        "theory",
        r"\b(?:guided|informed|underpinned|framed|inspired) by (?:the "
        r"|an? )?(?P<v>(?!\w+ analys)(?:[A-Z\w’'-]+,? (?:and )?(?:\([A-Z]{2,8}\) )?){1,12}?"
        r"(?:framework|theor(?:y|ies)|model|perspective|methodology"
        r"|approach))\b",
        extent="clause",
        near="guided informed underpinned framed inspired",
    ),
    rule(
        "theory",
        r"\b(?:based|drew|drawing|draws|built) on (?:the )?(?P<v>(?-i:[A-Z])[\w’'-]+ "
        r"(?:[\w’'-]+,? (?:\([A-Z]{2,8}\) )?){0,6}?(?:framework|theory|triangle|(?-i:Model)|(?<=['’]s )models?)"
        r"(?: and \w+['’]s models?)?)\b(?! for\b)",
        extent="clause",
        where="methods abstract",
        near="based drew draw built",
    ),
    rule(
        "reporting_guideline",
        r"\b(?-i:COREQ|SRQR|CONSORT|STROBE|ENTREQ|GRIPP2?|TIDieR|StaRI|SPIRIT|RATS|GRAMMS)\b",
        extent="match",
        where="methods back other",
    ),
    rule(
        "quote_reporting_rule",
        r"\bquot(?:es?|ations?)\b[^.;]{0,80}\b(?:we )?(?:indicat\w+|identif(?:y|ied)|label\w+|mark\w*|denot\w+"
        r"|select\w+|present\w+|edited|illustrat\w+|chosen|italic\w*|attribut\w+)\b"
        r"[^.;]*|\b(?:exemplar|representative|illustrative|verbatim|direct) quot(?:es?"
        r"|ations?)\b[^.;]{0,60}\b(?:are|were"
        r"|is|was)\b[^.;]*",
        where="methods results",
        near="quot",
    ),
)
"""Rules for the analysis of a study."""
