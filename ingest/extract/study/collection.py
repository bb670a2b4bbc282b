"""Rules: how data were collected, from whom by what sampling, and in what setting of law and money."""

from ingest.extract.study.numbers import NUMBER
from ingest.extract.study.rules import Rule, rule
from ingest.extract.study.sampling import SAMPLINGS

_ADJECTIVE = (
    r"(?:individual|in[- ]?depth|semi[- ]?structured|unstructured|structured|open[- ]ended|face[- ]to[- ]face"
    r"|telephone|phone"
    r"|video|online|web[- ]based|virtual|remote|qualitative|narrative|key[- ]informant|informant|group|dyadic|joint"
    r"|paired|couple"
    r"|follow[- ]up|baseline|endline|exit|cognitive|expert|ethnographic|personal|one[- ](?:to|on)[- ]one"
    r"|repeat(?:ed)?|serial"
    r"|longitudinal|audio[- ]?recorded|brief|exploratory|focused|stakeholder|guided|thematic|problem[- ]centred"
    r"|provider|patient"
    r"|participant|formal|informal|separate|further|additional|homogeneous|mixed|mini|asynchronous|multidisciplinary"
    r"|deep)"
)
_LIST = rf"(?:{_ADJECTIVE}(?:,? and |, | ))+"
INTERVIEWS = rf"{_LIST}interview(?:s|ing)?\b(?! (?:guide|schedule|protocol|question|topic|transcript|data))"
"""Source of a pattern for interviews with at least one word that says of what kind."""

FOCUS_GROUPS = (
    rf"(?:{_LIST})?focus[- ]?groups?(?! (?:guide|schedule|topic|transcript|data))(?: (?:interviews?"
    rf"|discussions?|sessions?|meetings?))?"
)
"""Source of a pattern for focus groups."""

_BEFORE = rf"(?:\b(?:we|to|and) (?:conducted|carried out|held|used|undertook|performed|conduct|use) )?(?:{NUMBER} )?"
_AFTER = (
    r"(?: were (?:conducted|carried out|held|undertaken|completed|performed)\b)?"
    r"(?: with (?:(?-i:[Nn]) ?= ?)?(?:[\w-]+ ){0,4}?(?:participants?|patients?|providers?|professionals?|clinicians?"
    r"|physicians?|nurses|(?-i:[A-Z]{2,5}s)|women|men|informants|staff|stakeholders|members)\b)?"
)
_SUBJECTS = r"(?:participants?|respondents?|patients|informants?|interviewees?|practices|clinics|sites|individuals)"
_FORM = r"(?:surveys?|questionnaires?|(?:evaluation|feedback|registration|assessment) forms?)"
_BASIS = r"(?:according to|based on|on the basis of)"
_MEETINGS = (
    r"(?:interviews?|focus[- ]?groups?(?: (?:interviews?|discussions?|sessions?))?|discussions?|sessions?"
    r"|conversations|workshops)"
)
_HELD = r"(?:conducted|carried out|held|undertaken|completed|performed|facilitated|moderated|led|done|run)"
_PEOPLE = (
    r"(?:researchers?|investigators?|authors?|interviewers?|moderators?|facilitators?|psychologists?|sociologists?"
    r"|anthropologists?"
    r"|nurses?|physicians?|doctors?|coordinators?|assistants?|fellows?|students?|scientists?|members?|staff|team)"
)
_ASKED = r"(?:participants|respondents|patients|informants|parents|care(?:give)?rs|nurses|doctors|staff|women|men|they)"
_REPORT = "methods abstract results"
_ANYWHERE = "methods abstract background results discussion limitations conclusions"

COLLECTION: tuple[Rule, ...] = (
    rule(
        "data_collection_method",
        rf"{_BEFORE}(?:individual )?semi[- ]?(?:structured|directed|directive) (?:{_LIST})?interviews?\b"
        rf"(?! (?:guide|schedule|protocol))(?:[^.;()]{{0,12}}? and (?:{NUMBER} )?{FOCUS_GROUPS})?{_AFTER}",
        "semi-structured interview",
        near="structured directed directive",
    ),
    rule(
        "data_collection_method",
        rf"{_BEFORE}(?:{_LIST})?in[- ]?depth,? (?:{_LIST})?(?:and focus[- ]group )?interviews?\b"
        rf"(?! (?:guide|schedule|protocol)){_AFTER}",
        "in-depth interview",
        near="depth",
    ),
    rule("data_collection_method", rf"{_BEFORE}{FOCUS_GROUPS}{_AFTER}", "focus group", near="focus"),
    rule(
        "data_collection_method",
        rf"(?:{NUMBER} )?(?:{_LIST})?(?:tele)?phone (?:{_LIST})?interviews?\b",
        "telephone interview",
        near="phone",
    ),
    rule("data_collection_method", r"key[- ]informant interviews?\b", "key informant interview"),
    rule(
        "data_collection_method",
        r"(?<!focus )(?<!focus-)(?:group interviews?|dyadic interviews?|joint interviews?)\b",
        "group interview",
    ),
    rule(
        "data_collection_method",
        rf"(?:{NUMBER} )(?!{_ADJECTIVE})(?:\w+ )?interviews?\b(?= (?:were|with)\b)"
        rf"|\bdata (?:was|were) (?:\w+ )?(?:gathered|collected|obtained|generated) (?:through|using|via|by|from|with"
        rf"|in) (?:[^.;]{{3,90}}(?:,|and) )?(?:(?!focus|group|analy)[\w-]+ ){{0,3}}interviews?\b"
        rf"|\binterviews (?:were )?(?:{_HELD}|used)|\bqualitative interviews with (?:[\w-]+ ){{1,5}}were {_HELD}"
        rf"|\b(?:conducted|carried out|held|undertook|completed) (?:[^.;]{{0,60}}(?:,|and) )?(?:{NUMBER} )?(?:(?!focus"
        rf"|group)\w+ ){{0,2}}interviews?\b"
        rf"|\b{_ASKED} (?:were|was) (?:(?:all|also|then|each) )?interviewed\b|\b(?:we|researchers?) interviewed\b",
        "interview",
        near="interview",
    ),
    rule(
        "data_collection_method",
        r"\b(?:participant |non[- ]?participant |direct |naturalistic |unstructured |structured |ethnographic "
        r"|field )observations?\b|\bobservational (?:data|methods?|field)"
        r"|\bobservations? of (?:the )?\w+|\bfield ?work\b(?! (?:teams?|staff))",
        "observation",
    ),
    rule("data_collection_method", r"\bfield ?notes\b", "field notes"),
    rule(
        "data_collection_method",
        r"\b(?:document(?:ary)?|case[- ]note|medical record|chart) (?:review|analysis|audit)\b",
        "document review",
    ),
    rule(
        "data_collection_method",
        r"\b(?:administered|complet(?:e|ed|ing)|fill(?:ed|ing)? (?:in|out)|distributed|mailed|posted|sent|collected"
        r"|conducted|through|using|via|by|with)"
        rf" (?:an? |the |self[- ]administered |administered |[\w-]+ ){{0,4}}?{_FORM}\b"
        rf"|\b(?:online|postal|web[- ]based|written|electronic|self[- ]administered) (?:[\w-]+ ){{0,2}}?{_FORM}\b"
        rf"|\b{_FORM}\b[^.;]{{0,60}} (?:completed|answered|filled (?:in|out)) by\b"
        rf"|\b{_FORM} (?:(?:was|were) )?(?:also )?(?:administered|fielded|distributed|completed|filled|mailed|posted"
        r"|sent|handed|issued|undertaken)\b"
        r"|\ban? (?:[\w-]+ )?(?:and an? (?:[\w-]+ )?)?(?:baseline|endline|follow[- ]up|pre|post) survey\b",
        "survey",
        "clause",
        near="survey questionnaire form",
    ),
    rule(
        "data_collection_method",
        rf"\b{NUMBER} (?:[\w-]+ ){{0,4}}?workshops?\b|\bworkshops? (?:were |was )?{_HELD}\b"
        rf"|\b{_HELD} (?:\w+ ){{0,3}}workshops?\b",
        "workshop",
        near="workshop",
    ),
    rule("data_collection_method", r"\b(?:audio|video|patient|written|daily)[- ]diar(?:y|ies)\b", "diary"),
    rule("data_collection_method", r"\binformal (?:conversation|discussion|interview)s?\b", "informal conversation"),
    rule(
        "data_collection_method",
        r"\b(?:an? |the |one |two |optional |additional )*(?:free|open)[- ](?:text|ended) (?:\w+ )?"
        r"(?:questions?|items?|comments?|fields?|response items?|box(?:es)?)\b",
        "free-text questions",
        near="text ended",
    ),
    rule(
        "data_collection_method",
        r"\b(?:notes|(?:meeting )?minutes|e-?mails|memos|documents|records|journals|diaries|logs|proformas?"
        r"|(?:written|additional|free[- ]text|open|oral|further) (?:comments|responses|feedback|reflections))\b"
        r"[^.;]{0,80}?\b(?:were|was) (?:also )?(?:included|used|analy[sz]ed|collected|reviewed|kept|recorded|taken"
        r"|completed|gathered|obtained|noted|written (?:down|up))\b"
        r"|\b(?:took|taking|kept|keeping|wrote|made) (?:\w+ ){0,2}?(?:notes|minutes|memos)\b",
        "documents and notes",
        "clause",
        near="notes minutes mail memos documents records journals diar logs forma comment response feedback reflection",
    ),
    rule(
        "data_collection_format",
        rf"\b(?:interviewed|met|held|conducted|organi[sz]ed|convened|{_MEETINGS})\b[^.;]{{0,60}}?\b(?:in|as|into)"
        r" (?:separate|mixed|homogen\w+|heterogen\w+|uniprofessional|multiprofessional|profession\w*)"
        r" (?:[\w-]+ ){0,2}?(?:groups?|sessions?|interviews?|meetings?)\b"
        r"|\binterviewed (?:individually|separately|together|jointly|alone|in pairs|in (?:an? )?(?:\w+ )?groups?"
        r"|one[- ](?:to|on)[- ]one)\b",
        extent="clause",
        near="interview met held conducted organi convened focus discussion session workshop conversation",
    ),
    rule(
        "interview_duration",
        r"\b(?:last(?:ed|ing)|took(?! place)|taking|duration|length|ranged|ranging|averag\w+|median|mean)\b[^.;]{0,60}?"
        r"\b\d+(?:\.\d+)?(?: ?(?:[-–—]|to|and) ?\d+(?:\.\d+)?)? ?(?:min(?:ute)?s?\b|hours?\b|h\b)",
        extent="clause",
        where=_REPORT,
        near="min hour",
    ),
    rule(
        "interview_duration",
        rf"(?<![\d.])(?<!within )\b{NUMBER}(?: ?(?:[-–—]|to|and) ?{NUMBER})?[- ](?:min(?:ute)?s?"
        rf"|hours?)[- ](?!of\b|after\b|before\b)(?:(?!and\b|or\b|per\b)\w+[- ]){{0,3}}{_MEETINGS}",
        where=_REPORT,
        near="min hour",
    ),
    rule(
        "interview_duration",
        rf"\b(?:interviews?|focus[- ]?groups?|discussions)\b[^.;]{{0,60}}?"
        rf"\b(?:last(?:ed|ing)?|took(?! place)|averag\w+)\b[^.;]{{0,30}}?"
        rf"\b(?:{NUMBER}|an?|half an)(?: (?:and a half|to {NUMBER}))? (?:minutes|hours?)\b(?: in length| long)?",
        extent="clause",
        where=_REPORT,
        near="minute hour",
    ),
    rule(
        "interview_mode",
        rf"\b(?:{_MEETINGS}|interviewed)\b[^.;]{{0,70}}?\b(?:by|via|over the|on the|through|using) (?:tele)?phone\b",
        "by telephone",
        "clause",
        near="phone",
    ),
    rule(
        "interview_mode",
        rf"\b{_MEETINGS}\b[^.;]{{0,90}}?\b(?:in person|face[- ]to[- ]face)\b"
        rf"|\bface[- ]to[- ]face (?:[\w-]+ ){{0,4}}interview(?:s|ing)?\b",
        "in person",
        "clause",
        near="person face",
    ),
    rule(
        "interview_mode",
        rf"\b{_MEETINGS}\b[^.;]{{0,90}}?\b(?:online|zoom|skype|microsoft teams|video ?conferenc\w+|video call)\b",
        "online",
        "clause",
        near="online zoom skype teams video",
    ),
    rule(
        "interview_mode",
        rf"\b{_MEETINGS}\b[^.;]{{0,60}}?\b(?:at|in) (?:the |a |an |their |his or her )?(?:participants?['’]?s? "
        rf"|patients?['’]? |own |"
        r"private |quiet |health(?:care)? |researcher['’]?s? |interviewer['’]?s? )*(?:homes?|offices?|workplaces?"
        r"|clinics?|practices?|cent(?:er|re)s?|hospitals?|place|locations?|rooms?|"
        r"venue|meeting rooms?|cafes?)\b",
        extent="clause",
        near="interview focus",
    ),
    rule(
        "recording",
        r"\b(?:audio|digital(?:ly)?|video|tape)[- ]?(?:record|tap)(?:ed|ings?)\b"
        r"|,? recorded,? (?:and )?(?:then )?transcribed"
        r"|\b(?:interviews?|focus groups?|conversations)\b[^.;]{0,60}?\b(?:were|was|are|be)(?: also"
        r"| all)? (?:digitally "
        r"|electronically )?recorded\b",
        extent="clause",
        near="record taped",
    ),
    rule(
        "transcription",
        r"\btranscri(?:bed|ptions?)\b[^.;]{0,60}?\b(?:verbatim|professional(?:ly)?|by an? |by the |in full"
        r"|word[- ]for[- ]word|service|company)"
        r"|\b(?:professional(?:ly)?|verbatim|fully)[- ]transcri(?:bed|ptions?|pts?)"
        rf"|\b(?:{_MEETINGS}|recordings?|recorded|audiotapes?)\b[^.;]{{0,80}}\btranscribed\b",
        extent="clause",
    ),
    rule("translation", r"\btranslated (?:\w+ ){0,3}?(?:in)?to \w+|\bback[- ]translat\w+", extent="clause"),
    rule(
        "interviewer",
        rf"\b(?:{_PEOPLE}\b|\((?-i:[A-Z]{{2,4}}(?:,? (?:and )?[A-Z]{{2,4}})*)\))[^.;]{{0,140}}?"
        rf"(?:conducted|\b(?:carried out|moderated|performed|facilitated|led|undertook"
        rf"|interviewed))\s+(?:\w+[- ]){{0,4}}?(?:{_MEETINGS}|participants|patients)\b"
        rf"|\b{_MEETINGS} (?:were |was )?(?:all )?{_HELD}(?: \w+){{0,5}}? by (?!(?:tele)?phone|video"
        rf"|means)[^.;]{{3,90}}"
        rf"|\b{_MEETINGS}[^.;]{{0,30}}\bconducted by (?!(?:tele)?phone|video|means)[^.;]{{3,90}}"
        r"|\b(?:attended|was moderator for|moderated) (?:each|all|the|every|\w+) (?:\w+ )?(?:interviews?"
        r"|focus groups?)",
        extent="clause",
        near="interview focus",
    ),
    rule(
        "interview_guide",
        rf"\b{_MEETINGS} (?:were|was) (?:guided|led|directed|structured) by (?:an? |the )?[^.;]{{3,80}}"
        r"|\bquestion(?:ing)? routes?\b"
        r"|(?!(?-i:Interview (?:Schedule|Protocol)))\b(?:interview|topic|discussion|question|focus[- ]group|moderator"
        r"|semi[- ]?structured) (?:guides?"
        r"|schedules?|protocols?|script)\b",
        extent="clause",
        near="guide schedule protocol script route led directed structured",
    ),
    rule(
        "interview_topics",
        r"\b(?:interview|focus|discuss|guide|question|topic|theme|issue|ask)\w*[^:.]{0,160}?\b(?:about|on|regarding"
        r"|covered|covering|included|including|discussed were) the following[^:.]{0,40}: ?"
        r"(?P<v>[^.]*(?:\.e\.,?[^.]*)*)",
        near="following",
    ),
    rule(
        "interview_topics",
        r"\b(?:key |main |the )*(?:areas|topics|issues|domains|themes|questions) (?:that were )?(?:explored|covered"
        r"|discussed|addressed|asked)(?: in the \w+)? (?:were|included|comprised|concerned) (?P<v>(?!not |also "
        r"|then )[^.;]{10,})",
        near="explored covered discussed addressed asked",
    ),
    rule(
        "data_collection_timing",
        rf"\b(?:{_MEETINGS}|interviewed|interview)\b[^.;]{{0,60}}?\b(?:{NUMBER}|a few|several)(?:[-–—]{NUMBER}| to"
        rf" {NUMBER})? (?:days?|weeks?|months?|years?) (?:after|before|post|following|prior to)\b",
        extent="clause",
        where=_REPORT,
        near="after before post following prior",
    ),
    rule(
        "interview_topics",
        rf"\b(?:guides?|schedules?|questions|{_MEETINGS})\b[^.;]{{0,50}}?\b(?:covered|covering|explored|addressed"
        rf"|focus(?:s?ed|ing)? on|asked about|"
        r"consisted of (?:open[- ]ended )?questions|contained questions|elicited)\b(?P<v>[^.;]{10,})",
        extent="clause",
        near="guide schedule question interview focus discussion session",
    ),
    rule(
        "interview_topics",
        r"\b(?:participants?|patients?|respondents?|interviewees?|providers?|informants?|they"
        r"|we)\b[^.;]{0,25}\b(?:were asked|asked (?:them|participants|respondents))"
        r" (?:about|to (?:describe|reflect|discuss|share|talk|comment|explain|recount))(?P<v>[^.;]{10,})",
        extent="clause",
        near="asked",
    ),
    rule(
        "sample",
        r"\b(?:an?|the|our) (?:[\w-]+ ){0,3}sample of (?!(?:the |our |study )*(?:participants|people|respondents)\b)"
        r"(?:[\w-]+ ){0,4}?(?:participants?|patients?|providers?"
        r"|professionals?|clinicians?|physicians?|doctors|nurses|(?-i:[A-Z]{2,5}s)|women|men|adults|informants|staff|"
        r"stakeholders|members|\w+ists|\w+ers|\w+ors|people)\b",
        near="sample",
    ),
    rule(
        "participant_group",
        r"\b(?:participants|respondents|interviewees|informants|the sample|our sample|groups) (?:included"
        r"|comprised|consisted of|was composed of|was made up of) "
        r"(?P<v>[^.;:]{5,200})",
        near="participants respondents interviewees informants sample groups",
    ),
    *(rule("sampling_method", source, value, "clause", _ANYWHERE) for value, source in SAMPLINGS),
    rule(
        "saturation",
        r"(?<!oxygen )(?<!O2 )(?<!arterial )(?<!blood )(?<!transferrin )(?<!haemoglobin )(?<!hemoglobin )"
        r"\b(?:theoretical |data |thematic |information )?saturation\b(?! (?:of oxygen|index|level|transfer))"
        r"|\binformation power\b|\bno (?:new|further"
        r"|additional) (?:themes?|information|data|"
        r"insights|concepts|ideas)\b[^.;]{0,40}\b(?:emerg|obtain|identif|aris|arose|found|reveal|appear)\w*",
        extent="clause",
        where=_REPORT,
        near="saturation power new further additional",
    ),
    rule(
        "eligibility",
        r"\beligibility (?:criteri\w+|requirements?|was|were|included|for (?:the|this) (?:study|trial))"
        r"|\b(?:were|was|are|be|is|those) (?:\w+ )?eligible\b(?! for (?:free|a |school))"
        r"|\beligible (?:to participate|for (?:the |this )?(?:study|trial|interview|inclusion|participation)"
        r"|participants|patients|if)\b"
        r"|\b(?:inclusion|exclusion|selection) criteri(?:a|on)\b"
        rf"|\bwere (?:included|excluded) if\b|\b{_SUBJECTS}\b[^.;]{{0,60}}?\b(?:identified|selected"
        rf"|chosen)[^.;]{{0,20}}\b{_BASIS}\b"
        rf"|\b(?:identified|selected) (?:\w+ ){{0,2}}{_SUBJECTS}[^.;]{{0,20}}\b{_BASIS}\b",
        extent="clause",
    ),
    rule("recruitment", r"\b(?:recruited|(?:were|was) invited (?:to|by))\b", extent="clause"),
    rule(
        "recruitment",
        r"\b(?<!after )(?<!before )(?<!since )(?<!of )(?<!from )(?<!at )recruitment (?!in |periods?|sites?"
        r"|process|phase)\w+"
        r"|\brecruiting \w+|\b(?:invitation|introductory|recruitment) (?:letters?|e-?mails?|packs?)\b|\badvertis(?:ed"
        r"|ements?|ing)\b|\bfl[iy]ers\b"
        r"|\b(?:were|was) (?:then |also )?(?:contacted|telephoned|approached)\b",
        extent="clause",
        where="methods",
    ),
    rule(
        "ethics",
        r"\bethic(?:s|al)(?:ly)? (?:\w+ )?(?:approval|approved|clearance|permission|review|opinion)\b|\bapprov(?:ed"
        r"|al) (?:by"
        r"|from|was)[^.;]{0,120}\b(?:committee|board|irb|ethics)s?\b"
        r"|\b(?:institutional review|ethics(?: review)?|ethical(?: review)?) (?:board|committee|council)s?\b[^.;]{0,80}"
        r"\b(?:approv\w+|waived|assessed|granted|exempted)\b"
        r"|\breviewed (?:and \w+ )?by (?:the |an? |our )?[^.;]{0,80}\b(?:ethics|ethical|review) (?:\w+ )?"
        r"(?:committee|board)\b"
        r"|\b(?-i:IRB|REB|HREC|REC) (?:approv\w+|clearance|permission|protocol|exempt\w+|review)\b"
        r"|\b(?:exempt\w*|approval) (?:\w+ ){0,2}(?:from|by) (?:the |an? |our )?(?:\w+ ){0,3}?(?-i:IRB|REB|HREC)\b",
        extent="clause",
        where="methods back abstract other",
        near="ethic approv board committee irb reb hrec rec",
    ),
    rule(
        "consent",
        r"\bconsent\b(?! (?:for|to) publi)[^.;]{0,60}\b(?:obtained|given|taken|sought|provided|signed|collected|waived"
        r"|received)\b"
        r"|\b(?:gave|giving|given|provid\w+|obtain\w*|sign\w*|sought|tak\w+|took|collect\w+|complet\w+|with|after)"
        r"(?: \w+['’]?){0,5} consent\b(?! process| form \w+ing| (?:for|to) publi)|\bconsented (?:to|in)\b",
        extent="clause",
        where="methods back",
        near="consent",
    ),
    rule(
        "funding",
        r"\b(?:study|work|research|project|trial|evaluation|analysis|authors?|fellowship|manuscript|paper"
        r"|publication)\b[^.;]{0,40}?"
        r"\b(?:was|were|is|are|has been) (?:\w+ )?(?:funded|financed|(?:financially )?supported) (?:by|through"
        r"|from)\b"
        r"|\b(?:funded|financed) by\b|\bfund(?:ing|s) (?:was|were|is|for this)[^.;]{0,30}(?:provided|received"
        r"|obtained|from)\b"
        r"|\b(?:grant|award|contract) (?:number|no\.?|nos?\.?|id)\b",
        extent="clause",
        where="back methods other",
        near="fund support grant award contract financ",
    ),
    rule(
        "incentive",
        r"\b(?:received|gave|given|offered|paid|provided(?: with)?|compensated|remunerated"
        r"|reimbursed)\b[^.;]{0,50}(?:vouchers?|gift ?cards?|honorari(?:a|um)|[$£€] ?\d+|(?:for|their) (?:time"
        r"|participation|travel|expenses)|incentives?)"
        r"[^.;]{0,60}",
        extent="clause",
        where="methods",
        near="receiv giv gave offer paid provid compens remunerat reimburs",
    ),
)
"""Rules for the conduct of a study up to its data."""
