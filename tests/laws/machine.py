"""Random histories of learners: what is done to the store is done to the model, and they must agree at every step."""

import asyncio
import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import UNSET

from grader.api.outbox import SETTLE
from grader.errors import ConflictError
from grader.grading.grade import Answer
from grader.identity.person import Person
from grader.identity.session import new_token
from grader.learning import attempts, learners, submission
from grader.learning.library import Library, QuizEntry
from grader.learning.releases import settle_entry
from grader.learning.synchronise import synchronise
from grader.store.base import Store, Tx
from grader.store.rows import Learner as LearnerRow
from grader.store.rows import OutboxEntry
from tests.laws.editions import BASICS, CLOCK, COURSES, Edition, library
from tests.laws.ledger import Facts, look, of_attempt, of_certificate, of_waiver, rows, trail
from tests.laws.model import REQUIRED, RefusedError, World
from tests.laws.things import Answers, Attempt, Learner
from tests.reliability.books import RULES

BEGIN = datetime(2027, 11, 30, 22, 0, tzinfo=UTC)
"""A leap day and a turn of the year are not far."""

PAUSES = (
    timedelta(minutes=9),
    timedelta(minutes=10),
    timedelta(minutes=10, seconds=4),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=29),
    timedelta(days=31),
    timedelta(days=340),
)

ONLY_WHILE_NOTHING_CHANGES = ("Whoever has passed all required courses is certified",)
"""A rule that a new edition may break."""

PASTS = (
    "",
    "learn",
    "learn major",
    "learn major learn",
    "learn major month learn",
    "learn major learn major",
    "learn major learn major month learn",
    "learn major major learn",
    "learn year learn major",
    "major learn year",
    "learn erratum",
)
"""Where a history may begin, so that what takes long to come about is not rare."""

someone = st.integers(0, 1)
lately = st.integers(1, 3)
manner = st.sampled_from(("right", "right", "right", "wrong", "half", "early", "nothing"))
"""`early`: right only when the erratum comes, or goes."""


class Machine(RuleBasedStateMachine):
    open_store: Callable[[], Store]  # an empty database each time

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = type(self).open_store()
        self.now = BEGIN
        self.world = World(Edition(1, 0, erratum=False))
        self.people: list[LearnerRow] = []
        self.ids: list[list[str]] = [[], []]  # of attempts, in the order of the model's
        self.facts: Facts = {}
        self.told = 0
        self.do(synchronise, self.library, self.now)
        for name in ("Alice", "Bob"):
            person = Person(issuer="laws", subject=name, name=name, email=f"{name}@example.org", organization=None)
            self.people.append(self.do(learners.sign_in, person, new_token(), now=self.now, hours=1))
            self.world.learners.append(Learner())

    def teardown(self) -> None:
        try:
            broken = self.runner.run(self.store.read(_broken))
            assert broken == {}
        finally:
            self.runner.run(self.store.close())
            self.runner.close()

    # What is done

    @initialize(past=st.sampled_from(PASTS))
    def begin(self, past: str) -> None:
        """Somewhere on the way."""
        for what in past.split():
            match what:
                case "learn":
                    self.learn(0)
                case "major":
                    self.publish("major")
                case "erratum":
                    self.publish("erratum")
                case "month":
                    self.wait(timedelta(days=31))
                case "year":
                    self.wait(timedelta(days=366))

    @rule(who=someone, course=st.sampled_from(COURSES))
    def start(self, who: int, course: str) -> None:
        made = self.both(
            lambda world: world.start(world.learners[who], course, self.now)[1],
            lambda: self.do(attempts.start, self.people[who], self.entry(course), self.library, now=self.now),
        )
        if made is not None and made.created:
            self.ids[who].append(made.attempt.id)

    @rule(who=someone, course=st.sampled_from(COURSES), how=manner)
    def answer(self, who: int, course: str, how: str) -> None:
        """Start and submit."""
        before = len(self.ids[who])
        self.start(who, course)
        if len(self.ids[who]) > before:
            self.submit(who, 1, how)

    @rule(who=someone)
    def learn(self, who: int) -> None:
        """All that is required."""
        for course in REQUIRED[BASICS]:
            self.answer(who, course, "right")

    @rule(who=someone, saved=manner, how=manner, late=st.sampled_from((-1, 5, 6)))
    def race_the_clock(self, who: int, saved: str, how: str, late: int) -> None:
        """Start what has a time limit, save a draft, and submit so many seconds after the end."""
        before = len(self.ids[who])
        self.start(who, CLOCK)
        if len(self.ids[who]) > before:
            self.save(who, 1, saved)
            due = self.world.learners[who].attempts[-1].due
            assert due
            self.now = due + timedelta(seconds=late - 1)
            self.submit(who, 1, how)

    @precondition(lambda self: all(self.ids))
    @rule(who=someone, back=lately, how=manner)
    def save(self, who: int, back: int, how: str) -> None:
        place = self.place(who, back)
        answers = self.answers(self.world.learners[who].attempts[place], how)
        self.both(
            lambda world: world.save(world.learners[who].attempts[place], answers, self.now),
            lambda: self.do(
                submission.save,
                self.people[who],
                self.ids[who][place],
                given(answers),
                self.library,
                over=UNSET,
                now=self.now,
            ),
        )

    @precondition(lambda self: all(self.ids))
    @rule(who=someone, back=lately, how=manner)
    def submit(self, who: int, back: int, how: str) -> None:
        """An open attempt, or a finished one again: with the same answers perhaps."""
        place = self.place(who, back)
        answers = self.answers(self.world.learners[who].attempts[place], how)
        self.both(
            lambda world: world.submit(world.learners[who], world.learners[who].attempts[place], answers, self.now),
            lambda: self.do(
                submission.submit, self.people[who], self.ids[who][place], given(answers), self.library, now=self.now
            ),
        )

    @rule(pause=st.sampled_from(PAUSES))
    def wait(self, pause: timedelta) -> None:
        self.now += pause

    @rule()
    def close(self) -> None:
        """What the grader does by itself about attempts that were left."""
        for learner in self.world.learners:
            self.world.close(learner, self.now)
        for one in self.do(submission.list_overdue, before=self.now, limit=100):
            self.do(submission.close_overdue, one, self.library, now=self.now)

    @rule(what=st.sampled_from(("major", "minor", "minor", "erratum")))
    def publish(self, what: str) -> None:
        """Another edition. None comes back."""
        former = self.world.edition
        if what == "major" and former.major < 3:
            self.take_in(Edition(former.major + 1, 0, former.erratum))
        elif what == "minor" and former.minor < 3:
            self.take_in(former._replace(minor=former.minor + 1))
        else:
            self.take_in(former._replace(erratum=not former.erratum))

    def take_in(self, edition: Edition) -> None:
        self.now += timedelta(seconds=1)
        self.world.publish(edition, self.now)
        self.do(synchronise, self.library, self.now)
        for entry in self.do(_to_settle, self.now):
            assert self.do(settle_entry, entry, self.library, now=self.now)

    # What must hold

    @invariant()
    def agree(self) -> None:
        """The store and the model tell the same, and whatever changed stands in the audit trail."""
        facts, told = self.read(look), self.read(trail, self.told)
        assert [one for one in facts if facts[one] != self.facts.get(one) and one not in told.about] == []
        assert self.facts.keys() <= facts.keys()
        self.facts, self.told = facts, told.last
        for learner, person, ids in zip(self.world.learners, self.people, self.ids, strict=True):
            stored = [facts["attempt", name][1:] for name in ids]
            assert stored == [of_attempt(one, person.id) for one in learner.attempts]
        people = [(learner, person.id) for learner, person in zip(self.world.learners, self.people, strict=True)]
        expected = [of_certificate(one, name) for learner, name in people for one in learner.certificates]
        assert sorted(expected, key=str) == sorted(of_kind(facts, "certificate"), key=str)
        expected = [of_waiver(one, name) for learner, name in people for one in learner.waivers]
        assert sorted(expected, key=str) == sorted((row[1:] for row in of_kind(facts, "waiver")), key=str)

    # How

    @property
    def library(self) -> Library:
        return library(self.world.edition)

    def entry(self, course: str) -> QuizEntry:
        return next(one for one in self.library.quizzes.values() if one.course.id == course)

    def place(self, who: int, back: int) -> int:
        """Of one of the last attempts."""
        return max(len(self.ids[who]) - back, 0)

    def answers(self, attempt: Attempt, how: str) -> Answers:
        right = {question: self.world.right(attempt.paper, question) for question in attempt.paper.asked}
        wrong = dict.fromkeys(right, "Perhaps")
        half = wrong | dict(list(right.items())[:1])
        early = right | {question: "Yes" if right[question] == "No" else "No" for question in right if question == "q1"}
        return {"right": right, "wrong": wrong, "half": half, "early": early, "nothing": {}}[how]

    def do(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.runner.run(self.store.transact(work, *args, **kwargs))

    def read(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.runner.run(self.store.read(work, *args, **kwargs))

    def both(self, model: Callable[[World], Any], real: Callable[[], Any]) -> Any:
        """Both do it, or both refuse it for the same reason, and then nothing has happened."""
        self.now += timedelta(seconds=1)
        world = copy.deepcopy(self.world)
        refusal, result, found = "", None, ""
        try:
            model(world)
        except RefusedError as error:
            refusal = str(error)
        else:
            self.world = world
        try:
            result = real()
        except ConflictError as error:
            found = error.kind
        assert refusal == found
        return result


def of_kind(facts: Facts, kind: str) -> list[tuple[Any, ...]]:
    return [row for (found, _), row in facts.items() if found == kind]


def given(answers: Answers) -> tuple[Answer, ...]:
    return tuple(Answer(question, (options()[question][text],)) for question, text in answers.items())


@cache
def options() -> dict[str, dict[str, str]]:
    """The ids of each question's options by their texts, which no edition changes."""
    return {
        question.id: {option.text: option.id for option in question.options}
        for entry in library(Edition(3, 0, erratum=False)).quizzes.values()
        for question in entry.quiz.questions
    }


def _to_settle(tx: Tx, now: datetime) -> list[OutboxEntry]:
    return tx.list(OutboxEntry, "claim_outbox", kind=SETTLE, now=now, until=now + timedelta(minutes=1), limit=100)


def _broken(tx: Tx) -> dict[str, Any]:
    found = {rule: rows(tx, sql) for rule, sql in RULES.items() if rule not in ONLY_WHILE_NOTHING_CHANGES}
    return {rule: lines for rule, lines in found.items() if lines}
