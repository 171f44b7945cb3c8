"""Guilloche ornaments, as on banknotes: families of sine waves along a frame or a circle, drawn as SVG."""

import base64
from collections.abc import Iterable
from math import cos, pi, sin

INDIGO = "#283593"
BRONZE = "#8c6d2f"

Point = tuple[float, float]


def path(points: Iterable[Point]) -> str:
    """A closed SVG path, in hundredths of the unit of `points`."""
    steps = [(round(x * 100), round(y * 100)) for x, y in points]
    (x, y), moves = steps[0], []
    for to_x, to_y in steps[1:]:
        moves.append(f"{to_x - x} {to_y - y}")
        x, y = to_x, to_y
    return f"M{steps[0][0]} {steps[0][1]}l{' '.join(moves)}z"


def rosette(radius: float, depth: float, lobes: int, phase: float = 0) -> str:
    """A circle around the origin whose radius swings `lobes` times by `depth`; `phase` in turns of a lobe."""
    count = max(lobes * 16, 240)
    turns = (2 * pi * step / count for step in range(count))
    swung = ((turn, radius + depth * sin(lobes * turn + 2 * pi * phase)) for turn in turns)
    return path((r * cos(turn), r * sin(turn)) for turn, r in swung)


def frame_point(s: float, width: float, height: float, corner: float) -> tuple[Point, Point]:
    """The point of a rounded rectangle at arc length `s`, clockwise from its top left; the outward normal."""
    x, y, heading = corner, 0.0, 0.0
    for side in (width, height, width, height):
        straight = side - 2 * corner
        if s <= straight:
            return (x + s * cos(heading), y + s * sin(heading)), (sin(heading), -cos(heading))
        x, y, s = x + straight * cos(heading), y + straight * sin(heading), s - straight
        centre = (x - corner * sin(heading), y + corner * cos(heading))
        turn = min(s / corner, pi / 2)
        normal = (sin(heading + turn), -cos(heading + turn))
        x, y, heading = centre[0] + corner * normal[0], centre[1] + corner * normal[1], heading + turn
        if turn < pi / 2:
            return (x, y), normal
        s -= corner * pi / 2
    return (x, y), (sin(heading), -cos(heading))


def wave(width: float, height: float, corner: float, depth: float, waves: int, phase: float) -> str:
    """A wave of `depth` along a rounded rectangle, `waves` times around it; `phase` in turns of a wave."""
    length = 2 * (width + height) - 8 * corner + 2 * pi * corner
    count = waves * 12
    points = []
    for step in range(count):
        (x, y), (nx, ny) = frame_point(length * step / count, width, height, corner)
        swing = depth * sin(2 * pi * (waves * step / count + phase))
        points.append((x + nx * swing, y + ny * swing))
    return path(points)


def drawing(view_box: str, strokes: Iterable[tuple[str, float, Iterable[str]]]) -> str:
    """A data URI of strokes (colour, width in hundredths, paths)."""
    body = "".join(
        f'<path d="{"".join(paths)}" stroke="{colour}" stroke-width="{width}"/>' for colour, width, paths in strokes
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" fill="none">{body}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def border() -> str:
    """The frame of an A4 page in landscape (297 mm x 210 mm): two waves of different length, woven."""
    band = [wave(277, 190, 4, 2.2, 120, phase / 6) for phase in range(6)]
    long = [wave(277, 190, 4, 2.2, 40, phase / 3) for phase in range(3)]
    return drawing("-1000 -1000 29700 21000", [(INDIGO, 7, band), (BRONZE, 10, long)])


def seal() -> str:
    """A round seal of 100 mm x 100 mm."""
    rim = [rosette(44, 3.4, 60, phase / 4) for phase in range(4)]
    rope = [rosette(37.5, 2.2, 48, phase / 2) for phase in range(2)]
    heart = [rosette(24, 10, 12, phase / 12) for phase in range(12)]
    flower = [rosette(8, 5, 8, phase / 8) for phase in range(8)]
    rings = [rosette(radius, 0, 12) for radius in (48.6, 34.8)]
    bronze = [(BRONZE, 18, rim + rings), (BRONZE, 28, rope), (BRONZE, 16, flower)]
    return drawing("-5000 -5000 10000 10000", [*bronze, (INDIGO, 14, heart)])


def watermark() -> str:
    """Large, pale petals that radiate from the seal, 100 mm x 100 mm."""
    petals = [rosette(29, 20, 6, phase / 18) for phase in range(18)]
    return drawing("-5000 -5000 10000 10000", [(INDIGO, 3.5, petals)])
