"""Python values to columns, and rows to structs: what both databases have in common."""

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar, cast, get_type_hints

import msgspec
from msgspec.inspect import (
    BoolType,
    DateTimeType,
    EnumType,
    FloatType,
    IntType,
    LiteralType,
    NoneType,
    StrType,
    StructType,
    Type,
    UnionType,
    type_info,
)

from grader.store.base import Value

Column: TypeAlias = str | int | float | datetime | None
"""What a driver takes and gives. SQLite keeps a bool as a number and a datetime as a text."""

_PLAIN = frozenset((bool, int, float, type(None)))
NUL = "\N{NULL}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SCALARS = (BoolType, DateTimeType, EnumType, FloatType, IntType, LiteralType, NoneType, StrType)

_T = TypeVar("_T")


def in_utc(value: datetime) -> datetime:
    """Raises ValueError for a datetime without a time zone."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone.")
    return value.astimezone(UTC)


def to_column(value: Value, time: Callable[[datetime], Column] = in_utc) -> Column:
    """Structs, sequences and mappings become JSON; `time` says what times become.

    PostgreSQL's texts hold no NUL, so it is replaced for every database: the same rows fit into each.
    """
    kind = type(value)  # cheaper than isinstance, for most values
    if kind is str:
        text = cast(str, value)
        return text.replace(NUL, REPLACEMENT) if NUL in text else text
    if kind in _PLAIN:
        return cast(Column, value)
    if isinstance(value, str):  # a StrEnum
        return to_column(str(value))
    if isinstance(value, datetime):
        return time(value)
    return msgspec.json.encode(value).decode()


@lru_cache(maxsize=64)  # a unit of work writes the same moment many times
def to_text(value: datetime) -> str:
    """UTC in ISO 8601 with a fixed width, so that the order of the texts is the order of the times.

    Raises ValueError for a datetime without a time zone.
    """
    return in_utc(value).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def reader(shape: type[_T], names: Sequence[str]) -> Callable[[Sequence[Column]], _T]:
    """Makes structs of rows by the names of their columns, or a scalar of the first one."""
    documents = _documents(cast(Hashable, shape))  # mypy takes no type[_T] for hashable
    if documents is None:
        return lambda row: msgspec.convert(row[0], shape, strict=False)
    decoders = [(name, documents[name].decode) for name in names if name in documents]

    def read(row: Sequence[Column]) -> _T:
        record: dict[str, Any] = dict(zip(names, row, strict=True))
        for name, decode in decoders:
            if record[name] is not None:
                record[name] = decode(record[name])
        return msgspec.convert(record, shape, strict=False)

    return read


@cache
def _documents(shape: type) -> dict[str, msgspec.json.Decoder[Any]] | None:
    """What reads the fields of a struct that are kept as JSON; None for a scalar."""
    info = type_info(shape)
    if not isinstance(info, StructType):
        return None
    hints = get_type_hints(shape)
    return {
        field.encode_name: msgspec.json.Decoder(hints[field.name])
        for field in info.fields
        if not _is_scalar(field.type)
    }


def _is_scalar(kind: Type) -> bool:
    if isinstance(kind, UnionType):
        return all(_is_scalar(member) for member in kind.types)
    return isinstance(kind, _SCALARS)
