"""`grader build` against MkDocs with Material on the same pages, and against mkdocs-quiz; and `grader check` alone.

Whole processes are measured.
"""

import shutil
from pathlib import Path

from bench.pages import write_project
from bench.process import Spent, program, run
from bench.report import Report, figure, report

QUESTIONS = 5
"""On a page."""

QUIET = {"NO_MKDOCS_2_WARNING": "1"}


def measure(source: Path, folder: Path, *, pages: int, rounds: int) -> Report:
    """Every build starts from an empty build/. `source` is the project whose settings and theme are used."""
    write_project(folder, source, pages=pages, questions=QUESTIONS)
    builds, zensical, quizzes, controls, checks = [], [], [], [], []
    for _ in range(rounds):
        checks.append(run([program("grader"), "check"], folder=folder))
        builds.append(_fresh(folder, [program("grader"), "build"]))
        zensical.append(_fresh(folder, [program("grader"), "build", "--engine", "zensical"]))
        controls.append(_fresh(folder, _mkdocs("control.yml")))
        quizzes.append(_fresh(folder, _mkdocs("other.yml")))
    return report(
        "build",
        ours="grader",
        control="mkdocs",
        settings={"pages": pages, "questions a page": QUESTIONS, "rounds": rounds},
        figures=[
            figure("build, CPU", "s", _cpu(builds), _cpu(controls)),
            figure("build, wall", "s", _wall(builds), _wall(controls)),
            figure("build by Zensical, CPU", "s", _cpu(zensical), _cpu(controls)),
            figure("build by Zensical, wall", "s", _wall(zensical), _wall(controls)),
            figure("build against mkdocs-quiz, CPU", "s", _cpu(builds), _cpu(quizzes)),
            figure("check, CPU", "s", _cpu(checks), _cpu(controls)),
            figure("check, wall", "s", _wall(checks), _wall(controls)),
        ],
        notes=[
            "But for the first build of an environment, ours finds the theme's templates compiled.",
            "The control is `mkdocs build`: the questions as ordinary Markdown, nothing of grader's.",
            'Only in the rows "against mkdocs-quiz" it has that plugin, and the same questions in its form.',
        ],
    )


def _mkdocs(settings: str) -> list[str]:
    return [program("mkdocs"), "build", "--quiet", "--config-file", settings]


def _fresh(folder: Path, command: list[str]) -> Spent:
    shutil.rmtree(folder / "build", ignore_errors=True)
    return run(command, folder=folder, environment=QUIET)


def _cpu(runs: list[Spent]) -> list[float]:
    return [one.cpu for one in runs]


def _wall(runs: list[Spent]) -> list[float]:
    return [one.wall for one in runs]
