import pytest

from grader.catalog.frontmatter import MOST_MONTHS, read_front_matter, read_rules, track_fields
from grader.catalog.model import TRACK_TYPES, QuizRules, Review
from grader.diagnostics import Diagnostics


def rules(quiz: str) -> QuizRules:
    diagnostics = Diagnostics("page")
    found = read_rules(read_front_matter(f"---\nquiz: {quiz}\n---\n", diagnostics), diagnostics)
    assert diagnostics.found == []
    return found


def test_it_works() -> None:
    """The block at the top is read, with the line of each key, and stays as it is."""
    text = "---\ntitle: A\ncourse:\n  type: TEXT\n---\n\n# A\n"
    matter = read_front_matter(text, Diagnostics("page"))
    assert matter.values == {"title": "A", "course": {"type": "TEXT"}}
    assert (matter.line("title"), matter.line("course", "type"), matter.line("course", "minutes")) == (2, 4, 3)
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
    assert read_front_matter("---\na: &a {b: *a}\n---\n", Diagnostics("page")).line("a", "b") == 2


@pytest.mark.parametrize(
    ("quiz", "expected"),
    [
        ("{}", QuizRules()),
        ("{pass: 75%}", QuizRules(passing_score=0.75)),
        ("{pass: 66.7 %}", QuizRules(passing_score=0.667)),
        ("{pass: 0.9}", QuizRules(passing_score=0.9)),
        ("{attempts: 3, cooldown: [0h, 24h, 3d]}", QuizRules(attempts=3, cooldown=(0, 86400, 259200))),
        ("{cooldown: 90s}", QuizRules(cooldown=(90,))),
        ("{shuffle: false, review: never}", QuizRules(shuffle=False, review=Review.NEVER)),
        ("{attempts: null}", QuizRules()),
    ],
)
def test_rules(quiz: str, expected: QuizRules) -> None:
    """Shares, numbers, durations and words, as people write them."""
    assert rules(quiz) == expected


@pytest.mark.parametrize(
    "quiz",
    [
        *("{pass: 0}", "{pass: 101%}", "{pass: nan}", "{pass: much}", "{pass: [1]}"),
        *("{attempts: 0}", "{attempts: 1.5}", "{attempts: true}", "{attempts: 99999999999999999999}"),
        *("{cooldown: 5}", "{cooldown: -1h}", "{cooldown: 99999999d}", f"{{cooldown: {'9' * 400}d}}"),
        *("{shuffle: 1}", "{review: maybe}"),
    ],
)
def test_impossible_rules_are_reported(quiz: str) -> None:
    """And the default stands in for them."""
    diagnostics = Diagnostics("page")
    assert read_rules(read_front_matter(f"---\nquiz: {quiz}\n---\n", diagnostics), diagnostics) == QuizRules()
    assert [one.code for one in diagnostics.found] == ["bad-value"]


@pytest.mark.parametrize("months", [0, -1, MOST_MONTHS + 1, True, "24", 1.5])
def test_a_validity_is_a_whole_number_up_to_a_century(months: object) -> None:
    """A longer one would end behind the calendar, and stop the submission that completes a track."""
    with pytest.raises(ValueError, match=r"^write "):
        track_fields(TRACK_TYPES)["validity_months"](months)
