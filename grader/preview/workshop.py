"""Makes what a preview shows: at once after each change, whatever mistakes there are."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.catalog.artifacts import Fieldsets, write_artifacts
from grader.catalog.model import AnswerKey, Catalog
from grader.catalog.scan import Scan
from grader.diagnostics import Diagnostic
from grader.errors import GraderError
from grader.preview.lenient import lenient
from grader.preview.shown import Shown
from grader.settings import Engine
from grader.site import mkdocs_engine, zensical_engine
from grader.site.complaints import SiteError
from grader.site.config import write_config
from grader.site.fieldsets import render_hidden
from grader.site.mirror import swap, write_redacted
from grader.site.project import Project, read_content


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one change."""

    mistakes: tuple[Diagnostic, ...] = ()
    complaints: tuple[str, ...] = ()  # without a place in the content
    changed: frozenset[str] = frozenset()  # pages, by their paths from the site's root; `*` when all may look different
    stale: bool = False  # do other pages show something that has changed, such as a title in the navigation?


class Workshop:
    """`project.build` is a folder that nothing else uses; `url` is where the site will be seen."""

    def __init__(self, project: Project, url: str) -> None:
        self.project = project
        self.config = project.build / "mkdocs.yml"
        self.fresh = project.build / ".site"
        self._url = url
        self._shown = Shown(project, project.build / "shown")
        self._looks: dict[Path, tuple[int, str]] = {}
        self._published: tuple[Catalog, AnswerKey, Fieldsets] | None = None
        self._fieldsets: Fieldsets = {}
        self._begun = False

    def work(self, *, redesigned: bool = False) -> Round:
        """Take in what has changed; `redesigned` says that templates or styles are among it."""
        try:
            found = read_content(self.project, drafts=True)
            shown, content = self._shown.of(found)
            settings = self._write_config(shown)
            pages = write_redacted(shown, content, self.project.build / "content")
            complaints = self._render(shown, pages, everything=settings or redesigned)
            self._publish(shown)
        except GraderError as error:
            complaints = error.complaints if isinstance(error, SiteError) else [str(error)]
            return Round(complaints=tuple(complaints), changed=self._changed(), stale=redesigned)
        listed = self.project.engine is Engine.MKDOCS and self._begun and (settings or redesigned)
        self._begun = True
        return Round(mistakes=found.diagnostics, complaints=tuple(complaints), changed=self._changed(), stale=listed)

    def take(self) -> Round:
        """Take in a whole site that was made beside the one that is shown."""
        swap(self.fresh, self.project.site)
        return Round(changed=self._changed())

    def _write_config(self, shown: Scan) -> bool:
        titles = {str(source.path): source.title for source in shown.sources}
        site = self.fresh if self.project.engine is Engine.ZENSICAL else self.project.site
        return write_config(
            self.project.config, self.config, docs="content", site=site.name, titles=titles, url=self._url
        )

    def _render(self, shown: Scan, pages: set[Path], *, everything: bool) -> list[str]:
        docs = self.project.build / "content"
        self._remove(docs, pages)
        if self.project.engine is Engine.ZENSICAL:
            complaints = zensical_engine.run(self.config)
            swap(self.fresh, self.project.site)  # it empties the folder first: nobody shall find it so
        else:
            complaints = mkdocs_engine.render(self.config, warm=True, dirty=self._begun)
        changed = [source for source in shown.sources if everything or docs / source.path in pages]
        self._fieldsets = self._fieldsets | render_hidden(self.config, docs, shown.catalog, changed)
        return complaints

    def _remove(self, docs: Path, pages: set[Path]) -> None:
        """The HTML of pages that are no more."""
        for page in pages:
            if page.suffix == ".md" and not page.exists():
                name = page.relative_to(docs).with_suffix("")
                folder = name.parent if name.name == "index" else name
                (self.project.site / folder / "index.html").unlink(missing_ok=True)

    def _publish(self, shown: Scan) -> None:
        """Let the grader grade it."""
        catalog = lenient(shown.catalog)
        revisions = {course.quiz.revision for _, course in catalog.courses() if course.quiz}
        self._fieldsets = {name: html for name, html in self._fieldsets.items() if name in revisions}
        fresh = (catalog, shown.key, self._fieldsets)
        if fresh != self._published:
            write_artifacts(self.project.build, *fresh)
            self._published = fresh

    def _changed(self) -> frozenset[str]:
        """What looks different since the last time."""
        looks = dict(_looks(self.project.site, self._looks))
        changed = {path for path in looks.keys() | self._looks.keys() if _look(looks, path) != _look(self._looks, path)}
        self._looks = looks
        return frozenset(_address(path.relative_to(self.project.site)) for path in changed)


def _looks(site: Path, known: dict[Path, tuple[int, str]]) -> Iterator[tuple[Path, tuple[int, str]]]:
    """When each page, style and script was written, and a hash of what it says. Only new ones are read."""
    for folder, _, names in os.walk(site):
        for name in names:
            if name.endswith((".html", ".css", ".js")):
                path = Path(folder, name)
                written = path.stat().st_mtime_ns
                old = known.get(path)
                same = old is not None and old[0] == written
                yield path, old if old and same else (written, hashlib.blake2b(path.read_bytes()).hexdigest())


def _look(looks: dict[Path, tuple[int, str]], path: Path) -> str:
    return looks[path][1] if path in looks else ""


def _address(path: Path) -> str:
    if path.suffix != ".html":
        return "*"
    return path.as_posix().removesuffix("index.html")


def empty(folder: Path) -> None:
    """A folder with nothing in it, which only its owner may read: it will hold answers."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
