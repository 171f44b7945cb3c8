"""How far a version is raised, and how far it has to be."""

from enum import IntEnum

from grader.catalog.version import Version


class Bump(IntEnum):
    """NONE: nothing that is asked, graded or printed. MINOR: something of it. MAJOR: holders have to show more."""

    NONE = 0
    MINOR = 1
    MAJOR = 2

    @property
    def word(self) -> str:
        return self.name.lower()


def bump_between(before: Version, after: Version) -> Bump:
    """NONE for a version that is the same, or was lowered."""
    if after.major > before.major:
        return Bump.MAJOR
    return Bump.MINOR if after > before else Bump.NONE


def raised(version: Version, bump: Bump) -> Version:
    """The next version: 1.4 -> 1.4, 1.5 or 2.0."""
    if bump is Bump.MAJOR:
        return Version(version.major + 1, 0)
    return Version(version.major, version.minor + bump)


def bump_of(since: Version | None, before: Version) -> Bump:
    """What a `since` mark asks for: a question that is new in 2.0 needs that version."""
    return Bump.MAJOR if since is not None and since.major > before.major else Bump.NONE
