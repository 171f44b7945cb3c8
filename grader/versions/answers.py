"""Two editions of what can be answered to a question, of what is right, and of what is said about it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from grader.catalog.model import Record
from grader.questions.model import Option, Question, QuestionKey, QuestionType
from grader.questions.short_text import normal
from grader.versions.alike import pairs
from grader.versions.bump import Bump
from grader.versions.change import Change

_ARROW = " → "
_CHOICES = {QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE, QuestionType.MULTI_SELECT}


class Asked(Record, frozen=True):
    """A question with what is right."""

    question: Question
    key: QuestionKey

    @property
    def items(self) -> dict[str, str]:
        """The texts of options and prompts, by id."""
        return {one.id: one.text for one in (*self.question.options, *self.question.prompts)}

    @property
    def words(self) -> str:
        """All that a learner reads."""
        return "\n".join([self.question.text, self.question.body, *self.items.values()])

    @property
    def right(self) -> str:
        """What is right, as an author would say it."""
        key, items = self.key.right, self.items
        if self.question.type is QuestionType.NUMERIC:
            return " ± ".join(part for part in key if part != "0")
        if self.question.type is QuestionType.MATCHING:
            given = zip(self.question.prompts, key, strict=False)
            return "\n".join(f"{prompt.text}{_ARROW}{items[name]}" for prompt, name in given)
        return "\n".join(items.get(name, name) for name in key)

    def change(
        self, what: str, *, bump: Bump = Bump.MINOR, before: str = "", after: str = "", fresh: bool = False
    ) -> Change:
        name = self.question.id
        said = f"question `{name}` {what}"
        return Change(bump=bump, what=said, question=name, before=before, after=after, fresh=fresh)


def compare_answers(before: Asked, after: Asked) -> Iterator[Change]:
    old, new = before.question, after.question
    if old.type != new.type:
        yield after.change(f"is {new.type} instead of {old.type}")
    if old.type != new.type and not {old.type, new.type} <= _CHOICES:
        return  # there is nothing to compare
    gone, fresh = _missing(before, after), _missing(after, before)
    if gone or fresh:
        yield after.change("has other options", before="\n".join(gone), after="\n".join(fresh))
    same = _same(old.options, new.options) | _same(old.prompts, new.prompts)
    if _right(before, same) != _right(after, {name: name for name in same.values()}):
        yield after.change("has another right answer", before=before.right, after=after.right, fresh=True)
    if _errata(before.key, same) != _errata(after.key, same | {name: name for name in after.items}):
        yield after.change("has other errata")
    yield from _compare_words(before, after, same)


def _missing(asked: Asked, other: Asked) -> list[str]:
    """The texts of one that the other has not."""
    known = {_plain(text) for text in other.items.values()}
    return [text for text in asked.items.values() if _plain(text) not in known]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _same(old: tuple[Option, ...], new: tuple[Option, ...]) -> dict[str, str]:
    """The new id of each old option, reworded or not: ids change with the words, and with the question's id."""
    names = {_plain(one.text): one.id for one in new}
    kept = {one.id: names[_plain(one.text)] for one in old if _plain(one.text) in names}
    gone = [one for one in old if one.id not in kept]
    fresh = [one for one in new if one.id not in kept.values()]
    return kept | {left.id: right.id for left, right in pairs(gone, fresh, lambda one: one.text)}


def _right(asked: Asked, same: Mapping[str, str]) -> object:
    """What can be compared between editions: of options that are in both, by their new ids."""
    right, kind = asked.key.right, asked.question.type
    if kind is QuestionType.NUMERIC:
        return [(Decimal(part.rstrip("%")), part.endswith("%")) for part in right]
    if kind is QuestionType.SHORT_TEXT:
        return {normal(answer) for answer in right}
    if kind is QuestionType.MATCHING:
        given = zip(asked.question.prompts, right, strict=False)
        return {same[one.id]: same[name] for one, name in given if one.id in same and name in same}
    known = [same[name] for name in right if name in same]
    return known if kind is QuestionType.ORDERING else set(known)


def _errata(key: QuestionKey, same: Mapping[str, str]) -> tuple[set[str], set[str]]:
    return {same.get(name, name) for name in key.void}, {same.get(name, name) for name in key.always}


def _compare_words(before: Asked, after: Asked, same: Mapping[str, str]) -> Iterator[Change]:
    if before.key.explanation != after.key.explanation:
        said = before.key.explanation, after.key.explanation
        yield after.change("has another explanation", bump=Bump.NONE, before=said[0], after=said[1])
    kept = {same[name]: text for name, text in before.key.feedback.items() if name in same}
    if kept != {name: text for name, text in after.key.feedback.items() if name in same.values()}:
        yield after.change("has other feedback", bump=Bump.NONE)
