from pathlib import Path

import pytest
from mkdocs.config import load_config

from grader.errors import SetupError
from grader.site.config import write_config

GIVEN = """\
site_name: Löring
theme: {name: material, custom_dir: look, palette: {scheme: !ENV [NO_SUCH_VARIABLE, slate]}}
hooks: [hooks/one.py]
docs_dir: content
site_dir: elsewhere
markdown_extensions:
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
nav:
  - index.md
  - Basics:
      - basics/index.md
      - Intake: basics/intake.md
  - Later: later/index.md
  - Drafts:
      - One: drafts/one.md
      - Deeper:
          - drafts/two.md
  - Elsewhere: https://example.org/
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """What an author wrote, with what it refers to."""
    for folder in ("look", "hooks", "build/content"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "hooks" / "one.py").touch()
    path = tmp_path / "mkdocs.yml"
    path.write_text(GIVEN, "utf-8")
    return path


def test_it_works(config: Path) -> None:
    """The engine reads what the author wrote, and builds the folders it is pointed at."""
    derived = config.parent / "build" / "mkdocs.yml"
    write_config(config, derived, docs="content", site="site")
    read = load_config(str(derived))
    assert read.site_name == "Löring"
    assert (read.docs_dir, read.site_dir) == (str(derived.parent / "content"), str(derived.parent / "site"))
    assert str(config.parent / "look") in read.theme.dirs
    assert [str(hook) for hook in read.hooks] == [str(config.parent / "hooks" / "one.py")]
    assert read.theme["palette"] == {"scheme": "slate"}
    assert callable(read.mdx_configs["pymdownx.emoji"]["emoji_index"])
    assert (read.nav or [])[1] == {"Basics": ["basics/index.md", {"Intake": "basics/intake.md"}]}


def test_pages_are_left_out_of_the_navigation(config: Path) -> None:
    """And sections of which nothing is left."""
    derived = config.parent / "build" / "mkdocs.yml"
    left_out = ("basics/index.md", "later/index.md", "drafts/one.md", "drafts/two.md")
    write_config(config, derived, docs="content", site="site", left_out=left_out)
    assert load_config(str(derived)).nav == [
        "index.md",
        {"Basics": [{"Intake": "basics/intake.md"}]},
        {"Elsewhere": "https://example.org/"},
    ]


def test_a_file_may_inherit_from_another(config: Path) -> None:
    """Its path counts from mkdocs.yml."""
    (config.parent / "base.yml").write_text("site_author: Ada\n", "utf-8")
    config.write_text(f"INHERIT: base.yml\n{GIVEN}", "utf-8")
    derived = config.parent / "build" / "mkdocs.yml"
    write_config(config, derived, docs="content", site="site", url="http://127.0.0.1:1/")
    read = load_config(str(derived))
    assert (read.site_author, read.site_url) == ("Ada", "http://127.0.0.1:1/")


@pytest.mark.parametrize("text", ["nav: [", "", "just words"])
def test_no_settings(config: Path, text: str) -> None:
    """One clear line."""
    config.write_text(text, "utf-8")
    with pytest.raises(SetupError, match=r"mkdocs\.yml"):
        write_config(config, config.parent / "build" / "mkdocs.yml", docs="content", site="site")


def test_pages_may_be_named(config: Path) -> None:
    """Those that have no title yet, so that a page can be made without the others."""
    derived = config.parent / "build" / "mkdocs.yml"
    titles = {"index.md": "100", "basics/index.md": "The: basics", "basics/intake.md": "Another title"}
    assert write_config(config, derived, docs="content", site="site", titles=titles)
    nav = load_config(str(derived)).nav or []
    assert nav[:2] == [
        {"100": "index.md"},
        {"Basics": [{"The: basics": "basics/index.md"}, {"Intake": "basics/intake.md"}]},
    ]


def test_it_tells_whether_it_changed(config: Path) -> None:
    """A file that would be the same is left alone."""
    derived = config.parent / "build" / "mkdocs.yml"
    assert write_config(config, derived, docs="content", site="site")
    assert not write_config(config, derived, docs="content", site="site")
    assert write_config(config, derived, docs="content", site="site", url="http://127.0.0.1/")
