"""A grader that is killed loses nothing that it has confirmed, and does nothing twice."""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random, randrange

import pytest

from tests.reliability import content
from tests.reliability.books import Books
from tests.reliability.graders import Grader, Nursery
from tests.reliability.points import POINTS
from tests.reliability.rounds import Round, Trial, deaths


@pytest.fixture
def trial(graders: Nursery, books: Books, tmp_path: Path) -> Iterator[Trial]:
    seed = randrange(10**6)
    sys.stdout.write(f"To see the same again: seed {seed}\n")
    made = Trial(Grader(graders, tmp_path, books.url), books, content.write(tmp_path), seed)
    yield made
    made.grader.kill()


def test_killed_at_random_moments(trial: Trial) -> None:
    """Under load, whatever dies: what was confirmed is there, what was not can be sent again."""
    chance = Random(trial.seed)
    for death in deaths(trial.books):
        trial.run(Round(death, chance.uniform(0.05, 1.0)))
    trial.settle()


def test_killed_in_the_middle(trial: Trial) -> None:
    """At each point between the first row and the printed certificate: all of it is there, or nothing."""
    for point in POINTS:
        trial.run(Round(point))
    trial.settle()
