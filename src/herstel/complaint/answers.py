"""Is this an answer to that question? Every refusal names the question, the reason and the remedy."""

from collections.abc import Mapping, Sequence

from herstel.complaint.model import NONE_OF_THESE, SIDES, UNKNOWN, UNSURE, AnswerValue
from herstel.errors import Problem, marked
from herstel.knowledge.model import Knowledge, Question


def check_answer(question: Question, raw: object) -> tuple[AnswerValue | None, Problem | None]:
    """Normalise a raw answer, or say what is wrong with it.

    Parameters
    ----------
    question : Question
    raw : object
        What was typed, ticked or read from a file.

    Returns
    -------
    (answer, problem)
        Exactly one of them is None.
    """
    if raw == UNKNOWN or raw is None:
        return UNKNOWN, None
    if question.kind == "number":
        return _check_number(question, raw)
    if question.kind == "single":
        return _check_single(question, raw)
    return _check_several(question, raw)


def _check_number(question: Question, raw: object) -> tuple[AnswerValue | None, Problem | None]:
    try:
        text = str(raw).strip().replace(",", ".")
        number = None if isinstance(raw, bool) or "_" in text else float(text)
    except ValueError:
        number = None
    low, high = question.min or 0, question.max or 0
    if number is None or not low <= number <= high:
        return None, Problem(
            thing=question.id,
            reason=marked("{answer!r} is not a number from {low} to {high}."),
            remedy=marked("Give a number in that range, or say that you don't know."),
            values={"answer": raw, "low": low, "high": high},
        )
    return (int(number) if number.is_integer() else number), None


def _check_single(question: Question, raw: object) -> tuple[AnswerValue | None, Problem | None]:
    chosen = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else raw
    if isinstance(chosen, str) and question.option(chosen):
        return chosen, None
    return None, _not_an_option(question, raw, [option.id for option in question.options])


def _check_several(question: Question, raw: object) -> tuple[AnswerValue | None, Problem | None]:
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, Sequence) or not chosen:
        return None, _not_an_option(question, raw, allowed_choices(question))
    for one in chosen:
        if one not in allowed_choices(question):
            return None, _not_an_option(question, one, allowed_choices(question))
    if NONE_OF_THESE in chosen and len(set(chosen)) > 1:
        return None, Problem(
            thing=question.id,
            reason=marked("'none of these' is ticked together with something else."),
            remedy=marked("Tick either 'none of these' or the things that apply."),
        )
    return tuple(sorted(set(chosen))), None


def allowed_choices(question: Question) -> list[str]:
    """Every value a tick list or the body map accepts."""
    if question.kind == "places":
        return [f"{side}.{option.id}" for side in SIDES for option in question.options]
    return [*(option.id for option in question.options), NONE_OF_THESE, UNSURE]


def _not_an_option(question: Question, raw: object, allowed: Sequence[str]) -> Problem:
    return Problem(
        thing=question.id,
        reason=marked("{answer!r} is not one of the answers."),
        remedy=marked("Choose from: {allowed}, or unknown."),
        values={"answer": raw, "allowed": ", ".join(allowed)},
    )


def check_answers(raw: Mapping[str, object], knowledge: Knowledge) -> tuple[dict[str, AnswerValue], list[Problem]]:
    """Normalise a set of answers by question id; every problem is reported, not only the first."""
    answers: dict[str, AnswerValue] = {}
    problems: list[Problem] = []
    for question_id, value in raw.items():
        question = knowledge.questions.get(question_id)
        if question is None:
            problems.append(unknown_id(question_id, marked("is not a question of the intake."), knowledge.questions))
            continue
        answer, problem = check_answer(question, value)
        if answer is not None:
            answers[question_id] = answer
        if problem is not None:
            problems.append(problem)
    return answers, problems


def unknown_id(given: str, reason: str, known: Mapping[str, object]) -> Problem:
    """An id that does not exist, with the nearest ones that do."""
    from difflib import get_close_matches

    near = get_close_matches(str(given), list(known), n=3, cutoff=0.5)
    return Problem(
        thing=str(given),
        reason=reason,
        remedy=marked("Did you mean {near}?") if near else marked("Leave it out, or see 'herstel knowledge show'."),
        values={"near": ", ".join(near)},
    )
