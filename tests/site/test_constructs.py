"""Every construct that authors use stands in a question as it would anywhere else, and takes no answer along."""

from pathlib import Path
from typing import NamedTuple

import pytest
from markdown import Markdown

from grader.catalog.model import QuizRules
from grader.catalog.page import read_page
from grader.catalog.redact import redacted
from grader.diagnostics import Diagnostics
from tests.site.rendering import EXTENSIONS

SECRETS = ("SECRET-FEEDBACK", "SECRET-EXPLANATION")


class Construct(NamedTuple):
    name: str
    markdown: str
    html: tuple[str, ...]  # what the page has of it
    above: str = ""  # what it needs elsewhere in the page


CONSTRUCTS = [
    Construct("nested lists", "- one\n    - two\n        1. three\n- four", ("<li>two<ol>", "<li>four</li>")),
    Construct("a picture", "![A clock](../media/clock.svg){ width=20 }", ('alt="A clock" src="../media/clock.svg"',)),
    Construct("inline maths", r"The area is \(\pi r^2\).", (r'<span class="arithmatex">\(\pi r^2\)</span>',)),
    Construct("displayed maths", "$$\n\\sum_{i=1}^n x_i\n$$", (r'<div class="arithmatex">',)),
    Construct("a table", "| a | b |\n| --- | --- |\n| 1 | 2 |", ("<td>1</td>",)),
    Construct("an admonition", "!!! warning\n\n    Read *twice*.", ('class="admonition warning"', "<em>twice</em>")),
    Construct("a folded block", '??? note "More"\n\n    Inside.', ("<details", "Inside.")),
    Construct("content tabs", '=== "First"\n\n    One.\n\n=== "Second"\n\n    Two.', ("tabbed-set", "Second", "Two.")),
    Construct("a footnote", "Said there.[^1]", ('class="footnote-ref"',), "[^1]: The note.\n"),
    Construct("an abbreviation", "Ask the GDPR.", ('<abbr title="General Data',), "*[GDPR]: General Data Protection\n"),
    Construct("an abbreviation appended to every page", "Ask the MLRO.", ('<abbr title="Money Laundering',)),
    Construct(
        "a reference link",
        "See [the law][law].",
        ('href="https://example.org/law"',),
        "[law]: https://example.org/law\n",
    ),
    Construct("a definition list", "Term\n:   What it means", ("<dt>Term</dt>",)),
    Construct("a comment", "Before <!-- - [x] hidden --> after", ("Before  after",)),
    Construct("right to left", "متى تبدأ المهلة؟", ("متى تبدأ المهلة؟",)),
    Construct("Chinese and Japanese", "期限はいつ始まりますか。何时开始？", ("期限はいつ始まりますか。何时开始？",)),
]


def page(construct: Construct, right: str) -> str:
    first, second = ("x", " ") if right == "first" else (" ", "x")
    below = "\n".join(f"      {line}" if line else "" for line in construct.markdown.split("\n"))
    return f"""# Page

{construct.above}
{construct.markdown}

## Quiz

### Which one? {{#which}}

{construct.markdown}

- [{first}] The first

{below}
    > SECRET-FEEDBACK {right}
- [{second}] The second

> SECRET-EXPLANATION {right}

### Heading of another kind {{#other}}

- [{first}] Yes
- [{second}] No
"""


@pytest.fixture
def engine(tmp_path: Path) -> Markdown:
    """With maths, and with a file of abbreviations that is appended to every page."""
    (tmp_path / "abbreviations.md").write_text("*[MLRO]: Money Laundering Reporting Officer\n", "utf-8")
    return Markdown(
        extensions=["abbr", "pymdownx.arithmatex", "pymdownx.snippets", *EXTENSIONS],
        extension_configs={
            "pymdownx.arithmatex": {"generic": True},
            "pymdownx.snippets": {"base_path": [str(tmp_path)], "auto_append": ["abbreviations.md"]},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda one: one.name)
def test_it_works(construct: Construct, ends: str, engine: Markdown) -> None:
    """It is rendered in the text, in the question and in the option; another key makes the same page."""
    pages = []
    for right in ("first", "second"):
        diagnostics = Diagnostics("page")
        read = read_page(page(construct, right).replace("\n", ends), diagnostics)
        assert diagnostics.found == []
        assert read.quiz
        assert len(read.quiz.questions) == 2
        pages.append(redacted(read, QuizRules()))
    assert pages[0] == pages[1]
    html = engine.reset().convert(pages[0])
    form = html[html.index("<quiz-form") : html.index("</quiz-form>")]
    for part in construct.html:
        assert (html.count(part), form.count(part)) >= (3, 2), part
    assert not any(secret in html + pages[0] for secret in SECRETS)


@pytest.mark.parametrize("fence", ["````", "~~~"])
def test_fences(fence: str, engine: Markdown) -> None:
    """A quiz heading in a fence is code, in the text and in a question: the quiz is the one below."""
    shown = f"{fence}\n## Quiz\n\n### Which?\n\n- [ ] fenced\n{fence}"
    text = f"# Page\n\n{shown}\n\n## Quiz\n\n### Which?\n\n{fence}\n## Quiz\n{fence}\n\n- [x] This\n- [ ] That\n"
    diagnostics = Diagnostics("page")
    read = read_page(text, diagnostics)
    assert diagnostics.found == []
    assert read.quiz
    assert [one.question.id for one in read.quiz.questions] == ["which"]
    html = engine.reset().convert(redacted(read, QuizRules()))
    assert (html.count("## Quiz"), html.count("- [ ] fenced")) == (2, 1)


@pytest.mark.parametrize("fence", ["````", "~~~"])
def test_ticks_in_fences(fence: str) -> None:
    """A ticked option in a fence is refused with its line: a quiz put away into a fence would be read by everybody."""
    diagnostics = Diagnostics("page")
    read_page(f"# Page\n\n{fence}\n- [x] fenced\n{fence}\n", diagnostics)
    assert [(one.code, one.line) for one in diagnostics.found] == [("answer-outside-quiz", 4)]


def test_five_hundred_questions(engine: Markdown) -> None:
    """A page may be long: every question is there, in order."""
    questions = "\n".join(
        f"### Question {n}? {{#q{n}}}\n\n- [x] Right {n}\n    > SECRET-FEEDBACK\n- [ ] Wrong {n}\n" for n in range(500)
    )
    diagnostics = Diagnostics("page")
    read = read_page(f"# Page\n\n## Quiz\n\n{questions}", diagnostics)
    assert diagnostics.found == []
    html = engine.reset().convert(redacted(read, QuizRules()))
    places = [html.index(f'id="q-q{n}"') for n in range(500)]
    assert places == sorted(places)
    assert "SECRET" not in html


def test_setext_headings(engine: Markdown) -> None:
    """A quiz may be underlined, as may what stands around it."""
    text = "Page\n====\n\nQuiz\n----\n\n### Which?\n\n- [x] This\n- [ ] That\n\n> SECRET-EXPLANATION\n"
    diagnostics = Diagnostics("page")
    read = read_page(text, diagnostics)
    assert diagnostics.found == []
    html = engine.reset().convert(redacted(read, QuizRules()))
    assert "<quiz-form" in html
    assert "SECRET" not in html
