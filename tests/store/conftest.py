"""A store on each database, empty or with a learner, a track, a course and a quiz in it."""

from datetime import UTC, datetime

import pytest

from grader.catalog.model import QuizKey, QuizRules, Topic
from grader.questions.model import Option, Question, QuestionKey, QuestionType
from grader.store.base import Store, Tx
from tests.databases import KINDS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
QUESTION = Question(
    id="clock",
    type=QuestionType.MULTIPLE_CHOICE,
    text="When?",
    options=(Option("a1", "Now"), Option("b2", "Later")),
    topic="intake",
)
KEY = QuizKey(questions={"clock": QuestionKey(right=("a1",), explanation="<p>Now.</p>")})
TOPICS = (Topic(id="intake", title="Intake"),)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Every test here runs on each kind of database."""
    kind: str = request.param
    return kind


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
async def filled(store: Store) -> Store:
    """Alice of Acme and Bob of the staff; the track `basics` with the course `basics/intake`, its quiz `rev-1`."""
    await store.transact(_fill)
    return store


def _fill(tx: Tx) -> None:
    tx.find(str, "upsert_organization", id="acme", name="Acme", now=NOW)
    for name, kind, organization in (("alice", "TENANT", "acme"), ("bob", "INTERNAL", None)):
        tx.find(
            str,
            "upsert_learner",
            id=name,
            issuer="https://id.example",
            subject=f"{name}-1",
            name=name.title(),
            email=f"{name}@example.org",
            kind=kind,
            organization=organization,
            now=NOW,
        )
    tx.run(
        "upsert_track",
        id="basics",
        title="Basics",
        type="PLATFORM_FUNDAMENTALS",
        level="FOUNDATION",
        required=True,
        version="1.2",
        major=1,
        grace_days=90,
        validity_months=None,
        url="basics/",
        position=0,
        now=NOW,
    )
    tx.run(
        "upsert_course",
        id="basics/intake",
        track="basics",
        title="Intake",
        type="TEXT",
        minutes=15,
        required=True,
        url="basics/intake/",
        since=None,
        position=0,
        now=NOW,
    )
    tx.run(
        "insert_quiz_revision",
        revision="rev-1",
        course="basics/intake",
        questions=(QUESTION,),
        topics=TOPICS,
        key=KEY,
        key_digest="digest-1",
        html=None,
        first_seen_at=NOW,
    )
    tx.run("upsert_quiz", course="basics/intake", revision="rev-1", rules=QuizRules(attempts=3), now=NOW)
