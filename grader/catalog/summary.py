"""The catalog as the API and the site's templates show it: facts, no questions."""

from grader.catalog.model import Catalog, CertificationLevel, Course, CourseType, Quiz, Record, Review, Track


class QuizSummary(Record, frozen=True):
    revision: str
    questions: int
    passing_score: float
    attempts: int | None
    cooldown: tuple[int, ...]
    time_limit: int | None
    review: Review


class CourseSummary(Record, frozen=True):
    id: str
    title: str
    description: str
    type: CourseType
    minutes: int
    required: bool
    url: str
    quiz: QuizSummary | None


class TrackSummary(Record, frozen=True):
    id: str
    title: str
    description: str
    type: str
    level: CertificationLevel
    required: bool
    version: str
    url: str
    minutes: int
    prerequisites: tuple[str, ...]
    courses: tuple[CourseSummary, ...]


class CatalogSummary(Record, frozen=True):
    digest: str
    tracks: tuple[TrackSummary, ...]


def summary(catalog: Catalog, digest: str) -> CatalogSummary:
    return CatalogSummary(digest=digest, tracks=tuple(_track(track) for track in catalog.tracks))


def _track(track: Track) -> TrackSummary:
    return TrackSummary(
        id=track.id,
        title=track.title,
        description=track.description,
        type=track.type,
        level=track.level,
        required=track.required,
        version=track.version,
        url=track.url,
        minutes=track.minutes,
        prerequisites=track.prerequisites,
        courses=tuple(_course(course) for course in track.courses),
    )


def _course(course: Course) -> CourseSummary:
    return CourseSummary(
        id=course.id,
        title=course.title,
        description=course.description,
        type=course.type,
        minutes=course.minutes,
        required=course.required,
        url=course.url,
        quiz=_quiz(course.quiz) if course.quiz else None,
    )


def _quiz(quiz: Quiz) -> QuizSummary:
    return QuizSummary(
        revision=quiz.revision,
        questions=quiz.rules.draw or len(quiz.questions),
        passing_score=quiz.rules.passing_score,
        attempts=quiz.rules.attempts,
        cooldown=quiz.rules.cooldown,
        time_limit=quiz.rules.time_limit,
        review=quiz.rules.review,
    )
