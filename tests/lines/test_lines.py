import pytest

from grader.diagnostics import Diagnostics
from grader.lines import Heading, Line, attributes, dedented, heading_at, headings, read_lines, text_of


def read(text: str) -> list[Line]:
    return read_lines(text, Diagnostics("page"))


def test_it_works() -> None:
    """A text is split into numbered lines, and fences are marked as code."""
    assert read("one\n```py\n## two\n```\n") == [
        Line(1, "one", raw="one"),
        Line(2, "```py", code=True, raw="```py"),
        Line(3, "## two", code=True, raw="## two"),
        Line(4, "```", code=True, raw="```"),
        Line(5, ""),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    """A file reads the same from any system."""
    assert [line.text for line in read(f"\ufeffone{end}two")] == ["one", "two"]


def test_lines_count_from_where_the_text_begins() -> None:
    """Front matter is no part of the text, but of the file."""
    assert [line.number for line in read_lines("one\ntwo", Diagnostics("page"), first=5)] == [5, 6]


def test_tabs_are_four_spaces() -> None:
    """As in Markdown, which counts columns."""
    assert read("\ta\n- \tb")[0].text == "    a"
    assert read("\ta\n- \tb")[1].text == "-   b"


@pytest.mark.parametrize(
    ("raw", "part", "column"),
    [
        ("- [x] one", "", 1),
        ("    - [x] one", "", 5),
        ("\t- [x] one", "", 2),
        ("### Why? {#a point=2}", "point", 14),
        ("###\tWhy?\t{point=2}", "point", 11),
        ("### Why? <!-- point --> {point=2}", "point", 26),
        ("### Why? {point=2} <!-- point -->", "point", 11),
        ("### W<!-- a -->hy? {point=2}", "W", 5),
        ("### Why?", "nowhere", 1),
    ],
)
def test_columns_are_those_of_the_file(raw: str, part: str, column: int) -> None:
    """Whatever was cut out or expanded before the place."""
    [line] = read(raw)
    assert line.place(part) == (1, column)
    assert dedented([line])[0].place(part) == (1, column)


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a <!-- b --> c", ["a  c"]),
        ("a <!-- b\nc\nd --> e", ["a", " e"]),
        ("<!-- a --><!-- b -->c", ["c"]),
        ("`<!-- code -->` <!-- b -->", ["`<!-- code -->` "]),
        ("```\n<!-- code -->\n```", ["```", "<!-- code -->", "```"]),
        ("<!<!-- a -->-- b -->c", ["c"]),
    ],
)
def test_comments_are_cut_out(text: str, visible: list[str]) -> None:
    """But not in code; and what is left is no comment, either."""
    assert [line.text for line in read(text)] == visible


def test_a_fence_needs_marks_as_long_as_it_opened_with() -> None:
    """So a fence may show a fence."""
    assert [line.code for line in read("````\n```\n## a\n```\n````\nb")] == [True] * 5 + [False]


def test_a_list_item_may_begin_with_a_fence() -> None:
    """The item's line itself is a list item, and what follows is code."""
    assert [line.code for line in read("- [x] ```py\n      - [x] a\n      ```\n- [ ] b")] == [False, True, True, False]


def test_an_unclosed_fence_is_none() -> None:
    """Markdown reads on behind it, and so do headings and options."""
    diagnostics = Diagnostics("page")
    lines = read_lines("```\n## Quiz", diagnostics)
    assert [line.code for line in lines] == [False, False]
    assert [(one.code, one.line) for one in diagnostics.found] == [("unclosed-fence", 1)]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# Title", Heading(1, "Title", "", 1)),
        ("##Title", Heading(2, "Title", "", 1)),
        ("## Title ##", Heading(2, "Title", "", 1)),
        ("### What is it? {#what type=multi}", Heading(3, "What is it?", "#what type=multi", 1)),
        ("### Is it C\\#", Heading(3, "Is it C\\#", "", 1)),
        ("## Ends in a backslash \\", Heading(2, "Ends in a backslash \\", "", 1)),
        ("Title\n=====", Heading(1, "Title", "", 2)),
        ("Title {#t}\n-", Heading(2, "Title", "#t", 2)),
        ("##", Heading(2, "", "", 1)),
        (" ## Title", None),
        ("\\## Title", None),
        ("- item\n---", None),
        ("> quote\n---", None),
        ("\n---", None),
        ("text", None),
    ],
)
def test_headings_are_those_of_python_markdown(text: str, heading: Heading | None) -> None:
    """A space is not needed behind the marks, but none may stand before them."""
    assert heading_at(read(text), 0) == heading


def test_a_setext_heading_begins_a_block() -> None:
    """Behind a line of text, a rule is no underline."""
    assert [*headings(read("a\nb\n---"))] == []
    assert [*headings(read("# a\nb\n---"))] == [0, 1]


def test_code_has_no_headings() -> None:
    """A comment of a script is none."""
    assert headings(read("```sh\n# a\n```")) == {}


def test_attributes() -> None:
    """As Python-Markdown's attr_list writes them."""
    assert attributes('#a .b .c key=1 other="2 3" word') == {
        "id": "a",
        "class": "b c",
        "key": "1",
        "other": "2 3",
        "word": "",
    }


def test_dedented_lines_keep_their_distances() -> None:
    """The least indented one moves to the left edge."""
    assert text_of(dedented(read("    a\n\n      b"))) == "a\n\n  b"
