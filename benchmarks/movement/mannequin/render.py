"""Pictures of a scene by numpy: spheres against a depth buffer, one light, a wall, a tiled floor, a blurred shadow."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.ndimage import zoom

from benchmarks.movement.mannequin.body import Colour, Spheres
from benchmarks.movement.mannequin.camera import Camera
from benchmarks.movement.mannequin.scene import Board, Scene

Picture = npt.NDArray[np.uint8]
Layer = npt.NDArray[np.floating[Any]]
LIGHT = np.array([-0.45, -0.75, -0.5]) / np.linalg.norm([-0.45, -0.75, -0.5])
"""From where it comes, along the axes of the camera."""
AMBIENT, DIFFUSE = 0.52, 0.5
WALL_M = 3.2
"""Behind the person."""
TILE_M = 0.55
COARSE = 8
SHADOW_M = 0.16
NOISE = 2.0
WALL, TILES = (205, 204, 196), ((158, 144, 128), (134, 120, 106))
THINGS = (((-2.6, -1.15), (0.75, 1.75), (168, 198, 232)), ((1.3, 2.4), (0.1, 1.3), (148, 108, 88)))
"""What hangs on the wall, from left to right and from low to high, so that a moving camera shows."""


def frames(scene: Scene, only: tuple[int, ...] | None = None) -> Iterator[Picture]:
    """Every picture, (height, width, 3) of uint8, red first; or only some."""
    noise = _noise(scene)
    still = _background(scene, scene.camera) if not scene.camera.drift_m_s else None
    for frame in range(scene.frames) if only is None else only:
        camera = scene.camera_at(frame)
        picture = (still if still is not None else _background(scene, camera)).copy()
        _shadow(picture, scene, camera, frame)
        depth = np.full(picture.shape[:2], np.inf, dtype=np.float32)
        for board in scene.boards:
            _board(picture, depth, board, camera)
        for actor in scene.actors:
            _bodies(picture, depth, actor.spheres, camera, frame)
        rows, columns = 13 * frame % 64, 29 * frame % 64
        grain = noise[rows : rows + picture.shape[0], columns : columns + picture.shape[1], None]
        yield np.clip(picture * scene.light + grain, 0, 255).astype(np.uint8)


def _noise(scene: Scene) -> Layer:
    size = (scene.camera.height_px + 64, scene.camera.width_px + 64)
    return np.random.default_rng(scene.seed).normal(0, NOISE, size).astype(np.float32)


def _rays(camera: Camera, step: int = 1) -> Layer:
    """Directions in the room through every pixel."""
    x = (np.arange(0, camera.width_px, step) + step / 2 - camera.width_px / 2) / camera.focal_px
    y = (np.arange(0, camera.height_px, step) + step / 2 - camera.height_px / 2) / camera.focal_px
    across, down = np.meshgrid(x, y)
    right, below, away = camera.axes
    rays: Layer = across[..., None] * right + down[..., None] * below + away
    return rays


def _background(scene: Scene, camera: Camera) -> Layer:
    """The wall behind the person and the floor, without anybody."""
    rays, place = _rays(camera), camera.place_m
    turn = np.radians(scene.camera.yaw_deg)
    back = -np.array([np.sin(turn), 0, np.cos(turn)])
    along = np.array([np.cos(turn), 0, -np.sin(turn)])
    start = np.asarray(scene.camera.target_m)
    to_wall = (WALL_M - (place - start) @ back) / (rays @ back)
    with np.errstate(divide="ignore"):
        to_floor = (scene.floor - place[1]) / rays[..., 1]
    floor = (to_floor > 0) & (to_floor < to_wall)
    hit = place + rays * np.where(floor, to_floor, to_wall)[..., None]
    sideways = (hit - start) @ along
    behind = (hit - start) @ back
    tiles = (np.floor(sideways / TILE_M) + np.floor(behind / TILE_M)).astype(int) % 2
    picture = np.where(floor[..., None], np.take(np.array(TILES), tiles, axis=0), np.array(WALL)).astype(np.float32)
    high = hit[..., 1] - scene.floor
    for across, up, colour in THINGS:
        inside = ~floor & (sideways > across[0]) & (sideways < across[1]) & (high > up[0]) & (high < up[1])
        picture[inside] = colour
    return picture


def _shadow(picture: Layer, scene: Scene, camera: Camera, frame: int) -> None:
    """Darker where something is close above the floor; blurred, the more so the higher it is."""
    rays, place = _rays(camera, COARSE), camera.place_m
    with np.errstate(divide="ignore"):
        far = (scene.floor - place[1]) / rays[..., 1]
    floor = (far > 0) & (far < 9)
    hit = (place + rays * np.where(floor, far, 0)[..., None])[floor].astype(np.float32)
    dark = np.zeros(len(hit), dtype=np.float32)
    for actor in scene.actors:
        for sphere in actor.spheres.places[::9]:
            over = sphere[frame].astype(np.float32)
            spread = SHADOW_M + 0.25 * max(0.0, over[1] - scene.floor)
            square = (hit[:, 0] - over[0]) ** 2 + (hit[:, 2] - over[2]) ** 2
            dark += 0.02 / spread**2 * SHADOW_M * np.exp(-square / (2 * spread**2))
    coarse = np.ones(floor.shape, dtype=np.float32)
    coarse[floor] = 1 - 0.45 * (1 - np.exp(-1.2 * dark))
    rows, columns = np.nonzero(coarse < 0.995)
    if not len(rows):
        return
    top, low = max(0, rows.min() - 1), rows.max() + 2
    left, right = max(0, columns.min() - 1), columns.max() + 2
    fine = zoom(coarse[top:low, left:right], COARSE, order=1, grid_mode=True, mode="nearest")
    area = picture[top * COARSE : low * COARSE, left * COARSE : right * COARSE]
    area *= fine[: area.shape[0], : area.shape[1], None]


def _board(picture: Layer, depth: Layer, board: Board, camera: Camera) -> None:
    seen = camera.seen(board.corners())
    (left, top), (right, low) = np.sort(camera.pixels(seen), axis=0).round().astype(int)
    area = slice(max(0, top), max(0, low)), slice(max(0, left), max(0, right))
    picture[area] = board.colour
    picture[area[0].start : area[0].start + 8, area[1]] = np.asarray(board.colour) * 1.25
    depth[area] = seen[:, 2].mean()


def _bodies(picture: Layer, depth: Layer, body: Spheres, camera: Camera, frame: int) -> None:
    places = np.stack([place[frame] for place in body.places])
    seen = camera.seen(places)
    middles = camera.pixels(seen)
    for number in np.argsort(seen[:, 2]):
        if seen[number, 2] > 0.2:
            size = float(seen[number, 2]), body.radii[number], camera.focal_px
            _sphere((picture, depth), middles[number], size, body.colours[number])


def _sphere(onto: tuple[Layer, Layer], middle: Layer, size: tuple[float, float, float], colour: Colour) -> None:
    """Draw the half of a sphere that is seen, where nothing is in front of it."""
    picture, depth = onto
    away, radius, focal_px = size
    radius_px = focal_px * radius / away
    height, width = depth.shape
    left, right = max(0, int(middle[0] - radius_px)), min(width, int(middle[0] + radius_px) + 2)
    top, low = max(0, int(middle[1] - radius_px)), min(height, int(middle[1] + radius_px) + 2)
    if left >= right or top >= low:
        return
    x = (np.arange(left, right, dtype=np.float32) + 0.5 - middle[0]) / radius_px
    y = ((np.arange(top, low, dtype=np.float32) + 0.5 - middle[1]) / radius_px)[:, None]
    square = 1 - x * x - y * y
    towards = np.sqrt(np.maximum(square, 0))
    distance = away - radius * towards
    there = depth[top:low, left:right]
    shown = (square > 0) & (distance < there)
    if not shown.any():
        return
    there[shown] = distance[shown]
    light = AMBIENT + DIFFUSE * np.maximum(0, x * LIGHT[0] + y * LIGHT[1] - towards * LIGHT[2])
    picture[top:low, left:right][shown] = light[shown][:, None] * np.asarray(colour, dtype=np.float32)
