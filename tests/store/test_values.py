from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.store.base import Value
from grader.store.values import Column, reader, to_column, to_text


class Colour(StrEnum):
    RED = "red"


class Point(msgspec.Struct, frozen=True):
    x: int
    y: int


class Thing(msgspec.Struct, frozen=True):
    name: str
    colour: Colour | None
    kind: Literal["a", "b"]
    on: bool
    at: datetime
    points: tuple[Point, ...]
    origin: Point | None


@pytest.mark.parametrize(
    ("value", "column"),
    [
        (None, None),
        ("text", "text"),
        (Colour.RED, "red"),
        (1, 1),
        (0.5, 0.5),
        (True, 1),
        ("a\0b", "a\ufffdb"),
        ({"a": "\0"}, r'{"a":"\u0000"}'),
        (Point(1, 2), '{"x":1,"y":2}'),
        ((Point(1, 2),), '[{"x":1,"y":2}]'),
        ({"é": [1]}, '{"é":[1]}'),
    ],
)
def test_to_column(value: Value, column: Column) -> None:
    """Each value has one form, which every database can keep: PostgreSQL's texts hold no NUL."""
    assert column == to_column(value)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05.000000Z"),
        (datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=5))), "2026-01-01T22:00:00.000000Z"),
    ],
)
def test_time(at: datetime, text: str) -> None:
    """Times are kept in UTC, as texts of one width where the database has no type for them."""
    column = to_column(at)
    assert isinstance(column, datetime)
    assert (at, timedelta(0), text) == (column, column.utcoffset(), to_text(column))


def test_struct() -> None:
    """A row becomes a struct by its columns' names: no scalar means JSON, and no field means left out."""
    names = ("points", "name", "colour", "kind", "on", "at", "origin", "more")
    row = ('[{"x":1,"y":2}]', '["a"]', "red", "a", 1, "2026-01-02T03:04:05.000006Z", None, "left")
    thing = reader(Thing, tuple(names))(row)
    at = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert Thing('["a"]', Colour.RED, "a", True, at, (Point(1, 2),), None) == thing


@pytest.mark.parametrize(("shape", "column"), [(int, 7), (str, "text"), (Colour, "red"), (bool, 1), (float, 1)])
def test_scalar(shape: type, column: Column) -> None:
    """A scalar is the first column."""
    assert column == reader(shape, ("first", "second"))((column, "other"))


def test_unfit_row() -> None:
    """A row that does not fit its struct is an error that names the field."""
    with pytest.raises(msgspec.ValidationError, match=r"\$\.x"):
        reader(Point, ("x", "y"))(("no number", 2))


moments = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(moments, moments)
def test_order_of_times(one: datetime, other: datetime) -> None:
    """The texts of times sort as the times do, and read back as the same instants."""
    texts = [to_text(one), to_text(other)]
    assert (one < other) == (texts[0] < texts[1])
    assert [one, other] == [reader(datetime, ("at",))((text,)) for text in texts]
