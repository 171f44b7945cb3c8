from pathlib import Path

import pytest

from grader.catalog.links import read_links
from grader.catalog.nav import NavEntry
from grader.catalog.scan import scan
from grader.diagnostics import Diagnostics
from grader.lines import read_lines


def targets(text: str) -> list[str]:
    return [link.target for link in read_links(read_lines(text, Diagnostics("page")))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md) ![c](d.svg)", ["b.md", "d.svg"]),
        ("[![a](b.svg)](c.md)", ["b.svg", "c.md"]),
        ('[a](b.md "Title") [c](<d e.md>)', ["b.md", "d e.md"]),
        ("[a](b_(c).md){ .button }", ["b_(c).md"]),
        ("[a\nb](c.md)", ["c.md"]),
        ("[a]: b.md\n[c]: <d.md> 'Title'", ["b.md", "d.md"]),
        ("[^a]: b.md", []),
        ("*[a]: b.md", []),
        ("[a]()", [""]),
        ("`[a](b.md)` [c](d.md)", ["d.md"]),
        ("```\n[a](b.md)\n```", []),
        ("<!-- [a](b.md) -->", []),
        ("text\n\n    [a](b.md)", []),
        ("text\n    [a](b.md)", ["b.md"]),
        ("- item\n\n    [a](b.md)", ["b.md"]),
        ('!!! note "Title"\n\n    one\n\n    [a](b.md)', ["b.md"]),
        ("> [a](b.md)", ["b.md"]),
        ('<video src="a.mp4" poster="b.jpg">', ["a.mp4", "b.jpg"]),
        ("[a] (b.md) and a](", []),
    ],
)
def test_it_works(text: str, expected: list[str]) -> None:
    """Links, pictures and definitions are read as Markdown reads them; what is code is none."""
    assert targets(text) == expected


def test_a_link_is_where_its_target_begins() -> None:
    """Also when the same stands in code on the same line, or twice."""
    links = [*read_links(read_lines("\t`(b.md)` [b.md](b.md), [a](b.md) `b.md`", Diagnostics("page")))]
    assert [link.place for link in links] == []
    links = [*read_links(read_lines("> `(b.md)` [b.md](b.md), [a](b.md) `b.md`", Diagnostics("page"), first=3))]
    assert [link.place for link in links] == [(3, 19), (3, 30)]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "part").mkdir(parents=True)
    (folder / "a b.svg").write_text("<svg/>", "utf-8")
    (folder / ".hidden.svg").write_text("<svg/>", "utf-8")
    (folder / "index.md").write_text(
        "# Start\n\n> ## Quoted\n\nText {: #text }\n\n<i id=html></i>[^1]\n\n[^1]: x\n", "utf-8"
    )
    (folder / "part" / "index.md").write_text("# Part\n", "utf-8")
    return folder


def mistakes(content: Path, text: str) -> list[str]:
    (content / "part" / "page.md").write_text(f"# Page\n\n{text}\n", "utf-8")
    names = ("index.md", "part/index.md", "part/page.md")
    return [one.code for one in scan(content, [NavEntry(name, n) for n, name in enumerate(names)]).diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        *("[a](index.md)", "[a](../index.md)", "[a](./page.md#page)", "![a](<../a b.svg>)", "![a](../a%20b.svg)"),
        *(
            "[a](#page)",
            "[a](#)",
            "[a](?x=1)",
            "[a](../index.md?x=1#start)",
            "[a](https://x.org/b)",
            "[a](mailto:a@b.c)",
        ),
        *("[a](../index.md#quoted)", "[a](../index.md#text)", "[a](../index.md#html)", "[a](../index.md#fn:1)"),
        *('<img src="../../a b.svg">', '<a href="../">a</a>', '<a href="../../#start">a</a>', '<a href="#page">a</a>'),
        *('<a href="/help">a</a>', '<img src="../../assets/logo.svg">', '<a href="../index.html">a</a>'),
        "[a](#somewhere)\n\n--8<-- 'snippet.md'",
    ],
)
def test_links_that_lead_somewhere(content: Path, text: str) -> None:
    """To pages, anchors of any kind, files and other hosts; in HTML they count from the built page."""
    assert mistakes(content, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a](../../index.md)", "broken-link"),
        ("![a](../.hidden.svg)", "broken-link"),
        ("![a](../A%20b.svg)", "broken-link"),
        ("[a](http://[)", "broken-link"),
        ('<img src="../a b.svg">', "broken-link"),
        ('<a href="page.md">a</a>', "broken-link"),
        ("[a](#start)", "broken-anchor"),
        ("[a](../index.md#page)", "broken-anchor"),
        ('<a href="../#start">a</a>', "broken-anchor"),
        ("![a](/a%20b.svg)", "absolute-link"),
    ],
)
def test_links_that_lead_nowhere(content: Path, text: str, code: str) -> None:
    """Outside content/, to what is hidden, to a name in other letters, to an anchor of another page."""
    assert mistakes(content, text) == [code]
