"""What could not be carried over, or only in another way: collected and placed, never passed over in silence."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from grader.errors import GraderError


class Outcome(StrEnum):
    """A whole question is missing; a part of it is missing; all is there, but something means or looks different."""

    LEFT_OUT = "left out"
    LOST = "lost"
    CHANGED = "changed"


class Remark(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """`line` counts from 1, 0 where there is none; `question` is an id or a name, empty where all are meant."""

    path: str
    line: int = 0
    question: str = ""
    outcome: Outcome
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return ": ".join(filter(None, [place, self.question, self.outcome, self.message]))


class Report:
    """Collects the remarks about one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.remarks: list[Remark] = []

    def left_out(self, message: str, *, line: int = 0, question: str = "") -> None:
        self._add(Outcome.LEFT_OUT, message, line, question)

    def lost(self, message: str, *, line: int = 0, question: str = "") -> None:
        self._add(Outcome.LOST, message, line, question)

    def changed(self, message: str, *, line: int = 0, question: str = "") -> None:
        self._add(Outcome.CHANGED, message, line, question)

    def at(self, path: str) -> "Report":
        """A report about another file; its remarks are kept here, too."""
        child = Report(path)
        child.remarks = self.remarks
        return child

    def inside(self, name: str) -> "Report":
        """A report about a file in a package."""
        return self.at(f"{self.path}!{name}")

    def _add(self, outcome: Outcome, message: str, line: int, question: str) -> None:
        remark = Remark(path=self.path, line=line, question=question, outcome=outcome, message=message)
        if remark not in self.remarks:
            self.remarks.append(remark)


class Flaw(msgspec.Struct, frozen=True):
    path: str
    line: int  # from 1, 0 where there is none
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class UnreadableError(GraderError):
    """The input is not what it should be: all the places where it is not. Nothing of it is used."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__("\n".join(str(one) for one in flaws))
        self.flaws = tuple(flaws)


def unreadable(path: str, message: str, *, line: int = 0) -> UnreadableError:
    return UnreadableError([Flaw(path, line, message)])
