"""Folders that are made of others, file by file, so that what does not change keeps its time of change."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from grader.catalog.checks import is_unread
from grader.catalog.scan import Scan, public_files
from grader.site.facts import Facts, with_facts


def write_redacted(found: Scan, content: Path, docs: Path) -> set[Path]:
    """Mirror content/ without its answers: pages redacted, everything else as it is. Returns what changed in `docs`.

    Files that could be pages, but are not read as such, are left out: nobody redacts them.
    """
    facts = Facts(found.catalog, found.drafts)
    pages = {docs / source.path: with_facts(source, facts.of(source)).encode() for source in found.sources}
    return mirror(pages | other_files(content, docs), docs)


def other_files(content: Path, target: Path) -> dict[Path, bytes | Path]:
    """What is published as it is, by where it goes."""
    return {
        target / path: content / path
        for path in public_files(content)
        if path.suffix != ".md" and not is_unread(content, path)
    }


def mirror(wanted: Mapping[Path, bytes | Path], folder: Path) -> set[Path]:
    """Let a folder hold these files and no others: bytes, or what stands elsewhere. Returns what has changed."""
    changed = {path for path, data in wanted.items() if _put(path, data)}
    stale = {path for path in folder.rglob("*") if path.is_file() and path not in wanted}
    for path in stale:
        path.unlink()
    return changed | stale


def _put(path: Path, data: bytes | Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, Path):
        return _copy(data, path)
    if path.is_file() and path.read_bytes() == data:
        return False
    path.write_bytes(data)
    return True


def _copy(source: Path, target: Path) -> bool:
    old = target.stat() if target.is_file() else None
    new = source.stat()
    if old and (old.st_mtime_ns, old.st_size) == (new.st_mtime_ns, new.st_size):
        return False
    shutil.copy2(source, target)
    return True


def swap(fresh: Path, site: Path) -> None:
    """Put a folder in the place of another."""
    old = site.with_name(f".old-{site.name}")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
