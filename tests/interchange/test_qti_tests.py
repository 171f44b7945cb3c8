"""Tests of QTI: items put together, with their sections and limits."""

import pytest

from grader.catalog.rules import LONGEST
from grader.interchange.qti import read_qti
from grader.interchange.report import Report
from tests.interchange.qti_items import CHOICE, NAMESPACE, item, right


class Beside:
    """Files by name."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def find(self, path: str) -> bytes | None:
        return self.files.get(path)


TEST = f"""<assessmentTest xmlns="{NAMESPACE}" identifier="t" title="Both">
<testPart identifier="p" navigationMode="linear" submissionMode="individual"><itemSessionControl maxAttempts="3"/>
<assessmentSection identifier="s1" title="First" visible="true"><selection select="1"/><ordering shuffle="true"/>
<assessmentItemRef identifier="a" href="items/a.xml" category="intake other"/>
<assessmentItemRef identifier="gone" href="items/gone.xml"/></assessmentSection>
<assessmentSection identifier="s2" title="Second" visible="true"><timeLimits maxTime="60"/>
<assessmentItemRef identifier="b" href="items/b.xml">
<preCondition><isNull><variable identifier="x"/></isNull></preCondition>
</assessmentItemRef></assessmentSection></testPart>
<testFeedback access="atEnd" outcomeIdentifier="F" showHide="show" identifier="f"><p>Done.</p></testFeedback>
</assessmentTest>"""


def test_a_test_beside_its_items() -> None:
    """Sections are joined; all that a quiz has no place for is told with its line."""
    items = {f"items/{name}.xml": item(CHOICE, right("A")).replace(b'"q"', f'"{name}"'.encode()) for name in "ab"}
    report = Report("t.xml")
    [paper] = read_qti(TEST.encode(), "t.xml", Beside(items), report)
    assert [(one.question.id, one.question.topic) for one in paper.questions] == [("a", "intake"), ("b", None)]
    assert [str(one) for one in sorted(report.remarks)] == [
        "t.xml: changed: Its sections are joined: 'First', 'Second'.",
        "t.xml: items/gone.xml: left out: The file items/gone.xml is not there.",
        "t.xml:2: lost: Each item may be tried 3 times.",
        "t.xml:3: lost: Of the section 'First' 1 are asked; here all are.",
        "t.xml:3: lost: Questions come in a random order; here they stand in one order.",
        "t.xml:4: lost: The categories other: a question has one topic.",
        "t.xml:6: lost: A time limit of 60 s for a part of the test.",
        "t.xml:8: lost: Who sees what depends on earlier answers (preCondition); here everybody sees everything.",
        "t.xml:10: lost: The feedback on the whole test: 'Done.'.",
    ]


def limited(seconds: str) -> tuple[int | None, list[str]]:
    """The time limit that is read, and what is told."""
    given = f"""<assessmentTest xmlns="{NAMESPACE}" identifier="t" title="T"><timeLimits maxTime="{seconds}"/>
<testPart identifier="p"><assessmentSection identifier="s" title="S" visible="true">
<assessmentItemRef identifier="a" href="a.xml"/></assessmentSection></testPart></assessmentTest>"""
    report = Report("t.xml")
    [paper] = read_qti(given.encode(), "t.xml", Beside({"a.xml": item(CHOICE, right("A"))}), report)
    return paper.rules.time_limit, [str(one) for one in report.remarks]


@pytest.mark.parametrize(("seconds", "limit"), [("1", 1), ("90.4", 90), (str(LONGEST), LONGEST)])
def test_time_limits(seconds: str, limit: int) -> None:
    """From a second to the longest that `grader check` takes."""
    assert limited(seconds) == (limit, [])


@pytest.mark.parametrize("seconds", ["-5", "0", "0.4", str(LONGEST + 1), "1e30", "inf", "soon"])
def test_impossible_time_limits(seconds: str) -> None:
    """No quiz could have them, so they are told as lost."""
    told = f"t.xml:1: lost: A time limit of {seconds} s: one lasts from a second to ten years."
    assert limited(seconds) == (None, [told])
