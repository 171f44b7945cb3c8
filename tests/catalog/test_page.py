import pytest

from grader.catalog.model import QuizRules, Topic
from grader.catalog.page import Page, read_page
from grader.catalog.redact import redacted
from grader.catalog.revision import revision_of, shown
from grader.diagnostics import Diagnostics
from grader.questions.kind import Parsed
from grader.questions.model import QuestionType

PAGE = """
# Page

Text.

## Deadlines {#deadlines}

!!! question "Is it *urgent*? {#urgent}"

    - [x] True
    - [ ] False

## Quiz

Read slowly.

### When does it start? {#start topic=deadlines}

- [x] On receipt
- [ ] On assignment

### Who knows?

- [x] Few
- [ ] Many

## Sources

None.
"""


def read(text: str) -> Page:
    diagnostics = Diagnostics("page")
    page = read_page(text, diagnostics)
    assert [str(one) for one in diagnostics.found] == []
    return page


def revision(text: str) -> str:
    quiz = read(text).quiz
    assert quiz
    return revision_of([one.question for one in quiz.questions])


def test_it_works() -> None:
    """A page is text, its practice questions, and its quiz."""
    page = read(PAGE)
    assert page.quiz
    assert page.quiz.intro == "Read slowly."
    assert [(one.question.id, one.number) for one in page.quiz.questions] == [("start", 17), ("who-knows", 22)]
    assert [(one.fold, one.parsed.question.type) for one in page.practice] == [("!!!", QuestionType.TRUE_FALSE)]


def test_topics_are_the_headings_outside_the_quiz() -> None:
    """By the anchors that the page gives them; a second one of a name gets a number."""
    page = read("# A *b* `c_d` [e](f)\n\n## Twice\n\n## Twice\n\n## Named {#x}\n\n## 机密\n\n" + PAGE)
    assert page.topics[:5] == (
        Topic(id="a-b-c_d-e", title="A b c_d e"),
        Topic(id="twice", title="Twice"),
        Topic(id="twice_1", title="Twice"),
        Topic(id="x", title="Named"),
        Topic(id="_1", title="机密"),
    )
    assert [topic.title for topic in page.topics[5:]] == ["Page", "Deadlines", "Sources"]


def test_a_practice_question_needs_options_a_blank_or_a_type() -> None:
    """Else it is the admonition that it looks like."""
    text = '!!! question "Open"\n\n    1. One\n    2. Two\n\n'
    assert read(text).practice == ()
    assert len(read(text.replace("Open", "Open {type=order}")).practice) == 1
    assert len(read('??? question "The word is [[this]]."\n').practice) == 1


def test_an_unknown_question_has_the_slug_of_its_heading() -> None:
    """In any script."""
    assert read("## Quiz\n\n### 谁 知道？\n\n- [x] A\n- [ ] B").quiz.questions[0].question.id == "谁-知道"  # type: ignore[union-attr]


def test_ids_do_not_shift() -> None:
    """A question put before the others changes no id, neither of questions nor of options."""
    other = "### A new one?\n\n- [x] On receipt\n- [ ] Few\n\n"
    before, after = read(PAGE).quiz, read(PAGE.replace("### When", f"{other}### When")).quiz
    assert before
    assert after
    assert [one.question for one in before.questions] == [one.question for one in after.questions[1:]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("- [x] On receipt\n- [ ] On assignment", "- [ ] On assignment\n- [x] On receipt"),
        ("- [x] On receipt\n- [ ] On", "- [ ] On receipt\n- [x] On"),
        ("- [ ] Many", "- [ ] Many\n    > Too many.\n\n> So it is."),
        (" topic=deadlines", ""),
        ("Text.", "Another text."),
        ("- [x] Few", "*  [x]  Few  "),
    ],
)
def test_a_revision_is_what_the_learner_sees(old: str, new: str) -> None:
    """Line ends, order, key, feedback, topics and the text around do not change it."""
    assert revision(PAGE.replace(old, new)) == revision(PAGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("When does it start?", "When did it start?"),
        ("On receipt", "On arrival"),
        ("topic=deadlines}\n", "topic=deadlines}\n\nLook:\n"),
        ("- [ ] Many", "- [ ] Many\n- [ ] More"),
        ("#start", "#begin"),
        ("#start", "#start points=2"),
        ("#start", "#start type=multi"),
    ],
)
def test_whatever_is_visible_changes_the_revision(old: str, new: str) -> None:
    """So that an attempt belongs to what was shown."""
    assert revision(PAGE.replace(old, new)) != revision(PAGE)


def test_options_do_not_stand_in_the_order_of_the_source() -> None:
    """Authors tend to write the right one first. The order depends on the revision only."""
    texts = [f"- [{'x' if n == 0 else ' '}] Option {n}" for n in range(8)]
    orders = []
    for source in (texts, texts[::-1]):
        quiz = read("## Quiz\n\n### What?\n\n" + "\n".join(source)).quiz
        assert quiz
        question = quiz.questions[0].question
        orders.append([option.text for option in shown(question, revision_of([question]), shuffle=True).options])
    assert orders[0] == orders[1]
    assert orders[0] not in ([text[6:] for text in texts], [text[6:] for text in texts[::-1]])


def test_true_comes_before_false() -> None:
    """And the author's order is kept where it is asked for."""
    quiz = read("## Quiz\n\n### Is it?\n\n- [x] False\n- [ ] True\n\n### What?\n\n- [ ] B\n- [x] A").quiz
    assert quiz
    first, second = (shown(one.question, "r", shuffle=False) for one in quiz.questions)
    assert [option.text for option in first.options] == ["True", "False"]
    assert [option.text for option in second.options] == ["B", "A"]


def test_the_redacted_page_is_the_page_without_its_key() -> None:
    """Ordinary Markdown that tells how it is to be read."""
    quiz = read(PAGE).quiz
    assert quiz
    options = [shown(one.question, revision(PAGE), shuffle=True).options for one in quiz.questions]
    first, second = ("\n".join(f"- [ ] {option.text}" for option in each) for each in options)
    assert (
        redacted(read(PAGE), QuizRules(attempts=3))
        == f"""
# Page

Text.

## Deadlines {{#deadlines}}

!!! question "Is it *urgent*? {{#urgent type=true-false}}"

    - [ ] True
    - [ ] False

## Quiz {{#quiz .quiz attempts="3"}}

Read slowly.

### When does it start? {{#start type=single topic=deadlines}}

{first}

### Who knows? {{#who-knows type=single}}

{second}

## Sources

None.
"""
    )


@pytest.mark.parametrize(
    "body",
    [
        "A\n\n* * *\n\n- [x] One\n- [ ] Two",
        "    indented code\n\n- [x] One\n- [ ] Two",
        "```\ncode\n```\n\n- [x] One\n      more\n    less\n- [ ] Two\n\n      - list\n\n      text",
        "1. One\n    more\n2. Two\n\n    text\n3. Three",
        "| A | B |\n| - | - |\n| a | b \\| c |\n| `d` | e |",
        "It is [[this|that]].",
        "It is [[= 4 ± 1]].",
    ],
)
@pytest.mark.parametrize("attributes", ["", "points=0.3333333", "credit=partial since=1.0"])
@pytest.mark.parametrize("practice", [False, True])
def test_every_question_survives_redaction(body: str, attributes: str, practice: bool) -> None:  # noqa: FBT001 - a table
    """The redacted page is read as the same questions under the same revision, and redacts to itself."""
    kind = {"1": "type=order", "|": "type=match"}.get(body[0], "")
    head = f"What? {{#what {kind} {attributes}}}"
    indented = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    page = read(f'!!! question "{head}"\n\n{indented}\n' if practice else f"## Quiz\n\n### {head}\n\n{body}\n")
    public = redacted(page, QuizRules())
    again = read_page(public, Diagnostics("page"))
    [before], [after] = ([one.question for one in _all(each)] for each in (page, again))
    assert revision_of([before]) == revision_of([after])
    assert shown(before, "r", shuffle=True) == shown(after, "r", shuffle=True)
    assert redacted(again, QuizRules()) == public


def _all(page: Page) -> list[Parsed]:
    return [*(page.quiz.questions if page.quiz else ()), *(one.parsed for one in page.practice)]


@pytest.mark.parametrize(
    "text",
    [
        "[[" + "a" * 100_000,
        "[[" + "`" * 100_000,
        "## " + "[" * 100_000,
        "<!-- -->" * 20_000,
        "```a\n" * 5_000,
        f"## Quiz\n\n### a{' ' * 100_000}b}}\n",
        f"## Quiz\n\n### a\n\n- [x] a{' ' * 100_000}b}}\n- [ ] b\n",
        f"## Quiz\n\n### a\n\n- [x] a\n- [ ] b\n\n> {'[^' * 50_000}\n",
    ],
    ids=["blank", "backticks", "brackets", "comments", "fences", "heading", "option", "footnotes"],
)
def test_long_lines_are_read_at_once(text: str) -> None:
    """If the time grew with the square of their length, this test would take minutes, or hours."""
    assert read_page(text, Diagnostics("page")).lines
