"""What was renamed: pairs of what is gone and what is new."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

_ALIKE = 0.6
_MOST = 10_000
"""Comparisons; beyond, only what is equal is a pair."""

T = TypeVar("T")


def pairs(gone: Sequence[T], new: Sequence[T], words: Callable[[T], str]) -> Iterator[tuple[T, T]]:
    """Each at most once, the most alike first; `words` is what they are compared by."""
    scored = sorted(_scored(gone, new, words), key=lambda one: -one[0])
    taken_gone, taken_new = set[int](), set[int]()
    for _, left, right in scored:
        if left not in taken_gone and right not in taken_new:
            taken_gone.add(left)
            taken_new.add(right)
            yield gone[left], new[right]


def _scored(gone: Sequence[T], new: Sequence[T], words: Callable[[T], str]) -> Iterator[tuple[float, int, int]]:
    many = len(gone) * len(new) > _MOST
    matcher = SequenceMatcher(autojunk=False)
    lefts = [words(one) for one in gone]
    for right, one in enumerate(new):
        sought = words(one)
        matcher.set_seq2(sought)
        for left, text in enumerate(lefts):
            if text == sought:
                yield 1.0, left, right
            elif not many:
                matcher.set_seq1(text)
                if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE:
                    ratio = matcher.ratio()
                    if ratio > _ALIKE:
                        yield ratio, left, right


def without(all_of_them: Iterable[T], some: Iterable[T]) -> list[T]:
    """Those that are not among `some`, by identity."""
    known = {id(one) for one in some}
    return [one for one in all_of_them if id(one) not in known]
