"""What git remembers: files of a revision, read from its objects. The working tree and the index stay as they are."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from grader.errors import SetupError

_FILES = ("100644", "100755")
"""Modes of what is a file, and no link or submodule."""


class Repository(msgspec.Struct, frozen=True):
    folder: Path  # in the repository; paths count from here
    prefix: str  # of the folder, as git writes it: empty, or with a slash at the end

    def commit(self, revision: str) -> str:
        """The commit of a branch, tag or id; `NAME...` is where the present branch left NAME, as with `git diff`.

        Raises SetupError.
        """
        if revision.endswith("..."):
            commit = self.commit(revision.removesuffix("..."))
            return self._one("merge-base", commit, "HEAD") or self._unknown(f"no common past of {revision} and HEAD")
        found = self._one("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return found or self._unknown(f"no revision {revision!r}")

    def find(self, commit: str, path: str) -> bytes | None:
        """The text of a file, None when it did not exist."""
        blobs = [blob for name, blob in self._list(commit, path) if name == path]
        return next(self._read(blobs), None)

    def files(self, commit: str, folder: str, *, ending: str) -> dict[str, bytes]:
        """All files of a folder whose names end so, by their paths."""
        found = {name: blob for name, blob in self._list(commit, folder) if name.endswith(ending)}
        return dict(zip(found, self._read([*found.values()]), strict=True))

    def _list(self, commit: str, path: str) -> Iterator[tuple[str, str]]:
        """Path and blob of each file below."""
        done = _run(self.folder, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{self.prefix}{path}")
        for entry in filter(None, done.stdout.split(b"\0")):
            facts, _, name = entry.partition(b"\t")
            mode, _, blob = facts.decode().split()
            if mode in _FILES:
                yield os.fsdecode(name).removeprefix(self.prefix), blob

    def _read(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """The contents of blobs, in this order: https://git-scm.com/docs/git-cat-file#_batch_output."""
        data = _run(self.folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode()).stdout
        start = 0
        for _ in blobs:
            begin = data.index(b"\n", start) + 1
            size = int(data[start:begin].split()[2])
            yield data[begin : begin + size]
            start = begin + size + 1

    def _one(self, *arguments: str) -> str:
        return _run(self.folder, *arguments, check=False).stdout.decode().strip()

    def _unknown(self, what: str) -> str:
        shallow = self._one("rev-parse", "--is-shallow-repository") == "true"
        hint = (
            "This clone holds only the last commits: fetch with `git fetch --unshallow`."
            if shallow
            else ("Name a branch, a tag or a commit: `git log --oneline` and `git tag` list them.")
        )
        raise SetupError(f"git knows {what}. {hint}")


def find_repository(folder: Path) -> Repository:
    """The repository to which a folder belongs. Raises SetupError when it belongs to none."""
    return Repository(folder, _run(folder, "rev-parse", "--show-prefix").stdout.decode().removesuffix("\n"))


def _run(folder: Path, *arguments: str, given: bytes = b"", check: bool = True) -> "subprocess.CompletedProcess[bytes]":
    try:
        done = subprocess.run(  # noqa: S603 - no shell; what the user names stands behind --end-of-options
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            input=given,
            capture_output=True,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise SetupError("Older content is read with git, which is not installed.") from None
    if check and done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        raise SetupError(f"Older content is read with git, but it says of {folder}: {said[0].removeprefix('fatal: ')}")
    return done
