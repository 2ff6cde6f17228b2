"""How long the hamstring became in a recording, beside the other leg or an earlier recording of the same person."""

from dataclasses import dataclass

import numpy as np
from django.utils.safestring import SafeString

from herstel.movement.length_picture import length_picture
from herstel.movement.length_report import Beside, LegRecording, LengthQuestion, length_sentences, recording_of
from herstel.text import Language
from herstel_web.filming.bridge import report_of
from herstel_web.filming.models import Recording
from herstel_web.reporting import picture


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthTold:
    """What the page says and draws of it."""

    sentences: tuple[str, ...]
    drawing: SafeString


def length_of(recording: Recording, language: Language) -> LengthTold | None:
    """The length in words and as a picture; None when the recording does not show it."""
    leg = _leg(recording)
    if leg is None:
        return None
    question = LengthQuestion(recording=leg)
    other, beside = _other(recording)
    if other is not None:
        question = LengthQuestion(recording=leg, other=other, beside=beside)
    return LengthTold(
        sentences=length_sentences(question, language), drawing=picture(length_picture(question, language))
    )


def _leg(recording: Recording) -> LegRecording | None:
    report = report_of(recording)
    if report is None or not report.measurements or report.fps <= 0:
        return None
    return recording_of(report, np.arange(report.frames) / report.fps)


def _other(recording: Recording) -> tuple[LegRecording | None, Beside]:
    """The latest earlier recording of the other leg on the same day, else of the same leg."""
    earlier = Recording.objects.filter(
        case_id=recording.case_id, movement=recording.movement, sent_at__lt=recording.sent_at,
        state__in=(Recording.State.READY, Recording.State.ACCEPTED),
    ).order_by("-sent_at")  # fmt: skip
    other = earlier.exclude(side=recording.side).filter(filmed_on=recording.filmed_on).first()
    if other is not None:
        return _leg(other), "other_side"
    same = earlier.filter(side=recording.side).first()
    return (None if same is None else _leg(same)), "earlier"
