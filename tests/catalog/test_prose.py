import pytest

from grader.catalog.prose import built, html


def test_it_works() -> None:
    """Feedback and explanations are Markdown."""
    assert html("Because *so*.", "basics/intake") == "<p>Because <em>so</em>.</p>"
    assert html("", "basics/intake") == ""


def test_links_and_pictures_are_seen_from_the_built_page() -> None:
    """They are written as everywhere in the source, but shown in a folder of the page's own."""
    shown = html("[a](types.md#x) ![b](../media/clock.svg)", "basics/intake")
    assert 'href="../types/#x"' in shown
    assert 'src="../../media/clock.svg"' in shown


@pytest.mark.parametrize(
    ("target", "seen"),
    [
        ("types.md", "../types/"),
        ("index.md", "../"),
        ("../index.md", "../../"),
        ("../other/course.md?x=1", "../../other/course/?x=1"),
        ("reindex.md", "../reindex/"),
        ("picture.png", "../picture.png"),
        ("#here", "#here"),
        ("/there", "/there"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_targets(target: str, seen: str) -> None:
    """Only relative ones move."""
    assert built(target, "basics/intake") == seen
