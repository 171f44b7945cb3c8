from pathlib import Path

import yaml
from mkdocs.utils.meta import get_data

from grader.catalog.nav import NavEntry
from grader.catalog.scan import Scan, scan
from grader.site.facts import Facts, with_facts

TITLE = 'Say "yes": it\'s {50 %} # & <done> ünï\u2028🎓'
PAGES = {
    "index.md": "---\ntemplate: catalogue.html\n---\n\n# Catalogue\n",
    "basics/index.md": "---\r\ntitle: Basics\r\n"
    'track: {type: CASE_MANAGEMENT, level: FOUNDATION, version: "1.0"}\r\n---\r\n# B\r\n',
    "basics/one.md": "\ufeff---\ntitle: One\n"
    "course: {type: VIDEO, minutes: 5, required: false, video: a, captions: a}\n---\n# One\n",
    "basics/two.md": "---\ntitle: Two\ncourse: {type: TEXT, minutes: 7, required: false}\n---\n# Two\n",
    "plain.md": "# Plain\n",
}


def scanned(folder: Path, title: str = "Two") -> Scan:
    for name, text in PAGES.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace("title: Two\n", yaml.safe_dump({"title": title})).encode())
    (folder / "content" / "basics" / "a").write_text("WEBVTT\n")
    found = scan(folder / "content", [NavEntry(name, 1) for name in PAGES])
    assert found.diagnostics == ()
    return found


def written(found: Scan) -> dict[str, str]:
    facts = Facts(found.catalog)
    return {str(source.path): with_facts(source, facts.of(source)) for source in found.sources}


def test_it_works(tmp_path: Path) -> None:
    """The engine finds a page's facts in its front matter, beside what the author wrote."""
    pages = written(scanned(tmp_path))
    body, meta = get_data(pages["basics/index.md"].replace("\r\n", "\n"))
    assert body == "# B\n"
    assert meta["track"]["level"] == "FOUNDATION"
    assert {name: meta["facts"]["track"][name] for name in ("title", "size", "url")} == {
        "title": "Basics",
        "size": 2,
        "url": "basics/",
    }
    assert [course["title"] for course in meta["facts"]["track"]["courses"]] == ["One", "Two"]
    assert get_data(pages["basics/one.md"].removeprefix("\ufeff"))[1]["facts"]["course"]["type"] == "VIDEO"
    assert [track["id"] for track in get_data(pages["index.md"])[1]["facts"]["tracks"]] == ["basics"]
    assert pages["plain.md"] == PAGES["plain.md"]


def test_titles_may_hold_anything(tmp_path: Path) -> None:
    """What YAML takes for its own marks arrives as it is."""
    pages = written(scanned(tmp_path, TITLE))
    [_, course] = get_data(pages["basics/index.md"].replace("\r\n", "\n"))[1]["facts"]["track"]["courses"]
    assert course["title"] == TITLE


def test_only_pages_that_show_a_change_change(tmp_path: Path) -> None:
    """A course's new title is in its own page and its track's, and nowhere else."""
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = written(scanned(tmp_path / "one")), written(scanned(tmp_path / "other", "Three"))
    assert {name for name in PAGES if one[name] != other[name]} == {"basics/two.md", "basics/index.md"}
