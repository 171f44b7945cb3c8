"""Learners without a browser: what they do, as units of work on a store."""

from datetime import datetime, timedelta
from pathlib import Path

from grader.catalog.artifacts import read_artifacts
from grader.certificates.model import Certificate
from grader.grading.grade import Answer
from grader.identity.person import Person
from grader.learning import attempts, certificates, corrections, learners, submission
from grader.learning.attempt import Attempt
from grader.learning.library import Library, QuizEntry
from grader.learning.releases import settle_entry
from grader.learning.synchronise import synchronise
from grader.store.base import Store, Tx
from grader.store.rows import AuditEvent, Learner, OutboxEntry
from tests.api.content import PAGES, RIGHT, publish
from tests.api.parts import NOON


def version(number: str, **changed: str) -> dict[str, str]:
    """The pages of Basics in another version, some of them changed."""
    return PAGES | {"basics/index.md": PAGES["basics/index.md"].replace('"1.0"', f'"{number}"')} | changed


class Stage:
    """A store, the catalog that was taken in last, and a clock that is moved by hand."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store = store
        self.root = root
        self.now = NOON
        self.library: Library

    def move(self, **step: float) -> None:
        self.now += timedelta(**step)

    async def release(self, pages: dict[str, str] = PAGES) -> None:
        """Take in what is taught, and do what is left to be done afterwards."""
        for file in (self.root / "content").rglob("*.md"):
            file.unlink()
        publish(self.root, pages)
        self.library = Library(read_artifacts(self.root / "build"))
        await self.store.transact(synchronise, self.library, self.now)
        await self.work_off()

    async def work_off(self) -> None:
        """Certify those who need nothing more."""
        for entry in await self.store.transact(_claim, self.now):
            await self.store.transact(settle_entry, entry, self.library, now=self.now)

    async def sign_in(self, name: str, *, organization: str | None = "Acme", issuer: str = "development") -> Learner:
        """By the first name, in small letters, as subject and address."""
        first = name.split(" ", maxsplit=1)[0].lower()
        person = Person(
            issuer=issuer, subject=first, name=name, email=f"{first}@example.org", organization=organization
        )
        return await self.store.transact(learners.remember, person, now=self.now)

    def entry(self, course: str) -> QuizEntry:
        return next(entry for entry in self.library.quizzes.values() if entry.course.id == course)

    async def start(self, learner: Learner, course: str) -> Attempt:
        started = await self.store.transact(attempts.start, learner, self.entry(course), self.library, now=self.now)
        return started.attempt

    async def submit(self, learner: Learner, attempt: Attempt, *, right: bool = True) -> Attempt:
        shown = [one.question for one in attempt.shown or ()]
        quiz = self.entry(attempt.course).quiz
        answers = [
            Answer(
                question=one.id,
                response=tuple(option.id for option in one.options if (option.text in RIGHT[one.id]) == right)
                or tuple(RIGHT[one.id] if right else ["December"]),
            )
            for one in quiz.questions
            if one.id in shown
        ]
        unit = submission.submit
        return (await self.store.transact(unit, learner, attempt.id, answers, self.library, now=self.now)).attempt

    async def take(self, learner: Learner, course: str, *, right: bool = True) -> Attempt:
        return await self.submit(learner, await self.start(learner, course), right=right)

    async def certify(self, learner: Learner) -> Certificate:
        """By what Basics requires."""
        for course in ("basics/intake", "basics/privacy"):
            await self.take(learner, course)
        return (await self.certificates(learner))[0]

    async def revoke(self, certificate: Certificate) -> None:
        unit = corrections.revoke
        await self.store.transact(unit, certificate.number, "Fraud", actor="operator:root", now=self.now)

    async def certificates(self, learner: Learner) -> list[Certificate]:
        """Newest first."""
        return await self.store.read(certificates.list_certificates, learner.id)

    async def events(self, kind: str, subject: str) -> list[AuditEvent]:
        """Oldest first."""
        return await self.store.read(
            lambda tx: tx.list(AuditEvent, "list_audit_events", subject_kind=kind, subject=subject)
        )


def _claim(tx: Tx, now: datetime) -> list[OutboxEntry]:
    until = now + timedelta(minutes=1)
    return tx.list(OutboxEntry, "claim_outbox", kind="certification.settle", now=now, until=until, limit=1000)
