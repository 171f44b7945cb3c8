"""Two editions of a course."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

import msgspec

from grader.catalog.model import Course, Practice, Quiz, QuizRules
from grader.catalog.rules import duration
from grader.catalog.version import Version, find_version
from grader.versions.answers import Asked
from grader.versions.bump import Bump, bump_of
from grader.versions.change import Change
from grader.versions.edition import Edition
from grader.versions.questions import compare_questions

_RULES: dict[str, tuple[str, Bump, Callable[[Any], str]]] = {
    "passing_score": ("pass", Bump.MINOR, lambda share: f"{100 * share:g} %"),
    "attempts": ("attempts", Bump.MINOR, lambda count: str(count or "as many as wanted")),
    "cooldown": ("cooldown", Bump.MINOR, lambda pauses: ", ".join(map(duration, pauses)) or "none"),
    "time_limit": ("time_limit", Bump.MINOR, lambda seconds: duration(seconds or 0)),
    "draw": ("draw", Bump.MINOR, lambda count: str(count or "all")),
    "shuffle": ("shuffle", Bump.NONE, lambda flag: str(flag).lower()),
    "review": ("review", Bump.NONE, str),
}
"""By field: what authors call it, what a change asks for, and its value in words.

In which order options stand, and what is shown afterwards, decides about no pass.
"""


def compare_courses(before: Edition, old: Course, after: Edition, new: Course, version: Version) -> Iterator[Change]:
    """`version` is that of the track before."""
    if old.title != new.title:
        yield Change(bump=Bump.MINOR, what="the title changed", before=old.title, after=new.title)
    if old.required != new.required:
        what = "the course is required now" if new.required else "the course is optional now"
        yield Change(bump=Bump.MAJOR if new.required else Bump.MINOR, what=what)
    if old.since != new.since:
        what = f"what must be learnt changed, says `since: {new.since}`" if new.since else "`since` is gone"
        yield Change(bump=bump_of(find_version(new.since), version), what=what)
    for name in ("type", "minutes", "description"):
        left, right = str(getattr(old, name)), str(getattr(new, name))
        if left != right:
            yield Change(bump=Bump.NONE, what=f"`{name}` changed", before=left, after=right)
    yield from compare_texts(before.texts.get(old.id, ()), after.texts.get(new.id, ()))
    yield from _compare_quizzes(before, old.quiz, after, new.quiz, version)
    yield from _compare_practice(before, old, after, new, version)


def compare_texts(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Of a page, its quiz apart."""
    if before != after:
        kept = sum(block.size for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks())
        what = f"the text changed (+{len(after) - kept} −{len(before) - kept} lines)"
        yield Change(bump=Bump.NONE, what=what)


def _compare_quizzes(
    before: Edition, old: Quiz | None, after: Edition, new: Quiz | None, version: Version
) -> Iterator[Change]:
    if old is None or new is None:
        if old is not new:
            yield Change(
                bump=Bump.MINOR, what="the course has a quiz now" if new else "the course has no quiz any more"
            )
        return
    yield from _compare_rules(old.rules, new.rules)
    yield from compare_questions(_asked(before, old), _asked(after, new), version)


def _asked(edition: Edition, quiz: Quiz) -> list[Asked]:
    keys = edition.key.quizzes[quiz.revision].questions
    return [Asked(question=question, key=keys[question.id]) for question in quiz.questions]


def _compare_rules(old: QuizRules, new: QuizRules) -> Iterator[Change]:
    for field, (name, bump, said) in _RULES.items():
        left, right = getattr(old, field), getattr(new, field)
        if left != right:
            yield Change(bump=bump, what=f"the rule `{name}` changed", before=said(left), after=said(right))


def _compare_practice(before: Edition, old: Course, after: Edition, new: Course, version: Version) -> Iterator[Change]:
    """It counts for nothing, so nothing of it asks for a version."""
    for change in compare_questions(_practised(before, old.practice), _practised(after, new.practice), version):
        yield msgspec.structs.replace(change, bump=Bump.NONE, what=f"practice {change.what}")


def _practised(edition: Edition, practice: Sequence[Practice]) -> list[Asked]:
    return [
        Asked(question=one.question, key=edition.key.quizzes[one.revision].questions[one.question.id])
        for one in practice
    ]
