"""Zensical, in a process of its own: it writes to the terminal past Python, and answers 0 whatever it warns of."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from grader.site.complaints import SiteError

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(
    r"^(?P<level>\w+): (?P<message>.+)\n +╭─+\[ (?P<place>\S+) \]\n(?P<drawing>(?:.*\n)*?) *─+╯", re.MULTILINE
)
_NOTICE = re.compile(r"^(?:No issues found|\d+ issues? found)$", re.MULTILINE)


def render(config: Path) -> list[str]:
    """Without Zensical's cache, which skips pages, and with them their warnings, also when the extension changed."""
    return run(config, "--clean")


def run(config: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "zensical", "build", "--config-file", str(config), *options]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - this interpreter, fixed arguments
    complaints = [*read_complaints(done.stderr.decode("utf-8", "replace"))]
    if done.returncode:
        raise SiteError(complaints or [f"error: Zensical ended with {done.returncode}"])
    return complaints


def read_complaints(said: str) -> Iterator[str]:
    """Each warning as one line with its place; whatever else it says as it stands, so that nothing is lost."""
    plain = _COLOUR.sub("", said)
    for match in _WARNING.finditer(plain):
        yield f"{match['level'].lower()}: {match['place']}: {match['message']}: {_pointed_at(match['drawing'])}"
    for line in _NOTICE.sub("", _WARNING.sub("", plain)).splitlines():
        if line.strip():
            yield f"error: {line.strip()}"


def _pointed_at(drawing: str) -> str:
    """The piece of the line that the drawing underlines."""
    for above, below in pairwise(drawing.splitlines()):
        if match := re.search(r"─[─┬]*", below.partition("│")[2]):
            source = above.partition("│")[2]
            return source[match.start() : match.end()]
    return ""
