"""A project in a git repository, with a past."""

import os
import subprocess
from pathlib import Path

from tests.cli.running import Command

NOBODY = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    run = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | NOBODY, capture_output=True, text=True, check=True
    )
    return run.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def edit(grader: Command, name: str, old: str, new: str) -> None:
    """Replace a text of a page."""
    page = grader.root / "content" / name
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")


def repository(root: Path, pages: dict[str, str]) -> Command:
    """The project stands in a folder of the repository; its first commit is tagged v1."""
    project = root / "learning"
    for name, text in pages.items():
        path = project / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    nav = "".join(f"  - {name}\n" for name in pages)
    (project / "mkdocs.yml").write_text(f"site_name: Learning\nnav:\n{nav}", "utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "Before")
    git(root, "tag", "v1")
    return Command(project)
