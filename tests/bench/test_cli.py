"""Every benchmark at its smallest. No time is asserted."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from bench.cli import cli
from bench.report import Report

Measure = Callable[..., tuple[str, Report]]


def test_build(measure: Measure) -> None:
    """Times of `grader build` and `grader check` stand beside those of MkDocs, as a table and as JSON."""
    printed, found = measure("build", "--quick")

    names = [one.name for one in found.figures]
    assert names == [
        "build, CPU",
        "build, wall",
        "build by Zensical, CPU",
        "build by Zensical, wall",
        "build against mkdocs-quiz, CPU",
        "check, CPU",
        "check, wall",
    ]
    assert all(name in printed for name in names)
    assert found.settings == {"pages": 2, "questions a page": 5, "rounds": 1}
    _check(found)


def test_preview(measure: Measure) -> None:
    """What an author waits for, with both engines, beside what it takes MkDocs alone."""
    printed, found = measure("preview", "--quick")

    assert "until an edit is seen, s" in printed
    assert (found.ours, found.control) == ("grader preview", "mkdocs serve")
    _check(found)


def test_grading(measure: Measure) -> None:
    """The server's rate, CPU and waiting times stand beside those of a bare application."""
    printed, found = measure("grading", "--quick")

    assert "units graded, 1/s" in printed
    assert [one.unit for one in found.figures] == ["1/s", "ms", "ms", "ms", "ms", "ms", "1"]
    _check(found)


def test_grading_on_postgresql(measure: Measure) -> None:
    """The same on a PostgreSQL server that is started for it."""
    _, found = measure("grading", "--quick", "--database", "postgresql")

    assert [one.unit for one in found.figures] == ["1/s", "ms", "ms", "ms", "ms", "ms", "1"]
    _check(found)


def test_replicas(measure: Measure) -> None:
    """Two graders on one database stand beside one of them."""
    printed, found = measure("replicas", "--quick")

    assert "units graded, 1/s" in printed
    assert (found.ours, found.control) == ("two graders", "one grader")
    _check(found)


def test_scale(measure: Measure) -> None:
    """A large database stands beside one with few attempts: rate, waiting, start and memory."""
    printed, found = measure("scale", "--quick")

    assert "memory after the load, MB" in printed
    assert (found.ours, found.control) == ("100 attempts", "10 attempts")
    _check(found)


@pytest.mark.browser
def test_certificates(measure: Measure) -> None:
    """Chromium's documents a second and waiting times stand beside those of WeasyPrint."""
    pytest.importorskip("weasyprint", reason="scripts/bench installs WeasyPrint")

    printed, found = measure("certificates", "--quick")

    assert "the first one of a new process, ms" in printed
    assert (found.ours, found.control) == ("Chromium", "WeasyPrint")
    _check(found)


def _check(found: Report) -> None:
    for one in found.figures:
        assert len(one.ours.samples) == len(one.control.samples) == found.settings["rounds"]
        assert one.ratio == one.ours.median / one.control.median  # of a single round
        assert one.ratio > 0


@pytest.mark.parametrize("name", ["build", "grading", "scale", "certificates"])
def test_help(name: str) -> None:
    """The help of the program names every benchmark, and each benchmark says what its control is."""
    runner = CliRunner()

    assert f"scripts/bench {name}" in runner.invoke(cli, ["--help"]).output
    said = runner.invoke(cli, [name, "--help"]).output
    assert "control" in said or "against" in said
