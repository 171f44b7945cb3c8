"""Two editions of a quiz, question by question."""

from collections.abc import Iterator, Sequence

from grader.catalog.version import Version, find_version
from grader.questions.model import Credit, Question
from grader.versions.alike import pairs, without
from grader.versions.answers import Asked, compare_answers
from grader.versions.bump import Bump, bump_of
from grader.versions.change import Change


def compare_questions(before: Sequence[Asked], after: Sequence[Asked], version: Version) -> Iterator[Change]:
    """`version` is that of the track before. A question is the same when its id is; else when it is nearly the same."""
    old, new = ({one.question.id: one for one in asked} for asked in (before, after))
    gone = [one for name, one in old.items() if name not in new]
    fresh = [one for name, one in new.items() if name not in old]
    renamed = [*pairs(gone, fresh, lambda one: one.words)]
    for left, right in [*((old[name], new[name]) for name in old if name in new), *renamed]:
        yield from compare(left, right, version)
    for one in without(gone, [left for left, _ in renamed]):
        yield one.change("is gone", before=one.question.text)
    for one in without(fresh, [right for _, right in renamed]):
        mark = max(Bump.MINOR, bump_of(find_version(one.question.since), version))
        yield one.change(f"is new{_since(one.question)}", bump=mark, after=one.question.text, fresh=True)
    if not (gone or fresh) and [*old] != [*new]:
        yield Change(bump=Bump.NONE, what="the questions stand in another order")


def _since(question: Question) -> str:
    return f", marked `since={question.since}`" if question.since else ""


def compare(before: Asked, after: Asked, version: Version) -> Iterator[Change]:
    """Two editions of one question."""
    old, new = before.question, after.question
    if old.id != new.id:
        yield after.change(f"had the id `{old.id}`; write `{{#{old.id}}}` to keep it")
    if (old.text, old.body) != (new.text, new.body):
        yield after.change("is reworded", before=_text(old), after=_text(new))
    if old.points != new.points:
        yield after.change(f"counts {new.points:g} instead of {old.points:g}")
    if old.credit != new.credit:
        yield after.change(
            "gives a share for what is right" if new.credit is Credit.PARTIAL else "gives all or nothing"
        )
    yield from compare_answers(before, after)
    if old.since != new.since:
        bump = bump_of(find_version(new.since), version)
        yield after.change(f"is marked {_mark(new)} instead of {_mark(old)}", bump=bump)
    if old.topic != new.topic:
        yield after.change(f"belongs to {f'the topic `{new.topic}`' if new.topic else 'no topic'}", bump=Bump.NONE)


def _mark(question: Question) -> str:
    return f"`since={question.since}`" if question.since else "nothing"


def _text(question: Question) -> str:
    return "\n\n".join(filter(None, [question.text, question.body]))
