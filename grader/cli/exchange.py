"""What `grader import` and `grader export` share: the report, and files that appear whole or not at all."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

import click
import msgspec

from grader.errors import SetupError
from grader.interchange.report import Outcome, Remark

_LARGEST = 256 * 2**20

Function = Callable[..., None]
Decorator = Callable[[Function], Function]


def options(*these: Decorator) -> Decorator:
    """Decorators as one; all commands have those about the report, too."""
    every: list[Decorator] = [*these, _FORMAT, _STRICT]

    def decorate(command: Function) -> Function:
        for one in reversed(every):
            command = one(command)
        return command

    return decorate


_FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the report on stderr is written.",
)
_STRICT = click.option("--strict", is_flag=True, help="Write nothing when anything is lost or changed.")


def tell(remarks: Sequence[Remark], questions: int, style: str) -> None:
    """The report, on stderr: stdout may hold the result."""
    found = sorted(remarks)
    left_out = sum(one.outcome is Outcome.LEFT_OUT for one in found)
    if style == "json":
        report = {"questions": questions, "left_out": left_out, "remarks": found}
        click.echo(msgspec.json.format(msgspec.json.encode(report)).decode(), err=True)
        return
    for one in found:
        click.echo(str(one), err=True)
    others = len(found) - left_out
    click.echo(f"Questions carried over: {questions}, left out: {left_out}; lost or changed: {others}.", err=True)


def tell_files(word: str, files: Iterable[Path], style: str) -> None:
    """Which files were written; as JSON the report is all there is."""
    if style == "text":
        click.echo(f"{word}: {', '.join(str(path) for path in files)}", err=True)


def stop_when_lost(remarks: Sequence[Remark], *, strict: bool) -> None:
    if strict and remarks:
        raise SetupError("Nothing was written, since not all could be carried over (--strict).")


def write_files(files: Mapping[Path, bytes], *, force: bool) -> None:
    """All of them, or none. Raises SetupError where one exists with another content, unless forced."""
    for path, data in files.items():
        if path.exists() and not force and (not path.is_file() or path.read_bytes() != data):
            raise SetupError(f"{path} exists. Choose another name, or replace it with --force. Nothing was written.")
    fresh = {path: path.with_name(f".{path.name}.new") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh[path].write_bytes(data)
        for path, made in fresh.items():
            made.replace(path)
    finally:
        for made in fresh.values():
            made.unlink(missing_ok=True)


def write_out(text: str) -> None:
    """To stdout, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises SetupError when it is larger than any quiz."""
    if path.stat().st_size > _LARGEST:
        raise SetupError(f"{path} is larger than {_LARGEST // 2**20} MiB, which no quiz is.")
    return path.read_bytes()


class Folder:
    """The files beside one that is read, and below: nothing above the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def find(self, path: str) -> bytes | None:
        file = (self.folder / unquote(path)).resolve()
        return read_bytes(file) if file.is_relative_to(self.folder) and file.is_file() else None
