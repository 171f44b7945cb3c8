"""The version of a track: major.minor."""

import re
from typing import NamedTuple

_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


class Version(NamedTuple):
    """In the order of their coming: 1.10 is later than 1.9."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def find_version(text: object) -> Version | None:
    """None for what is no version: 1.0 without quotes, which YAML reads as a number, or `1.0.0`."""
    match = _VERSION.fullmatch(text) if isinstance(text, str) else None
    return Version(int(match[1]), int(match[2])) if match else None
