"""QTI: what we write, an engine that others wrote reads and scores like us; what we read back is what it was."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs_quiz.qti import QTIExporter, QTIVersion, QuizCollection, extract_quizzes_from_file

from grader.catalog.model import QuizRules
from grader.catalog.written import question_source
from grader.interchange.mkdocs_quiz import read_mkdocs_quiz
from grader.interchange.paper import Paper
from grader.interchange.qti import read_qti, write_qti
from grader.interchange.report import Report
from grader.questions import KINDS
from grader.questions.kind import Parsed
from grader.questions.model import QuestionType
from tests.interchange.nothing import NOTHING
from tests.interchange.qti_engine import Item, open_package
from tests.interchange.qti_engine import read as read_by_engine
from tests.interchange.seen import seen
from tests.interchange.test_mkdocs_quiz import SAMPLE
from tests.questions.authored import questions
from tests.questions.reading import question

few = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
CLOCK = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def package(*papers: Paper) -> tuple[bytes, list[str]]:
    """The package, and the remarks. Each picture named clock.svg is there."""
    report = Report("quiz")
    made = write_qti(papers, report, lambda _, address: CLOCK if address.endswith("clock.svg") else None)
    return made, [str(one) for one in report.remarks]


def written(*parsed: Parsed, rules: QuizRules = QuizRules()) -> tuple[bytes, list[str]]:  # noqa: B008 - frozen
    return package(Paper(title="Quiz", name="track/course", questions=parsed, rules=rules))


def read(data: bytes) -> tuple[list[Paper], list[str]]:
    report = Report("quiz.zip")
    papers = read_qti(data, "quiz.zip", NOTHING, report)
    return papers, [str(one) for one in report.remarks]


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def item(parsed: Parsed) -> Item:
    """The one item of a package, in the engine."""
    [xml] = [data for name, data in files(written(parsed)[0]).items() if name.startswith("items/")]
    return Item(xml)


def test_it_works() -> None:
    """A question becomes an item with its interaction, right response and feedback, and comes back."""
    parsed = question("- [x] On receipt\n- [ ] On Friday\n    > Why?\n\n> At once.", "### When? {#when points=2}")
    data, remarks = written(parsed)
    assert remarks == []
    assert list(files(data)) == ["imsmanifest.xml", "items/when.xml", "tests/track.course.xml"]
    engine = item(parsed)
    assert sorted(engine.texts("SimpleChoice").values()) == ["On Friday", "On receipt"]
    [paper], remarks = read(data)
    assert (paper.title, question_source(paper.questions[0])) == ("Quiz", question_source(parsed))
    assert remarks == []


@few
@given(questions())
def test_a_round_trip_shows_the_same(parsed: Parsed) -> None:
    """Every type, with its key, points, topic, feedback, explanation and pictures; a second one changes no letter."""
    [paper], remarks = read(written(parsed)[0])
    assert remarks == []
    [back] = paper.questions
    assert seen(back) == seen(parsed)
    [again] = read(written(back)[0])[0][0].questions
    assert (again.question, again.key) == (back.question, back.key)


def test_the_repository_s_own_quizzes_come_back(own_papers: list[Paper]) -> None:
    """All of content/ in one package: a test for each course."""
    papers, remarks = read(package(*own_papers)[0])
    assert remarks == []
    assert [[seen(one) for one in paper.questions] for paper in papers] == [
        [seen(one) for one in paper.questions] for paper in own_papers
    ]


def named(parsed: Parsed, engine: Item) -> dict[str, str]:
    """Our id of each option and prompt -> the engine's identifier, by their order."""
    asked = parsed.question
    if asked.type is QuestionType.MATCHING:
        ids = [one.id for one in (*asked.prompts, *asked.options)]
        return dict(zip(ids, engine.texts("SimpleAssociableChoice"), strict=True))
    return dict(zip((one.id for one in asked.options), engine.texts("SimpleChoice"), strict=True))


def as_response(parsed: Parsed, response: tuple[str, ...], names: dict[str, str]) -> Any:
    """A response of ours as the engine takes it."""
    kind = parsed.question.type
    if not response:
        return None
    if kind in (QuestionType.SHORT_TEXT, QuestionType.NUMERIC):
        return response[0]
    if kind is QuestionType.MATCHING:
        pairs = zip(parsed.question.prompts, response, strict=True)
        return [f"{names[prompt.id]} {names[one]}" for prompt, one in pairs if one]
    several = kind in (QuestionType.MULTI_SELECT, QuestionType.ORDERING)
    return [names[one] for one in response] if several else names[response[0]]


def responses(parsed: Parsed) -> st.SearchStrategy[tuple[str, ...]]:
    asked = parsed.question
    ids = [one.id for one in asked.options]
    if asked.type is QuestionType.MULTI_SELECT:
        return st.lists(st.sampled_from(ids), unique=True, min_size=1).map(tuple)
    if asked.type is QuestionType.ORDERING:
        return st.permutations(ids).map(tuple)
    if asked.type is QuestionType.MATCHING:
        return st.permutations(ids).map(tuple)
    if asked.type is QuestionType.NUMERIC:
        value, width = (float(one) for one in parsed.right)
        near = [value, value + width, value - width, value + width + 1, value - 2 * width - 0.25]
        return st.sampled_from([(f"{one:.6f}",) for one in near])
    if asked.type is QuestionType.SHORT_TEXT:
        return st.sampled_from([(one,) for one in (*parsed.right, "else", "報")])
    return st.sampled_from([(one,) for one in ids])


@few
@given(parsed=questions(), data=st.data())
def test_the_engine_scores_like_us(parsed: Parsed, data: st.DataObject) -> None:
    """Whatever the response: what pyslet makes of our item is what our grading gives; no response gives nothing."""
    engine = item(parsed)
    names = {} if parsed.question.type in (QuestionType.SHORT_TEXT, QuestionType.NUMERIC) else named(parsed, engine)
    response = data.draw(responses(parsed))
    ours = KINDS[parsed.question.type].credit(parsed.question, parsed.key, response)
    assert engine.score(as_response(parsed, response, names)) == pytest.approx(ours)
    assert engine.score(None) == 0


def test_the_engine_shows_feedback_and_explanation() -> None:
    """The feedback on what was chosen, and the explanation."""
    parsed = question("- [x] a\n    > Yes.\n- [x] b\n- [ ] c\n    > No.\n\n> So.", "### Q {#q}")
    engine = item(parsed)
    names = named(parsed, engine)
    chosen = [names[parsed.question.options[n].id] for n in (0, 2)]
    outcome = engine.outcome(chosen)
    assert (outcome["FEEDBACK"], outcome["EXPLANATION"]) == (dict.fromkeys(chosen, 1), "EXPLANATION")


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<itemBody>", "<itemBody>text"),
        ("<prompt>", "<prompt><p>block</p>"),
        ('maxChoices="1"', 'maxChoices="one"'),
        ('baseType="identifier"', 'baseType="name"'),
        ("<itemBody>", "<itemBody><simpleChoice/>"),
    ],
)
def test_the_engine_is_strict(good: str, bad: str) -> None:
    """It refuses what the content model of QTI does not allow: so it can tell that our items are right."""
    [xml] = [x for name, x in files(written(question("- [x] a\n- [ ] b"))[0]).items() if name.startswith("items/")]
    assert good in xml.decode()
    with pytest.raises(Exception, match=r".+"):
        Item(xml.decode().replace(good, bad, 1).encode())


def test_the_package_is_one_for_the_engine(tmp_path: Path) -> None:
    """The engine opens it as a content package; the manifest lists every file, with its kind."""
    data, remarks = written(question("![c](../media/clock.svg)\n\n- [x] a\n- [ ] b", "### When? {#when}"))
    assert remarks == []
    (tmp_path / "quiz.zip").write_bytes(data)
    resources = open_package(tmp_path / "quiz.zip")
    assert [one.type for one in resources] == ["imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"]
    listed = [str(file.href) for one in resources for file in one.File]
    assert sorted(["imsmanifest.xml", *listed]) == sorted(files(data))
    assert [str(one.identifierref) for one in resources[1].Dependency] == ["when"]


def test_the_test_is_one_for_the_engine() -> None:
    """The engine reads it: what is drawn, the introduction, and the items in order; all of it comes back."""
    first = question("- [x] a\n- [ ] b", "### A {#a points=2}")
    second = question("- [x] a\n- [ ] b", "### B {#b}")
    rules = QuizRules(time_limit=600, draw=1, shuffle=False)
    data, _ = package(
        Paper(title="Quiz", name="t/c", questions=(first, second), rules=rules, intro="Take your *time*.")
    )
    root = read_by_engine(files(data)["tests/t.c.xml"])
    [part] = root.TestPart
    [section] = part.get_children()
    selection, rubric, *references = section.get_children()
    assert (root.title, section.title, selection.select, len(list(rubric.get_children()))) == ("Quiz", "Quiz", 1, 1)
    assert [(one.identifier, str(one.href)) for one in references] == [("a", "../items/a.xml"), ("b", "../items/b.xml")]
    [paper], remarks = read(data)
    assert (paper.rules, paper.intro, remarks) == (rules, "Take your *time*.", [])
    assert [one.question.points for one in paper.questions] == [2, 1]


def test_names_that_qti_does_not_allow() -> None:
    """Ids of any letters come back; ids that several quizzes have as well."""
    papers = [
        Paper(title=name, name=f"t/{name}", questions=(question("- [x] a\n- [ ] b", "### Frage {#größe}"),))
        for name in "xy"
    ]
    data, _ = package(*papers)
    assert all(name.isascii() for name in files(data))
    assert [[one.question.id for one in paper.questions] for paper in read(data)[0]] == [["größe"], ["größe"]]


def test_the_same_quizzes_give_the_same_bytes() -> None:
    """A package can be compared with an older one."""
    parsed = question("- [x] a\n- [ ] b")
    assert written(parsed) == written(parsed)


@pytest.mark.parametrize(
    ("body", "heading", "remark"),
    [
        (
            "- [x] a\n- [ ] b {void}\n- [ ] c",
            "### Q {#q}",
            "lost: An option that counts neither way ({void}) counts in QTI.",
        ),
        (
            "- [x] a\n- [x] b\n- [ ] c {always}\n- [ ] d",
            "### Q {#q}",
            "lost: That another option is right as well ({always}).",
        ),
        ("- [x] a\n- [ ] b", "### Q {#q since=2.0}", "lost: That the question came with version 2.0."),
        ("![x](gone.png)\n\n- [x] a\n- [ ] b", "### Q {#q}", "lost: The picture gone.png is not there."),
        (
            "See [there](other.md).\n\n- [x] a\n- [ ] b",
            "### Q {#q}",
            "lost: The link to 'other.md' leads nowhere outside the site; its text stays.",
        ),
        (
            "Say [[= -40 ± 5%]].",
            "### Q {#q}",
            "changed: ± 5% is written as ± 2: QTI knows no percentage of a number below zero.",
        ),
    ],
)
def test_writing_tells_what_qti_cannot_say(body: str, heading: str, remark: str) -> None:
    """A remark names the line, the question, and what happens to it."""
    assert written(question(body, heading))[1] == [f"quiz:5: q: {remark}"]


def test_rules_are_told() -> None:
    """Those that QTI has no place for."""
    rules = QuizRules(attempts=3, passing_score=0.5, draw=1, time_limit=60, shuffle=False)
    assert written(question("- [x] a\n- [ ] b"), rules=rules)[1] == [
        "quiz: track/course: lost: QTI has no such rules of a quiz: passing_score, attempts."
    ]


def test_what_mkdocs_quiz_exports_is_read() -> None:
    """A package that another program wrote: the same questions as from its own page, except for blanks."""
    theirs = [one for one in extract_quizzes_from_file(SAMPLE) if not one.blanks]
    made = QTIExporter.create(QuizCollection("Theirs", theirs), QTIVersion.V2_1).export_to_bytes()
    [paper], remarks = read(made)
    [same] = read_mkdocs_quiz(SAMPLE.read_text("utf-8"), Report("page.md"))
    ours = [one for one in same.questions if one.question.type is not QuestionType.SHORT_TEXT]
    assert len(paper.questions) == len(ours) == 3
    for left, right in zip(paper.questions[1:], ours[1:], strict=True):
        assert left.question.text == right.question.text
        assert [one.text for one in left.question.options] == [one.text for one in right.question.options]
        assert [one.text for one in left.question.options if one.id in left.right] == [
            one.text for one in right.question.options if one.id in right.right
        ]
    assert [one for one in remarks if "explanation" not in one] == []
