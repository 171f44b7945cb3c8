"""Pages and `nav` of mkdocs.yml, one against the other."""

from collections.abc import Collection, Sequence

from grader.catalog.nav import Navigation
from grader.catalog.source import Source
from grader.diagnostics import Diagnostics, did_you_mean

_SERVED = ("404.md",)
"""Pages that nobody looks for."""


def check_nav(navigation: Navigation, sources: Sequence[Source], *, linked: Collection[str]) -> Diagnostics:
    """`linked` are the pages to which another page leads."""
    diagnostics = Diagnostics("mkdocs.yml")
    known = {str(source.path) for source in sources}
    seen: dict[str, int] = {}
    for entry in navigation.entries:
        if entry.path.endswith(".md") and entry.path not in known:
            diagnostics.add(
                "nav-without-file",
                entry.place,
                f"`nav` names `{entry.path}`, which does not exist.",
                hint=did_you_mean(entry.path, sorted(known)),
            )
        elif entry.path in seen:
            diagnostics.add(
                "nav-twice",
                entry.place,
                f"`nav` names `{entry.path}` already on line {seen[entry.path]}.",
                hint="a page has one place: remove the other",
            )
        seen.setdefault(entry.path, entry.line)
    for source in sources:
        if str(source.path) not in seen:
            _refuse_unlisted(source, navigation, linked)
    return diagnostics


def _refuse_unlisted(source: Source, navigation: Navigation, linked: Collection[str]) -> None:
    path = str(source.path)
    if {"track", "course"} & source.matter.values.keys():
        source.diagnostics.add(
            "file-without-nav",
            1,
            "The page is not in `nav`, so nobody would find it.",
            hint=f"add `{path}` to `nav` in mkdocs.yml",
        )
    elif path not in linked and path not in _SERVED and not _on_purpose(path, navigation.unlisted):
        source.diagnostics.add(
            "file-without-nav",
            1,
            "The page is not in `nav`, and no page links to it, so nobody would find it.",
            hint=f"add `{path}` to `nav` in mkdocs.yml, or to `not_in_nav` there",
        )


def _on_purpose(path: str, patterns: Sequence[str]) -> bool:
    if not patterns:
        return False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few projects have such pages

    return GitIgnoreSpec.from_lines(patterns).match_file(path)
