"""`grader export`, as somebody at a terminal meets it."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.api.content import PAGES
from tests.cli.running import Command, refusal


@pytest.fixture
def grader(tmp_path: Path) -> Command:
    """A project that is not built."""
    for name, text in PAGES.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    nav = "".join(f"  - {name}\n" for name in PAGES)
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Learning\nnav:\n{nav}", "utf-8")
    return Command(tmp_path)


def test_it_works(grader: Command) -> None:
    """A quiz is written with its key, and can be imported again."""
    done = grader.run("export", "gift", "basics/intake", "-o", "intake.gift")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "Written, with the right answers: intake.gift" in done.stderr
    text = (grader.root / "intake.gift").read_text("utf-8")
    assert "=On receipt" in text
    assert "- [x] On receipt" in grader.run("import", "gift", "intake.gift", "--section").stdout


@pytest.mark.parametrize(
    "place", ["content/intake.gift", "content/basics/../x.gift", "build/site/x.gift", "look/x.gift"]
)
def test_a_place_that_is_published(grader: Command, place: str) -> None:
    """Right answers are not written where the site would show them."""
    config = grader.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "theme: {name: material, custom_dir: look}\n", "utf-8")
    said = refusal(grader.run("export", "gift", "basics/intake", "-o", place))
    assert f"{place} would be published with the site." in said
    assert not (grader.root / place).exists()


def test_selection(grader: Command) -> None:
    """Courses, tracks or all of them, in the order of the site."""
    for selection in (["--all"], ["--track", "basics"], ["basics/intake"]):
        assert grader.run("export", "gift", *selection, "-o", "x.gift", "--force").returncode == 0
        text = (grader.root / "x.gift").read_text("utf-8")
        categories = [line.split()[1] for line in text.split("\n") if line.startswith("$CATEGORY")]
        if selection == ["--all"]:
            wanted = [name.removesuffix(".md") for name in PAGES]
            assert categories == [name for name in wanted if name in categories]
            assert len(categories) > 2
        elif "--track" in selection:
            assert {name.split("/")[0] for name in categories} == {"basics"}
        else:
            assert categories == []


def test_report(grader: Command) -> None:
    """What is lost is told with its page and line, in JSON, too."""
    page = grader.root / "content/basics/intake.md"
    page.write_text(PAGES["basics/intake.md"].replace("{#start", "{#start points=3"), "utf-8")
    done = grader.run("export", "gift", "basics/intake", "-o", "x.gift", "--format", "json")
    remarks = json.loads(done.stderr)["remarks"]
    assert ("content/basics/intake.md", "start") in {(one["path"], one["question"]) for one in remarks}


def test_never_over_a_file(grader: Command) -> None:
    """A file that exists stays, unless --force is given."""
    (grader.root / "x.gift").write_text("mine", "utf-8")
    done = grader.run("export", "gift", "--all", "-o", "x.gift")
    assert done.returncode == 1
    assert "x.gift exists" in done.stderr
    assert (grader.root / "x.gift").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Say what to export"),
        (["basics/intak"], "did you mean `basics/intake`?"),
        (["--track", "basic"], "did you mean `basics`?"),
    ],
)
def test_what_does_not_exist(grader: Command, arguments: list[str], message: str) -> None:
    """It is one line with a hint, and nothing is written."""
    assert message in refusal(grader.run("export", "gift", *arguments, "-o", "x.gift"))
    assert not (grader.root / "x.gift").exists()


def test_content_with_mistakes(grader: Command) -> None:
    """It is told what is wrong; nothing is written."""
    page = grader.root / "content/basics/intake.md"
    page.write_text(PAGES["basics/intake.md"].replace("- [x] On receipt", "- [ ] On receipt"), "utf-8")
    done = grader.run("export", "gift", "--all", "-o", "x.gift")
    assert done.returncode == 1
    assert "error[no-right-option]" in done.stderr
    assert not (grader.root / "x.gift").exists()


def test_qti(grader: Command) -> None:
    """A package with pictures, which can be imported again; the practice questions when they are asked for."""
    page = grader.root / "content/basics/intake.md"
    page.write_text(
        PAGES["basics/intake.md"].replace("\n- [x] On receipt", "\n![c](c.svg)\n\n- [x] On receipt"), "utf-8"
    )
    (page.parent / "c.svg").write_bytes(b"<svg/>")
    for more, count in (([], 2), (["--practice"], 3)):
        done = grader.run("export", "qti", "basics/intake", "-o", "intake.zip", "--force", *more)
        assert done.returncode == 0
        assert f"Questions carried over: {count}, left out: 0" in done.stderr
        assert ("Practice questions in the text stay there" in done.stderr) == (count == 2)
    with zipfile.ZipFile(grader.root / "intake.zip") as package:
        assert "media/basics/c.svg" in package.namelist()
    back = grader.run("import", "qti", "intake.zip", "-o", "back/page.md")
    assert (back.returncode, back.stderr.split("\n")[0]) == (
        0,
        "Questions carried over: 3, left out: 0; lost or changed: 0.",
    )
    assert (grader.root / "back/media/c.svg").read_bytes() == b"<svg/>"
