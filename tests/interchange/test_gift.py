"""GIFT: what we write comes back and others read it, and what it cannot say is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.catalog.model import QuizRules
from grader.catalog.written import question_source
from grader.interchange.gift import read_gift, write_gift
from grader.interchange.paper import Paper
from grader.interchange.report import Report
from grader.questions.blank import EMPTY
from grader.questions.kind import Parsed
from grader.questions.model import QuestionType
from tests.interchange.gift import read, written
from tests.questions.authored import questions
from tests.questions.reading import question

Trees = Callable[[list[str]], list[list[dict[str, Any]]]]
few = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SAMPLE = (Path(__file__).parent / "samples/moodle.gift").read_text("utf-8")


def test_it_works() -> None:
    """A question becomes GIFT and comes back as it was."""
    parsed = question("- [x] On receipt\n- [ ] On Friday\n    > Why?\n\n> At once: 100 %.", "### When? {#when}")
    text, remarks = written(parsed)
    assert text == (
        "// [id:when]\n::when::[markdown]When? {\n\t=On receipt\n\t~On Friday#Why?\n\t####At once\\: 100 %.\n}\n"
    )
    assert remarks == []
    assert question_source(read(text)[0][0]) == question_source(parsed)


@few
@given(questions())
def test_a_round_trip_changes_nothing(parsed: Parsed) -> None:
    """Every type, with its key, attributes, feedback and explanation."""
    [back], _ = read(written(parsed)[0])
    assert (back.question, back.key) == (parsed.question, parsed.key)


def test_everything_in_the_sample_is_carried_or_told() -> None:
    """What Moodle's documentation shows: ten questions of twelve, and a remark for whatever is lost or changed."""
    parsed, remarks = read(SAMPLE)
    assert [one.question.type for one in parsed] == [
        QuestionType.TRUE_FALSE,
        QuestionType.TRUE_FALSE,
        QuestionType.MULTIPLE_CHOICE,
        QuestionType.MULTI_SELECT,
        QuestionType.MULTI_SELECT,
        QuestionType.SHORT_TEXT,
        QuestionType.NUMERIC,
        QuestionType.NUMERIC,
        QuestionType.NUMERIC,
        QuestionType.MATCHING,
        QuestionType.MULTIPLE_CHOICE,
        QuestionType.MULTIPLE_CHOICE,
    ]
    assert [one.removeprefix("quiz.gift:") for one in sorted(remarks)] == [
        "10: grant: lost: The tag `burial` has no place.",
        (
            "21: what-two-people-are-entombed-in-grants: changed: "
            "The wrong options weigh -100 %, -100 %; here each of them takes 50 % away."
        ),
        "28: unequal: changed: The right options weigh 30 %, 70 %; here each of them gives 50 %.",
        "28: unequal: changed: The wrong options weigh 0 %; here each of them takes 50 % away.",
        "34: two-plus-two-equals: lost: The answer 'quatre' gives 50 %; here an answer is right or wrong.",
        "40: ulysses: changed: Feedback on a typed answer is part of the explanation.",
        "40: ulysses: lost: The answer '1822:2' (50 %); one number is right here.",
        "53: essay: left out: An essay is graded by a person, and no question type is.",
        "55: left out: A text between questions belongs to none of them.",
    ]


# What a question says, as both readers see it: its type, its text, and its answers.

_TYPES = {
    QuestionType.MULTIPLE_CHOICE: "MC",
    QuestionType.MULTI_SELECT: "MC",
    QuestionType.TRUE_FALSE: "TF",
    QuestionType.SHORT_TEXT: "Short",
    QuestionType.NUMERIC: "Numerical",
    QuestionType.MATCHING: "Matching",
    QuestionType.ORDERING: "Matching",
}


def _folded(text: str) -> str:
    return " ".join(text.split())


def ours(parsed: Parsed) -> dict[str, Any]:
    """The question as the parse tree should tell it. Its texts are Markdown."""
    asked, key = parsed.question, parsed.key
    stem = "\n\n".join(filter(None, [asked.text, asked.body]))
    kind = _TYPES[asked.type]
    facts: dict[str, Any] = {"type": kind, "title": asked.id, "general": _folded(parsed.explanation)}
    before, _, after = stem.partition(EMPTY)
    facts["stem"] = _folded(f"{before} _____ {after}" if kind in ("Short", "Numerical") and after else before)
    texts = {one.id: _folded(one.text) for one in asked.options}
    if kind == "MC":
        full = {*key.right, *key.always}
        facts["choices"] = {
            texts[one.id]: (one.id in full, _folded(key.feedback.get(one.id, ""))) for one in asked.options
        }
    elif kind == "TF":
        words = {text.casefold(): name for name, text in texts.items()}
        right = words["true"] in key.right
        wrong_name, right_name = (words["false"], words["true"]) if right else (words["true"], words["false"])
        notes = [_folded(key.feedback.get(name, "")) for name in (wrong_name, right_name)]
        facts["truth"] = (right, *notes)
    elif kind == "Short":
        facts["answers"] = list(key.right)
    elif kind == "Numerical":
        facts["number"] = tuple(float(one) for one in key.right)
    elif asked.type is QuestionType.MATCHING:
        left = (_folded(one.text) for one in asked.prompts)
        facts["pairs"] = dict(zip(left, (texts[name] for name in key.right), strict=True))
    else:
        facts["pairs"] = {texts[name]: str(place) for place, name in enumerate(key.right, 1)}
    return facts


def theirs(tree: dict[str, Any]) -> dict[str, Any]:
    """What gift-pegjs read. Its `weight` decides where there is one; it leaves escapes in the right side of a pair."""
    kind = tree["type"]
    facts: dict[str, Any] = {"type": kind, "title": tree["title"], "stem": _folded(tree["stem"]["text"])}
    facts["general"] = _note(tree["globalFeedback"])
    if kind == "MC":
        facts["choices"] = {
            _folded(one["text"]["text"]): (one["isCorrect"] or (one["weight"] or 0) > 0, _note(one["feedback"]))
            for one in tree["choices"]
        }
    elif kind == "TF":
        facts["truth"] = (tree["isTrue"], _note(tree["trueFeedback"]), _note(tree["falseFeedback"]))
    elif kind == "Short":
        facts["answers"] = [one["text"]["text"] for one in tree["choices"]]
    elif kind == "Numerical":
        [number] = tree["choices"] if isinstance(tree["choices"], list) else [tree["choices"]]
        facts["number"] = (float(number["number"]), float(number.get("range", 0)))
    else:
        facts["pairs"] = {
            _folded(pair["subquestion"]["text"]): _unescaped(pair["subanswer"]) for pair in tree["matchPairs"]
        }
    return facts


def _note(text: dict[str, str] | None) -> str:
    return _folded(text["text"]) if text else ""


def _unescaped(text: str) -> str:
    for code in range(32, 127):
        text = text.replace(f"&&{code:03};", chr(code))
    return text


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(made=st.lists(questions(), min_size=20, max_size=20))
def test_gift_pegjs_reads_what_we_write(gift_pegjs: Trees, made: list[Parsed]) -> None:
    """Every type: its parse tree says what the question says, with all escapes, weights and feedback."""
    trees = gift_pegjs([written(one)[0] for one in made])
    for parsed, tree in zip(made, trees, strict=True):
        assert [theirs(one) for one in tree] == [ours(parsed)], written(parsed)[0]


def test_gift_pegjs_and_we_read_the_sample_alike(gift_pegjs: Trees) -> None:
    """The same questions in the same order, with the same right answers."""
    [tree] = gift_pegjs([SAMPLE])
    known = {"Category", "Description", "Essay"}
    there = [one for one in tree if one["type"] not in known]
    here, _ = read(SAMPLE)
    assert [one["type"] for one in there] == [_TYPES[one.question.type] for one in here]
    assert [one["id"] for one in there if one["id"]] == ["grant"]
    for parsed, one in zip(here, there, strict=True):
        if one["type"] == "MC":
            right = [choice["isCorrect"] or (choice["weight"] or 0) > 0 for choice in one["choices"]]
            assert right == [option.id in parsed.right for option in parsed.question.options]
        if one["type"] == "Matching":
            assert [pair["subanswer"] for pair in one["matchPairs"]] == [o.text for o in parsed.question.options]
        if one["type"] == "TF":
            assert parsed.question.options[0 if one["isTrue"] else 1].id in parsed.right


def test_several_quizzes_become_categories() -> None:
    """Each with its introduction; they come back one by one."""
    parsed = question("- [x] a\n- [ ] b")
    papers = [Paper(title=name, name=f"track/{name}", intro=f"About {name}.", questions=(parsed,)) for name in "xy"]
    text = write_gift(papers, Report("quiz"))
    assert text.count("$CATEGORY: track/") == 2
    back = read_gift(text, Report("quiz.gift"))
    assert [(paper.title, paper.intro, len(paper.questions)) for paper in back] == [
        ("x", "About x.", 1),
        ("y", "About y.", 1),
    ]


@pytest.mark.parametrize(
    ("body", "heading", "remarks"),
    [
        ("- [x] a\n- [ ] b", "### Q {#q points=2}", ["changed: 2 points stand in a tag: GIFT has no points."]),
        (
            "- [x] a\n- [ ] b {void}\n- [ ] c",
            "### Q {#q}",
            ["lost: An option that counts neither way ({void}) counts in GIFT."],
        ),
        (
            "- [x] a\n- [x] b\n- [ ] c",
            "### Q {#q}",
            ["changed: All or nothing stands in a tag: GIFT gives a share for what is right."],
        ),
        ("- [x] a\n- [x] b\n- [ ] c", "### Q {#q credit=partial}", []),
        (
            "1. a\n2. b",
            "### Q {#q credit=partial}",
            ["changed: The order is asked for as pairs of item and place: GIFT has no ordering."],
        ),
        ("![x](a.png)\n\n- [x] a\n- [ ] b", "### Q {#q}", ["lost: The picture a.png: a GIFT file holds none."]),
        ("It is [[= 42 ± 5%]].", "### Q {#q}", ["changed: ± 5% is written as ± 2.1."]),
        (
            "| a | b |\n| - | - |\n| 1 | **x** |\n| 2 | y |",
            "### Q {#q credit=partial}",
            ["changed: Marks of Markdown would show: the right side of a pair is plain text in GIFT (**x**)."],
        ),
    ],
)
def test_writing_tells_what_gift_cannot_say(body: str, heading: str, remarks: list[str]) -> None:
    """A remark names the line, the question, and what happens to it."""
    assert written(question(body, heading))[1] == [f"quiz:5: q: {one}" for one in remarks]


def test_an_answer_that_would_be_a_pair_is_left_out() -> None:
    """GIFT takes `->` for a pair, and has no way to escape it."""
    text, remarks = written(question("Write [[a -> b]]."))
    assert text == "\n"
    assert remarks == ["quiz:5: what: left out: An answer holds `->`, and GIFT would take it for a pair."]


def test_rules_are_told() -> None:
    """Whatever differs from the default."""
    report = Report("quiz")
    write_gift([Paper(title="Quiz", name="t/c", questions=(), rules=QuizRules(attempts=3, passing_score=0.5))], report)
    assert [str(one) for one in report.remarks] == [
        "quiz: t/c: lost: GIFT has no rules of a quiz: passing_score, attempts."
    ]
