"""Fit the hamstring lengths of an OpenSim model: `python tools/fit_muscle_length.py LaiUhlrich2022.osim`.

Needs the extra ``[opensim]``. Asks OpenSim for the length of four muscles in 8,192 quasi-random postures, fits a
polynomial of degree 5 in four angles, checks it in 4,096 other postures, and writes the coefficients with the notice of
the model's licence. Run it again only when the model changes.
"""

import argparse
import json
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from herstel.movement.muscle_length import ANGLES, COEFFICIENTS, DOMAIN_DEG, MUSCLES, SCALE_RAD, terms

FloatArray = npt.NDArray[np.float64]
DEGREE, FIT_POSTURES, CHECK_POSTURES, SEED = 5, 8192, 4096, 5
COORDINATES = ("hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r")
OPENSIM_NAMES = {
    "semimembranosus": "semimem_r",
    "semitendinosus": "semiten_r",
    "biceps_femoris_long": "bflh_r",
    "biceps_femoris_short": "bfsh_r",
}
NOTICE = (
    "Polynomials fitted to muscle-tendon lengths computed with OpenSim from the model LaiUhlrich2022 "
    "(github.com/stanfordnmbl/opencap-core, commit d5a5258954, Apache License 2.0; based on the full-body model of "
    "Rajagopal et al. 2016, MIT, and the changes of Lai et al. 2017 and Uhlrich et al. 2022). The model itself is not "
    "included; what is here was changed from it: only fitted coefficients."
)


class Authority:
    """Hamstring lengths as OpenSim gives them."""

    def __init__(self, model_file: Path) -> None:
        import opensim

        opensim.Logger.setLevelString("Error")
        self._model = opensim.Model(str(model_file.resolve()))
        self._state = self._model.initSystem()
        self._coordinates = [self._model.getCoordinateSet().get(name) for name in COORDINATES]
        self._muscles = [self._model.getMuscles().get(OPENSIM_NAMES[name]) for name in MUSCLES]

    def lengths_m(self, posture_deg: FloatArray) -> list[float]:
        for coordinate, value in zip(self._coordinates, np.radians(posture_deg), strict=True):
            coordinate.setValue(self._state, float(value), False)
        self._model.realizePosition(self._state)
        return [muscle.getLength(self._state) for muscle in self._muscles]

    def table_m(self, postures_deg: FloatArray) -> FloatArray:
        return np.array([self.lengths_m(posture) for posture in postures_deg])


def postures_deg() -> FloatArray:
    """Postures spread evenly over the domain: first those to fit, then those to check."""
    low, high = np.array([DOMAIN_DEG[angle] for angle in ANGLES]).T
    unit = qmc.Sobol(len(ANGLES), rng=SEED).random_base2(14)[: FIT_POSTURES + CHECK_POSTURES]
    return np.asarray(low + unit * (high - low))


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the hamstring lengths of an OpenSim model.")
    parser.add_argument("model", type=Path, help="LaiUhlrich2022.osim")
    parser.add_argument("--output", type=Path, default=COEFFICIENTS)
    options = parser.parse_args()
    authority, postures = Authority(options.model), postures_deg()
    lengths = authority.table_m(postures)
    exponents = np.array([p for p in product(range(DEGREE + 1), repeat=len(ANGLES)) if sum(p) <= DEGREE])
    design = terms(np.radians(postures) / SCALE_RAD, exponents)
    fitted, *_ = np.linalg.lstsq(design[:FIT_POSTURES], lengths[:FIT_POSTURES], rcond=None)
    off_mm = 1000 * (design[FIT_POSTURES:] @ fitted - lengths[FIT_POSTURES:])
    rmse_mm, worst_mm = np.sqrt(np.mean(off_mm**2, axis=0)), np.abs(off_mm).max(axis=0)
    for name, rmse, worst in zip(MUSCLES, rmse_mm, worst_mm, strict=True):
        print(f"{name}: {rmse:.3f} mm RMSE, {worst:.2f} mm worst, in {CHECK_POSTURES} postures it was not fitted to")
    written = {
        "notice": NOTICE,
        "fitted_postures": FIT_POSTURES,
        "checked_postures": CHECK_POSTURES,
        "rmse_mm": dict(zip(MUSCLES, rmse_mm.round(3).tolist(), strict=True)),
        "worst_mm": dict(zip(MUSCLES, worst_mm.round(2).tolist(), strict=True)),
        "upright_length_m": dict(zip(MUSCLES, np.round(authority.lengths_m(np.zeros(4)), 6).tolist(), strict=True)),
        "angles": list(ANGLES),
        "muscles": list(MUSCLES),
        "rows": [[*map(int, row), *values] for row, values in zip(exponents, fitted.round(9).tolist(), strict=True)],
    }
    rows = ",\n  ".join(json.dumps(row) for row in written.pop("rows"))  # type: ignore[attr-defined]
    head = json.dumps(written, indent=1)[:-2]
    options.output.write_text(f'{head},\n "rows": [\n  {rows}\n ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
