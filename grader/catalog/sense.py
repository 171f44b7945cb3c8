"""Rules of a quiz and versions that are possible one by one, but make no sense together."""

from collections.abc import Mapping

from grader.catalog.model import QuizRules
from grader.catalog.rules import duration
from grader.catalog.source import Source
from grader.catalog.version import Version, find_version
from grader.diagnostics import Place

SHORTEST = 5
"""Seconds for a question: who has fewer cannot even read it."""


def check_rules(source: Source) -> None:
    """Of a page with a quiz: against its questions, and against each other."""
    section = source.page.quiz
    if section is None or not section.questions:
        return
    pool, rules = len(section.questions), source.rules
    if rules.draw is not None and rules.draw > pool:
        source.diagnostics.add(
            "draw-too-large",
            source.matter.value("quiz", "draw"),
            f"`draw: {rules.draw}` is more than the quiz has: {pool}.",
            hint="draw fewer, or add questions",
        )
    _check_time(source, rules, min(rules.draw or pool, pool))
    _check_cooldown(source, rules)


def _check_time(source: Source, rules: QuizRules, shown: int) -> None:
    if rules.time_limit is not None and rules.time_limit < SHORTEST * shown:
        source.diagnostics.add(
            "time-too-short",
            source.matter.value("quiz", "time_limit"),
            f"{duration(rules.time_limit).capitalize()} for {shown} question{'' if shown == 1 else 's'}: "
            "nobody can read them in that time.",
            hint=f"write at least {SHORTEST * shown}s; minutes are written 20m",
        )


def _check_cooldown(source: Source, rules: QuizRules) -> None:
    """Between n attempts there are n - 1 pauses. One more is as good as none, and often meant for the day after."""
    idle = rules.attempts == 1 and any(rules.cooldown)
    if rules.attempts is not None and (idle or len(rules.cooldown) > rules.attempts):
        source.diagnostics.add(
            "idle-cooldown",
            source.matter.value("quiz", "cooldown"),
            f"With {rules.attempts} attempt{'' if rules.attempts == 1 else 's'} "
            f"there is no pause after attempt {len(rules.cooldown)}.",
            hint="remove `cooldown`" if idle else "remove pauses, or allow more attempts",
        )


def check_since(source: Source, versions: Mapping[str, Version]) -> None:
    """Nothing can have changed in a version that the track has not reached. `versions` are those of the tracks."""
    version = versions.get(source.path.parent.as_posix())
    if version is None:
        return
    course = source.matter.values.get("course")
    given = find_version(course.get("since")) if isinstance(course, dict) else None
    if given is not None and given > version:
        _refuse_later(source, given, version, source.matter.value("course", "since"))
    for parsed in source.page.questions:
        given = find_version(parsed.question.since)
        if given is not None and given > version:
            _refuse_later(source, given, version, source.page.line(parsed.number).place("since="))


def _refuse_later(source: Source, given: Version, version: Version, place: Place) -> None:
    source.diagnostics.add(
        "since-too-late",
        place,
        f"The track has version {version}, so nothing can be new since {given}.",
        hint=f'write `version: "{given}"` in {source.path.parent}/index.md, or an earlier `since`',
    )
