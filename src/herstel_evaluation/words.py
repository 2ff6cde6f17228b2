"""Reads the short free texts of a published case: which words mean which finding, and what is denied."""

import re
from collections.abc import Iterator, Mapping

Meanings = Mapping[str, str]
"""Finding id -> regular expression of the words that mean it."""

NEUROLOGICAL: Meanings = {
    "tingling_numbness_leg": r"\bnumb(?!er)|tingl|paraesthe|paresthe|sensory (loss|change|deficit)|pins and needles"
    r"|hypoaesth",
    "foot_drop_or_weak_ankle": r"foot ?drop|weak(ness)? (of|in) (the )?(foot|ankle|toe)|dorsiflexion weak"
    r"|drags? (the|his|her) foot|motor deficit|\bweakness\b",
    "bladder_bowel_saddle_change": r"saddle[- ]?(an|area|region|numb|sens|hypo|distrib|par)|\bnumb[^;.]*saddle"
    r"|perianal|perineal|genital|urinary(?! tract)|\burinat|(pass(ing)?|los\w+( of)?|leak\w*( of)?|hold(ing)?) urine"
    r"|bladder|(?<!inflammatory )(?<!irritable )bowel|incontinen|retention|faecal|sphincter|erectile|sexual",
    "both_legs_numb_or_weak": r"(both legs|bilateral)[^;.]*(\bnumb|weak|tingl|paraesth)|(\bnumb|weak)\w*[^;.]*both legs"
    r"|paraplegi|paraparesis",
}
SYSTEMIC: Meanings = {
    "fever_or_unwell": r"(?<!hay )fever|\bfebrile|\bchill|\brigors?\b|seps|septic|unwell|malaise|\bill\b(?!-)|pyrexia",
    "seriously_ill": r"\bchill|\brigors?\b|seps|septic|toxic|confus|hypotens|\bshock\b(?!([- ]?wave))|very ill",
    "unexplained_weight_loss": r"weight loss|lost weight|losing weight",
    "breathless_chest_pain_fainting": r"dyspn|breathless|short(ness)? of breath|chest pain|syncope|faint"
    r"|haemoptysis|hemoptysis",
    "cold_pale_blue_leg": r"(cold|pale|blue|cyanotic|pulseless|ischa?emic) (leg|foot|limb)"
    r"|(leg|foot|limb)[^;,]* (cold|pale|blue|cyanotic|pulseless)",
    "leg_warm_red": r"\b(red|warm|hot)\b[^;,]*(leg|thigh|skin|swelling)|(leg|thigh|skin)[^;,]*\b(red|warm|hot)\b"
    r"|cellulitis|erythema",
    "growing_lump": r"(growing|enlarging) (mass|lump|swelling)|\blump\b"
    r"|(?<!muscle )(?<!body )(?<!bone )(?<!lean )\bmass\b",
    "dark_urine": r"(dark|brown|cola|tea|red)[- ](colou?red )?urine|myoglobinuria|oligur|anuri",
}
RISKS: Meanings = {
    "cancer_active_or_history": r"(?<!family history of )cancer|malignan|carcinoma|lymphoma|leuk(a)?emia"
    r"|sarcoma|melanoma|metasta|tumou?r",
    "previous_dvt_pe": r"(previous|prior|earlier|history of|past)[^;,]*(dvt|thrombo|embol|clot)|factor v|thrombophilia"
    r"|antiphospholipid",
    "immobilised_surgery_longflight": r"flight(?! of st)|immobil|surgery|operation|operated|plaster|\bcast\b|bed ?rest"
    r"|long (journey|drive|trip)|postoperative",
    "pregnancy_pill_hormones": r"contracept|the pill|(?<!earlier )(?<!previous )pregnan(t|cy)|postpartum|oestrogen"
    r"|estrogen|hormone replacement|testosterone",
    "blood_thinner_or_bleeding_disorder": r"anticoag|antiplatelet|warfarin|clopidogrel|apixaban|rivaroxaban|dabigatran"
    r"|heparin|platelet inhibitor|h(a)?emophil|bleeding disorder|blood thinner",
    "corticosteroids": r"(?<!non)(?<!non-)(?<!non )steroid|prednis|dexameth|cortiso",
    "fluoroquinolone_last_60_days": r"quinolone|floxacin",
    "statin_use": r"statin",
    "immune_suppressed": r"immunosuppr|immunocomp|\bhiv\b|chemotherap|intravenous drug|injecting"
    r"|poorly controlled diabet|transplant",
    "vascular_risk_smoking_diabetes_cvd": r"smok|diabet|hypertens|cholesterol|atheroscler|cardiovascular|coronary"
    r"|peripheral arter|\bstroke\b",
    "low_energy_or_missed_periods": r"amenorr|oligomenorr|delayed menarche|low[- ]energy (avail|intake)|\bred-s\b"
    r"|eating disorder|anorexi|osteopor|vitamin d",
    "inflammatory_back_pattern": r"reactive arthritis|reiter|spondyl(o)?arth|ankylosing|psoria|uveitis|crohn|colitis"
    r"|inflammatory bowel|enthes|hla-b27",
    "knee_problem_or_effusion_history": r"baker|knee (osteo)?arthritis|gonarthrosis|knee effusion|meniscus",
    "hamstring_operated": r"(hamstring|tendon|avulsion) (repair|surgery)|repaired hamstring",
    "mech_overuse_load_increase": r"(rise|increase|jump|spike)[^;,]*(load|mileage|training|volume)|workload",
}
MECHANISMS: Meanings = {
    "mech_overstretch_slip_waterski": r"hyperflex|forced (hip )?flexion|water[- ]?ski|dock|\bsplits?\b|\bslip"
    r"|(leg|knee)s? (extended|straight|stretched)|overstretch|over-stretch|lunge|straddle|high kick|stretch(ed|ing)"
    r"|reaching to|slid(e|ing)|tackl",
    "mech_kick": r"\bkick(s|ing)?\b|volley|punt|\bshot\b|shooting|clear(ing)? a ball",
    "mech_sprint": r"sprint|accelerat|dash|take-?off|explosive|jump|hurdl|running fast|high[- ]speed|chas(e|ing)"
    r"|push(ing)? off",
    "mech_direct_blow": r"\bblow\b|\bhit\b|struck|collision|knee to|kicked (in|by|on)|impact|direct trauma|crush"
    r"|accident|fall on",
    "mech_unaccustomed_exercise": r"workout|unaccustomed|first (time|session)|leg day|squats"
    r"|weight[- ]?(lifting|training)|spin(ning)? class|light (cycling|session|exercise)|boot ?camp|eccentric|hike"
    r"|downhill",
    "mech_overuse_load_increase": r"overuse|mileage|regular training|marathon|repetitive|exertion|load|effort"
    r"|long[- ]distance|training (block|camp)",
    "mech_lift_bend_twist": r"\blift|\bbend|bent|twist|picking up|stoop|reaching for|heavy object|deadlift",
    "mech_none": r"^none\b|^no\b|spontaneous|insidious|without (injury|trauma|cause)|no (known )?(trauma|injury)"
    r"|normal walking|unknown cause",
}
WATER_SKI = r"water[- ]?ski"
"""A sport whose injuries come from one movement: the knee straight and the hip bent far."""
A_FALL = r"\bfell\b|\bfall(s|ing)?\b"
"""A fall is a blow, unless the text says that it stretched the leg."""
MATCH_PLAY = r"\b(match|game|tournament|competition|race|final|practice)\b"
IN_A_MATCH = ("mech_sprint", "mech_kick", "mech_overstretch_slip_waterski")
"""What a sudden injury "in a match" can have been, when nothing more is said."""
QUALITIES: Meanings = {
    "quality_tight": r"tight|stiff",
    "quality_cramp": r"cramp|spasm",
    "quality_burning": r"burn",
    "quality_dull": r"dull|ach(e|ing)|deep|vague",
    "quality_sharp": r"sharp|tear|shooting|severe",
    "quality_stabbing": r"stab|knife|electric",
    "severe_pain": r"severe|excruciat|unbearable|intense|agon",
    "morning_or_start_up_stiffness": r"stiff",
    "inflammatory_back_pattern": r"(better|eases?|improves?|loosens?)[^;.]*(warm|movement|moving|exercise|activity)",
    "tense_pain_out_of_proportion": r"out of proportion|tense|bursting|tight swell",
    "comes_on_with_set_exercise_gone_in_minutes": r"claudica",
}
EXTREME_EFFORT = r"\bheat\b|cocaine|amphetamine|exhausti"
EFFORT_BOUND = r"exertion|effort|(on|when) (running|cycling|walking)|during (running|cycling|exercise|races?)"
HIGH_ENERGY = (
    r"motor ?(vehicle|cycle)|traffic|car accident|fall from (a )?height|fell from|thrown"
    r"|(off|from|by) (a|the|his|her) horse|parachut"
)
LIGHT_EFFORT = r"\b(light|easy|gentle|mild|minor)\b[^;,]*(cycl|session|exercise|training|effort|walk|workout|run)"
ENDURANCE = (
    r"running|runner|marathon|triathl|cycling|cyclist|ultra|rowing|rower|distance|cross[- ]country|endurance"
    r"|race ?walk"
)
STATIONARY = r"stationary|beginner"
PLACES: Mapping[str, str] = {
    "calf": r"calf|lower leg|ankle|foot|shin|achilles",
    "sit_bone": r"ischi|sit(ting|z)? ?bone|gluteal fold",
    "groin_front": r"groin|inguinal|anterior|front|pubi|inner thigh|medial thigh|adductor|abdom|^hip\b|\bhip joint",
    "low_back": r"low(er)? back|lumbar|sacr|\bsi\b|spine",
    "buttock": r"buttock|glute(?!al fold)|\bhip\b",
    "thigh_upper": r"proximal|upper|high hamstring",
    "thigh_lower": r"distal|lower thigh|knee|poplite",
    "thigh_middle": r"mid|thigh|hamstring|posterior",
}
"""Tried in this order; the first that matches decides."""
ADOLESCENT = r"high school|secondary school|youth|junior|academy|school(boy|girl)|adolescent|under[- ]?1\d"
COLLEGE = r"colleg|universit|varsity"
CLUB = (
    r"profession|elite|semi|competit|colleg|club|national|international|team|high school|academy|youth|tournament"
    r"|varsity|olymp"
)
_DENIAL = re.compile(
    r"^\s*(not\b|((he|she|they|patient|there|reports?|reported|had|has|with|was|is|and|the|currently|otherwise)\s+)*"
    r"(none|no|never|without|denies|denied|negative|nil|absent|free of)\b)|\b(absent|denied|negative|none|nil)\s*$",
    re.IGNORECASE,
)
"""A denial opens its clause, after words that only report, or closes it."""
_SENTENCE = re.compile(
    r"[;.()]|\bbut\b|\bhowever\b|\bexcept\b|\band(?= (?:a|an|one|has|had|with|new)\b)", re.IGNORECASE
)
_LIST_END = re.compile(r"\b(or|nor)\b")


def clauses(text: str) -> Iterator[tuple[str, bool]]:
    """The clauses of a text with whether each is denied.

    "no fever, weight loss" denies only the fever; a list that ends in "or" ("no fever, chills or weight loss") is
    denied as a whole.
    """
    for sentence in _SENTENCE.split(text):
        parts = [part for part in sentence.split(",") if part.strip()]
        whole = bool(parts) and bool(_DENIAL.search(parts[0])) and bool(_LIST_END.search(parts[-1]))
        for part in parts:
            yield part.strip().lower(), whole or bool(_DENIAL.search(part))


def read(text: str | None, meanings: Meanings) -> dict[str, bool]:
    """Findings a text speaks of: present, or absent where denied. Nothing said is nothing known.

    A text that begins with "none" denies everything its field is about, except what a later clause affirms.
    """
    if text is None:
        return {}
    found: dict[str, bool] = {}
    if re.match(r"\s*none\b", text, re.IGNORECASE):
        found = dict.fromkeys(meanings, False)
    for clause, denied in clauses(text):
        for finding, words in meanings.items():
            if re.search(words, clause, re.IGNORECASE):
                found[finding] = found.get(finding, False) or not denied
    return found


def affirmed(text: str | None, meanings: Meanings) -> list[str]:
    """Findings a text says are there."""
    return [finding for finding, words in meanings.items() if says(text, words)]


def says(text: str | None, words: str) -> bool:
    """Whether any clause that is not denied uses these words."""
    return any(re.search(words, clause) for clause, denied in clauses(text or "") if not denied)


def first_match(text: str, meanings: Mapping[str, str]) -> str | None:
    """The first meaning whose words the text uses."""
    return next((name for name, words in meanings.items() if re.search(words, text, re.IGNORECASE)), None)
