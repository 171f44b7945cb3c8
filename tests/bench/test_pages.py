import re
from pathlib import Path

import yaml

from bench.pages import write_project
from bench.process import program, run

ROOT = Path(__file__).parents[2]


def test_write_project(tmp_path: Path) -> None:
    """Tracks of ten courses, about 600 words a page, as many questions as asked for, the same every time."""
    for folder in ("one", "two"):
        write_project(tmp_path / folder, ROOT, pages=12, questions=5)

    courses = sorted((tmp_path / "one" / "content").rglob("course-*.md"))
    assert [path.parent.name for path in courses] == ["track-01"] * 10 + ["track-02"] * 2
    for path in courses:
        text = path.read_text("utf-8")
        assert text == Path(str(path).replace("/one/", "/two/")).read_text("utf-8")
        assert 500 < len(text.partition("## Quiz")[0].split()) < 700
        assert text.count("\n### ") == 5
    nav = yaml.safe_load((tmp_path / "one" / "mkdocs.yml").read_text("utf-8"))["nav"]
    assert [[*entry] for entry in nav] == [["Catalogue"], ["Track 1"], ["Track 2"]]  # as tracks stand in a real site


def test_control(tmp_path: Path) -> None:
    """The control has the same pages, plugins and features, and nothing of grader's."""
    write_project(tmp_path, ROOT, pages=1, questions=1)

    ours, control = (yaml.safe_load((tmp_path / name).read_text("utf-8")) for name in ("mkdocs.yml", "control.yml"))
    assert all(control[name] == ours[name] for name in ("nav", "docs_dir", "plugins"))
    assert control["theme"]["features"] == ours["theme"]["features"]
    assert set(map(str, ours["markdown_extensions"])) - set(map(str, control["markdown_extensions"])) == {
        "grader.site.extension"
    }
    assert "custom_dir" not in control["theme"]
    assert "extra_javascript" not in control


def test_mkdocs_quiz(tmp_path: Path) -> None:
    """The pages for mkdocs-quiz have the same text and ask the same questions, which the plugin shows."""
    write_project(tmp_path, ROOT, pages=1, questions=3)

    page = "track-01/course-0001.md"
    ours, others = ((tmp_path / name / page).read_text("utf-8") for name in ("content", "others"))
    assert ours.partition("## Quiz")[0] == others.partition("## Quiz")[0]
    assert re.findall(r"^- \[.\] .*", ours, re.MULTILINE) == re.findall(r"^- \[.\] .*", others, re.MULTILINE)
    run([program("mkdocs"), "build", "--quiet", "--config-file", "other.yml"], folder=tmp_path)
    html = (tmp_path / "build" / "other" / "track-01" / "course-0001" / "index.html").read_text("utf-8")
    assert html.count('<div class="quiz"') == 3
