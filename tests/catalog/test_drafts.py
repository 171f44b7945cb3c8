from pathlib import Path

import pytest

from grader.catalog.nav import NavEntry
from grader.catalog.scan import Scan, scan

TRACK = '---\ntrack: {type: CASE_MANAGEMENT, level: FOUNDATION, version: "1.0"}\n%s---\n# Track\n'
COURSE = "---\ncourse: {type: TEXT, minutes: 5, required: false}\n%s---\n# Course\n\n%s\n"
BROKEN = "## Quiz\n\n### Nothing is right?\n\n- [ ] A\n- [ ] B\n"


def written(folder: Path, *, track: str = "", course: str = "", text: str = "", drafts: bool = False) -> Scan:
    """A track of two courses, something written into the front matter of the track, or of the second one."""
    pages = {
        "basics/index.md": TRACK % track,
        "basics/one.md": COURSE % ("", ""),
        "basics/two.md": COURSE % (course, text),
        "index.md": "# Catalogue\n",
    }
    for name, page in pages.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(page, "utf-8")
    return scan(folder / "content", [NavEntry(name, 1) for name in pages], drafts=drafts)


def courses(found: Scan) -> list[str]:
    return [course.id for _, course in found.catalog.courses()]


def test_a_draft_is_left_out(tmp_path: Path) -> None:
    """Its page, its mistakes and its place in `nav` are as if they were not there."""
    found = written(tmp_path, course="draft: true\n", text=BROKEN)
    assert found.diagnostics == ()
    assert courses(found) == ["basics/one"]
    assert found.left_out == {"basics/two.md"}
    assert "basics/two.md" not in [str(source.path) for source in found.sources]


def test_a_preview_has_drafts(tmp_path: Path) -> None:
    """With their mistakes."""
    found = written(tmp_path, course="draft: true\n", text=BROKEN, drafts=True)
    assert [one.code for one in found.diagnostics] == ["no-right-option"]
    assert courses(found) == ["basics/one", "basics/two"]
    assert found.drafts == {"basics/two.md"}
    assert not found.left_out


def test_a_track_that_is_a_draft_takes_its_courses_with_it(tmp_path: Path) -> None:
    """They would have no track."""
    found = written(tmp_path, track="draft: true\n")
    assert found.diagnostics == ()
    assert found.catalog.tracks == ()
    assert [str(source.path) for source in found.sources] == ["index.md"]


@pytest.mark.parametrize(
    ("value", "draft"), [("false", False), ("", False), ("yes", True), ("soon", True), ("1", True)]
)
def test_only_false_is_no_draft(tmp_path: Path, value: str, draft: bool) -> None:  # noqa: FBT001 - a parameter
    """Nothing is published by a slip of the pen."""
    found = written(tmp_path, course=f"draft: {value}\n")
    assert ("basics/two" not in courses(found)) == draft
