"""`grader check --write-ids`: ids written into the pages, or shown as a diff."""

import difflib
from collections.abc import Iterator
from pathlib import Path

from grader.catalog.artifacts import write_atomically
from grader.catalog.ids import with_ids
from grader.catalog.scan import Scan
from grader.site.project import Project


def find_changes(project: Project, found: Scan) -> dict[Path, tuple[str, str]]:
    """The pages that get ids, by file: their text before and after."""
    changes: dict[Path, tuple[str, str]] = {}
    for source in found.sources:
        if source.groups:
            file = project.content / source.path
            before = file.read_bytes().decode()
            after = with_ids(before)
            if after != before:
                changes[file] = (before, after)
    return changes


def unified(changes: dict[Path, tuple[str, str]], root: Path) -> str:
    """As `git apply` and `patch -p1` read it."""
    return "".join(
        line
        for file, (before, after) in changes.items()
        for line in _diff(file.relative_to(root).as_posix(), before, after)
    )


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    lines = (_lines(before), _lines(after))
    for line in difflib.unified_diff(*lines, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    return [*(f"{line}\n" for line in text.split("\n")[:-1]), *filter(None, text.split("\n")[-1:])]


def write(changes: dict[Path, tuple[str, str]]) -> None:
    for file, (_, after) in changes.items():
        write_atomically(file, after.encode(), mode=file.stat().st_mode & 0o777)
