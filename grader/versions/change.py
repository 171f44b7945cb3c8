"""What changed for learners, in words."""

import msgspec

from grader.catalog.version import Version
from grader.versions.bump import Bump, bump_between, raised


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was. `before` and `after` are Markdown, one of them may be empty."""

    bump: Bump  # what it asks for
    what: str  # a sentence without its period
    course: str | None = None  # the name of its file; None: the track itself
    question: str | None = None  # id
    before: str = ""
    after: str = ""
    fresh: bool = False  # is it something that nobody was asked for before?


class TrackChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Of one track. `before` or `after` is None when the track is new, or gone."""

    track: str  # the folder's name
    title: str
    before: Version | None
    after: Version | None
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()  # what the author may have forgotten

    @property
    def needed(self) -> Bump:
        return max((change.bump for change in self.changes), default=Bump.NONE)

    @property
    def made(self) -> Bump:
        return bump_between(self.before, self.after) if self.before and self.after else Bump.NONE

    @property
    def wanted(self) -> Version | None:
        """The lowest version that will do; None when none was there before, or is now."""
        if self.before is None or self.after is None:
            return None
        return raised(self.before, self.made if self.skips else self.needed)

    @property
    def skips(self) -> bool:
        """Is there a major version that nobody ever held? Only the former one can be renewed by the difference."""
        return self.before is not None and self.after is not None and self.after.major > self.before.major + 1

    @property
    def enough(self) -> bool:
        if self.before is None or self.after is None:
            return True
        return self.made >= self.needed and self.after >= self.before and not self.skips
