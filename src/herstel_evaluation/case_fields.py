"""A published case as a complaint: only what was reported, read with care.

The fields from ``age`` to ``trend`` are read (see the cases' own README). Never the diagnosis, the images, the
treatment, the free summary or the examination. ``null`` is unknown; a text that begins with "none" denies.
"""

import re
from collections.abc import Mapping
from typing import Any

from herstel.complaint.intake import with_duration
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.model import OLDEST_YEARS, YOUNGEST_YEARS, Context, Knowledge
from herstel_evaluation import words

Case = Mapping[str, Any]
HIGH_SCHOOL_YEARS, COLLEGE_YEARS = 16, 20
"""Ages read from a school level when the age itself is not reported."""
EARLY_DAYS = 2
_PLACE_FINDINGS = {
    "low_back": "loc_low_back_si",
    "buttock": "loc_buttock",
    "sit_bone": "loc_sit_bone",
    "thigh_upper": "loc_proximal_third",
    "thigh_middle": "loc_middle_third",
    "thigh_lower": "loc_distal_third_behind_knee",
    "calf": "loc_calf",
    "groin_front": "loc_front_groin_diffuse",
}
_YES_NO_FIELDS = {
    "pop": "pop_heard_felt",
    "forced_to_stop": "forced_to_stop_within_5min",
    "pain_at_rest": "rest_pain",
    "night_pain": "night_pain_waking",
    "sitting_pain": "sitting_pain_sit_bone",
    "cannot_straighten": "cannot_straighten_leg",
    "bruising": "bruise_visible_by_day5",
    "swelling": "swelling_thigh",
    "palpable_gap": "palpable_gap",
    "back_pain": "low_back_pain_now",
    "radiates_below_knee": "radiates_below_knee",
    "cough_sneeze_worse": "worse_cough_sneeze_strain",
    "calf_swelling": "calf_swelling",
    "previous_hamstring_injury": "previous_hamstring_injury",
}
_TEXT_FIELDS = {"neuro_symptoms": words.NEUROLOGICAL, "risk_factors": words.RISKS, "systemic": words.SYSTEMIC}
"""Each text field's own subject; what another field affirms counts too, unless its own field denies it."""
_WALKING = ("normal", "painful", "limping", "unable")
_WALKING_FINDINGS = ("pain_walking", "limp", "cannot_weight_bear_4_steps")


def complaint_from_case(case: Case, knowledge: Knowledge) -> Complaint:
    """What a published case reports, as a complaint.

    Parameters
    ----------
    case : mapping
        One line of a case file.
    knowledge : Knowledge
        Findings it does not know are dropped.
    """
    places = _places(case)
    findings = {
        **_from_yes_no(case),
        **_from_walking(case),
        **_from_texts(case),
        **_from_start(case),
        **_from_course(case),
        **_from_places(places, case),
    }
    days = case.get("days_since_onset_at_presentation")
    sex = case.get("sex")
    return with_duration(
        Complaint(
            findings={finding: value for finding, value in findings.items() if finding in knowledge.findings},
            places=frozenset(Place("middle", place) for place in places),
            ladder=_ladder(case),
            age_years=_age(case),
            days_since_onset=float(days) if days is not None else None,
            pain_nrs=case.get("pain_0_10"),
            sex="female" if sex == "F" else "male" if sex == "M" else None,
            level="professional" if words.says(case.get("level"), r"profession|elite") else None,
            context=context_of(case),
        )
    )


def context_of(case: Case) -> Context:
    """Whose base rates apply: of a club when an organised athlete, else those of people who see a doctor."""
    return "sports_club" if words.says(case.get("level"), words.CLUB) else "gp_practice"


def _age(case: Case) -> float | None:
    age = case.get("age")
    if age is not None:
        return float(min(max(age, YOUNGEST_YEARS), OLDEST_YEARS))
    level = case.get("level")
    if words.says(level, words.ADOLESCENT):
        return HIGH_SCHOOL_YEARS
    return COLLEGE_YEARS if words.says(level, words.COLLEGE) else None


def _from_yes_no(case: Case) -> dict[str, bool]:
    found = {finding: bool(case[name]) for name, finding in _YES_NO_FIELDS.items() if case.get(name) is not None}
    pain = case.get("pain_0_10")
    if pain is not None:
        found["severe_pain"] = pain >= 8
    if case.get("swelling") and set(_places(case)) == {"calf"} and case.get("calf_swelling") is None:
        found["calf_swelling"] = True
    strength = case.get("strength_loss")
    if strength is not None:
        found["marked_weakness"] = words.says(str(strength), "marked|severe|complete|unable")
    return found


def _from_walking(case: Case) -> dict[str, bool]:
    """Graded walking: each step implies the milder ones; a painful walk leaves a limp open."""
    walking = case.get("walking_ability")
    if walking not in _WALKING:
        return {}
    step = _WALKING.index(walking)
    found = {finding: step > i for i, finding in enumerate(_WALKING_FINDINGS)}
    if walking == "painful":
        del found["limp"]
    return found


def _ladder(case: Case) -> dict[str, int]:
    walking = case.get("walking_ability")
    ladder = {"walking": _WALKING.index(walking)} if walking in _WALKING else {}
    if case.get("forced_to_stop") is not None:
        ladder["moment"] = int(case["forced_to_stop"])
    if case.get("bruising") is False:
        ladder["bruise"] = 0
    return ladder


def _from_texts(case: Case) -> dict[str, bool]:
    found = words.read(case.get("pain_quality"), words.QUALITIES)
    for own, meanings in _TEXT_FIELDS.items():
        others = {f: True for name in (*_TEXT_FIELDS, "mechanism") for f in words.affirmed(case.get(name), meanings)}
        found |= others | words.read(case.get(own), meanings)
    sport = case.get("sport_or_activity")
    if sport is not None:
        found["endurance_sport"] = words.says(sport, words.ENDURANCE) and not words.says(sport, words.STATIONARY)
    return found


def _from_start(case: Case) -> dict[str, bool]:
    """How it began. A case says sudden or gradual; "gradual" leaves open that it came a day later."""
    found: dict[str, bool] = {}
    onset, mechanism = case.get("onset"), case.get("mechanism")
    if onset == "sudden":
        found["onset_sudden"] = True
    elif onset in ("gradual", "delayed"):
        found["onset_sudden"] = False
    if words.says(case.get("sport_or_activity"), words.WATER_SKI):
        mechanism = f"water-ski {mechanism or ''}"
    if mechanism:
        found |= dict.fromkeys(mechanisms(mechanism, sudden=onset == "sudden"), True)
        found["high_energy_trauma"] = words.says(mechanism, words.HIGH_ENERGY)
        if words.says(mechanism, words.LIGHT_EFFORT):
            found["effort_was_light"] = True
    if any(words.says(case.get(name), words.EXTREME_EFFORT) for name in ("mechanism", "risk_factors", "systemic")):
        found["extreme_effort_heat_drugs"] = True
    if _bound_to_effort(case):
        found["comes_on_with_set_exercise_gone_in_minutes"] = True
    if case.get("bilateral") is not None and onset != "sudden":
        found["both_legs_similar"] = case["bilateral"]
    return found


def mechanisms(text: str, *, sudden: bool) -> list[str]:
    """The mechanism findings a text can mean; a sudden injury "in a match" may be any of the fast movements."""
    named = [finding for finding, pattern in words.MECHANISMS.items() if re.search(pattern, text, re.IGNORECASE)]
    if "mech_none" in named:
        return ["mech_none"]
    if not {"mech_overstretch_slip_waterski", "mech_direct_blow"} & set(named) and words.says(text, words.A_FALL):
        named.append("mech_direct_blow")
    if not named and sudden and re.search(words.MATCH_PLAY, text, re.IGNORECASE):
        return list(words.IN_A_MATCH)
    return named


def _bound_to_effort(case: Case) -> bool:
    """Comes with an effort and is gone at rest: said of the mechanism, with no pain at rest."""
    return case.get("pain_at_rest") is False and words.says(case.get("mechanism"), words.EFFORT_BOUND)


def _from_course(case: Case) -> dict[str, bool]:
    trend, days = case.get("trend"), case.get("days_since_onset_at_presentation")
    if trend is None:
        return {}
    found = {"worsening_after_day3": trend == "worse", "clear_improvement_by_72h": trend == "improving"}
    if trend == "worse" and days is not None and days <= EARLY_DAYS:
        found["pain_worse_by_the_hour"] = True
    return found


def _places(case: Case) -> list[str]:
    found = (words.first_match(str(place), words.PLACES) for place in case.get("pain_location") or ())
    return list(dict.fromkeys(place for place in found if place))


def _from_places(places: list[str], case: Case) -> dict[str, bool]:
    """The worst place is one of those named; far-apart places say that the pain travels."""
    found = {_PLACE_FINDINGS[place]: True for place in places}
    if "low_back" in places and case.get("back_pain") is None:
        found["low_back_pain_now"] = True
    if "calf" in places and len(places) > 1 and case.get("radiates_below_knee") is None:
        found["radiates_below_knee"] = True
    return found
