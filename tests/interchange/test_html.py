"""HTML -> Markdown: what is shown stays the same, and what has no word in Markdown is told."""

import html

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from grader.interchange.html.escape import plain_to_markdown
from grader.interchange.html.markdown import to_line, to_markdown
from grader.interchange.html.tree import looks_like_html, read_html

few = settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
site = Markdown(
    extensions=[
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables", "toc"),
        *("pymdownx.caret", "pymdownx.details", "pymdownx.keys", "pymdownx.mark", "pymdownx.superfences"),
        *("pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
    ]
)


def converted(text: str) -> tuple[str, list[str]]:
    said: list[str] = []
    return to_markdown(read_html(text), said.append), said


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>One <b>two</b> <i>three</i> <code>four</code>.</p><p>Five</p>", "One **two** *three* `four`.\n\nFive"),
        ("bare <em> text </em>and", "bare  *text* and"),
        ("a<br>b<br/>c", "a  \nb  \nc"),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", "- a\n- b\n    1. c"),
        ("<ol start=3><li><p>a</p><p>b</p></li><li>c</li></ol>", "3. a\n\n    b\n\n4. c"),
        ("<pre><code class='language-python'>x = 1\n\n`y`\n</code></pre>", "```python\nx = 1\n\n`y`\n```"),
        ("<pre>```\ncode</pre>", "````\n```\ncode\n````"),
        ("<code>a `b` c</code>", "`` a `b` c ``"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<h2>Title</h2>text", "#### Title\n\ntext"),
        ("<hr>", "* * *"),
        ("<a href='https://example.org/a b'>x</a>", "[x](<https://example.org/a b>)"),
        ("<a href='/x' title='so'>x</a>", '[x](/x "so")'),
        ("<img src='a.png' alt='A [b]'>", "![A (b)](a.png)"),
        (
            "<table><tr><th>a<th>b</tr><tr><td>1|2<td><b>c</b></tr></table>",
            "| a | b |\n| --- | --- |\n| 1\\|2 | **c** |",
        ),
        ("<table><tr><td>a</td></tr></table>", "|  |\n| --- |\n| a |"),
        ("<dl><dt>a<dd>b</dl>", "a\n:   b"),
        ("H<sub>2</sub>O <del>x</del> <ins>y</ins> <q>z</q>", "H<sub>2</sub>O ~~x~~ <ins>y</ins> “z”"),
        ("<div><div>a</div>b</div>", "a\n\nb"),
        ("x &lt; y &amp; z&nbsp;!", "x < y & z\xa0!"),
        ("<b></b>a", "a"),
        ("<p>1. no list</p><p># no heading</p><p>&gt; no quote</p>", "1\\. no list\n\n\\# no heading\n\n\\> no quote"),
    ],
)
def test_elements(text: str, wanted: str) -> None:
    """Each becomes its counterpart, and nothing is lost."""
    assert converted(text) == (wanted, [])


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        ("<script>x()</script>a", "a", "A script has no place in a question."),
        ("<iframe src='//x'></iframe>a", "a", "An embedded page (//x) has no place in a question."),
        ("<video src='a.mp4'></video>a", "a", "A video (a.mp4) has no place in a question."),
        ("<a href='javascript:x'>a</a>", "a", "A link to `javascript:x` is no link of a page."),
        ("<img alt='A'>a", "a", "A picture without an address is lost."),
        ("<math><mi>x</mi></math>", "x", "A formula (MathML) is written as its bare text."),
        (
            "<table><tr><td colspan=2>a</td></tr></table>",
            "|  |\n| --- |\n| a |",
            "Cells of a table that span several rows or columns stand in one.",
        ),
    ],
)
def test_what_has_no_word_in_markdown(text: str, wanted: str, said: str) -> None:
    """It is told."""
    assert converted(text) == (wanted, [said])


def test_a_line() -> None:
    """Where a text must be one line, its blocks are joined, and that is told."""
    said: list[str] = []
    assert to_line(read_html("<p>a<br>b</p><p>c</p>"), said.append) == "a b c"
    assert said == ["Paragraphs are joined to one line."]


@pytest.mark.parametrize(
    ("text", "is_html"), [("a < b", False), ("List<Text>", False), ("a<br>", True), ("&lt;", True)]
)
def test_what_looks_like_html(text: str, *, is_html: bool) -> None:
    """Elements and entities do, angle brackets do not."""
    assert looks_like_html(text) == is_html


SPECIAL = "\\`*_{}[]()<>#+-.!|~^=:$&;\"'/ \nab1xX"


@few
@given(st.text(alphabet=SPECIAL, max_size=24))
@example("[x] a")
@example("- [ ] a\n> b\n1. c")
@example("{#id}")
@example("++ctrl++")
@example("==a== ^b^ ~c~ ~~d~~")
@example("&copy; &#35; <b>")
@example("[[a]] [^1] *[a]: b")
def test_plain_text_stays_plain(text: str) -> None:
    """However the site's Markdown is tempted: it shows the text as it is, line by line."""
    made = site.reset().convert(plain_to_markdown(text))
    shown = html.unescape(made.replace("<br />\n", "\n").replace("<p>", "").replace("</p>", ""))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    assert [line for line in shown.split("\n") if line] == [line for line in lines if line]


@few
@given(st.text(alphabet="<>/abpliuoltrhd '\"=&;! ", max_size=60))
def test_any_text_is_a_tree(text: str) -> None:
    """Whatever is not HTML does no harm, and none of its words is lost."""
    made, _ = converted(text)
    site.reset().convert(made)
