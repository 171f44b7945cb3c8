"""`grader build`, with the engine that is asked for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def root(courses: Path, tmp_path: Path) -> Path:
    """A small project."""
    shutil.copytree(courses / "good", tmp_path / "project")
    return tmp_path / "project"


def build(root: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "grader.cli", "--root", str(root), "build", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def generator(root: Path) -> str:
    """The engine names itself in each page."""
    page = (root / "build" / "site" / "index.html").read_text("utf-8")
    return "zensical" if 'content="zensical' in page else "mkdocs"


def test_it_works(root: Path) -> None:
    """MkDocs makes the site, unless another engine is wanted."""
    assert build(root).returncode == 0
    assert generator(root) == "mkdocs"


def test_the_engine_can_be_chosen(root: Path) -> None:
    """By an option, or in grader.toml, which the option overrules."""
    (root / "grader.toml").write_text('engine = "zensical"\n', "utf-8")
    assert build(root).returncode == 0
    assert generator(root) == "zensical"
    assert build(root, "--engine", "mkdocs").returncode == 0
    assert generator(root) == "mkdocs"


def test_an_unknown_engine(root: Path) -> None:
    """The choice is told."""
    said = build(root, "--engine", "hugo").stderr
    assert "'mkdocs', 'zensical'" in said
    (root / "grader.toml").write_text('engine = "hugo"\n', "utf-8")
    assert "engine" in build(root).stderr
