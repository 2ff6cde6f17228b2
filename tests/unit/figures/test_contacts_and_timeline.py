from dataclasses import replace

import pytest

from herstel.drawing.shapes import Circle, Label, Path
from herstel.errors import KnowledgeError
from herstel.figures.animation import animated_svg
from herstel.figures.check import check_figures
from herstel.figures.contacts import body_points, gaps, hip_place, place, sunk
from herstel.figures.figure import figure_drawing, figure_svg, load_figures
from herstel.figures.picture import pose_drawing, pose_shapes
from herstel.figures.props import carried_shapes, is_in_front, standing_shapes
from herstel.figures.timeline import between, eased, hips_between, moments, swapped
from herstel.knowledge.figure_entries import Figure, FigureKnowledge, Motion, Pose, Prop
from herstel.knowledge.model import Knowledge
from herstel.text import Text

CAPTION = Text(nl="Sta", en="Stand")
STANDING = Pose(angles={}, rests=("near_foot", "far_foot"), caption=CAPTION)
SQUAT = Pose(
    angles={"trunk": 30, "hip": 90, "knee": 80, "ankle": 20}, rests=("near_foot",), move_s=2, hold_s=1, caption=CAPTION
)


def figure(*poses: Pose, motion: Motion = "there_and_back", props: tuple[Prop, ...] = ()) -> Figure:
    return Figure(id="test", motion=motion, trains=("quadriceps",), poses=poses, props=props)


TWO = figure(STANDING, SQUAT)


def test_the_soles_stand_on_the_ground() -> None:
    for pose in TWO.poses:
        assert all(abs(distance) < 0.01 for _, _, distance in gaps(pose, TWO))
        assert list(sunk(pose, TWO)) == []
    assert hip_place(STANDING, TWO)[1] == pytest.approx(-53, abs=0.2)


def test_a_foot_on_a_box_stands_higher_and_where_it_is_put() -> None:
    box = Prop(kind="box", at=10, width=20, height=30, low=2)
    pose = replace(STANDING, rests=("near_heel on box",), at=10)
    on_box = figure(pose, SQUAT, props=(box,))
    heel = body_points(pose, on_box, place(pose, on_box))["near_heel"]
    assert heel.at == pytest.approx((10, -32 - heel.radius))


def test_a_point_beside_its_box_misses_it() -> None:
    box = Prop(kind="box", at=60, width=20, height=0)
    pose = replace(STANDING, rests=("near_heel", "far_heel on box"))
    assert [round(distance) for _, _, distance in gaps(pose, figure(pose, SQUAT, props=(box,)))] == [0, 48]


def test_a_wall_is_touched_from_the_side_and_a_roller_all_around() -> None:
    wall, roller = Prop(kind="wall", at=-20, width=4, height=90), Prop(kind="roller", at=0, height=8)
    pose = replace(STANDING, hip=(0, 60), rests=("hip on wall", "near_heel on roller"))
    (_, _, to_wall), (_, _, to_roller) = gaps(pose, figure(pose, SQUAT, props=(wall, roller)))
    assert to_wall == pytest.approx(20 - 2 - 5.8)
    assert to_roller < 0


def test_the_hip_may_be_placed_itself() -> None:
    flying = replace(STANDING, rests=(), hip=(3, 70))
    assert hip_place(flying, TWO) == (3, -70)
    assert hip_place(replace(SQUAT, hip_x=5), TWO)[0] == 5


def test_what_sinks_is_named_with_its_depth() -> None:
    deep = replace(STANDING, rests=(), hip=(0, 40))
    assert dict(sunk(deep, TWO))["near_heel"] == pytest.approx(13, abs=0.2)


def test_there_and_back_takes_as_long_back_as_there() -> None:
    assert [(moment.at_s, moment.pose) for moment in moments(TWO)] == [
        (0, STANDING), (0.5, STANDING), (2.5, SQUAT), (3.5, SQUAT), (5.5, STANDING),
    ]  # fmt: skip


def test_round_goes_on_to_the_first_pose() -> None:
    turn = moments(figure(replace(STANDING, hold_s=0), SQUAT, motion="round"))
    assert [round(moment.at_s, 1) for moment in turn] == [0, 2, 3, 4.2]


def test_alternating_gives_the_other_side_its_turn() -> None:
    kick = replace(STANDING, angles={"near_hip": 60}, rests=("far_foot",), seen={"near_thigh": 0.9}, hold_s=0)
    turn = moments(figure(replace(STANDING, hold_s=0), kick, motion="alternating"))
    assert len(turn) == 5
    other = turn[3].pose
    assert other == swapped(kick)
    assert (other.angle("far_hip"), other.angle("near_hip")) == (60, 0)
    assert other.rests == ("near_foot",)
    assert other.share("far_thigh") == 0.9


def test_a_movement_starts_and_ends_slowly() -> None:
    assert (eased(0), eased(0.5), eased(1)) == (0, 0.5, 1)
    assert eased(0.1) < 0.1


def test_halfway_the_angles_and_lengths_are_halfway() -> None:
    shorter = replace(SQUAT, seen={"thigh": 0.5})
    half = between(STANDING, shorter, 0.5)
    assert half.angle("near_knee") == 40
    assert half.share("near_thigh") == pytest.approx(0.75)


def test_both_feet_stay_where_they_are_in_a_squat() -> None:
    for share in (0.0, 0.3, 0.7, 1.0):
        pose, hips = between(STANDING, SQUAT, share), hips_between(STANDING, SQUAT, share, TWO)
        heel = body_points(pose, TWO, place(replace(pose, rests=(), hip=(hips[0], -hips[1])), TWO))["near_heel"]
        assert heel.at == pytest.approx((0, -heel.radius))


def test_a_flight_moves_the_hips_in_a_straight_line() -> None:
    up, down = (replace(STANDING, rests=(), hip=(0, height)) for height in (70, 60))
    assert hips_between(up, down, 0.5, TWO) == (0, -65)


def test_every_kind_of_thing_can_be_drawn() -> None:
    standing = (
        "mat", "box", "bench", "step", "chair", "couch", "cushion", "wall", "rail", "roller", "ball", "pad", "post",
        "water", "wheel", "cone",
    )  # fmt: skip
    for kind in standing:
        prop = Prop(kind=kind, at=5, width=20, height=30)  # type: ignore[arg-type]
        assert list(standing_shapes(prop)), kind
        assert is_in_front(prop) is (kind == "water")
    for kind in ("dumbbell", "barbell", "plate", "stick", "slider", "ball", "pad"):
        shapes = list(carried_shapes(Prop(kind=kind, held="near_hand")))  # type: ignore[arg-type]
        assert all(isinstance(shape, Circle) for shape in shapes), "what is carried turns with the hand"


def test_a_mat_is_a_strip_from_the_side_and_a_sheet_from_above() -> None:
    strip, sheet = (
        next(iter(standing_shapes(Prop(kind="mat", width=90, height=height)))) for height in (0, 60)
    )  # fmt: skip
    assert isinstance(strip, Path)
    assert isinstance(sheet, Path)
    assert (strip.fill, sheet.fill) == ("prop", "paper")


def test_two_things_in_one_hand_are_both_drawn() -> None:
    props = (Prop(kind="dumbbell", held="near_hand"), Prop(kind="stick", held="near_hand"))
    few, many = (len(list(pose_shapes(STANDING, figure(STANDING, SQUAT, props=ones)))) for ones in ((), props))
    assert many == few + 2


def test_the_trained_side_is_marked_and_the_other_only_when_it_is_trained() -> None:
    def marks(one: Figure) -> int:
        return sum(isinstance(shape, Path) and shape.fill == "accent" for shape in pose_shapes(STANDING, one))

    assert marks(TWO) == 1
    assert marks(replace(TWO, trains_far=True)) == 2
    assert marks(replace(TWO, trains=("quadriceps", "hamstring", "ankle"))) == 2


def test_from_above_there_is_no_ground() -> None:
    seen = pose_drawing(TWO, [0], "T", "D")
    above = pose_drawing(replace(TWO, view="above"), [0], "T", "D")
    assert len(seen.shapes) == len(above.shapes) + 1


def test_several_poses_are_numbered_and_a_close_up_keeps_its_frame() -> None:
    strip = pose_drawing(replace(TWO, frame=(-10, -5, 40)), [0, 1], "T", "D")
    assert [shape.text for shape in strip.shapes if isinstance(shape, Label)] == ["1", "2"]
    assert strip.width == 80
    assert strip.height == pytest.approx(40 + 12)


def test_what_does_not_move_is_not_animated() -> None:
    still = figure(STANDING, replace(STANDING, hold_s=2))
    assert "@keyframes" not in animated_svg(still, "T", "D", style="file")


def test_an_unknown_exercise_has_no_figure(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        figure_svg("levitation", knowledge, "nl")
    with pytest.raises(IndexError):
        figure_drawing("nordic_curl", 9, knowledge, "nl")


def test_a_folder_without_figures_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(KnowledgeError, match=r"figures/hamstring_isometric\.yaml"):
        load_figures(tmp_path_factory.mktemp("empty"))


def faults_of(one: Figure, knowledge: Knowledge) -> list[str]:
    others = {name: known for name, known in load_figures().figures.items() if name != one.id}
    found = check_figures(FigureKnowledge(figures={**others, one.id: one}), knowledge)
    return [f"{problem.thing}: {problem.values['reason']}" for problem in found]


def test_the_check_names_what_is_missing_and_what_is_too_much(knowledge: Knowledge) -> None:
    figures = {name: known for name, known in load_figures().figures.items() if name != "nordic_curl"}
    found = check_figures(FigureKnowledge(figures={**figures, "test": TWO}), knowledge)
    assert [problem.thing for problem in found] == ["figures, nordic_curl", "figures, test"]


def test_the_check_names_floating_and_sinking(knowledge: Knowledge) -> None:
    wrong = replace(STANDING, angles={"far_hip": 30, "near_ankle": -30})
    one = replace(figure(wrong, SQUAT), id="nordic_curl")
    found = "\n".join(faults_of(one, knowledge))
    assert "nordic_curl, pose 1: far_heel misses the ground by" in found
    assert "nordic_curl, pose 1: near_toe is" in found
    assert "below the ground" in found


def test_the_check_names_unknown_points_and_things(knowledge: Knowledge) -> None:
    props = (Prop(kind="dumbbell", held="third_hand"),)
    pose = replace(STANDING, rests=("near_foot", "far_heel on cloud"))
    found = faults_of(replace(figure(pose, SQUAT, props=props), id="nordic_curl"), knowledge)
    assert found == [
        "figures, nordic_curl: 'third_hand' is not a point of the body",
        "figures, nordic_curl: there is no 'cloud' among the props",
    ]


def test_every_entry_says_where_it_stands() -> None:
    figures = load_figures()
    assert dict(figures.entries())["figures, nordic_curl"] is figures["nordic_curl"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"angles": {"wing": 10}}, "'wing' is not a joint"),
        ({"seen": {"tail": 0.5}}, "'tail' seen for 0.5"),
        ({"seen": {"thigh": 1.5}}, "'thigh' seen for 1.5"),
        ({"rests": ()}, "rests on something or has its hip somewhere"),
        ({"move_s": 0}, "move_s is above zero"),
        ({"hold_s": -1}, "hold_s is not below zero"),
    ],
)
def test_a_pose_is_valid_from_birth(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(STANDING, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"poses": (STANDING,)}, "2 to 6 key poses"),
        ({"poses": (STANDING,) * 7}, "2 to 6 key poses"),
        ({"telling": 3}, "telling is the number of one of the poses"),
        ({"poses": (replace(STANDING, caption=None), SQUAT)}, "need a caption"),
        ({"poses": (replace(STANDING, seen={"thigh": 0}), replace(SQUAT, seen={"thigh": 0}))}, "nothing is seen"),
    ],
)
def test_a_figure_is_valid_from_birth(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(TWO, **change)  # type: ignore[arg-type]
