"""The files of a package: a zip, read without trusting it; or the files beside one on the disk."""

import io
import lzma
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import unquote

from grader.interchange.report import UnreadableError, unreadable

MOST_FILES = 5000
MOST_BYTES = 256 * 2**20  # of all files together, unpacked
_UNSAFE = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]|\\")

_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError)
"""What zipfile raises for a file that cannot be unpacked."""


class Files(Protocol):
    """What a test, an item or a manifest may refer to."""

    def find(self, path: str) -> bytes | None:
        """The file with this path, counted from the top; None when there is none."""


class Archive:
    """A zip in memory. Files are unpacked when they are asked for, up to a limit for all of them."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self.left = MOST_BYTES
        self.read: dict[str, bytes] = {}
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise unreadable(path, f"This is no zip: {error}.") from None
        self.entries = _checked(self.zip.infolist(), path)

    def find(self, path: str) -> bytes | None:
        if path not in self.read:
            entry = self.entries.get(path)
            if entry is None:
                return None
            self.read[path] = self._unpacked(entry)
        return self.read[path]

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        """No more than is left of the limit is ever unpacked, whatever the entry says of its size."""
        try:
            with self.zip.open(entry) as file:
                data = file.read(self.left + 1)
        except _DAMAGED as error:
            raise unreadable(f"{self.path}!{entry.filename}", f"The file cannot be unpacked: {error}.") from None
        if len(data) > self.left:
            raise self._too_large()
        self.left -= len(data)
        return data

    def _too_large(self) -> UnreadableError:
        return unreadable(self.path, f"Unpacked it is larger than {MOST_BYTES // 2**20} MiB.")


def _checked(entries: list[zipfile.ZipInfo], path: str) -> Mapping[str, zipfile.ZipInfo]:
    """The entries by their name. Raises UnreadableError for what no honest package holds."""
    if len(entries) > MOST_FILES:
        raise unreadable(path, f"It holds more than {MOST_FILES} files.")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise unreadable(path, f"Unpacked it is larger than {MOST_BYTES // 2**20} MiB.")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if _UNSAFE.search(entry.orig_filename) or _UNSAFE.search(entry.filename):
            raise unreadable(path, f"It holds a file whose name leads elsewhere: {entry.filename!r}.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise unreadable(path, f"It holds a link to another file: {entry.filename!r}.")
        if entry.flag_bits & 1:
            raise unreadable(path, f"It is encrypted: {entry.filename!r}. Unpack it with its password first.")
        if entry.filename in found:
            raise unreadable(path, f"It holds two files of one name: {entry.filename!r}.")
        found[entry.filename] = entry
    return found


def resolved(base: str, href: str) -> str | None:
    """The path that a reference in the file `base` leads to; None when it leads outside."""
    if "://" in href or href.startswith(("/", "data:", "mailto:")):
        return None
    path = posixpath.normpath(
        posixpath.join(posixpath.dirname(base), unquote(href.partition("#")[0].partition("?")[0]))
    )
    return None if path.startswith("..") or _UNSAFE.search(path) else path
