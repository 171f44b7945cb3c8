"""Calling a unit of work."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from grader.store.base import Tx

_T = TypeVar("_T")


def perform(work: Callable[..., _T], tx: Tx, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> _T:
    """StopIteration becomes RuntimeError, because no future can carry it."""
    try:
        return work(tx, *args, **kwargs)
    except StopIteration as error:
        raise RuntimeError("A unit of work raised StopIteration.") from error
