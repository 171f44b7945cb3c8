import logging

import pytest
from markdown import Markdown

from tests.site.rendering import EXTENSIONS, render

QUIZ = """
## Quiz

Read *slowly*.

### When does the [clock](clock.md) start? {#clock points=2}

Look:

| A |
| - |
| 1 |

- [x] On *receipt*[^1]
- [ ] ```py
      later()
      ```

### Which words? {#words type=multi}

- [x] One
- [ ] Two

### It is [[this]]. {#blank}

### Order {#order}

1. One
2. Two
"""
PAGE = f"# Page\n\n[^1]: A note.\n{QUIZ}"
BOXES = {"pymdownx.tasklist": {"custom_checkbox": True}}


def form(html: str) -> str:
    return html[html.index("<quiz-form") : html.index("</quiz-form>")]


def test_it_works() -> None:
    """The section becomes a form in a custom element, with a fieldset for each question."""
    html = render(PAGE)
    assert '<h2 id="quiz">Quiz</h2>\n<p>Read <em>slowly</em>.</p>\n<quiz-form data-search-exclude="" revision="' in html
    assert form(html).count("<fieldset ") == 4
    assert '<ul class="plain quiz-rules"><li>4 questions</li><li>80 % to pass</li>' in html
    assert '<fieldset class="quiz-question" data-question="clock" data-type="MULTIPLE_CHOICE" id="q-clock">' in html
    assert '<span class="quiz-number">1</span>' in html
    assert '<span class="quiz-points">2 points</span>' in html
    assert "<noscript><p>Answering needs JavaScript.</p></noscript>" in html


def test_questions_are_rendered_by_the_page_itself() -> None:
    """Links, notes, tables and code work as everywhere else."""
    html = form(render(PAGE))
    assert '<span class="quiz-text">When does the <a href="clock.md">clock</a> start?</span>' in html
    assert "<table>" in html[html.index('<div class="quiz-body">') : html.index("<label")]
    assert "On <em>receipt</em><sup" in html
    assert 'class="quiz-option-text"><div class="highlight">' in html


def test_controls_fit_the_type() -> None:
    """Radio buttons, boxes, a field, or lists to choose from."""
    html = form(render(PAGE))
    assert html.count('type="radio"') == html.count('type="checkbox"') == 2
    assert html.count('type="text"') == 1
    assert html.count("<select ") == 2
    assert "Select all that apply." in html
    assert '<span class="quiz-blank">…</span>' in html


def test_a_blank_in_code_is_a_gap() -> None:
    """Code shows HTML as it stands; and where options are asked for, `[[ ]]` is part of the code."""
    asked = render("## Quiz\n\n### Which word?\n\nType `git [[commit]]`, not `[[ ]]`, but [[commit]].\n")
    assert "quiz-blank" not in render("## Quiz\n\n### Which word?\n\nType `git [[commit]] -a` now.\n")
    assert "<code>git ____</code>" in asked
    assert '<span class="quiz-blank">…</span>.' in asked
    assert "<code>[[ ]]</code>" in render("## Quiz\n\n### What is `[[ ]]`?\n\n- [x] A test\n- [ ] A link\n")


def test_the_rules_stand_in_the_redacted_heading() -> None:
    """The page of a course says what its front matter asks for."""
    assert "2 attempts" in render('## Quiz {#quiz .quiz attempts="2"}\n\n### What?\n\n- [ ] A\n- [ ] B\n')


def test_a_quiz_without_questions() -> None:
    """Where they come with the start, the form has their number and everything else."""
    html = render("## Quiz {#quiz .quiz revision=cafe questions=12 time_limit=60}\n\n*Calmly*.\n\n## Sources\n")
    assert '<p><em>Calmly</em>.</p>\n<quiz-form data-search-exclude="" explicit="" revision="cafe"><form ' in html
    assert "<li>12 questions</li>" in form(html)
    assert "<fieldset" not in html
    assert html.index("</quiz-form>") < html.index("Sources")


def test_whoever_must_start_on_purpose_is_told_so() -> None:
    """What costs something is marked: attempts, a pause, the clock."""
    options = "\n\n### What?\n\n- [ ] A\n- [ ] B\n"
    for rule in ("attempts=1", 'cooldown="[60]"', "time_limit=60", "draw=1"):
        assert 'explicit=""' in render(f"## Quiz {{#quiz .quiz {rule}}}{options}")
    assert "explicit" not in render(f"## Quiz {{#quiz .quiz shuffle=false}}{options}")


def test_a_practice_question_stands_where_it_was_written() -> None:
    """In a form of its own, without number and rules."""
    html = render('Before.\n\n!!! question "What?"\n\n    - [x] A\n    - [ ] B\n\nAfter.\n')
    before, form_, after = html.partition("<quiz-practice")
    assert "Before." in before
    assert "After." in after
    assert "quiz-rules" not in form_
    assert "quiz-number" not in form_


def test_questions_are_no_headings() -> None:
    """Three hundred of them would be three hundred entries in the table of contents."""
    engine = Markdown(extensions=list(EXTENSIONS))
    engine.convert(PAGE)
    assert engine.toc.count("<li>") == 2  # type: ignore[attr-defined]


def test_a_page_without_questions_stays_as_it_is() -> None:
    """The extension only touches what is its own."""
    text = "# Page\n\n- [ ] To do\n\n!!! question\n\n    What do you think?\n"
    others = [one for one in EXTENSIONS if not one.startswith("grader.")]
    assert render(text) == Markdown(extensions=others, extension_configs=BOXES).convert(text)


def test_a_swallowed_quiz_is_said_in_the_page_and_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is raised, as that would stop the preview of every page; the build takes the log for a failure."""
    html = render(f"<div>\n\n{PAGE}")
    assert "This quiz could not be rendered" in html
    assert "<quiz-form" not in html
    assert [record.name for record in caplog.records if record.levelno == logging.ERROR] == ["mkdocs.grader"]


def test_options_of_a_snippet_are_unticked_and_logged(
    tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """A quiz that arrives later than the extension reads is no quiz, but its key stays hidden and stops the build."""
    folder = tmp_path_factory.mktemp("snippets")
    (folder / "quiz.md").write_text("## Quiz\n\n### What?\n\n- [x] Right\n- [ ] Wrong\n\n1. [X] Right\n")
    engine = Markdown(
        extensions=["pymdownx.snippets", "pymdownx.tasklist", "grader.site.extension"],
        extension_configs={"pymdownx.snippets": {"base_path": [str(folder)]}},
    )
    html = engine.convert('--8<-- "quiz.md"')
    assert "checked" not in html
    assert "[x]" not in html.lower()
    assert len(caplog.records) == 2


def test_two_pages_in_one_engine_do_not_mix() -> None:
    """The forms of one page are forgotten before the next."""
    first = render(PAGE)
    render("# Other\n")
    assert render(PAGE) == first
