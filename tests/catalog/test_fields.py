import pytest

from grader.catalog.fields import (
    ENGINE_KEYS,
    MOST_DAYS,
    MOST_MONTHS,
    OUR_KEYS,
    check_keys,
    read_rules,
    track_fields,
)
from grader.catalog.frontmatter import read_front_matter
from grader.catalog.model import TRACK_TYPES, QuizRules, Review
from grader.diagnostics import Diagnostics


def rules(quiz: str) -> QuizRules:
    diagnostics = Diagnostics("page")
    found = read_rules(read_front_matter(f"---\nquiz: {quiz}\n---\n", diagnostics), diagnostics)
    assert diagnostics.found == []
    return found


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


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1, True, "90", 1.5])
def test_a_grace_is_a_whole_number_up_to_a_century(days: object) -> None:
    """A longer one would begin before the calendar or end behind it, and stop a build from being taken in."""
    with pytest.raises(ValueError, match=r"^write "):
        track_fields(TRACK_TYPES)["grace_days"](days)


@pytest.mark.parametrize("days", [0, 90, MOST_DAYS])
def test_a_grace_may_be_none_or_a_century(days: int) -> None:
    """Both are possible, if seldom wanted."""
    assert track_fields(TRACK_TYPES)["grace_days"](days) == days


def test_keys_of_ours_of_the_engine_and_of_the_project_are_known() -> None:
    """Every other one is reported where it stands, with the one that may be meant."""
    diagnostics = Diagnostics("page")
    known = "".join(f"{key}: x\n" for key in (*OUR_KEYS, *ENGINE_KEYS, "owner"))
    check_keys(read_front_matter(f"---\n{known}---\n", diagnostics), ("owner",), diagnostics)
    assert diagnostics.found == []
    check_keys(read_front_matter("---\ntitle: x\nquizz: {}\nowner: y\n---\n", diagnostics), (), diagnostics)
    assert [(one.code, one.line, one.hint) for one in diagnostics.found] == [
        ("unknown-key", 3, "did you mean `quiz`?"),
        ("unknown-key", 4, "for templates of your own: `extra_page_keys` in grader.toml"),
    ]
