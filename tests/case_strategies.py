"""Random case files, for what must hold of anybody's."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from herstel.case_file import PARTS, Case, read_case
from herstel.errors import InputError
from herstel.knowledge.chain_entries import ChainTest
from herstel.knowledge.model import Knowledge
from herstel.plan.goal_file import WEEKDAYS
from herstel.plan.model import FEARS, GOAL_KINDS, MANAGED, SPORT_KINDS, SPORT_LEVELS
from herstel.progress.model import SPEED_BANDS, WALKING
from tests.answer_strategies import answers_to

START, TODAY = date(2026, 8, 3), date(2026, 9, 21)
OWN = "sofa_bridge"
Raw = dict[str, Any]

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
nrs = st.integers(0, 10) | st.sampled_from([0.5, 3.5])
days_told = st.dates(START, TODAY)


def cases(knowledge: Knowledge) -> st.SearchStrategy[Case]:
    """Cases as they are read from a file."""
    return case_files(knowledge).map(lambda raw: read(raw, knowledge))


def read(raw: Raw, knowledge: Knowledge) -> Case:
    """The case in a file; findings that contradict the answers are taken out of it first."""
    try:
        return read_case(raw, knowledge, TODAY)
    except InputError:
        return read_case({**raw, "complaint": {**raw["complaint"], "findings": {}}}, knowledge, TODAY)


@st.composite
def case_files(draw: Callable[..., Any], knowledge: Knowledge) -> Raw:
    """What a case file holds; any part but the complaint may be missing."""
    raw: Raw = {
        "complaint": draw(complaints(knowledge)),
        "goal": draw(st.none() | goals(knowledge)),
        "measurements": draw(measurements(knowledge)),
        "judgements": draw(st.lists(judgements(knowledge), max_size=2)),
        "edits": draw(edits(knowledge)),
        "check_ins": draw(check_ins(knowledge)),
        "confirmations": draw(st.lists(confirmations, max_size=3)),
        "name": draw(words | st.none()),
        "source": draw(words | st.none()),
        "simulated": draw(st.booleans() | st.lists(st.sampled_from(PARTS), unique=True)),
        "as_of": draw(st.sampled_from([None, TODAY])),
        "told_on": draw(st.sampled_from([None, START - timedelta(days=5)])),
    }
    return {name: value for name, value in raw.items() if value is not None}


@st.composite
def complaints(draw: Callable[..., Any], knowledge: Knowledge) -> Raw:
    """Answers, and findings, a ladder and an examination beside them; days are at most a month, for one story."""
    answers = {**draw(answers_to(knowledge)), "days_since_onset": draw(st.integers(0, 30))}
    if draw(st.booleans()):
        del answers["days_since_onset"]
    findings = st.dictionaries(st.sampled_from(sorted(knowledge.findings)), st.booleans(), max_size=6)
    examination = st.dictionaries(st.sampled_from(sorted(knowledge.tests)), st.booleans(), max_size=3)
    ladder = st.dictionaries(st.sampled_from(["pain", "bruise"]), st.just(0), max_size=1)
    contexts = st.sampled_from(["self_report_web", "gp_practice", "sports_club"])
    return {
        "answers": answers,
        "findings": draw(findings),
        "examination": draw(examination),
        "context": draw(contexts),
        **({} if answers else {"ladder": draw(ladder)}),
    }


def goals(knowledge: Knowledge) -> st.SearchStrategy[Raw]:
    """Goals of somebody who starts on the first day."""
    event = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["training", "match"]),
            "day": st.sampled_from(WEEKDAYS),
            "minutes": st.integers(1, 120),
        }
    )
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from(GOAL_KINDS),
            "start": st.just(START),
            "days": st.dictionaries(st.sampled_from(WEEKDAYS), st.integers(0, 90)),
        },
        optional={
            "sport": st.sampled_from(SPORT_KINDS),
            "level": st.sampled_from(SPORT_LEVELS),
            "target_date": st.dates(TODAY, TODAY + timedelta(days=300)),
            "equipment": st.lists(st.sampled_from(sorted(knowledge.exercises.equipment)), max_size=3),
            "contraindications": st.lists(st.sampled_from(sorted(knowledge.exercises.contraindications)), max_size=2),
            "events": st.lists(event, max_size=2),
            "fear_of_movement": st.sampled_from(FEARS),
            "morning_routine": st.booleans(),
            "managed": st.sampled_from(MANAGED),
        },
    )


@st.composite
def measurements(draw: Callable[..., Any], knowledge: Knowledge) -> list[Raw]:
    """Results of different tests, one of them corrected."""
    tests = draw(st.lists(st.sampled_from(list(knowledge.chain.tests.values())), max_size=4, unique_by=lambda t: t.id))
    told = [draw(measurement_of(test)) for test in tests]
    if told and draw(st.booleans()):
        told.append({**told[0], "correction": draw(words)})
    return told


def measurement_of(test: ChainTest) -> st.SearchStrategy[Raw]:
    """A possible result of a test, also at the very ends and in another unit."""
    low, high = test.possible_low, test.possible_high
    unit, factor = {"cm": ("mm", 0.1), "s": ("min", 60.0)}.get(test.unit, (test.unit, 1.0))
    value = st.booleans() if test.unit == "yes_no" else st.sampled_from([low, high]) | st.floats(low, high)
    converted = value.map(lambda one: one if isinstance(one, bool) else one / factor)
    return st.fixed_dictionaries(
        {"test": st.just(test.id), "value": converted, "unit": st.just(unit), "date": days_told}
        | ({"side": st.sampled_from(["left", "right"])} if test.per_side else {}),
        optional={
            "tester": st.sampled_from(["self", "helper", "therapist"]),
            "standard_error": st.floats(0, (high - low) / factor / 2),
            "note": words,
        },
    )


def judgements(knowledge: Knowledge) -> st.SearchStrategy[Raw]:
    """What a therapist thinks of a link or of an implication of the story."""
    about = [*knowledge.chain.links, *knowledge.chain.implications]
    return st.fixed_dictionaries(
        {
            "contributor": st.sampled_from(about),
            "verdict": st.sampled_from(["confirmed", "rejected"]),
            "reason": words,
            "date": days_told,
        }
    )


def edits(knowledge: Knowledge) -> st.SearchStrategy[list[Raw]]:
    """Changes of every kind."""
    exercise = st.sampled_from(sorted(knowledge.exercises.exercises))
    dose = st.fixed_dictionaries(
        {
            "sets": st.integers(1, 10),
            "amount": st.integers(1, 60),
            "unit": st.sampled_from(["reps", "seconds", "minutes", "metres"]),
        },
        optional={"per_side": st.booleans(), "hold_s": st.integers(1, 60), "tempo": st.just("3-1-3")},
    )
    own = st.fixed_dictionaries(
        {
            "name": st.one_of(words, st.fixed_dictionaries({"nl": words, "en": words})),
            "target": st.sampled_from(sorted(knowledge.exercises.targets)),
            "dose": dose,
            "minutes": st.integers(1, 30),
        },
        optional={
            "cues": st.lists(words, max_size=2),
            "heavy": st.booleans(),
            "rest_h": st.integers(0, 72),
            "times_per_week": st.integers(1, 7),
            "contraindications": st.lists(st.sampled_from(sorted(knowledge.exercises.contraindications)), max_size=2),
        },
    )
    said: dict[str, st.SearchStrategy[Any]] = {"reason": words, "date": days_told}
    kinds = (
        st.fixed_dictionaries({"kind": st.sampled_from(["lock", "remove", "add"]), "exercise": exercise, **said}),
        st.fixed_dictionaries({"kind": st.just("replace"), "exercise": exercise, "other": exercise, **said}),
        st.fixed_dictionaries({"kind": st.just("dose"), "exercise": exercise, "dose": dose, **said}),
        st.fixed_dictionaries(
            {"kind": st.just("dose"), "exercise": exercise, "times_per_week": st.integers(1, 7), **said}
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("day"),
                "exercise": exercise,
                "days": st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True),
                **said,
            }
        ),
        st.fixed_dictionaries({"kind": st.just("own"), "exercise": st.just(OWN), "own": own, **said}),
    )
    return st.lists(st.one_of(kinds), max_size=3)


@st.composite
def check_ins(draw: Callable[..., Any], knowledge: Knowledge) -> list[Raw]:
    """Days, each with anything told, one of them corrected."""
    days = draw(st.lists(days_told, max_size=3, unique=True))
    told = [{"date": day, **draw(told_on_a_day(knowledge))} for day in days]
    if told and draw(st.booleans()):
        told.append({**told[0], "pain_now": draw(nrs), "correction": draw(words)})
    return told


def told_on_a_day(knowledge: Knowledge) -> st.SearchStrategy[Raw]:
    """Any of what a check-in can tell."""
    exercise = st.sampled_from(sorted(knowledge.exercises.exercises))
    done = st.fixed_dictionaries(
        {"exercise": exercise},
        optional={"sets": st.integers(0, 10), "amount": st.integers(0, 60), "rpe": nrs, "pain": nrs},
    )
    run = st.fixed_dictionaries(
        {},
        optional={
            "step": st.integers(1, len(knowledge.progress.running)),
            "metres": st.dictionaries(st.sampled_from(SPEED_BANDS), st.integers(0, 2000), max_size=2),
            "pain": nrs,
            "limp": st.booleans(),
            "in_fatigue": st.booleans(),
        },
    )
    signs = st.dictionaries(st.sampled_from(sorted(knowledge.findings)), st.booleans(), max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("pain_now", "pain_worst", "pain_during", "pain_next_morning", "session_rpe"), nrs),
            "stiffness_min": st.integers(0, 120),
            "walking": st.sampled_from(WALKING),
            "sleep_h": st.integers(0, 24),
            "done": st.lists(done, max_size=2),
            "could_not": st.lists(exercise, max_size=2),
            "runs": st.lists(run, max_size=2),
            "session_min": st.integers(0, 120),
            "sport_share": st.floats(0, 1),
            "confidence": nrs,
            "fear_of_movement": st.sampled_from(FEARS),
            **dict.fromkeys(("sharp_stab", "gave_way", "new_bruise"), st.booleans()),
            "symptoms": signs,
            "answers": answers_to(knowledge),
            "predicted_days": st.integers(0, 300),
            "note": words,
        },
    )


confirmations = st.fixed_dictionaries(
    {"role": st.sampled_from(["person", "therapist", "coach"]), "agrees": st.booleans(), "date": days_told},
    optional={"note": words},
)
