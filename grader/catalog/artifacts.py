"""build/catalog.json (public), build/key.json and build/questions.json (private): written whole, read as a set."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from grader.catalog.model import AnswerKey, Catalog, Record
from grader.errors import SetupError


class CatalogFile(Record, frozen=True):
    digest: str
    catalog: Catalog


class KeyFile(Record, frozen=True):
    digest: str  # of the catalog that this key fits
    key: AnswerKey


Fieldsets: TypeAlias = dict[str, dict[str, str]]
"""The HTML of questions that no page carries, by the quiz's revision and the question's id."""


class QuestionsFile(Record, frozen=True):
    digest: str  # of the catalog that these questions are of
    fieldsets: Fieldsets


class Artifacts(Record, frozen=True):
    """A catalog, the key that fits it, and what it hides until an attempt starts."""

    digest: str
    catalog: Catalog
    key: AnswerKey
    fieldsets: Fieldsets = msgspec.field(default_factory=dict)


_T = TypeVar("_T")


def digest_of(catalog: Catalog) -> str:
    return hashlib.blake2b(msgspec.json.encode(catalog), digest_size=16).hexdigest()


def write_artifacts(build: Path, catalog: Catalog, key: AnswerKey, fieldsets: Fieldsets | None = None) -> None:
    """Write all files, the private ones readable by their owner only, each by an atomic rename."""
    digest = digest_of(catalog)
    hidden = QuestionsFile(digest=digest, fieldsets=fieldsets or {})
    write_atomically(build / "key.json", msgspec.json.encode(KeyFile(digest=digest, key=key)), mode=0o600)
    write_atomically(build / "questions.json", msgspec.json.encode(hidden), mode=0o600)
    write_atomically(
        build / "catalog.json", msgspec.json.encode(CatalogFile(digest=digest, catalog=catalog)), mode=0o644
    )


def read_artifacts(build: Path) -> Artifacts:
    """All of them. Raises SetupError when one is missing, broken, or does not fit the others."""
    public = _read(build / "catalog.json", CatalogFile)
    private = _read(build / "key.json", KeyFile)
    hidden = _read(build / "questions.json", QuestionsFile)
    for name, digest in (("key", private.digest), ("questions", hidden.digest), ("catalog", digest_of(public.catalog))):
        if digest != public.digest:
            raise SetupError(f"{build}/{name}.json does not fit {build}/catalog.json. Build all anew: grader build")
    return Artifacts(digest=public.digest, catalog=public.catalog, key=private.key, fieldsets=hidden.fieldsets)


def _read(path: Path, shape: type[_T]) -> _T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except FileNotFoundError:
        raise SetupError(f"{path} is missing. Build the content first: grader build") from None
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise SetupError(f"{path} is broken ({error}). Build the content anew: grader build") from None


def write_atomically(path: Path, data: bytes, *, mode: int) -> None:
    """Write a file that is there whole or not at all, never readable by more than `mode` says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
