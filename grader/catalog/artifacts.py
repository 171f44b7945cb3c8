"""build/catalog.json (public) and build/key.json (private): written whole, read as a pair."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

from grader.catalog.model import AnswerKey, Catalog, Record
from grader.errors import SetupError


class CatalogFile(Record, frozen=True):
    digest: str
    catalog: Catalog


class KeyFile(Record, frozen=True):
    digest: str  # of the catalog that this key fits
    key: AnswerKey


class Artifacts(Record, frozen=True):
    """A catalog and the key that fits it."""

    digest: str
    catalog: Catalog
    key: AnswerKey


_T = TypeVar("_T")


def digest_of(catalog: Catalog) -> str:
    return hashlib.blake2b(msgspec.json.encode(catalog), digest_size=16).hexdigest()


def write_artifacts(build: Path, catalog: Catalog, key: AnswerKey) -> None:
    """Write both files, the key readable by its owner only, each by an atomic rename."""
    digest = digest_of(catalog)
    write_atomically(build / "key.json", msgspec.json.encode(KeyFile(digest=digest, key=key)), mode=0o600)
    write_atomically(
        build / "catalog.json", msgspec.json.encode(CatalogFile(digest=digest, catalog=catalog)), mode=0o644
    )


def read_artifacts(build: Path) -> Artifacts:
    """The pair. Raises SetupError when one is missing, broken, or does not fit the other."""
    public = _read(build / "catalog.json", CatalogFile)
    private = _read(build / "key.json", KeyFile)
    if public.digest != private.digest or digest_of(public.catalog) != public.digest:
        raise SetupError(f"{build}/key.json does not fit {build}/catalog.json. Build both anew: grader build")
    return Artifacts(digest=public.digest, catalog=public.catalog, key=private.key)


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
