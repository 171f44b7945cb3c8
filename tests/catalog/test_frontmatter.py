import pytest

from grader.catalog.frontmatter import read_front_matter
from grader.diagnostics import Diagnostics


def test_it_works() -> None:
    """The block at the top is read, with the places of keys and values, and stays as it is."""
    text = "---\ntitle: A\ncourse:\n  type: [TEXT, é, B]\n---\n\n# A\n"
    matter = read_front_matter(text, Diagnostics("page"))
    assert matter.values == {"title": "A", "course": {"type": ["TEXT", "é", "B"]}}
    assert (matter.key("title"), matter.key("course", "type"), matter.key("course", "minutes")) == (
        (2, 1),
        (4, 3),
        (3, 1),
    )
    assert (matter.value("title"), matter.value("course", "type")) == ((2, 8), (4, 9))
    assert matter.value("course", "type", "2") == (4, 19)
    assert matter.value("quiz") == (1, 1)
    assert (matter.raw, matter.height) == (text.removesuffix("\n# A\n"), 5)


@pytest.mark.parametrize("text", ["", "# A\n", "----\na: b\n----\n", "text\n---\na: b\n---\n"])
def test_a_page_may_have_none(text: str) -> None:
    """Then all of it is text."""
    assert read_front_matter(text, Diagnostics("page")).raw == ""


@pytest.mark.parametrize("text", ["\n---\ndraft: true\n---\n", "---\ndraft: true\n\n# A\n", "---\rdraft: true\r---\r"])
def test_front_matter_that_is_not_read_is_reported(text: str) -> None:
    """What it says would be passed over, and a draft published."""
    diagnostics = Diagnostics("page")
    read_front_matter(text, diagnostics)
    assert [(one.code, one.line) for one in diagnostics.found] == [("bad-front-matter", 1)]


@pytest.mark.parametrize(
    "text", ["---\n---\n", "---\r\ntitle: A\r\n---\r\n", "\ufeff---\ntitle: A\n...\n", "---\na: b\n---"]
)
def test_line_ends_and_byte_order_marks_do_not_matter(text: str) -> None:
    """Nor does the kind of the closing line."""
    diagnostics = Diagnostics("page")
    assert read_front_matter(text, diagnostics).raw == text
    assert diagnostics.found == []


@pytest.mark.parametrize("yaml", ["a: [", "a: 2026-13-45", "- a", "a: \x07", "? [a]\n: b\n? {c}\n: d", "a: !!x b"])
def test_what_is_no_front_matter_is_reported(yaml: str) -> None:
    """Whatever stands in it, reading does not raise."""
    diagnostics = Diagnostics("page")
    read_front_matter(f"---\n{yaml}\n---\n", diagnostics)
    assert {one.code for one in diagnostics.found} == {"bad-front-matter"}


@pytest.mark.parametrize(
    ("yaml", "what"),
    [
        ("a: " + "[" * 100_000, "nested too deeply"),
        ("a:\n  " + "- " * 100_000 + "b", "nested too deeply"),
        ("a0: &a0 [x, x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)), "too much"),
        ("a: &a [b, *a]", "too much"),
        (f"a: 0x{'f' * 5000}", "too long"),
        ("a: !!bool b", "does not fit"),
        ("a: !!timestamp b", "does not fit"),
        ("{title: A}", "left edge"),
        ("  title: A\n  description: B", "left edge"),
    ],
)
def test_what_would_do_harm_is_reported(yaml: str, what: str) -> None:
    """It would take all memory, end the process, or be shown as text, since the facts cannot be written above it."""
    diagnostics = Diagnostics("page")
    read_front_matter(f"---\n{yaml}\n---\n", diagnostics)
    assert [one.code for one in diagnostics.found] == ["bad-front-matter"]
    assert what in str(diagnostics.found[0])


def test_an_anchor_may_be_used_again() -> None:
    """It is YAML."""
    diagnostics = Diagnostics("page")
    matter = read_front_matter("---\na: &a {b: [c, d]}\ne: *a\n---\n", diagnostics)
    assert diagnostics.found == []
    assert matter.values["e"] == {"b": ["c", "d"]}
