"""Ways in which answers got out elsewhere, or nearly did here. Each is read, or refused."""

import pytest

from grader.catalog.model import QuizRules
from grader.catalog.page import read_page
from grader.catalog.redact import redacted
from grader.diagnostics import Diagnostics
from tests.site.rendering import render

OPTIONS = "- [x] Right\n    > SECRET\n- [ ] Wrong\n"
QUESTION = f"### Which one? {{#one}}\n\n{OPTIONS}\n> SECRET\n"
QUIZ = f"## Quiz\n\n{QUESTION}"
PRACTICE = '!!! question "Which one? {#one}"\n\n    - [x] Right\n        > SECRET\n    - [ ] Wrong\n\n    > SECRET\n'
ORDER = "### Order? {#order}\n\n1. One\n2. Two\n\n> SECRET\n"

SAFE = {
    "plain": f"# Page\n\n{QUIZ}",
    "practice": f"# Page\n\n{PRACTICE}\nMore text.",
    "folded practice": f"# Page\n\n{PRACTICE.replace('!!!', '???+')}",
    "setext heading": f"# Page\n\nQuiz\n----\n\n{QUESTION}",
    "closed heading": f"# Page\n\n## Quiz ##\n\n{QUESTION}",
    "heading without space": f"# Page\n\n##Quiz\n\n{QUESTION.replace('### ', '###')}",
    "heading in capitals": f"# Page\n\n## QUIZ\n\n{QUESTION}",
    "heading in another language": f"# Page\n\n## Prüfung {{.quiz}}\n\n{QUESTION}",
    "comment with an answer": f"# Page\n\n{QUIZ}\n<!-- SECRET -->\n",
    "comment within a line": QUIZ.replace("Wrong", "Wrong <!-- SECRET --> indeed"),
    "comment over lines": f"# Page\n\n<!-- SECRET\n\n{QUIZ}\n-->\n\nText.",
    "comment made by cutting a comment": "# Page\n\nText <!<!-- -->-- SECRET --> text.\n",
    "comment behind an escaped backtick": "# Page\n\nText \\`<!-- SECRET -->\\` text.\n",
    "quote right behind the last option": QUIZ.replace("Wrong\n\n> SECRET", "Wrong\n> SECRET"),
    "quote between options": QUIZ.replace("    > SECRET", "> SECRET"),
    "quote indented by two": QUIZ.replace("    > SECRET", "  > SECRET"),
    "quote indented by eight": QUIZ.replace("    > SECRET", "        > SECRET"),
    "other bullets": QUIZ.replace("- [x]", "* [x]").replace("- [ ]", "+ [ ]"),
    "tabs": QUIZ.replace("- [x] ", "-\t[x]\t").replace("    > ", "\t> "),
    "capital X": QUIZ.replace("[x]", "[X]"),
    "CRLF": QUIZ.replace("\n", "\r\n"),
    "CR": QUIZ.replace("\n", "\r"),
    "byte order mark": f"\ufeff{QUIZ}",
    "options indented by one": QUIZ.replace("- [", " - ["),
    "no blank lines": QUIZ.replace("\n\n", "\n"),
    "link reference as a comment": f"{QUIZ}\n> [//]: # (SECRET)\n",
    "blank in the heading": "## Quiz\n\n### The word is [[SECRET]].\n\n> SECRET\n",
    "blank in the text": "## Quiz\n\n### Which word?\n\n> A quote that asks.\n\nIt is [[SECRET|SECRET]].\n\n> SECRET\n",
    "blank beside code": "## Quiz\n\n### Which word?\n\nType `git `[[SECRET]]` now`.\n",
    "blank in a practice title": '!!! question "The word is [[SECRET]]."\n\n    Think.\n\n    > SECRET\n',
}

ONLY_FOR_THE_ENGINE = {
    "comment behind an odd backtick": "# Page\n\nText ` and\nmore `<!-- SECRET -->` text.\n",
    "comment in a fence that is none": "# Page\n\n```c++, linenums here\n\n<!-- SECRET -->\n\n```\n",
}

REFUSED = {
    "second quiz": f"{QUIZ}\n## Quiz\n\n{QUESTION.replace('#one', '#two')}",
    "level-1 heading in a quiz": f"## Quiz\n\n### Which one?\n\n# A comment\n\n{OPTIONS}\n> SECRET\n",
    "level-1 heading before the explanation": QUIZ.replace("\n> SECRET", "\n# A comment\n\nSECRET"),
    "level-2 heading before the explanation": QUIZ.replace("\n> SECRET", "\n## A comment\n\n> SECRET"),
    "level-2 heading before the feedback": QUIZ.replace("    > SECRET", "## A comment\n    > SECRET"),
    "setext heading before the explanation": QUIZ.replace("\n> SECRET", "\nA comment\n---\n> SECRET"),
    "text behind an explanation": f"{QUIZ}\nSECRET\n",
    "footnote behind an explanation": f"{QUIZ}\n[^1]: SECRET\n",
    "unclosed comment": f"# Page\n\n<!-- SECRET\n\n{QUIZ}",
    "fence that leaves its quote": f"> ```\n> code\n\n## Quiz\n\n{ORDER}\n### B\n\n```py\n```\n\n{OPTIONS}",
    "fence that leaves its list": f"- ```\n\n## Quiz\n\n{ORDER}\n### B\n\n    ```\n\n{OPTIONS}",
    "fence that leaves its indentation": f"    ```\n\n## Quiz\n\n{ORDER}\n### B\n\n```\n\n{OPTIONS}",
    "unclosed fence in an option": QUIZ.replace("Wrong", "```python"),
    "option in an option": QUIZ.replace("    > SECRET\n- [ ] Wrong", "    - [x] SECRET\n- [ ] Wrong"),
    "option before the list": QUIZ.replace("- [x] Right", "  - [x] SECRET\n\n- [x] Right"),
    "option in a numbered list": QUIZ.replace("- [x] Right", "1. [x] SECRET\n\n- [x] Right"),
    "option in a quoted list": QUIZ.replace("- [x] Right", "> - [x] SECRET\n\n- [x] Right"),
    "option without a space": QUIZ.replace("- [ ] Wrong", "-[x] SECRET\n- [ ] Wrong"),
    "option without a bullet": QUIZ.replace("- [ ] Wrong", "[x] SECRET\n- [ ] Wrong"),
    "option with another bullet": QUIZ.replace("- [ ] Wrong", "• [x] SECRET\n- [ ] Wrong"),
    "option without a space behind": QUIZ.replace("- [ ] Wrong", "- [x]SECRET\n- [ ] Wrong"),
    "mark with an invisible letter": QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n- [x\u200b] SECRET\n- [ ] Other"),
    "first mark with an invisible letter": QUIZ.replace("- [x] Right", "- [x\u200b] SECRET\n\n- [x] Right"),
    "mark with other brackets": QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n- ［x］ SECRET\n- [ ] Other"),
    "mark in round brackets": QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n- (x) SECRET\n- [ ] Other"),
    "first mark in round brackets": QUIZ.replace("- [x] Right", "- (x) SECRET\n- [x] Right"),
    "mark of two letters": QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n- [xx] SECRET\n- [ ] Other"),
    "mark that is not closed": QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n- [x SECRET\n- [ ] Other"),
    "text between options": QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n\nSECRET\n\n- [ ] Other"),
    "heading right behind the options": QUIZ.replace("\n> SECRET", "#### Explanation\nSECRET"),
    "rule right behind the options": QUIZ.replace("\n> SECRET", "---\nSECRET"),
    "text behind the order": "## Quiz\n\n### Order?\n\n1. One\n2. Two\n\nSECRET\n",
    "heading right behind the order": "## Quiz\n\n### Order?\n\n1. One\n2. Two\n#### Why\nSECRET\n",
    "option in a fence of the question": QUIZ.replace("- [x] Right", "```\n- [x] SECRET\n```\n\n- [x] Right"),
    "fence that swallows a question": "## Quiz\n\n### A\n\n```\n- [x] SECRET\n- [ ] B\n\n### C\n\n```py\n\n```\n\n"
    + OPTIONS,
    "admonition in a question": QUIZ.replace("- [x] Right", "!!! note\n\n    - [x] SECRET\n\n- [x] Right"),
    "options before the first question": f"## Quiz\n\n- [x] SECRET\n\n{QUESTION}",
    "practice question without its type": '!!! question "Order?"\n\n    1. SECRET\n    2. SECRET\n\n    > SECRET\n',
    "pairs of practice without their type": "!!! question\n\n    | SECRET | B |\n    | - | - |\n\n    > SECRET\n",
    "blank behind the order's explanation": "## Quiz\n\n### Order?\n\n1. One\n2. Two\n\n> SECRET\n\nIt is [[that]].\n",
    "unknown type": QUIZ.replace("#one", "#one type=mutli"),
    "unknown type of a practice question": PRACTICE.replace("#one", "#one type=mutli"),
    "order among options": QUIZ.replace("#one", "#one type=order")
    .replace("- [x]", "1. [x]")
    .replace("- [ ]", "2. [ ]"),
    "blank beside options": QUIZ.replace("Which one?", "It is [[SECRET]]."),
    "blank with brackets": "## Quiz\n\n### Which?\n\n[[SECRET[0]]] or [[this]]\n",
    "second blank behind the explanation": "## Quiz\n\n### Which?\n\n[[this]]\n\n> SECRET\n\n[[that]]\n",
    "quote within the order": "## Quiz\n\n### Order?\n\n1. One\n    > SECRET\n2. Two\n3. Three\n",
    "text behind the order's explanation": "## Quiz\n\n### Order?\n\n1. One\n2. Two\n\n> SECRET\n\nText.\n",
    "table behind the table's explanation": (
        "## Quiz\n\n### Which?\n\n| A | B |\n| - | - |\n| a | SECRET |\n| b | d |\n\n> SECRET\n\n"
        "| A | B |\n| - | - |\n| a | c |\n| b | d |\n"
    ).replace("| SECRET |", "| c |"),
    "half a question commented out": f"## Quiz\n\n<!--\n### Old?\n\n- [x] A\n-->\n\n> SECRET\n\n{QUESTION}",
    "options of a practice question commented out": PRACTICE.replace("    - [x]", "    <!--\n    - [x]").replace(
        "Wrong\n", "Wrong\n    -->\n"
    ),
    "feedback swallowed by a fence": QUIZ.replace("    > SECRET\n", "```\n    > SECRET\n```\n"),
    "explanation swallowed by a fence": QUIZ.replace("\n> SECRET", "```\n> SECRET\n```"),
    "feedback in a fence of its option": QUIZ.replace("    > SECRET\n", "    ```\n    > SECRET\n    ```\n"),
    "text before a practice question's explanation": PRACTICE.replace("\n    > SECRET\n", "\nText.\n\n    > SECRET\n"),
    "fence before a practice question's explanation": PRACTICE.replace(
        "\n    > SECRET\n", "\n```\n    > SECRET\n```\n"
    ),
    "near-miss heading": f"# Page\n\n## Quizzes\n\n{QUESTION}",
    "explanation outside its practice question": PRACTICE.replace("\n    > SECRET\n", "\n> SECRET\n"),
}

UNTICKED = {
    "near-miss heading": f"# Page\n\n## Quizzes\n\n{QUESTION}",
    "indented heading": f"# Page\n\n ## Quiz\n\n{QUESTION}",
    "level-3 heading": f"# Page\n\n### Quiz\n\n{QUESTION}",
    "quoted quiz": "# Page\n\n" + "".join(f"> {line}\n" for line in QUIZ.split("\n")),
    "quiz in a fence": f"# Page\n\n```markdown\n{QUIZ}```\n",
    "quiz in an admonition": "# Page\n\n!!! note\n\n" + "".join(f"    {line}\n" for line in QUIZ.split("\n")),
    "fence that swallows the quiz": f"# Page\n\n```\n{QUIZ}\n```python\n\n```\n",
    "mark of another script": "# Page\n\n- [х] Right\n\n- ［x］ Right\n\n- [x\u200b] Right\n",
    "list behind the quiz": f"{QUIZ}\n## Later\n\n- [x] Right\n",
    "list in the text": f"# Page\n\n- [x] Right\n\n{QUIZ}",
    "practice question in a list": f"# Page\n\n- Item\n\n    {PRACTICE.replace(chr(10), chr(10) + '    ')}",
    "practice question with another title": PRACTICE.replace('"Which one? {#one}"', "inline 'Which one?'"),
}


PRACTICE_ORDER = '!!! question "Order? {type=order}"\n\n    1. One\n    2. Two\n\n    > Because.\n'

NEAR_MISSES = {
    "space of another kind": f"##\u00a0Quiz\n\n{ORDER}",
    "invisible letter": f"## Quiz\u200b\n\n{ORDER}",
    "number": f"## Quiz 1\n\n{ORDER}",
    "bold": f"## **Quiz**\n\n{ORDER}",
    "picture": f"## Quiz 🎉\n\n{ORDER}",
    "HTML": f"<h2>Quiz</h2>\n\n{ORDER}",
    "class in capitals": f"## Prüfung {{.Quiz}}\n\n{ORDER}",
    "another level": f"### Prüfung {{.quiz}}\n\n{ORDER}",
    "tab": '=== "Tab"\n\n' + "".join(f"    {line}\n" for line in f"## Quiz\n\n{ORDER}".split("\n")),
    "quote": "".join(f"> {line}\n" for line in f"## Quiz\n\n{ORDER}".split("\n")),
    "practice question in a tab": '=== "Tab"\n\n' + "".join(f"    {line}\n" for line in PRACTICE_ORDER.split("\n")),
    "practice question at the side": PRACTICE_ORDER.replace("question", "question inline end"),
    "practice question in capitals": PRACTICE_ORDER.replace("question", "Question"),
    "question behind the quiz": f"{QUIZ}\n## Part 2\n\n{ORDER}",
}


def read(text: str) -> tuple[str, list[str]]:
    """What may be seen of the page, and the codes of its mistakes."""
    diagnostics = Diagnostics("page")
    page = read_page(text, diagnostics)
    return redacted(page, QuizRules()), [one.code for one in diagnostics.found]


@pytest.mark.parametrize("text", SAFE.values(), ids=SAFE.keys())
def test_it_is_read_and_shows_nothing(text: str) -> None:
    """No mistake, no answer in the redacted source, none in the page rendered of it or of the author's own source."""
    public, mistakes = read(text)
    assert mistakes == []
    for shown in (public, render(public), render(text)):
        assert "secret" not in shown.lower()
        assert "[x]" not in shown.lower()
        assert "checked" not in shown


@pytest.mark.parametrize("text", ONLY_FOR_THE_ENGINE.values(), ids=ONLY_FOR_THE_ENGINE.keys())
def test_a_comment_that_only_the_engine_takes_for_one_is_dropped(text: str) -> None:
    """It would stand in the page's source."""
    assert "SECRET" not in render(text)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_and_shows_nothing(text: str) -> None:
    """A mistake that could show an answer is reported, and its place is left out even where nobody looks at reports."""
    public, mistakes = read(text)
    assert mistakes
    for shown in (public, render(public), render(text)):
        assert "secret" not in shown.lower()
        assert "[x]" not in shown.lower()
        assert "checked" not in shown


@pytest.mark.parametrize("text", UNTICKED.values(), ids=UNTICKED.keys())
def test_it_is_refused_and_unticked(text: str) -> None:
    """What is not known to be a question stays in the page, but its ticks do not."""
    public, mistakes = read(text)
    assert "answer-outside-quiz" in mistakes
    for shown in (public, render(public), render(text)):
        assert "[x]" not in shown.lower()
        assert "checked" not in shown


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES.keys())
def test_a_near_miss_without_ticks_is_refused(text: str) -> None:
    """An order, pairs and their explanation look like any text, so only the heading tells what was meant."""
    assert set(read(f"# Page\n\n{text}")[1]) & {"no-quiz-heading", "answer-outside-quiz", "title-after-quiz"}


def test_a_heading_about_quizzes_is_no_near_miss() -> None:
    """Nor is one in code."""
    text = "# What a quiz is\n\n## Quizmaster\n\n## Our quiz\n\n```\n## Quiz 1\n```"
    assert read(text) == (text, [])


def test_a_footnote_for_an_explanation_only_is_refused() -> None:
    """The page would list the note for everybody."""
    text = f"# Page\n\n[^why]: A reason.\n\n{QUIZ.replace('> SECRET', '> SECRET[^why]')}"
    assert read(text)[1] == ["footnote-in-answer"]


def test_brackets_in_the_code_of_an_explanation_are_no_footnote() -> None:
    """`[^a-z]` explains a pattern."""
    assert read(QUIZ.replace("> SECRET", "> `[^a-z]`"))[1] == []


@pytest.mark.parametrize(
    "text",
    [
        QUIZ.replace("- [ ] Wrong", "- [ ] Wrong\n    indeed {always}"),
        "## Quiz\n\n### Order?\n\n1. One\n2. Two {void}\n",
        QUIZ.replace("### Which one?", "### Which one {always} is it?"),
    ],
)
def test_an_erratum_where_it_means_nothing_is_refused(text: str) -> None:
    """It would tell everybody which option is right as well."""
    public, mistakes = read(text)
    assert mistakes == ["unknown-attribute"]
    assert "{always}" not in public
    assert "{void}" not in public


@pytest.mark.parametrize(
    "tag",
    [
        "<script>right = 1</script>",
        "<template>Right</template>",
        "<? right ?>",
        "<span hidden>Right</span>",
        '<b class="x" hidden="">Right</b>',
        '<span style="color: red; display: none">Right</span>',
        "<span style='visibility:hidden'>Right</span>",
    ],
)
def test_text_for_the_source_only_is_refused(tag: str) -> None:
    """What a learner does not see in the page stands in its source all the same."""
    assert read(QUIZ.replace("- [x]", f"{tag}\n\n- [x]"))[1] == ["hidden-text"]


def test_html_that_shows_is_no_hidden_text() -> None:
    """Whatever its attributes are called."""
    tag = '<span class="hidden-track" style="color: red">Text</span> <b>hidden</b> `<b hidden>`'
    assert read(QUIZ.replace("- [x]", f"{tag}\n\n- [x]"))[1] == []


def test_a_box_called_question_may_hold_a_quote() -> None:
    """And a list, if nothing explains it."""
    text = '!!! question "Who said it?"\n\n    > A quote.\n\n    1. One\n    2. Two\n\nText.'
    assert read(text) == (text, [])


def test_lists_and_brackets_in_the_text_are_no_answers() -> None:
    """Open task lists, links, footnotes and code stay as they are."""
    text = "# Page\n\n- [ ] To do\n- [x](x.md)\n- [^1]\n- [[1]](y.md)\n\n`[[ -f x ]]`\n\n```sh\n[[ -f x ]]\n```"
    assert read(text) == (text, [])
