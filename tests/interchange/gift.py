"""GIFT written and read, with what is told of it."""

from grader.interchange.gift import read_gift, write_gift
from grader.interchange.paper import Paper
from grader.interchange.report import Report
from grader.questions.kind import Parsed


def written(*parsed: Parsed) -> tuple[str, list[str]]:
    """The file, and the remarks."""
    report = Report("quiz")
    return write_gift([Paper(title="Quiz", questions=parsed)], report), [str(one) for one in report.remarks]


def read(text: str) -> tuple[list[Parsed], list[str]]:
    """The questions of all categories, and the remarks."""
    report = Report("quiz.gift")
    papers = read_gift(text, report)
    return [one for paper in papers for one in paper.questions], [str(one) for one in report.remarks]
