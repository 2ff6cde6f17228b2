"""Why something is not measured, or is to be read with care, and what to do about it."""

from herstel.errors import marked
from herstel.movement.model import Code, Notice

_TEXTS: dict[str, tuple[Code, str, str]] = {
    "no_person": (
        "no_person", marked("Nobody can be followed in this recording."),
        marked("Film one person, from head to toe in the picture, against a quiet background."),
    ),
    "too_dark": (
        "too_dark", marked("The picture is too dark."),
        marked("Switch on the light or film by a window, with the light behind the camera."),
    ),
    "several_people": (
        "several_people", marked("There is more than one person in the picture."),
        marked("Film again with one person in the picture, or say who must be measured."),
    ),
    "low_frame_rate": (
        "low_frame_rate", marked("{fps:.0f} frames per second are too few; this test needs {least:.0f}."),
        marked("Set the camera to 60 frames per second and film again."),
    ),
    "camera_moving": (
        "camera_moving", marked("The camera moves."),
        marked("Put the phone on a stand or lean it against something, and do not follow the movement."),
    ),
    "feet_not_visible": (
        "feet_not_visible", marked("The feet are outside the picture."),
        marked("Put the phone further away, until there is room around the feet during the whole movement."),
    ),
    "occluded": (
        "occluded", marked("Something is in front of the leg or hides it."),
        marked("Take away what stands between the camera and the leg, and wear clothes that show the knee."),
    ),
    "legs_confused": (
        "occluded", marked("The two legs could not be told apart in every step."),
        marked("Film more steps, with legs that differ from the background and from each other."),
    ),
    "legs_crossed": (
        "occluded", marked("The legs cross or the foot slips at the lowest point."),
        marked("Film again while standing still on one leg, with the other foot behind."),
    ),
    "side_view": (
        "wrong_view",
        marked(
            "The camera is {off:.0f} degrees off square to the side; "
            "at most {limit:.0f} can be measured."
        ),
        marked("Put the phone square to the side, so that both hips and both shoulders are behind each other."),
    ),
    "front_view": (
        "wrong_view",
        marked(
            "The camera is {off:.0f} degrees off square to the front; "
            "at most {limit:.0f} can be measured."
        ),
        marked("Put the phone straight in front, so that both shoulders are equally far from the camera."),
    ),
    "posture": (
        "wrong_view", marked("Nobody in this recording stands, lies or moves as this test asks."),
        marked("Check which test was filmed, and that the picture is upright."),
    ),
    "no_repetition": (
        "wrong_view", marked("No whole repetition was seen."),
        marked("Film from before the first until after the last. Who cannot do one is noted by hand."),
    ),
    "walks": (
        "wrong_view", marked("At {cadence:.0f} steps a minute somebody walks and does not run."),
        marked("Choose walking; or film again at normal speed when this was slow motion."),
    ),
    "runs": (
        "wrong_view", marked("At {cadence:.0f} steps a minute somebody runs and does not walk."),
        marked("Choose running."),
    ),
    "unknown_view": (
        "wrong_view", marked("From where the camera looks cannot be told."),
        marked("Film again, with both shoulders and hips in the picture and nothing in front of them."),
    ),
    "far_side": (
        "wrong_view", marked("The leg that must be measured is the one away from the camera."),
        marked("Turn around or film from the other side, so that this leg is towards the camera."),
    ),
    "thigh_not_vertical": (
        "not_still",
        marked(
            "The thigh was {off:.0f} degrees off straight up while the knee was held; "
            "at most {limit:.0f} can be measured."
        ),
        marked("Keep your thigh straight up with both hands while you straighten your knee."),
    ),
    "no_hold": (
        "not_still", marked("No position was held in this recording."),
        marked("Keep the end position still for two seconds."),
    ),
    "not_still": (
        "not_still", marked("The position was not still: it moved {range:.0f} degrees."),
        marked("Keep the end position still for two seconds, and film again."),
    ),
    "knee_not_straight": (
        "knee_not_straight",
        marked(
            "The knee was bent by {bent:.0f} degrees; "
            "more than {limit:.0f} makes the leg come higher."
        ),
        marked("Film again with the knee straight."),
    ),
    "knees_bent": (
        "knees_bent",
        marked(
            "The knees were bent by {bent:.0f} degrees; "
            "more than {limit:.0f} makes the bend go further."
        ),
        marked("Film again with straight knees."),
    ),
}  # fmt: skip


ANOTHER_TEST = ("posture", "no_repetition", "walks", "runs")
"""Reasons that have the code of a wrong view and nothing to do with the camera."""


def notice(reason: str, **values: object) -> Notice:
    """A refusal or a flag for one reason, with the numbers that its text names."""
    code, message, remedy = _TEXTS[reason]
    return Notice(code=code, message=message, remedy=remedy, values=values, pictured=reason not in ANOTHER_TEST)
