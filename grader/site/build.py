"""content/ -> build/: redacted sources, the site, the catalog, and the key. Nothing is replaced before all is well."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from grader.catalog.artifacts import digest_of, write_artifacts
from grader.catalog.model import Catalog, Course
from grader.catalog.nav import read_nav
from grader.catalog.scan import Scan, public_files, scan
from grader.catalog.source import Source
from grader.catalog.summary import summary
from grader.diagnostics import Diagnostic
from grader.errors import GraderError, SetupError
from grader.site.engine import SiteError, render
from grader.site.fieldsets import render_hidden


class ContentError(GraderError):
    """The content has mistakes: all of them."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(str(one) for one in diagnostics))
        self.diagnostics = diagnostics


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """Where things are."""

    root: Path
    content: Path
    build: Path
    track_types: tuple[str, ...]

    @property
    def config(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def site(self) -> Path:
        return self.build / "site"


def read_content(project: Project) -> Scan:
    """Scan the content, mistakes included. Raises SetupError when there is none."""
    if not project.content.is_dir():
        raise SetupError(f"{project.content} does not exist. Run the command in the project's folder.")
    if not project.config.is_file():
        raise SetupError(f"{project.config} does not exist. Run the command in the project's folder.")
    return scan(project.content, read_nav(project.config), track_types=project.track_types)


def build(project: Project, *, say: Callable[[str], None]) -> Catalog:
    """Build everything. Raises ContentError or SiteError; then build/ is as it was."""
    found = read_content(project)
    if found.diagnostics:
        raise ContentError(found.diagnostics)
    say(f"{len(found.sources)} pages read")
    docs, fresh = project.build / "content", project.build / ".site"
    write_redacted(found.sources, project.content, docs)
    shutil.rmtree(fresh, ignore_errors=True)
    render(project.config, docs, fresh, summary(found.catalog, digest_of(found.catalog)))
    _check_forms(found.catalog, fresh)
    fieldsets = render_hidden(project.config, docs, found.catalog, found.sources)
    swap(fresh, project.site)
    write_artifacts(project.build, found.catalog, found.key, fieldsets)
    say(f"site in {project.site}")
    return found.catalog


def write_redacted(sources: tuple[Source, ...], content: Path, docs: Path) -> None:
    """Mirror content/ without its answers: pages redacted, everything else as it is, what vanished removed."""
    wanted: dict[Path, bytes | Path] = {docs / source.path: source.redacted().encode() for source in sources}
    for file in public_files(content):
        if file.suffix != ".md":
            wanted[docs / file.relative_to(content)] = file
    for path, data in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):
            _copy(data, path)
        elif not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    for stale in [path for path in docs.rglob("*") if path.is_file() and path not in wanted]:
        stale.unlink()


def _copy(source: Path, target: Path) -> None:
    if not target.is_file() or (source.stat().st_mtime_ns, source.stat().st_size) != (
        target.stat().st_mtime_ns,
        target.stat().st_size,
    ):
        shutil.copy2(source, target)


def _check_forms(catalog: Catalog, site: Path) -> None:
    """Every quiz of the catalog must stand in its page: no other block may have swallowed it."""
    missing = [
        f"error: {course.id}: the quiz is not in the page: a block above it is not closed, or the engine leaves it out"
        for _, course in catalog.courses()
        for revision in _revisions(course)
        if f'revision="{revision}"' not in _html(site, course)
    ]
    if missing:
        raise SiteError(missing)


def _html(site: Path, course: Course) -> str:
    page = site / course.url / "index.html"
    return page.read_text("utf-8") if page.is_file() else ""


def _revisions(course: Course) -> Iterator[str]:
    if course.quiz:
        yield course.quiz.revision
    yield from (practice.revision for practice in course.practice)


def swap(fresh: Path, site: Path) -> None:
    """Put a folder in the place of another."""
    old = site.with_name(".old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
