from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import toc

from grader.catalog.slug import slug, unicode_slug, unique

WORDS = st.text() | st.text(alphabet="aB -_'?ß\u00e9\u4e2d\t")


@given(WORDS)
def test_slugs_are_those_of_python_markdown(text: str) -> None:
    """The ids that the catalog names are the anchors that the page has."""
    assert slug(text) == toc.slugify(text, "-")
    assert unicode_slug(text) == toc.slugify_unicode(text, "-")


@given(st.lists(st.sampled_from(["", "a", "a_1", "a_2", "b"])))
def test_names_are_made_unique_alike(names: list[str]) -> None:
    """Also where headings are named alike, or like a numbered one."""
    ours: set[str] = set()
    theirs: set[str] = set()
    assert [unique(name, ours) for name in names] == [toc.unique(name, theirs) for name in names]
