from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from grader.site.templates import CompiledTemplates, place_of_compiled


def rendered(templates: Path, compiled: Path) -> str:
    """By a new environment, as each build has one."""
    environment = CompiledTemplates(compiled).on_env(Environment(loader=FileSystemLoader(templates), autoescape=True))
    return environment.get_template("page.html").render(name="you")


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next build takes it as it is; a changed one is compiled anew."""
    templates, compiled = tmp_path / "templates", tmp_path / "compiled"
    templates.mkdir()
    (templates / "page.html").write_text("Hello {{ name }}", "utf-8")
    assert rendered(templates, compiled) == "Hello you"

    compiling: list[str] = []
    really = Environment.compile

    def compile_it(self: Environment, source: str, *rest: Any, **options: Any) -> Any:
        compiling.append(source)
        return really(self, source, *rest, **options)

    monkeypatch.setattr(Environment, "compile", compile_it)
    assert rendered(templates, compiled) == "Hello you"
    assert not compiling
    (templates / "page.html").write_text("Goodbye {{ name }}", "utf-8")
    assert rendered(templates, compiled) == "Goodbye you"
    assert compiling == ["Goodbye {{ name }}"]


def test_where_they_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment, so that an empty `build/` costs nothing; in `build/` where somebody else owns that."""
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert place_of_compiled(tmp_path / "build").parent == tmp_path
    monkeypatch.setattr("sys.prefix", str(tmp_path / "nowhere"))
    assert place_of_compiled(tmp_path / "build").parent == tmp_path / "build"
