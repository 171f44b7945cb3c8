"""Which version of each page a preview shows: nothing that a mistake in its text would give away."""

from pathlib import Path, PurePosixPath

import yaml
from msgspec.structs import replace

from grader.catalog.scan import Scan
from grader.catalog.source import Source, read_source
from grader.site.mirror import mirror, other_files
from grader.site.project import Project, read_content

PLACEHOLDER = "# {title}\n\nThis page has a mistake. It is shown as soon as the mistake is mended.\n"


class Shown:
    """Remembers the last version of each page that was without mistakes, in a folder of its own."""

    def __init__(self, project: Project, folder: Path) -> None:
        self._project = project
        self._folder = folder
        self._good: dict[PurePosixPath, bytes] = {}

    def of(self, found: Scan) -> tuple[Scan, Path]:
        """The same content, pages with mistakes in their former version; and the folder where it stands.

        Only mistakes of a page's own text count: that a page is not in `nav` gives nothing away. A mistake may have
        hidden from the parser what belongs to the key, so the page as it is must not reach the engine.
        """
        wanted = other_files(self._project.content, self._folder)
        for source in found.sources:
            self._keep(source.path, (self._project.content / source.path).read_bytes())
            wanted[self._folder / source.path] = self._good.get(source.path) or placeholder(source)
        if not found.diagnostics:
            return found, self._project.content
        mirror(wanted, self._folder)
        return read_content(replace(self._project, content=self._folder), drafts=True), self._folder

    def _keep(self, path: PurePosixPath, text: bytes) -> None:
        """Look at these very bytes: the file may have changed since it was scanned."""
        if self._good.get(path) == text:
            return
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
        if not read_source(self._folder, path, "").diagnostics.found:
            self._good[path] = text


def placeholder(source: Source) -> bytes:
    title = source.title
    matter = yaml.safe_dump({"title": title}, allow_unicode=True)
    return f"---\n{matter}---\n\n{PLACEHOLDER.format(title=' '.join(title.split()))}".encode()
