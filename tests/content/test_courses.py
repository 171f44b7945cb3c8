"""The repository's own courses keep what a learner is promised: enough to read, fair questions, sources, pictures."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from grader.catalog.model import Course, CourseType
from grader.catalog.nav import read_nav
from grader.catalog.scan import scan
from grader.questions.model import Question, QuestionKey, QuestionType

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
SCAN = scan(CONTENT, read_nav(ROOT / "mkdocs.yml"))
TRACKS = SCAN.catalog.tracks
COURSES = [course for track in TRACKS for course in track.courses]
CHOICE = (QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE, QuestionType.MULTI_SELECT)

each_course = pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)


def source(course: Course) -> str:
    return (CONTENT / f"{course.id}.md").read_text("utf-8").split("\n---\n", 1)[1]


def lesson(course: Course) -> str:
    """What is taught: the text before sources and quiz, without code and diagrams."""
    text = re.split(r"^## (?:Sources|Quiz)\b", source(course), maxsplit=1, flags=re.MULTILINE)[0]
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)


def questions(course: Course) -> Iterator[tuple[Question, QuestionKey]]:
    """Those of the quiz, with their keys."""
    assert course.quiz
    keys = SCAN.key.quizzes[course.quiz.revision].questions
    return ((question, keys[question.id]) for question in course.quiz.questions)


def practice(course: Course) -> Iterator[tuple[Question, QuestionKey]]:
    for one in course.practice:
        yield one.question, SCAN.key.quizzes[one.revision].questions[one.question.id]


def test_there_are_six_tracks_and_each_has_an_optional_course_beside_required_ones() -> None:
    """Platform Fundamentals is required of everybody, whole; the others let one go further."""
    assert [track.type for track in TRACKS if track.required] == ["PLATFORM_FUNDAMENTALS"]
    assert len(TRACKS) == 6
    for track in TRACKS:
        assert 3 <= len(track.courses) <= 5, track.id
        assert any(course.required for course in track.courses), track.id
        assert track.required or any(not course.required for course in track.courses), track.id


def test_courses_are_read_watched_and_tried() -> None:
    """All three types; two films, each with captions and a transcript."""
    types = Counter(course.type for course in COURSES)
    assert types.keys() == set(CourseType)
    films = [course for course in COURSES if course.type is CourseType.VIDEO]
    assert len(films) == 2
    for course in films:
        assert '<track kind="captions"' in source(course)
        assert '??? note "Transcript"' in source(course)


def test_every_question_type_is_used() -> None:
    """And none by a single course only."""
    used = Counter(chain.from_iterable({question.type for question, _ in questions(course)} for course in COURSES))
    assert {one: used[one] >= 2 for one in QuestionType} == dict.fromkeys(QuestionType, True)


@each_course
def test_there_is_enough_to_learn(course: Course) -> None:
    """At least 600 words besides sources and quiz, and not more than can be read in the minutes that are announced."""
    words = len(re.findall(r"[\w'\u2019-]*\w", lesson(course)))
    assert 600 <= words <= course.minutes * 200


@each_course
def test_sources_are_named(course: Course) -> None:
    """A list of at least two, so that what is said can be looked up."""
    [listed] = re.findall(r"^## Sources\n\n(.*?)\n\n(?=## Quiz)", source(course), re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"^- ", listed, re.MULTILINE)) >= 2


@each_course
def test_there_is_something_to_look_at(course: Course) -> None:
    """A picture, a diagram or a film, each with words for those who do not see it."""
    text = source(course)
    pictures = re.findall(r"!\[(.*?)\]\(", text, re.DOTALL)
    diagrams = re.findall(r"^ *```mermaid\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    assert pictures or diagrams
    assert all(len(alt) >= 40 for alt in pictures)
    for diagram in diagrams:
        assert re.search(r"^ *accTitle: \S", diagram, re.MULTILINE)
        assert re.search(r"^ *accDescr: .{40}", diagram, re.MULTILINE)


@each_course
def test_the_quiz_is_varied_and_complete(course: Course) -> None:
    """Six questions or more of three types or more, each about a section of the page."""
    assert course.quiz
    assert len(course.quiz.questions) >= 6
    assert len({question.type for question in course.quiz.questions}) >= 3
    assert all(question.topic for question in course.quiz.questions)


@each_course
def test_answers_are_explained(course: Course) -> None:
    """Each question has an explanation that says more than the answer, and each wrong option says what is wrong."""
    for question, key in [*questions(course), *practice(course)]:
        assert len(key.explanation) >= 30, question.id
        if question.type in CHOICE:
            wrong = {option.id for option in question.options} - set(key.right)
            assert wrong <= key.feedback.keys(), question.id
            assert wrong or question.type is QuestionType.MULTI_SELECT, question.id


@each_course
def test_interactive_courses_let_one_practise(course: Course) -> None:
    """Three practice questions or more in an INTERACTIVE course."""
    assert course.type is not CourseType.INTERACTIVE or len(course.practice) >= 3


def longest_is_right(question: Question, key: QuestionKey) -> bool:
    """Somebody who knows nothing, and picks the longest option, would be right."""
    lengths = sorted(((len(option.text), option.id) for option in question.options), reverse=True)
    return lengths[0][0] > lengths[1][0] and lengths[0][1] in key.right


def test_the_length_of_an_option_tells_nothing() -> None:
    """By picking the longest of four options one is right about as often as by chance, and never by a wide margin."""
    singles = [
        (course.id, question, key)
        for course in COURSES
        for question, key in questions(course)
        if question.type is QuestionType.MULTIPLE_CHOICE
    ]
    given = [f"{place} {question.id}" for place, question, key in singles if longest_is_right(question, key)]
    assert len(given) <= 0.3 * len(singles), given
    for place, question, key in singles:
        [right] = [len(option.text) for option in question.options if option.id in key.right]
        assert right <= 1.35 * max(len(option.text) for option in question.options if option.id not in key.right), place


def test_statements_are_true_about_as_often_as_false() -> None:
    """Always clicking the same is no way to pass."""
    right = [
        option.text
        for course in COURSES
        for question, key in questions(course)
        if question.type is QuestionType.TRUE_FALSE
        for option in question.options
        if option.id in key.right
    ]
    assert len(right) >= 10
    assert 0.35 <= right.count("True") / len(right) <= 0.65


def test_every_film_and_picture_is_used() -> None:
    """Nothing lies in content/media that no page shows."""
    texts = "".join(path.read_text("utf-8") for path in CONTENT.rglob("*.md"))
    assert [path.name for path in (CONTENT / "media").iterdir() if f"media/{path.name}" not in texts] == []
