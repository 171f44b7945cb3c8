"""Answering a quiz in the browser, rightly and wrongly, as the key says."""

from playwright.sync_api import Locator, Page, expect

from grader.catalog.model import Course, QuizKey
from grader.questions.model import Question, QuestionKey, QuestionType
from tests.browser.running import Grader


def course_of(grader: Grader, name: str) -> Course:
    return next(course for _, course in grader.artifacts.catalog.courses() if course.id == name)


def answer_all(page: Page, grader: Grader, course: Course, *, wrong: tuple[str, ...] = ()) -> None:
    """Answer every question rightly, but those in `wrong`."""
    assert course.quiz is not None
    key: QuizKey = grader.artifacts.key.quizzes[course.quiz.revision]
    for question in course.quiz.questions:
        fieldset = page.locator(f"fieldset[data-question='{question.id}']")
        give(fieldset, question, key.questions[question.id], right=question.id not in wrong)


def give(fieldset: Locator, question: Question, key: QuestionKey, *, right: bool) -> None:
    match question.type:
        case QuestionType.MULTIPLE_CHOICE | QuestionType.TRUE_FALSE | QuestionType.MULTI_SELECT:
            wanted = key.right if right else (next(o.id for o in question.options if o.id not in key.right),)
            for option in wanted:
                fieldset.locator(f"input[value='{option}']").check()
        case QuestionType.SHORT_TEXT:
            fieldset.get_by_label("Your answer").fill(f"  {key.right[0].upper()} " if right else "nonsense")
        case QuestionType.NUMERIC:
            fieldset.get_by_label("Your answer").fill(key.right[0] if right else "123456")
        case QuestionType.ORDERING:
            for place, option in enumerate(key.right if right else reversed(key.right), 1):
                fieldset.locator(f"[data-option='{option}'] select").select_option(str(place))
        case QuestionType.MATCHING:
            for place, option in enumerate(key.right if right else reversed(key.right)):
                fieldset.locator("select").nth(place).select_option(option)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit answers").click()


def expect_result(page: Page, state: str) -> None:
    expect(page.locator("quiz-form")).to_have_attribute("state", state)
