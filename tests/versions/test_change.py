import pytest

from grader.catalog.version import Version, find_version
from grader.versions.bump import Bump, bump_between, bump_of, raised
from grader.versions.change import Change, TrackChanges


def track(before: str, after: str, *bumps: Bump) -> TrackChanges:
    changes = tuple(Change(bump=bump, what="something") for bump in bumps)
    versions = find_version(before), find_version(after)
    return TrackChanges(track="basics", title="Basics", changes=changes, before=versions[0], after=versions[1])


@pytest.mark.parametrize(
    ("before", "after", "bumps", "enough", "wanted"),
    [
        ("1.4", "1.4", [], True, "1.4"),
        ("1.4", "1.4", [Bump.NONE], True, "1.4"),
        ("1.4", "1.4", [Bump.MINOR], False, "1.5"),
        ("1.4", "1.5", [Bump.NONE, Bump.MINOR], True, "1.5"),
        ("1.9", "1.10", [Bump.MINOR], True, "1.10"),
        ("1.4", "1.9", [Bump.MINOR, Bump.MAJOR], False, "2.0"),
        ("1.4", "2.0", [Bump.MAJOR], True, "2.0"),
        ("1.4", "2.1", [Bump.MINOR], True, "1.5"),
        ("1.4", "1.3", [], False, "1.4"),
        ("1.4", "3.0", [Bump.MAJOR], False, "2.0"),
        ("1.4", "3.0", [], False, "2.0"),
    ],
)
def test_it_works(before: str, after: str, bumps: list[Bump], *, enough: bool, wanted: str) -> None:
    """A version may be raised further than the changes ask for, but not lowered, and no major version be skipped."""
    found = track(before, after, *bumps)
    assert (found.enough, str(found.wanted)) == (enough, wanted)


def test_bumps() -> None:
    """In their order, between versions, and from a mark."""
    assert Bump.NONE < Bump.MINOR < Bump.MAJOR
    assert bump_between(Version(1, 4), Version(1, 3)) is Bump.NONE
    assert raised(Version(1, 4), Bump.MAJOR) == Version(2, 0)
    assert [bump_of(find_version(since), Version(1, 4)) for since in (None, "1.9", "2.0")] == [
        Bump.NONE,
        Bump.NONE,
        Bump.MAJOR,
    ]
