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


def test_an_endless_anchor_ends() -> None:
    """YAML may refer to itself."""
    assert read_front_matter("---\na: &a {b: *a}\n---\n", Diagnostics("page")).key("a", "b").line == 2
