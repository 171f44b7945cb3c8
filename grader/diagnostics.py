"""Mistakes in content: collected, placed and explained; never only the first."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import NamedTuple

import msgspec

from grader.errors import GraderError


class Place(NamedTuple):
    """Where something stands in a file, in lines and characters from 1."""

    line: int = 1
    column: int = 1


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One mistake. `path` is relative to the project; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}: error[{self.code}]: {self.message}"
        return f"{place}\n    hint: {self.hint}" if self.hint else place


class ContentError(GraderError):
    """The content has mistakes: all of them. `outcome` says what was not done."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], outcome: str = "") -> None:
        super().__init__("\n".join(str(one) for one in diagnostics))
        self.diagnostics = diagnostics
        self.outcome = outcome


class Diagnostics:
    """Collects the mistakes of one file."""

    def __init__(self, path: PurePath | str) -> None:
        self.path = str(path)
        self.found: list[Diagnostic] = []

    def add(self, code: str, place: Place | int, message: str, *, hint: str = "") -> None:
        """A mistake at this place, or at the beginning of this line."""
        line, column = place if isinstance(place, Place) else (place, 1)
        self.found.append(Diagnostic(path=self.path, line=line, column=column, code=code, message=message, hint=hint))


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A hint with the nearest of the words, or with all of them when none is near; empty without words."""
    known = list(words)
    near = nearest(word, known)
    if near is None:
        return "known here: " + ", ".join(f"`{one}`" for one in known) if known else ""
    return f"did you mean `{near}`?"


def nearest(word: str, words: Iterable[str]) -> str | None:
    import difflib  # noqa: PLC0415 - only mistakes need it

    return next(iter(difflib.get_close_matches(word, list(words), n=1)), None)
