"""Ids made from headings, as Python-Markdown makes them. Its own function would load all of it: a third of the time
in which `grader check` starts.
"""

import re
import unicodedata
from collections.abc import MutableSet

_DROPPED = re.compile(r"[^\w\s-]")
_BETWEEN = re.compile(r"[-\s]+")


def slug(text: str) -> str:
    """`What's new?` -> `whats-new`, in ASCII: the anchor of a heading. May be empty."""
    return unicode_slug(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii"))


def unicode_slug(text: str) -> str:
    """The same in any script: the id of a question."""
    return _BETWEEN.sub("-", _DROPPED.sub("", text).strip().lower())


def unique(name: str, taken: MutableSet[str]) -> str:
    """The name, or with a number behind it when it is taken; it is taken from now on."""
    if not name or name in taken:
        from markdown.extensions import toc  # noqa: PLC0415 - headings are seldom named alike

        return toc.unique(name, taken)
    taken.add(name)
    return name
