"""How fast: one assessment with its draws, the next question, a million complaints, the start of the program.

Each duration stands beside the bare numpy work that it cannot do without, measured in the same run.
"""

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, compared, milliseconds
from benchmarks.simulated_complaints import answer_truthfully, full_intake, simulated
from herstel.assessment.assess import assess
from herstel.assessment.matrix import Codes, Floats, Matrix, band_of, compiled, posterior_batch
from herstel.assessment.next_question import next_step, tried_answers
from herstel.assessment.uncertainty import Draws
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge

ASSESSMENT_MS, NEXT_QUESTION_MS, BATCH_TIMES, HELP_MS = 10, 10, 3, 300
BATCH, CHUNK = 1_000_000, 10_000
STAGES = (0, 5, 10)
"""After so many adaptive answers the choice of the next question is reported by itself."""


def figures(knowledge: Knowledge) -> Iterator[Figure]:
    """Every figure about speed."""
    (truth,) = simulated(1, knowledge, seed=11)
    complaint = take_complaint(full_intake(truth, knowledge), knowledge)
    yield from one_assessment(complaint, knowledge)
    yield from next_question(knowledge)
    yield from batch(knowledge)
    yield from start_up()


def one_assessment(complaint: Complaint, knowledge: Knowledge) -> Iterator[Figure]:
    """A full intake, assessed with 1,000 draws: with the drawn rows at hand, and with every row still to be drawn."""
    matrix = compiled(knowledge)
    warm, shape = Draws(matrix), (Draws(matrix).count, len(matrix.conditions))
    assess(complaint, knowledge, draws=warm)
    known = int(np.count_nonzero(np.where(matrix.in_group, 0, matrix.encode(complaint)))) + len(matrix.group_tables) + 1
    rows = [np.zeros(shape, dtype=np.float32) for _ in range(known)]
    bare = milliseconds(lambda: _softmax(_summed(rows)))
    taken = milliseconds(lambda: assess(complaint, knowledge, draws=warm))
    yield compared(f"one assessment, 1,000 draws, {known} rows kept (warm)", taken, bare, ASSESSMENT_MS)
    drawn = known - len(matrix.group_tables) + sum(len(rows) for rows in matrix.group_rows.values())
    bare = milliseconds(lambda: _softmax(_summed([_draw(shape, seed) for seed in range(drawn)])), 5)
    taken = milliseconds(lambda: assess(complaint, knowledge, draws=Draws(matrix)), 5)
    yield compared(f"the first assessment, {drawn} rows to draw (cold)", taken, bare)


def _summed(rows: list[Floats]) -> Floats:
    total = rows[0].copy()
    for row in rows[1:]:
        total += row
    return total


def _softmax(scores: Floats) -> Floats:
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def _draw(shape: tuple[int, int], seed: int) -> Floats:
    drawn = np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)
    return np.asarray(-np.log1p(np.exp(drawn)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a next question: after how many adaptive answers, how long it took, and its bare numpy work."""

    stage: int
    taken_ms: float
    bare_ms: float


def next_question(knowledge: Knowledge, people: int = 25) -> Iterator[Figure]:
    """The choice of the next question at every point of some interviews."""
    choices = [choice for truth in simulated(people, knowledge) for choice in _choices(truth, knowledge)]
    taken = np.array([choice.taken_ms for choice in choices])
    bare = float(np.median([choice.bare_ms for choice in choices]))
    yield compared("next question, median of all choices", float(np.median(taken)), bare, NEXT_QUESTION_MS)
    yield compared("next question, 95 % are faster than", float(np.quantile(taken, 0.95)), bare, NEXT_QUESTION_MS)
    for stage in STAGES:
        at = [choice for choice in choices if choice.stage == stage]
        if at:
            medians = (float(np.median([getattr(one, name) for one in at])) for name in ("taken_ms", "bare_ms"))
            yield compared(f"next question after {stage} adaptive answers", *medians)


def _choices(truth: Complaint, knowledge: Knowledge) -> Iterator[Choice]:
    answers: dict[str, object] = {}
    stage = 0
    while True:
        start = process_time()
        step = next_step(answers, knowledge)
        taken = 1000 * (process_time() - start)
        if step.candidates:
            yield Choice(
                stage, taken, _bare_choice_ms(step.complaint, [one.question for one in step.candidates], knowledge)
            )
            stage += 1
        if step.question is None:
            return
        answers[step.question.id] = answer_truthfully(step.question, truth)


def _bare_choice_ms(complaint: Complaint, questions: list[str], knowledge: Knowledge) -> float:
    """One product and one softmax over every answer that has to be tried."""
    matrix = compiled(knowledge)
    tried = sum(len(tried_answers(knowledge.questions[question])) for question in questions)
    weights = matrix.weights(complaint.context, band_of(complaint.age_years))
    inputs = np.zeros((tried + 1, len(weights)), dtype=np.float32)
    return milliseconds(lambda: _softmax(inputs @ weights), 3)


def batch(knowledge: Knowledge) -> Iterator[Figure]:
    """A million complaints at once: duration, and memory beyond the result."""
    matrix = compiled(knowledge)
    codes, ages = _million(matrix, knowledge)
    start = process_time()
    posterior_batch(knowledge, codes, ages, chunk=CHUNK)
    taken = 1000 * (process_time() - start)
    weights = matrix.weights("self_report_web", None)
    part = codes[: BATCH // 10]  # too much for the processor's cache, as the whole is
    inputs = np.concatenate([part > 0, part < 0], axis=1).astype(np.float32)
    bare = 10 * milliseconds(lambda: inputs @ weights, 10)
    yield Figure(
        name=f"{BATCH:,} complaints, chunks of {CHUNK:,}",
        value=f"{taken / 1000:.2f} s, {taken / bare:.1f} times the bare matrix product ({bare / 1000:.2f} s)",
        aim=f"at most {BATCH_TIMES} times",
        met=taken <= BATCH_TIMES * bare,
    )
    needed = 10 * milliseconds(lambda: _needed(part, weights), 5)
    yield Figure(
        name="the same, beside product, conversion of the codes and softmax",
        value=f"{taken / needed:.1f} times ({needed / 1000:.2f} s)",
    )
    for chunk in (CHUNK, 5 * CHUNK):
        yield Figure(
            name=f"memory beyond the result, chunks of {chunk:,}",
            value=f"{_peak_mb(knowledge, codes, ages, chunk):.0f} MB",
        )


def _million(matrix: Matrix, knowledge: Knowledge) -> tuple[Codes, NDArray[np.float64]]:
    """A thousand simulated complaints, a thousand times each, with about a third of the answers unknown."""
    people = list(simulated(1000, knowledge))
    random = np.random.default_rng(5)
    codes = np.tile(np.stack([matrix.encode(one) for one in people]), (BATCH // len(people), 1))
    codes[random.random(codes.shape, dtype=np.float32) < 1 / 3] = 0
    ages = np.tile([one.age_years or np.nan for one in people], BATCH // len(people))
    return codes, ages


def _needed(codes: Codes, weights: Floats) -> Floats:
    return _softmax(np.concatenate([codes > 0, codes < 0], axis=1).astype(np.float32) @ weights)


def _peak_mb(knowledge: Knowledge, codes: Codes, ages: NDArray[np.float64], chunk: int) -> float:
    tracemalloc.start()
    result = posterior_batch(knowledge, codes, ages, chunk=chunk)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - result.nbytes) / 1e6


def start_up() -> Iterator[Figure]:
    """How long Python takes to import the package and to show the help, itself included."""
    nothing = _run_ms("-c", "pass")
    yield Figure(
        name="import herstel", value=f"{_run_ms('-c', 'import herstel'):.0f} ms ({nothing:.0f} ms is Python itself)"
    )
    helped = _run_ms("-m", "herstel_cli", "--help")
    yield Figure(
        name="herstel --help",
        value=f"{helped:.0f} ms ({nothing:.0f} ms is Python itself)",
        aim=f"at most {HELP_MS} ms",
        met=helped <= HELP_MS,
    )


def _run_ms(*arguments: str, repeats: int = 9) -> float:
    """The quickest of some runs, by the clock on the wall: that is what a person waits for."""
    durations = []
    for _ in range(repeats):
        start = perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        durations.append(perf_counter() - start)
    return 1000 * min(durations)
