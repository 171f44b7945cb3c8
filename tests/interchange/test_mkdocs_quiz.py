"""Pages of mkdocs-quiz: our reading agrees with that of the plugin, and its page stays a page."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs_quiz.qti import extract_quizzes_from_file

from grader.catalog.written import question_source
from grader.interchange.mkdocs_quiz import read_mkdocs_quiz
from grader.interchange.page import page_of
from grader.interchange.paper import Paper
from grader.interchange.report import Report, UnreadableError
from grader.questions.model import QuestionType

SAMPLE = Path(__file__).parent / "samples/mkdocs_quiz.md"


def read(text: str) -> tuple[list[Paper], list[str]]:
    report = Report("page.md")
    return read_mkdocs_quiz(text, report), [str(one) for one in report.remarks]


def quiz(inside: str) -> str:
    """The one question between the tags, as Markdown of ours."""
    [paper], _ = read(f"# Page\n\n<quiz>\n{inside}\n</quiz>\n")
    return question_source(paper.questions[0])


def test_it_works() -> None:
    """The page keeps its text; its questions become the quiz at its end."""
    [paper], remarks = read(SAMPLE.read_text("utf-8"))
    page = page_of(paper)
    assert page.startswith("---\ntitle: Receiving a report\ncourse: {type: TEXT, ")
    assert "quiz: {shuffle: false}\n---\n\n# Receiving a report\n\nText that stays. <!-- a comment -->\n" in page
    assert page.count("<quiz>") == 1  # the one in the code
    assert page.count("## Quiz") == 1
    assert remarks == [
        'page.md: changed: `!!! note "Try it"` is gone: nothing but questions stood below it.',
        "page.md: changed: `## Quiz` is gone: nothing but questions stood below it.",
        "page.md:67: 2-2-and-3-3: left out: It has 2 blanks; a question here has one.",
        "page.md:5: lost: The option `quiz: {show_correct: True}` has no counterpart.",
        "page.md:6: lost: `tags` of the front matter is not taken over.",
        (
            "page.md: changed: `grader check` will find a mistake in the page's text: An answer stands outside a quiz, "
            "where everybody would see it."
        ),
    ]


def test_the_first_question_of_the_sample() -> None:
    """Text, code, a picture, feedback of several lines, and the explanation."""
    [paper], _ = read(SAMPLE.read_text("utf-8"))
    assert question_source(paper.questions[0]) == (
        "### When does the **clock** start? {#when-does-the-clock-start}\n\n"
        "It is about `receipt`: see the picture.\n\n![A clock](clock.svg)\n\n"
        "- [x] On receipt\n    > Whoever reads it first.\n- [ ] On opening\n- [ ] When it is assigned\n"
        "    > Assigning comes later,\n    > and the clock already runs.\n\n"
        "> The clock starts on receipt.\n>\n> - It is a *list*"
    )


def test_the_plugin_and_we_read_the_sample_alike() -> None:
    """The same questions, options, right answers, feedback and explanations as mkdocs-quiz itself finds."""
    [paper], _ = read(SAMPLE.read_text("utf-8"))
    theirs = [one for one in extract_quizzes_from_file(SAMPLE) if len(one.blanks) < 2]
    assert len(theirs) == len(paper.questions) == 4
    for their, our in zip(theirs, paper.questions, strict=True):
        assert (their.content or "") == our.explanation
        if their.blanks:
            assert our.question.type is QuestionType.SHORT_TEXT
            assert [their.blanks[0].correct_answer] == list(our.right)
            assert their.question.replace("{{BLANK_0}}", "[[ ]]") == our.question.text
            continue
        assert their.question.split("\n")[0] == our.question.text
        assert [(one.text, one.is_correct) for one in their.answers] == [
            (one.text, one.id in our.right) for one in our.question.options
        ]
        assert [one.feedback or "" for one in their.answers] == [
            our.feedback.get(one.id, "") for one in our.question.options
        ]
        assert their.is_multiple_choice == (our.question.type is QuestionType.MULTI_SELECT)


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("Q?\n- [x] a\n- [ ] b", "### Q? {#q}\n\n- [x] a\n- [ ] b"),
        ("Q\nof two lines?\n- [x] a\n- [ ] b", "### Q of two lines? {#q-of-two-lines}\n\n- [x] a\n- [ ] b"),
        ("Q?\n- [x] true\n- [ ] false", "### Q? {#q}\n\n- [x] true\n- [ ] false"),
        ("2 + 2 = [[4]]", "### 2 + 2 = [[4]] {#2-2}"),
        ("Say [[=x]].", "### Say [[=x]]. {#say type=text}"),
        ("Use `{x}`\n- [x] a\n- [ ] b", "### Use `{x}` {#use-x}\n\n- [x] a\n- [ ] b"),
        ("Q?\n- [x] a\n- [ ] b\n\n```\ncode\n```", "### Q? {#q}\n\n- [x] a\n- [ ] b\n\n>\n> ```\n> code\n> ```"),
    ],
)
def test_questions(inside: str, wanted: str) -> None:
    """How each form reads."""
    assert quiz(inside) == wanted


def test_code_first() -> None:
    """A question that begins with code gets a heading, and that is told."""
    [paper], remarks = read("<quiz>\n```\nx = 1\n```\n- [x] a\n- [ ] b\n</quiz>")
    assert paper.questions[0].question.body == "```\nx = 1\n```"
    assert remarks == [
        (
            "page.md:2: question-on-line-2: changed: "
            "The question begins with no line that can be the heading; the heading is 'Question on line 2'."
        )
    ]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("# T\n\n<quiz>\nQ?\n- [x] a\n", "page.md:3: This <quiz> has no partner."),
        ("# T\n</quiz>\n", "page.md:2: This </quiz> has no partner."),
        (
            "---\ntitle: T\n---\n\n<?quiz?>\nquestion: Q\n<?/quiz?>",
            "page.md:5: This is mkdocs-quiz before version 1. Run `mkdocs-quiz migrate` on it first.",
        ),
        ("<quiz>\nQ?\n- [x] a\n- [o] b\n</quiz>", "page.md:4: `[o]` is neither right nor wrong."),
        ("---\ntitle: [\n---\n", "page.md:3: The front matter is no YAML: did not find expected node content."),
    ],
)
def test_what_the_plugin_refuses_is_refused(text: str, flaw: str) -> None:
    """With its place; nothing of the page is used."""
    with pytest.raises(UnreadableError) as refused:
        read(text)
    assert str(refused.value) == flaw


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("<quiz>\nQ?\n</quiz>", "page.md:2: q: left out: It has no answers."),
        ("<quiz>\nQ?\n- [ ] a\n- [ ] b\n</quiz>", "page.md:2: q: left out: No option is marked as right."),
        ("<quiz>\nSay [[a|b]].\n</quiz>", "page.md:2: say: left out: Its answer holds `|`, which parts answers here."),
        (
            "- [x] done\n\n<quiz>\nQ?\n- [x] a\n- [ ] b\n</quiz>",
            (
                "page.md: changed: `grader check` will find a mistake in the page's text: "
                "An answer stands outside a quiz, where everybody would see it."
            ),
        ),
    ],
)
def test_what_is_lost_is_told(text: str, remark: str) -> None:
    """Nothing is dropped in silence."""
    assert remark in read(text)[1]


PIECES = [
    "<quiz>",
    "</quiz>",
    "```",
    "# T",
    "## Quiz",
    "- [x] a",
    "- [ ] b",
    "> q",
    "[[a]]",
    "---",
    "",
    "text",
    "!!! note",
]


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([*PIECES, *(f"    {one}" for one in PIECES)]), max_size=16).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, there are questions or a clear flaw."""
    try:
        papers, _ = read(text)
    except UnreadableError as error:
        assert str(error).startswith("page.md:")  # noqa: PT017 - that it is raised is not the point
    else:
        assert all(page_of(paper) for paper in papers)
