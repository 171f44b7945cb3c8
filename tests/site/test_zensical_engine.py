from pathlib import Path

import pytest

from grader.site.complaints import SiteError
from grader.site.zensical_engine import read_complaints, render


def project(folder: Path, page: str) -> Path:
    (folder / "content").mkdir()
    (folder / "content" / "index.md").write_text(page, "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(
        "site_name: X\ndocs_dir: content\nsite_dir: site\ntheme: {name: material, font: false}\n", "utf-8"
    )
    return config


def test_it_works(tmp_path: Path) -> None:
    """A page becomes HTML, without complaint."""
    assert render(project(tmp_path, "# Hello\n")) == []
    assert '<h1 id="hello">Hello' in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_every_warning_is_a_line_with_its_place(tmp_path: Path) -> None:
    """With what it points at; and again in the next build, which must not come from a cache."""
    config = project(tmp_path, "# Hello\n\n[one](gone.md) and [two](#nowhere)\n")
    complaints = [
        "warning: index.md:3:7: page does not exist: gone.md",
        "warning: index.md:3:27: anchor does not exist: nowhere",
    ]
    assert render(config) == complaints
    assert render(config) == complaints


def test_a_site_that_cannot_be_built(tmp_path: Path) -> None:
    """What Zensical says of it is not lost."""
    config = project(tmp_path, "# Hello\n")
    config.write_text(config.read_text("utf-8") + "markdown_extensions: [no_such_extension]\n", "utf-8")
    with pytest.raises(SiteError, match="no_such_extension"):
        render(config)


def test_what_it_does_not_know_is_a_complaint() -> None:
    """Only the line that says that all is well is none."""
    assert [*read_complaints("\x1b[32mNo issues found\x1b[0m\n")] == []
    assert [*read_complaints("1 issue found\nA quiz could not be rendered.\n")] == [
        "error: A quiz could not be rendered."
    ]
