"""The cue words, group by group: entries parted by commas; a star stands for any ending of a word.

The groups are what reviewers' hand searching and the usual frameworks of determinants look for: what is missing,
what is feared, what costs time or money, who does not know, who does not want, what is not clear; what eases, helps,
is valued; and how people put a proposal.
"""

HINDERING: dict[str, str] = {
    "named": """
        barrier*, obstacle*, hindrance*, hinder*, imped*, challeng*, difficult*, problem*, hurdle*, hamper*, inhibit*,
        prevented, prevents, deter, deters, deterred, deterrent*, constrain*, drawback*, disadvantage*, downside*,
        obstruct*, stumbling block*, shortcoming*, threat*, bottleneck*, complicat*, trouble, struggl*, issue*,
        stood in the way, come in the way, get in the way, weakness*""",
    "concern": """
        concern, concerns, concerned about, concerned that, were concerned, worr*, fear, fears, feared, fearful,
        fearing, afraid, anxi*, apprehens*, uneas*, scared, nervous*, uncomfortable, uncomfortably, not comfortable, put
        off, off putting, embarrass*, asham*, shame, stigma*, discriminat*, panic, intimidat*, daunting, awkward*,
        dread*""",
    "frustration": """
        frustrat*, annoy*, irritat*, anger, angry, upset, upsetting, disappoint*, dissatisf*, unhappy, resent*,
        humiliat*, demotivat*, demoralis*, demoraliz*, discourag*, dislike*, complain*, distress*, hopeless*, helpless*,
        disrespect*, indifferen*, negative attitude*, commented negatively, not happy, hate, hated, isolat*, lonely,
        alienat*, boring, tedious, undervalued, not valued, unsupported, patronis*, patroniz*, disempower*, left out,
        ignored, dismissed, overlooked""",
    "lack": """
        lack, lacks, lacked, lacking, absence, absent, shortage*, scarc*, insufficien*, inadequa*, limited, limits,
        limitation of, limiting, deficit*, deficien*, unavailab*, inaccessib*, missing, gap, gaps, minimal, sparse,
        restrict*, not enough, too few, too little, not sufficient, not available, no access, no time, no support, not
        adequate*, understaff*, short of, fell short, never had, no formal, no clear, no one, nobody, without any, poor
        access, little access, yet to be, decreased, shrinking, diminish*, less access, loss of, little or no, scant*,
        hardly any, hardly anyone, ill equipped, not equipped, unequipped, under resourced, underresourced, underfund*,
        underdevelop*, not qualified, unqualified, untrained, outdated, not established, unestablished, no established,
        superficial*, simplistic, incomplete*, unmet, no training, no opportunit*, little support, little knowledge,
        little training, little information, little experience, not provided, not offered, not covered, never received,
        out of stock, no guidance""",
    "cannot": """
        unable, inability, cannot, can't, couldn't, could not, can not, not able, wasn't able, weren't able, hard to,
        hard for, hard time, fail, failed, fails, failing, failure*, impossible, impractical, unfeasible, not feasible,
        not possible, out of reach, may not be able, prevented from, powerless, unworkable, not practical, impracticab*,
        preclude, precludes, precluded, prohibits, prohibited, unattainable, unachievable""",
    "unclear": """
        unclear*, uncertain*, unsure, not sure, confus*, ambigu*, vague*, not clear, not clearly, misunderst*,
        mispercep*, misperceiv*, misconcep*, mistaken*, conflicting, inconsisten*, contradict*, unrealistic*, not
        understand, not understood, blurred, ill defined, poorly defined, differing interpretation*, different
        interpretation*, mislead*, inaccura*, misinterpret*, unpredictab*, not obvious""",
    "unaware": """
        unaware*, not aware, not know, don't know, didn't know, doesn't know, did not know, does not know, do not know,
        no idea, ignoran*, misinform*, unfamiliar*, not familiar, unknown, forgot, forget, forgetting, forgotten, lack
        of knowledge, lack of awareness, limited knowledge, limited awareness, low awareness, not informed, weren't
        told, never told, inexperienc*, not seem to be aware, not seem to know, not convinced, unconvinced, unprepared,
        ill prepared, not prepared, not trained, lack of training, unskilled, not confident, low confidence, lack of
        confidence, not competent, incompeten*, illitera*""",
    "unwilling": """
        reluctan*, resist*, hesitan*, unwilling*, not want, don't want, didn't want, doesn't want, refus*, declin*,
        avoid*, oppos*, skeptic*, sceptic*, doubt*, distrust*, mistrust*, not trust, did not believe, didn't believe,
        don't believe, not believe, suspicio*, disengag*, uninterest*, not interested, turned down, rejected, rejection,
        unmotivated, not motivated, not happy to, disinclin*, defensive*, not priorit*, not a priority, not seen as, low
        priority, reservations, ambivalen*, apath*, complacen*, dismissive, unenthusias*, prejudic*, disregard*,
        uncooperative, unreceptive""",
    "burden": """
        burden*, workload*, overload*, overwhelm*, busy, pressure*, time consuming, demanding, demands, swamp*, stress,
        stressed, stressful, stresses, tired, tiring, exhaust*, onerous, labor intensive, labour intensive, cumbersome,
        laborious, hassle*, too much, too many, too long, too complex, complexit*, bureaucra*, extra work, additional
        work, extra task*, additional task*, paperwork, double documentation, heavy, intrusive, too short, too large,
        too big, too difficult, intensive, competing demand*, competing priorit*, outweigh*, overburden*, strain*,
        overwork*, burnout, burnt out, burned out, burning out, overstretch*, hectic, lengthy, repetitive, draining,
        inconvenien*, troublesome, hard work, unmanageable, rushed, juggl*""",
    "time": """
        lack of time, limited time, enough time, time constraint*, time restraint*, time pressure*, time limitation*,
        limitation of time, time conflict*, took longer, takes longer, time restrict*, take time, takes time, took time,
        short on time, shortage of time, time commitment*, don't have time, not have time, did not have time, have the
        time, more time, time off, no time, lack of free time""",
    "delay": """
        delay*, waiting, wait time*, wait list*, long wait*, too late, slow, slowly, slower, cancel*, reschedul*,
        missed, postpone*, backlog*, prolong*, took months, took years, interrupt*, late, lag, lags""",
    "money": """
        cost, costs, costly, expens*, afford, affordability, unaffordable, fund, funds, funding, financ*, payment*,
        reimburs*, remunerat*, rebate*, insurance, poverty, low income, unemploy*, billing, fee, fees, poor pay, money,
        economic, incentive*, prohibitive*, low wage*, pricey, prices, out of pocket, unpaid, uninsured, unfunded,
        underpaid, budget*""",
    "access": """
        transport*, travel*, distance*, far away, parking, housing, homeless*, childcare, child care, rural, remote,
        geograph*, language barrier*, literacy, space, rooms, infrastruct*, poor road*, bad road*, connectivity,
        internet access, electricity, private space, privacy""",
    "conflict": """
        conflict, conflicts, disagree*, tension*, compete, competes, competing, competition, competitive*, interfer*,
        disrupt*, clash*, hostil*, rival*, territor*, hierarch*, paternalis*, authority over, gatekeep*, limited
        autonomy, power, blame*, criticis*, criticiz*, judgmental, judgemental, at odds, contradictory, mismatch*,
        misalign*, scope of practice, legal, regulation*, inequal*, unequal*, inequit*, imbalance*, friction, discord,
        disput*, antagonis*, turf, domina*, arrogan*, rude, rudeness, unprofessional*, racis*""",
    "fragment": """
        fragment*, silo*, piecemeal, disjoint*, uncoordinated, not integrated, incompatib*, duplicat*, turnover, poor
        communication, breakdown*, not routed, not communicat*, lost to, switched, reorganis*, reorganiz*, restructur*,
        miscommunicat*, discontinuit*, incoordination, staff change*, get switched, are changed, got switched, not
        shared, disconnect*, little coordination, poor coordination, inadequate documentation, instabil*, unstable,
        vacan*, understaffing, redundan*, lack of continuity, no continuity""",
    "worse": """
        worse*, deteriorat*, loss, losses, lose, losing, lost, suffer*, harm*, risky, at risk of, wrong*, bad, badly,
        negative*, adverse*, side effect*, unsafe, danger*, ineffective*, unsuccessful*, poor, poorly, lower than, less
        than expected, undermin*, jeopard*, compromis*, weaker, hinder*, underutili*, underus*, under use*, delayed,
        untreated, relapse*, crisis, crises, worst, unnecessar*, inappropriate*, unhelpful, useless, waste*, low,
        unfair*, not effective, not helpful, vulnerab*, pessimis*, unreliable, exacerbat*, aggravat*, intensified,
        intensifies, intensify, intensifying, amplif*, weakened, weakening, erod*, detriment*, damag*, reduced their,
        reduces their, less likely, less able, unlikely, neglect*, reduced access, reduced motivation, difficulty in,
        irrelevan*, not relevant, impersonal, unsuitab*, not suitable, unacceptab*, suboptimal, not optimal, not
        appropriate, inefficien*, insensitiv*, detract*, counterproductive, unappealing, little use, no use, little
        benefit, no benefit, little value, not useful""",
    "stopping": """
        stopped, stop, stopping, discontinu*, drop out, dropped out, dropout*, dropping out, withdrew, withdrawal, quit,
        gave up, give up, giving up, nonadheren*, non adheren*, noncomplian*, non complian*, nonattend*, non attend*,
        non participation, attrition, left the, never checked, no longer, skipped, skip, low uptake, poor uptake, low
        attendance, poor attendance, poor adherence, low participation, not used, unused""",
    "priority": """
        priority, priorities, prioriti*, more important than, other commitments, commitments, competing, outweighed""",
}
"""Groups that hint at a barrier."""

HELPING: dict[str, str] = {
    "aiding": """
        facilitat*, enabl*, enabler*, promot*, assist, assisted, assists, assisting, allowed, allows, allowing, lowered
        the threshold, driver*, motivat*, prompted, encourag*, empower*, foster*, drive, contributed to, inspir*,
        stimulat*, incentivi*, reinforc*""",
    "helping": """
        help, helps, helped, helpful, helping, support, supports, supported, supportive, supporting, useful, usefulness,
        beneficial, benefit, benefits, benefited, benefitted, advantage*, success*, effective*, worked well, worthwhile,
        rewarding, fruitful""",
    "easing": """
        easy, easier, easily, ease, simple, simpler, convenien*, accessible, straightforward, quick, quickly, flexible,
        flexibility, relief, reliev*, time saving, timesaving, efficient*, efficien*, user friendly, smooth*, handy,
        freedom, less intimidat*, effortless*, manageable, seamless*, own pace, nearby, free of charge""",
    "valuing": """
        appreciat*, valued, valuable, value, values, satisf*, enjoy*, positive*, liked, happy, pleased, grateful,
        welcome*, well received, great, good, excellent, impressed, enthusias*, interested, interest in, best, keen,
        looking forward, glad, love, loved, acknowledged, recognised, recognized, favourabl*, favorabl*, praise*, well
        liked, meaningful, attractive, appealing, popular, curiosity""",
    "relation": """
        trust, trusted, trusting, trustworthy, rapport, relationship*, good communication, open communication, listen*,
        empath*, caring, care about, cared about, friendly, understanding, respect, respectful, bond, bonding,
        connected, connection*, familiar*, belonging, open to, openness, openly, open door, more open, being open, warm,
        personal, faith, known each other, peer support, social support, approachab*, kindness, compassion*, sympath*,
        respected, solidarit*, camarader*, companionship, friendship*, sense of community, togetherness, non judgmental,
        non judgemental, nonjudgmental, connectedness, relatedness, recognition""",
    "readiness": """
        confiden*, committed, commitment, willing*, comfortable, competen*, skilled, skills, experienced, knowledgeab*,
        capable, able, capab*, reassur*, safe, safety, secure, control, hope, hopeful, aware, awareness, self efficacy,
        well placed, leadership, champion*, buy in, belief, believed in, endors*, expertise, prepared, well prepared,
        equipped, well equipped, ownership, dedicated, dedication, credib*, autonomy, pride, proud, qualified""",
    "bettering": """
        improv*, better, increased, increase, enhanc*, strengthen*, strong, stronger, more likely, optimis*, optimiz*,
        positive impact, positive effect, gain*, learn*, learned, learnt, grew, growth, progress""",
    "resources": """
        training, trained, education, educational, guideline*, protocol*, resources, materials, tool, tools, reminder*,
        prompts, technical support, regular meeting*, meetings, feedback, teleconference*, supervision, follow up,
        record system*, electronic, instant messag*, phone call*, home visit*, letters, access to, opportunit*,
        latitude, in place, existing, workshop*, availability of, on site, onsite, co located, colocated, co location,
        leaflet*, handout*""",
    "shared": """
        shared, sharing, collaborat*, cooperat*, co operat*, teamwork, coordinat*, co ordinat*, integrated, integration,
        joint, jointly, together, mutual, common, communicat*, dialogue, discuss*, involve*, engag*, link, linked,
        contact, handoff*, handover*, multidisciplinary, interdisciplinary""",
    "clear": """
        clear, clearly, clarity, well defined, transparent, systematic*, structured, tailored, individualized,
        individualised, personalized, personalised, adapt*, holistic, comprehensive, proactive, continuity, consistent*,
        visible, understandable, relevant, accurate, concise, explicit, up to date, timely, prompt,
        realistic, regular""",
    "crucial": """
        essential, crucial, key factor*, key to, important, importance, critical, vital, necessary, necessity, central,
        fundamental, significant, instrumental, integral, single most""",
}
"""Groups that hint at a facilitator."""

ACTIONS: dict[str, str] = {
    "must": """
        should, shouldn't, must, need to, needs to, needed to, ought to, is needed, are needed, be needed, is required,
        are required, need for, necessary to, required to, has to be, have to be, needed""",
    "might": """
        could be, could help, could, may help, might help, can help, could improve, may improve, might, may be,
        would be, may serve, may, can be, possibility, potential*, would help, would, would like, wish*, want""",
    "recommend": """
        recommend*, suggest*, propos*, advocat*, call for, calls for, consider, considered, considering, consideration,
        warrant*, be encouraged, advis*, desire*, prefer*, would prefer, would like, imperative, solution*, remedy,
        opportunity to, implication*, future, in favor of, in favour of, favored, favoured, urge, urged, urges,
        lobby*""",
    "hope": """
        would be nice, it would be good, would be good, would be helpful, would be useful, would be great,
        would be better,
        be planned for, i think there should, i believe there should, if only, i would like, i'd like, we would like,
        i wish, i want, ideally, ideal, why not, wanted more, planned for, asked for, let us""",
    "means": """
        strateg*, intervention*, program, programs, programme*, approach*, mechanism*, process, processes, model,
        models, policy, policies, initiative*, scheme*, campaign*, pathway*, framework*, measures, efforts, service,
        services, system, systems, curricul*, toolkit*, tool kit, module*, package*, session*, group, groups, network*,
        platform*, software, checklist*, plan, plans, planning, script*, incentive*, funding""",
    "doing": """
        improving, establishing, creating, developing, providing, implementing, promoting, enhancing, increasing,
        expanding, minimizing, minimising, training, educating, involving, integrating, offering, targeting, ensuring,
        engaging, addressing, including, strengthening, supporting, building, introducing, adopting, tailoring,
        reducing, facilitating, encouraging, incorporating, helping, focusing, giving, using, making, adding, raising,
        highlighting, gaining, conducting, combining, allowing, informing, designing, redesigning, clarifying,
        negotiating, empowering, delivering, standardizing, standardising, streamlining, simplifying, optimizing""",
    "verb": """
        improve, establish, create, develop, provide, implement, promote, enhance, increase, expand, minimize, minimise,
        train, educate, involve, integrate, offer, target, ensure, engage, address, include, strengthen, build,
        introduce, adopt, tailor, reduce, facilitate, encourage, incorporate, obtain, schedule, design, report, inform,
        deliver, conduct, consider, allocate, invest, adapt, use, assign, coordinate, negotiate, foster, empower, raise,
        overcome, bridge, streamline, clarify, prioritize, prioritise, explore, support, help, assist""",
    "evaluated": """
        comprised, consisted, consists, comprises, involved, was designed, were designed, was developed, were developed,
        was delivered, were delivered, was provided, were provided, were trained, was trained, received, underwent,
        were offered, was offered, was implemented, were implemented, was introduced, were introduced, included,
        intervention arm, intervention group, was tailored, were made, were asked to, delivered by, delivered, led by,
        components, component, trial, implemented, introduced, adapted, signed, aimed to, aims to, designed to,
        based on, combined, combination""",
    "research": """
        further research, future research, further stud*, future stud*, more research, further work, further evaluation,
        further investigation, research is needed, studies are needed, research should, studies should, future trial*,
        larger trial, future work, hypothes*, more evidence, study is needed, investigat*, explore whether""",
}
"""Groups that hint at an intervention, at how it is put, or at a wish for research."""

OTHER: dict[str, str] = {
    "negation": """
        not, no, never, none, nobody, nothing, nor, neither, hardly, rarely, seldom, without, don't, doesn't, didn't,
        isn't, aren't, wasn't, weren't, won't, wouldn't, haven't, hasn't, hadn't, shouldn't""",
    "contrast": """
        however, but, although, though, despite, in spite of, nevertheless, nonetheless, on the other hand, yet, while,
        whereas, unfortunately, instead, rather than, even though, still""",
    "few": "only, just, merely, few, little, less, fewer, hardly, some, barely, too, so many, so much, a lot of, many",
    "cause": """
        because, due to, owing to, as a result, therefore, since, reason, reasons, led to, leads to, resulted in,
        resulting in, caused, causes, attributed to, related to, hence, thus""",
    "said": """
        reported, felt, stated, described, said, mentioned, expressed, noted, perceived, believed, thought, found,
        experienced, explained, indicated, emphasi*, highlighted, identified, discussed, commented, acknowledged,
        reflected, raised, voiced, revealed, viewed, feel, think, feels, believe, pointed out, cited, told, considered,
        admitted, recalled, depicted, agreed, suggested, saw""",
    "people": """
        participant*, respondent*, interviewee*, patient*, provider*, nurse*, doctor*, physician*, gp, gps, clinician*,
        staff, professional*, women, men, mothers, famil*, caregiver*, carer*, manager*, leader*, practitioner*,
        pharmacist*, coordinator*, coach*, therapist*, worker*, teacher*, parents, children, students, users, clients,
        they, them, i, we, oncologist*, specialist*, colleague*, people, everyone, others, counsel*, midwi*,
        surgeon*""",
    "method": """
        interview, interviews, interviewed, focus group*, selection process, eligib*, transcri*, coded,
        coding, thematic, analys*, recruited, recruitment, questionnaire*,
        sample, sampling, sampled, data, saturation, nvivo, statistic*, significant difference*, baseline,
        randomi*, p value, confidence interval, table, figure, ethics, consent, survey, audio, purposive*""",
    "study": """
        our study, this study, the study, our findings, these findings, the findings, our results, this paper,
        the present study, previous studies, other studies, literature, research, studies have, evidence,
        generalis*, generaliz*, limitation*, strength*, this article, consistent with, in line with, similar to,
        similar findings, et al""",
    "symptom": """
        symptom*, pain, pains, painful, sleep*, fatigue, tiredness, appetite, headache*, depress*, weakness*, giddiness,
        anxiety, mood, tension, disease*, illness*, disorder*, diagnosis, diagnosed, infection*, recovery, recovered,
        energy, body, ache*, blood, weight, mortality""",
    "care": """
        care, communicat*, coordinat*, collaborat*, refer, referral*, referred, information, appointment*, visit*,
        treatment*, medication*, medicine*, documentation, record*, follow up, discharge, responsib*, role, roles,
        consultation*, service*, team*, prescri*, attend*, adheren*, clinic, clinics, hospital*, practice*""",
}
"""Groups that hint at nothing by themselves, but set what stands beside them in its light."""
