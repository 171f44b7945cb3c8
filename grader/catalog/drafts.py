"""Pages that only a preview shows: their front matter says `draft: true`, or that of their track does."""

from collections.abc import Sequence

from grader.catalog.source import Source


def find_drafts(sources: Sequence[Source]) -> list[Source]:
    """Whatever `draft` says, unless it is false: nothing is published by a slip of the pen."""
    folders = {source.path.parent for source in sources if _says(source) and "track" in source.matter.values}
    return [source for source in sources if _says(source) or source.path.parent in folders]


def _says(source: Source) -> bool:
    return source.matter.values.get("draft") not in (None, False)
