"""GIFT that others write: how its forms read, and what is told of those that do not fit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.catalog.written import question_source
from grader.interchange.gift import read_gift
from grader.interchange.report import Report, UnreadableError
from tests.interchange.gift import read, written

few = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def source(text: str) -> str:
    """The one question of a file that loses nothing, as Markdown."""
    [parsed], remarks = read(text)
    assert remarks == []
    return question_source(parsed)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Q?{=a ~b}", "### Q? {#q}\n\n- [x] a\n- [ ] b"),
        ("Q?{~a =b}", "### Q? {#q}\n\n- [ ] a\n- [x] b"),
        ("Q?{=a =b ~c}", "### Q? {#q}\n\n- [x] a\n- [ ] b {always}\n- [ ] c"),
        ("Q?{~%100%a ~%-100%b}", "### Q? {#q type=multi credit=partial}\n\n- [x] a\n- [ ] b"),
        ("Q?{TRUE}", "### Q? {#q}\n\n- [x] True\n- [ ] False"),
        ("Q?{F##yes}", "### Q? {#q}\n\n- [ ] True\n- [x] False\n    > yes"),
        ("Q?{=a =b}", "### Q? [[a|b]] {#q}"),
        ("Q?{a}", "### Q? [[a]] {#q}"),
        ("The {=cat} sat.", "### The [[cat]] sat. {#the-sat}"),
        ("Say \\{it\\} {=a\\*b}", "### Say \\{it&#125; [[a*b]] {#say-it}"),
        ("Q?{#7}", "### Q? [[= 7]] {#q}"),
        ("Q?{#-1.5..2}", "### Q? [[= 0.25 ± 1.75]] {#q}"),
        ("Q?{=a -> b =c -> d}", "### Q? {#q credit=partial}\n\n|   |   |\n| --- | --- |\n| a | b |\n| c | d |"),
        ("Q?{>\none\ntwo}", "### Q? {#q}\n\n1. one\n2. two"),
        ("::My name:: Q?{=a ~b}", "### Q? {#my-name}\n\n- [x] a\n- [ ] b"),
        ("[html]<p>Q<sub>1</sub>?</p>{=<b>a</b> ~b}", "### Q<sub>1</sub>? {#q1}\n\n- [x] **a**\n- [ ] b"),
        ("[plain]Is *this* <b>?{=a_b_ ~\\#b}", "### Is \\*this\\* &lt;b>? {#is-this-b}\n\n- [x] a_b\\_\n- [ ] \\#b"),
        ("First line\\nsecond{=a ~b}", "### First line {#first-line}\n\nsecond\n\n- [x] a\n- [ ] b"),
    ],
)
def test_reading(text: str, wanted: str) -> None:
    """How each form of GIFT reads as Markdown of ours, without any loss."""
    assert source(text) == wanted


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("One {T}\n\nTwo {=a\n\n~b}", 3, "The `{` is never closed."),
        ("// note\nQ } {T}", 2, "A `{` or `}` stands alone, or the blank line"),
        ("Q {=a {b} ~c}", 1, "A `{` or `}` stands alone, or the blank line"),
    ],
)
def test_what_is_no_gift_is_refused_with_its_place(text: str, line: int, message: str) -> None:
    """All flaws are told, none of the file is used."""
    with pytest.raises(UnreadableError) as refused:
        read(text)
    assert (refused.value.flaws[0].line, refused.value.flaws[0].path) == (line, "quiz.gift")
    assert refused.value.flaws[0].message.startswith(message)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Q?{}", "quiz.gift:1: q: left out: An essay is graded by a person, and no question type is."),
        ("Q?{~a ~b}", "quiz.gift:1: q: left out: No answer is right."),
        ("Q?{=a ~a}", "quiz.gift:1: q: left out: Two of its options, or two sides of its pairs, are the same."),
        ("Q?{#=%50%3}", "quiz.gift:1: q: left out: No number in it is fully right."),
        ("Q?{=c*t}", "quiz.gift:1: q: lost: The answer 'c*t' has a wildcard (`*`); here each answer is written out."),
        (
            "Q?{=a ~%50%b}",
            "quiz.gift:1: q: lost: The option 'b' gives 50 %; here it is plainly wrong.",
        ),
        (
            "Q?{=a -> b =c -> d = -> e}",
            "quiz.gift:1: q: lost: The answer 'e' belongs to nothing; it only misleads.",
        ),
        ("[html]<script>x()</script>Q?{T}", "quiz.gift:1: q: lost: A script has no place in a question."),
        (
            "[markdown]- a\\n- list{T}",
            (
                "quiz.gift:1: question: changed: The text begins with no line that can be the heading; "
                "the heading is 'Question on line 1'."
            ),
        ),
    ],
)
def test_reading_tells_what_is_lost(text: str, remark: str) -> None:
    """Nothing is dropped in silence."""
    assert remark in read(text)[1]


@few
@given(st.text(alphabet="ab{}=~#:%\\->$/[]\n TF1.*|x`\u2028\x00", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, there are questions or clear flaws; whatever is read can be written again."""
    try:
        parsed, _ = read(text)
    except UnreadableError:
        return
    for one in parsed:
        assert written(one)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"[markdown]\# Title\n\n\#\# Part\n\ntext{T}", "### Title {#title}\n\n#### Part\n\ntext"),
        (r"[markdown]Q\n\n```\n\# code\n```{T}", "### Q {#q}\n\n```\n# code\n```"),
    ],
)
def test_headings_in_a_text_stay_below_the_question(text: str, wanted: str) -> None:
    """They become deeper ones, so that the question does not end there; code is left alone."""
    assert source(text) == f"{wanted}\n\n- [x] True\n- [ ] False"


def test_an_introduction_that_is_none() -> None:
    """What the page would take for a question is not written, and that is told."""
    papers = read_gift("[markdown]- [x] a\n- [ ] b\n\nQ?{T}", report := Report("quiz.gift"))
    assert [paper.intro for paper in papers] == [""]
    assert [str(one) for one in report.remarks] == [
        "quiz.gift: lost: The introduction of the quiz. An option or a blank stands before the first question."
    ]
