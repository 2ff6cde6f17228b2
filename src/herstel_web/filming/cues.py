"""What is said while somebody films, and when: whoever films themselves cannot reach the phone."""

from django.utils.translation import gettext

from herstel_web.filming.values import Cue

HELD = ("active_knee_extension", "straight_leg_raise", "jurdan", "modified_thomas", "knee_to_wall", "forward_bend")
REPEATED_S = {"single_leg_bridge": 60, "single_leg_squat": 30}
PASSING_S = {"running": 20, "walking": 20}
COUNT_DOWN_S = 5


def cues_of(movement: str) -> list[Cue]:
    """In the order of time; the last one ends the recording."""
    if movement in HELD:
        return [
            Cue(at_s=0, text=gettext("Go slowly to the end position.")),
            Cue(at_s=5, text=gettext("Keep still.")),
            Cue(at_s=9, text=gettext("Done. Relax.")),
        ]
    if movement in REPEATED_S:
        end = REPEATED_S[movement]
        half = gettext("Go on until you can no more, or stop when it hurts.")
        return [Cue(at_s=0, text=gettext("Begin.")), Cue(at_s=end / 2, text=half), Cue(at_s=end, text=gettext("Done."))]
    if movement in PASSING_S:
        return [Cue(at_s=0, text=gettext("Begin.")), Cue(at_s=PASSING_S[movement], text=gettext("Done."))]
    return [
        Cue(at_s=0, text=gettext("Lower yourself slowly, as far as you can.")),
        Cue(at_s=15, text=gettext("Done. Relax.")),
    ]
