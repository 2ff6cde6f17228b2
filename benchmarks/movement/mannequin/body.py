"""A body of spheres around its joints."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.movement.mannequin.kinematics import OUTWARD, SIDES, Build
from herstel.movement.pose import FloatArray

Colour = tuple[int, int, int]
EYE: Colour = (30, 25, 25)
LIP: Colour = (150, 70, 70)


@dataclass(frozen=True, kw_only=True)
class Clothes:
    """Colours (red, green, blue)."""

    shirt: Colour = (190, 35, 40)
    shorts: Colour = (28, 36, 66)
    skin: Colour = (222, 172, 140)
    shoes: Colour = (232, 232, 232)
    hair: Colour = (62, 40, 28)


@dataclass
class Spheres:
    """Spheres that are gathered: places (frames, 3), radii and colours."""

    places: list[FloatArray] = field(default_factory=list)
    radii: list[float] = field(default_factory=list)
    colours: list[Colour] = field(default_factory=list)

    def put(self, place: FloatArray, radius: float, colour: Colour) -> None:
        self.places.append(place)
        self.radii.append(radius)
        self.colours.append(colour)

    def line(self, ends: tuple[FloatArray, FloatArray], radii: tuple[float, float], colour: Colour, count: int) -> None:
        """Spheres from one end to the other, evenly tapering."""
        for share in np.linspace(0, 1, count):
            self.put(ends[0] + share * (ends[1] - ends[0]), radii[0] + share * (radii[1] - radii[0]), colour)


def spheres(at: dict[str, FloatArray], build: Build, clothes: Clothes) -> Spheres:
    """The whole body in every frame."""
    all_of = Spheres()
    _trunk(all_of, at, build, clothes)
    _head(all_of, at, clothes)
    for side in SIDES:
        _leg(all_of, at, side, build, clothes)
        _arm(all_of, at, side, build, clothes)
    return all_of


def _trunk(all_of: Spheres, at: dict[str, FloatArray], build: Build, clothes: Clothes) -> None:
    girth = build.girth
    for aside in (-1.0, -0.5, 0.0, 0.5, 1.0):
        low = at["middle"] + aside * 0.075 * at["right"]
        waist = at["middle"] + 0.2 * at["up"] + aside * 0.065 * at["right"]
        high = at["neck"] - 0.05 * at["up"] + aside * 0.115 * at["right"]
        all_of.line((low + 0.06 * at["up"], waist), (0.1 * girth, 0.092 * girth), clothes.shirt, 10)
        all_of.line((waist, high), (0.092 * girth, 0.088), clothes.shirt, 16)
        all_of.line((low - 0.01 * at["up"], low + 0.05 * at["up"]), (0.105 * girth, 0.102 * girth), clothes.shorts, 4)
    all_of.line((at["sh_l"], at["sh_r"]), (0.06, 0.06), clothes.shirt, 14)


def _head(all_of: Spheres, at: dict[str, FloatArray], clothes: Clothes) -> None:
    head, up, ahead, right = at["head"], at["up"], at["ahead"], at["right"]
    all_of.line((at["neck"], head - 0.05 * up), (0.052, 0.05), clothes.skin, 10)
    all_of.put(head, 0.092, clothes.skin)
    all_of.line((head + 0.01 * ahead, head + 0.03 * ahead - 0.07 * up), (0.08, 0.052), clothes.skin, 5)
    all_of.line((head - 0.025 * ahead + 0.028 * up, head + 0.02 * ahead + 0.05 * up), (0.092, 0.078), clothes.hair, 6)
    all_of.line((head + 0.088 * ahead + 0.01 * up, at["nose"]), (0.012, 0.02), clothes.skin, 5)
    all_of.line(
        (head + 0.076 * ahead - 0.06 * up - 0.022 * right, head + 0.076 * ahead - 0.06 * up + 0.022 * right),
        (0.009, 0.009), LIP, 6,
    )  # fmt: skip
    for side in SIDES:
        out = OUTWARD[side] * right
        all_of.put(at[f"ear_{side}"] + 0.01 * out, 0.022, clothes.skin)
        all_of.put(at[f"ear_{side}"] + 0.008 * out - 0.02 * up, 0.016, clothes.skin)
        all_of.put(head + 0.074 * ahead + 0.012 * up + 0.034 * out, 0.021, (244, 244, 240))
        all_of.put(head + 0.089 * ahead + 0.012 * up + 0.035 * out, 0.0105, EYE)
        brow = head + 0.078 * ahead + 0.043 * up
        all_of.line((brow + 0.02 * out, brow + 0.05 * out - 0.008 * ahead), (0.0085, 0.0075), clothes.hair, 5)


def _leg(all_of: Spheres, at: dict[str, FloatArray], side: str, build: Build, clothes: Clothes) -> None:
    hip, knee, ankle, girth = at[f"hip_{side}"], at[f"knee_{side}"], at[f"ankle_{side}"], build.girth
    hem = hip + 0.58 * (knee - hip)
    all_of.line((hip, hem), (0.088 * girth, 0.072 * girth), clothes.shorts, 18)
    all_of.line((hem, knee), (0.066 * girth, 0.055 * girth), clothes.skin, 14)
    calf = knee + 0.3 * (ankle - knee)
    all_of.line((knee, calf), (0.055 * girth, 0.057 * girth), clothes.skin, 12)
    all_of.line((calf, ankle), (0.057 * girth, 0.036 * girth), clothes.skin, 24)
    heel, toe = at[f"heel_{side}"], at[f"toe_{side}"]
    all_of.line((ankle, heel), (0.038, 0.034), clothes.shoes, 6)
    all_of.line((heel, toe), (0.036, 0.032), clothes.shoes, 16)
    all_of.line((ankle, toe), (0.036, 0.03), clothes.shoes, 12)


def _arm(all_of: Spheres, at: dict[str, FloatArray], side: str, build: Build, clothes: Clothes) -> None:
    shoulder, elbow, wrist = at[f"sh_{side}"], at[f"elbow_{side}"], at[f"wrist_{side}"]
    sleeve = shoulder + 0.55 * (elbow - shoulder)
    all_of.line((shoulder, sleeve), (0.06 * build.girth, 0.05 * build.girth), clothes.shirt, 12)
    all_of.line((sleeve, elbow), (0.042 * build.girth, 0.037 * build.girth), clothes.skin, 10)
    all_of.line((elbow, wrist), (0.038, 0.027), clothes.skin, 18)
    all_of.line((wrist, wrist + 0.32 * (wrist - elbow)), (0.028, 0.03), clothes.skin, 6)
