import shutil
from pathlib import Path

import pytest

from grader.catalog.model import TRACK_TYPES
from grader.preview.shown import Shown
from grader.site.mirror import write_redacted
from grader.site.project import Project, read_content
from tests.site.test_leaks import REFUSED, UNTICKED

BROKEN = ("- [x] When it is received", "- [ ] When it is received")


@pytest.fixture
def project(courses: Path, tmp_path: Path) -> Project:
    shutil.copytree(courses / "good", tmp_path / "project")
    root = tmp_path / "project"
    return Project(root=root, content=root / "content", build=root / "build", track_types=TRACK_TYPES)


def redacted(project: Project, shown: Shown) -> dict[str, str]:
    """What the engine would see."""
    docs = project.build / "content"
    write_redacted(*shown.of(read_content(project, drafts=True)), docs)
    return {path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")}


def edit(page: Path, text: str) -> str:
    """Put a text in the place of what is behind the front matter; returns what was there."""
    before = page.read_text("utf-8")
    end = before.index("---", 3) + 4
    page.write_text(before[:end] + text, "utf-8")
    return before


def test_it_works(project: Project) -> None:
    """Content without mistakes is shown as it is."""
    shown = Shown(project, project.build / "shown")
    found = read_content(project, drafts=True)
    assert found.diagnostics == ()
    assert shown.of(found) == (found, project.content)


def test_a_page_with_a_mistake_stays_as_it_was(project: Project) -> None:
    """Other pages go on."""
    shown = Shown(project, project.build / "shown")
    before = redacted(project, shown)
    edit(project.content / "basics" / "intake.md", "# New\n\n## Quiz\n\n### What?\n\n- [ ] A\n- [ ] B\n")
    edit(project.content / "basics" / "index.md", "# Another track\n")
    after = redacted(project, shown)
    assert after["basics/intake.md"] == before["basics/intake.md"]
    assert "Another track" in after["basics/index.md"]


def test_a_mended_page_is_shown(project: Project) -> None:
    """And is what a later mistake falls back to."""
    shown = Shown(project, project.build / "shown")
    redacted(project, shown)
    page = project.content / "basics" / "intake.md"
    good = "# Mended\n\n## Quiz\n\n### What?\n\n- [x] A\n- [ ] B\n"
    for text in (good.replace("[x]", "[ ]"), good, good.replace("[x]", "[ ]")):
        edit(page, text)
        after = redacted(project, shown)
    assert "# Mended" in after["basics/intake.md"]


def test_a_new_page_with_a_mistake_has_a_place(project: Project) -> None:
    """Under its title, without its text."""
    page = project.content / "basics" / "new.md"
    page.write_text("---\ntitle: 'New: page'\n---\n\n# New\n\n- [x] SECRET\n", "utf-8")
    after = redacted(project, Shown(project, project.build / "shown"))
    assert "title: 'New: page'" in after["basics/new.md"]
    assert "SECRET" not in after["basics/new.md"]


def test_what_is_no_mistake_of_the_text_hides_nothing(project: Project) -> None:
    """Such as a course that is not in `nav` yet."""
    page = project.content / "basics" / "new.md"
    page.write_text("---\ncourse: {type: TEXT, minutes: 1, required: false}\n---\n\n# New\n\nText.\n", "utf-8")
    assert "Text." in redacted(project, Shown(project, project.build / "shown"))["basics/new.md"]


@pytest.mark.parametrize("text", [*REFUSED.values(), *UNTICKED.values()], ids=[*REFUSED, *UNTICKED])
def test_a_mistake_gives_nothing_away(project: Project, text: str) -> None:
    """Neither feedback nor explanation that the parser could not find, in a new page or one that was good."""
    shown = Shown(project, project.build / "shown")
    redacted(project, shown)
    edit(project.content / "basics" / "types.md", text)
    (project.content / "basics" / "new.md").write_text(text, "utf-8")
    after = redacted(project, shown)
    assert read_content(project, drafts=True).diagnostics
    for page in ("basics/types.md", "basics/new.md"):
        assert "secret" not in after[page].lower()
        assert "[x]" not in after[page].lower()


def test_files_that_nobody_reads_are_not_shown(project: Project) -> None:
    """A page whose name ends in `.markdown` would be published with its answers."""
    (project.content / "basics" / "old.markdown").write_text("- [x] SECRET", "utf-8")
    redacted(project, Shown(project, project.build / "shown"))
    assert not [*project.build.rglob("*.markdown")]
