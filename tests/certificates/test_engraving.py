from itertools import pairwise
from math import hypot, isclose, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.certificates import engraving

LENGTH = 2 * (277 + 190) - 8 * 4 + 2 * pi * 4


@given(st.floats(0, LENGTH))
def test_the_frame_has_unit_normals(s: float) -> None:
    """Everywhere on the frame the normal has length 1 and points away from the middle."""
    (x, y), (nx, ny) = engraving.frame_point(s, 277, 190, 4)
    assert isclose(hypot(nx, ny), 1)
    assert (x - 277 / 2) * nx + (y - 190 / 2) * ny > 0


def test_the_frame_is_closed_and_even() -> None:
    """Equal steps of arc length are equal steps on paper, corners and the seam included."""
    points = [engraving.frame_point(LENGTH * step / 2000, 277, 190, 4)[0] for step in range(2001)]
    for (x, y), (to_x, to_y) in pairwise(points):
        assert hypot(to_x - x, to_y - y) == pytest.approx(LENGTH / 2000, rel=0.01)
    assert points[-1] == pytest.approx(points[0], abs=1e-9)


def test_a_path_returns() -> None:
    """A path is closed, and written in hundredths."""
    assert engraving.path([(0, 0), (1, 0), (1, 0.5)]) == "M0 0l100 0 0 50z"
