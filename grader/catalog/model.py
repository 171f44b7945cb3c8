"""The catalog: everything public about tracks, courses and quizzes; and the answer key beside it."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import msgspec

from grader.questions.model import Question, QuestionKey


class CertificationLevel(StrEnum):
    FOUNDATION = "FOUNDATION"
    INTERMEDIATE = "INTERMEDIATE"
    ADVANCED = "ADVANCED"


class CourseType(StrEnum):
    VIDEO = "VIDEO"
    TEXT = "TEXT"
    INTERACTIVE = "INTERACTIVE"


class Review(StrEnum):
    """When a grade shows more than the score: after a pass (or when no attempt is left), always, or never."""

    ON_PASS = "on-pass"  # noqa: S105 - no password
    ALWAYS = "always"
    NEVER = "never"


TRACK_TYPES = (
    "PLATFORM_FUNDAMENTALS",
    "CASE_MANAGEMENT",
    "CAMPAIGNS_DISCLOSURES",
    "POLICY_MANAGEMENT",
    "ANALYTICS_REPORTING",
    "ADMIN_CONFIGURATION",
)
"""The track types of the platform. grader.toml may add more."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of what is written to build/*.json: frozen, named fields, nothing unknown."""


class Topic(Record, frozen=True):
    """A heading of the course page that questions refer to with `topic=`."""

    id: str  # the heading's anchor
    title: str  # plain text


class QuizRules(Record, frozen=True):
    passing_score: float = 0.8  # 0..1
    attempts: int | None = None  # None: as many as wanted
    cooldown: tuple[int, ...] = ()  # seconds before attempt 2, 3, ...; the last one repeats
    time_limit: int | None = None  # seconds
    draw: int | None = None  # so many of the questions, per attempt
    shuffle: bool = True
    review: Review = Review.ON_PASS

    @property
    def hidden(self) -> bool:
        """Does the page carry no questions, because each attempt has its own, or because its clock runs?"""
        return self.draw is not None or self.time_limit is not None

    @property
    def limited(self) -> bool:
        """Do earlier attempts count for the next one?"""
        return self.attempts is not None or any(self.cooldown)

    @property
    def explicit(self) -> bool:
        """Does an attempt cost something, so that nobody may begin one unawares?"""
        return self.hidden or self.limited


class Quiz(Record, frozen=True):
    """The quiz of a course. `revision` is a hash of what the learner sees, and of nothing else."""

    revision: str
    rules: QuizRules
    questions: tuple[Question, ...]
    topics: tuple[Topic, ...] = ()


class Practice(Record, frozen=True):
    """A question in the text: graded at once, as often as wanted, never counted."""

    revision: str
    question: Question


class Course(Record, frozen=True):
    id: str  # "<track>/<course>", as the file is named
    title: str
    type: CourseType
    minutes: int
    required: bool
    url: str  # relative to the site's root, e.g. "platform-fundamentals/confidentiality/"
    description: str = ""
    since: str | None = None  # the version of the track that last changed what must be learnt
    quiz: Quiz | None = None
    practice: tuple[Practice, ...] = ()


@cache
def major_of(version: str) -> int:
    return int(version.partition(".")[0])


class Track(Record, frozen=True):
    id: str  # the folder's name
    title: str
    type: str
    level: CertificationLevel
    required: bool
    version: str  # "major.minor"
    url: str
    description: str = ""
    grace_days: int = 90
    validity_months: int | None = None
    prerequisites: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()

    @property
    def major(self) -> int:
        return major_of(self.version)

    @property
    def minutes(self) -> int:
        """Of the required courses."""
        return sum(course.minutes for course in self.courses if course.required)


class Catalog(Record, frozen=True):
    tracks: tuple[Track, ...] = ()

    def courses(self) -> Iterator[tuple[Track, Course]]:
        return ((track, course) for track in self.tracks for course in track.courses)


class QuizKey(Record, frozen=True):
    questions: dict[str, QuestionKey]


class AnswerKey(Record, frozen=True):
    """The private half: the keys of quizzes and of practice questions, by revision."""

    quizzes: dict[str, QuizKey]
