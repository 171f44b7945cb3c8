"""Mistakes in content: collected, placed and explained; never only the first."""

from collections.abc import Iterable
from pathlib import PurePath

import msgspec


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


class Diagnostics:
    """Collects the mistakes of one file."""

    def __init__(self, path: PurePath | str) -> None:
        self.path = str(path)
        self.found: list[Diagnostic] = []

    def add(self, code: str, line: int, message: str, *, column: int = 1, hint: str = "") -> None:
        self.found.append(Diagnostic(path=self.path, line=line, column=column, code=code, message=message, hint=hint))


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A hint with the nearest of the words, or with all of them when none is near; empty without words."""
    known = list(words)
    if not known:
        return ""
    import difflib  # noqa: PLC0415 - only mistakes need it

    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`?" if near else "known here: " + ", ".join(f"`{one}`" for one in known)
