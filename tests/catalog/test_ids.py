import pytest

from grader.catalog.ids import with_ids
from grader.catalog.page import read_page
from grader.catalog.revision import revision_of
from grader.diagnostics import Diagnostics

OPTIONS = "\n\n- [x] Yes\n- [ ] No\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("### Why so?", "### Why so? {#why-so}"),
        ("### Why so?  ", "### Why so? {#why-so}  "),
        ("### Why so? ###", "### Why so? {#why-so} ###"),
        ("### Why so? {points=2}", "### Why so? {#why-so points=2}"),
        ("### Why so? {: points=2 }", "### Why so? {: #why-so points=2 }"),
        ("### Why so? <!-- note -->", "### Why so? {#why-so} <!-- note -->"),
        ("###\tWhy so?\t", "###\tWhy so? {#why-so}\t"),
        ("### Größe?", "### Größe? {#größe}"),
        ("### Why so? {#mine}", "### Why so? {#mine}"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_works(before: str, after: str, end: str) -> None:
    """The id is the one that the question has anyway; whatever else stands there, stays."""
    page, expected = (
        f"\ufeff---\ntitle: A\n---\n\n# A\n\n## Quiz\n\n{heading}{OPTIONS}\n> Because.\t".replace("\n", end)
        for heading in (before, after)
    )
    assert with_ids(page) == expected
    assert with_ids(expected) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('!!! question "Which one?"', '!!! question "Which one? {#which-one}"'),
        ('??? question "Which one? {points=2}"', '??? question "Which one? {#which-one points=2}"'),
        ('!!! question "Which one? {#mine}"', '!!! question "Which one? {#mine}"'),
    ],
)
def test_practice(before: str, after: str) -> None:
    """In the title of the admonition."""
    below = "\n\n    - [x] Yes\n    - [ ] No\n"
    assert with_ids(f"# A\n\n{before}{below}") == f"# A\n\n{after}{below}"


def test_no_revision_changes() -> None:
    """Neither a learner nor an attempt notices."""
    page = f"# A\n\n## Quiz\n\n### One?{OPTIONS}\n### Two [[= 2]]?\n\n### Three? {{type=multi}}{OPTIONS}"
    revisions = []
    for text in (page, with_ids(page)):
        quiz = read_page(text, Diagnostics("page")).quiz
        assert quiz
        revisions.append(revision_of([one.question for one in quiz.questions]))
    assert with_ids(page).count("{#") == 3
    assert revisions[0] == revisions[1]
