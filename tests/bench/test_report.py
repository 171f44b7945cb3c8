import pytest

from bench.report import figure, number


def test_figure() -> None:
    """Median of each side; the ratio is the median of the rounds' ratios, so a slow moment of both spoils none."""
    found = figure("build", "s", [1.0, 20.0, 3.0], [2.0, 10.0, 2.0])

    assert (found.ours.median, found.control.median, found.ratio) == (3.0, 2.0, 1.5)


def test_figure_with_a_round_missing() -> None:
    """A sample without its counterpart of the same round is an error."""
    with pytest.raises(ValueError, match="shorter"):
        figure("build", "s", [1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("value", "expected"), [(0.04567, "0.0457"), (3.14159, "3.14"), (99.96, "100"), (30123.4, "30,123")]
)
def test_number(value: float, expected: str) -> None:
    """Three significant digits, and all of those before the point."""
    assert number(value) == expected
