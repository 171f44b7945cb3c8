"""ARCHITECTURE.md tells of the tree as it is."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def test_every_package_stands_in_the_table() -> None:
    """Each folder of grader/ with Python in it has a row, and each row a folder."""
    listed = set(re.findall(r"^\| `grader/(\w+)/`", TEXT, re.MULTILINE))
    assert listed == {path.parent.name for path in (ROOT / "grader").glob("*/__init__.py")}


def test_the_layers_are_those_that_are_checked() -> None:
    """The list is the contract of import-linter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    block = re.search(r"^```\n(cli\n.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    assert block
    assert block[1].split("\n")[:-1] == [layer.replace("grader.", "") for layer in layers]


def test_every_dependency_has_a_reason() -> None:
    """Each library of the project is in the table of reasons."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = {re.split(r"[><=\[]", one)[0] for one in project["project"]["dependencies"]}
    table = TEXT[TEXT.index("## Libraries") :]
    assert {name for name in names if not re.search(rf"^\| .*\b{name}\b.* \|", table, re.MULTILINE)} == set()


def test_files_that_it_names_exist() -> None:
    """Paths in code spans lead somewhere."""
    paths = {path for path in re.findall(r"`((?:grader|tests|site|docs|scripts)/[\w./-]+)`", TEXT) if "<" not in path}
    assert {path for path in paths if not (ROOT / path).exists()} == set()
