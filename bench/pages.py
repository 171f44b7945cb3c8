"""A generated project: tracks of ten courses, each course a page with a quiz. The same for the same numbers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

COURSES = 10
"""In a track."""

WORDS = """
report case reporter owner deadline feedback evidence channel assignment policy record rule access role campaign
question answer interview finding measure risk review message receipt closure summary category priority team
person language country law committee audit log export figure pattern the a of to in with for and when before
after whoever keeps writes reads opens closes sends asks shows names protects explains decides
""".split()  # noqa: SIM905 - a list of them would be a page long


def write_project(folder: Path, source: Path, *, pages: int, questions: int) -> None:
    """A project to build, with the settings and the theme of the one in `source`. `pages` are courses.

    mkdocs.yml is for `grader build`, control.yml for MkDocs alone: the same pages, plugins, extensions and features
    of Material, without what is ours. other.yml adds the plugin mkdocs-quiz to that, and its pages ask the same
    questions in the plugin's own form.
    """
    content, others = folder / "content", folder / "others"
    tracks: dict[str, list[str]] = {}  # the pages of each, by its title
    _write("index.md", "# Catalogue\n\nEverything there is to learn.\n", content, others)
    for number in range(pages):
        track = number // COURSES + 1
        if number % COURSES == 0:
            tracks[f"Track {track}"] = [f"track-{track:02d}/index.md"]
            _write(f"track-{track:02d}/index.md", track_page(track), content, others)
        course = f"track-{track:02d}/course-{number + 1:04d}.md"
        tracks[f"Track {track}"].append(course)
        _write(course, course_page(number + 1, questions=questions), content)
        _write(course, course_page(number + 1, questions=questions, written=_for_mkdocs_quiz), others)
    navigation = [{"Catalogue": "index.md"}, *({title: names} for title, names in tracks.items())]
    settings = yaml.safe_load((source / "mkdocs.yml").read_text("utf-8")) | {"nav": navigation, "docs_dir": "content"}
    _write_yaml(folder / "mkdocs.yml", settings | {"theme": settings["theme"] | {"custom_dir": str(source / "site")}})
    control = without_ours(settings)
    _write_yaml(folder / "control.yml", control)
    other = {"docs_dir": others.name, "site_dir": "build/other", "plugins": [*settings["plugins"], "mkdocs_quiz"]}
    _write_yaml(folder / "other.yml", control | other)


def without_ours(settings: dict[str, Any]) -> dict[str, Any]:
    """Of the theme only what MkDocs Material brings, and no extension of grader's."""
    foreign = {name: value for name, value in settings.items() if name not in ("extra_css", "extra_javascript")}
    return foreign | {
        "theme": {name: value for name, value in settings["theme"].items() if name != "custom_dir"},
        "markdown_extensions": [one for one in settings["markdown_extensions"] if not str(one).startswith("grader.")],
        "site_dir": "build/control",
    }


def track_page(number: int) -> str:
    return (
        f"---\ntitle: Track {number}\ntrack:\n  type: CASE_MANAGEMENT\n  level: FOUNDATION\n  required: true\n"
        f'  version: "1.0"\n---\n\n# Track {number}\n\n{_prose(Random(number), 80)}\n'
    )


class Asked(NamedTuple):
    name: str
    text: str
    topic: str
    options: tuple[str, ...]
    feedback: dict[int, str]  # to the wrong options, by place
    explanation: str


def _for_grader(asked: Asked) -> Iterator[str]:
    yield f"### {asked.text} {{#{asked.name} topic={asked.topic}}}\n"
    for place, option in enumerate(asked.options):
        yield f"- [{' ' if place in asked.feedback else 'x'}] {option}"
        if place in asked.feedback:
            yield f"    > {asked.feedback[place]}"
    yield f"\n> {asked.explanation}"


def _for_mkdocs_quiz(asked: Asked) -> Iterator[str]:
    yield f"<quiz>\n{asked.text}\n"
    for place, option in enumerate(asked.options):
        yield f"- [{' ' if place in asked.feedback else 'x'}] {option}"
        if place in asked.feedback:
            yield f"  > {asked.feedback[place]}"
    yield f"\n{asked.explanation}\n</quiz>"


def course_page(number: int, *, questions: int, written: Callable[[Asked], Iterator[str]] = _for_grader) -> str:
    """About 600 words with headings, a list, a table and code, then the quiz."""
    chance = Random(number)
    parts = [
        f"---\ntitle: Course {number}\ncourse: {{type: TEXT, minutes: 10, required: true}}\nquiz: {{pass: 80%}}\n---\n",
        f"# Course {number}\n\n{_prose(chance, 90)}\n",
    ]
    for section in range(1, 5):
        parts += [f"## Part {section} {{#part-{section}}}\n", _prose(chance, 60) + "\n", _prose(chance, 40) + "\n"]
        parts.append("\n".join(_block(chance, section)) + "\n")
    parts.append("## Quiz\n")
    parts += ["\n".join(written(_asked(chance, number, n))) + "\n" for n in range(1, questions + 1)]
    return "\n".join(parts)


def _block(chance: Random, section: int) -> list[str]:
    if section == 1:
        return [f"- **{_prose(chance, 2)}**: {_prose(chance, 7)}" for _ in range(4)]
    if section == 2:
        return [
            "| Step | Who | Until |",
            "|---|---|---|",
            *(f"| {n} | {_prose(chance, 2)} | day {n} |" for n in (1, 2, 3)),
        ]
    if section == 3:
        return ["```json", '{"case": 17, "status": "open", "owner": null}', "```"]
    return [f"!!! note\n\n    {_prose(chance, 20)} See [the first part](#part-1)."]


def _asked(chance: Random, page: int, number: int) -> Asked:
    """Every third one has two right options."""
    right = {0, 2} if number % 3 == 0 else {chance.randrange(4)}
    return Asked(
        name=f"q{number}",
        text=f"{_prose(chance, 8)} {page}-{number}?",
        topic=f"part-{(number - 1) % 4 + 1}",
        options=tuple(f"{_prose(chance, 6)} {place}" for place in range(4)),
        feedback={place: f"{_prose(chance, 10)}." for place in range(4) if place not in right},
        explanation=f"{_prose(chance, 15)}.",
    )


def _prose(chance: Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def _write(name: str, text: str, *folders: Path) -> None:
    for folder in folders:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _write_yaml(path: Path, settings: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
