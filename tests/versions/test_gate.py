from pathlib import Path

import pytest

from grader.catalog.nav import read_navigation
from grader.catalog.scan import scan
from grader.versions.edition import edition_of
from grader.versions.gate import check_versions
from grader.versions.tracks import compare
from tests.versions.editions import OTHER, PAGES, edited, read

ROOT = Path(__file__).parents[2]


def refused(before: dict[str, str], after: dict[str, str]) -> list[str]:
    found = read(after)
    changes = compare(edition_of(read(before)), edition_of(found))
    return [str(one) for one in check_versions(changes, found.sources, since="v1")]


def test_it_works() -> None:
    """The mistake stands at the version, names the first change that asks for the most, and nothing of the key."""
    after = edited(PAGES, ("[x] On receipt", "[ ] On receipt"), ("[ ] Never", "[x] Never"), ("[[= 7]]", "[[= 8]]"))
    [mistake] = refused(PAGES, after)
    assert mistake == (
        "content/basics/index.md:3:82: error[version-too-low]: Since v1 this track changed such that 1.4 is too low: "
        "intake: question `clock` has another right answer, and 1 more.\n"
        '    hint: write `version: "1.5"`; what changed: grader diff v1'
    )


@pytest.mark.parametrize(
    ("version", "code"), [("1.4", "version-too-low"), ("1.3", "version-lowered"), ("3.0", "version-skipped")]
)
def test_each_way_of_not_being_enough(version: str, code: str) -> None:
    """Too low, lower than it was, a major version left out."""
    after = edited(PAGES, ('"1.4"', f'"{version}"'), ("attempts: 3", "attempts: 2"))
    [mistake] = refused(PAGES, after)
    assert f"[{code}]" in mistake


def test_enough() -> None:
    """A version that was raised as asked, or further; tracks that are new, or gone."""
    for version in ("1.5", "1.7", "2.0"):
        assert refused(PAGES, edited(PAGES, ('"1.4"', f'"{version}"'), ("attempts: 3", "attempts: 2"))) == []
    more = {"more/index.md": PAGES["basics/index.md"].replace("Basics", "More"), "more/triage.md": OTHER}
    assert refused(PAGES, PAGES | more) == refused(PAGES | more, PAGES) == []


def test_what_did_not_change_asks_for_nothing() -> None:
    """Not a single change is seen between the repository's own content and itself."""
    found = scan(ROOT / "content", read_navigation(ROOT / "mkdocs.yml"))
    assert [track.changes for track in compare(edition_of(found), edition_of(found))] == [()] * len(
        found.catalog.tracks
    )
