"""content/ -> build/: redacted sources, the site, the catalog, and the key. Nothing is replaced before all is well."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.catalog.artifacts import write_artifacts
from grader.catalog.model import Catalog, Course
from grader.diagnostics import ContentError
from grader.site.complaints import SiteError
from grader.site.config import write_config
from grader.site.engine import RENDER
from grader.site.fieldsets import render_hidden
from grader.site.mirror import swap, write_redacted
from grader.site.project import Project, read_content


def build(project: Project, *, say: Callable[[str], None]) -> Catalog:
    """Build everything. Raises ContentError or SiteError; then build/ is as it was."""
    found = read_content(project)
    if found.diagnostics:
        raise ContentError(found.diagnostics, "Nothing was built.")
    drafts = len(found.left_out)
    left_out = f", {drafts} draft{'' if drafts == 1 else 's'} left out" if drafts else ""
    say(f"{len(found.sources)} pages read{left_out}")
    derived, docs, fresh = project.build / "mkdocs.yml", project.build / "content", project.build / ".site"
    write_config(project.config, derived, docs=docs.name, site=fresh.name, left_out=found.left_out)
    write_redacted(found, project.content, docs)
    shutil.rmtree(fresh, ignore_errors=True)
    complaints = [*RENDER[project.engine](derived), *missing_forms(found.catalog, fresh)]
    if complaints:
        raise SiteError(complaints)
    fieldsets = render_hidden(derived, docs, found.catalog, found.sources)
    swap(fresh, project.site)
    write_artifacts(project.build, found.catalog, found.key, fieldsets)
    say(f"site in {project.site}")
    return found.catalog


def missing_forms(catalog: Catalog, site: Path) -> Iterator[str]:
    """Every quiz of the catalog must stand in its page: no other block may have swallowed it."""
    for _, course in catalog.courses():
        page = _html(site, course)
        if not all(f'revision="{revision}"' in page for revision in _revisions(course)):
            yield (
                f"error: {course.id}: the quiz is not in the page: "
                "a block above it is not closed, or the engine leaves it out"
            )


def _html(site: Path, course: Course) -> str:
    page = site / course.url / "index.html"
    return page.read_text("utf-8") if page.is_file() else ""


def _revisions(course: Course) -> Iterator[str]:
    if course.quiz:
        yield course.quiz.revision
    yield from (practice.revision for practice in course.practice)
