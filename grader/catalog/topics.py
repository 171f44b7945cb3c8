"""The headings of a page that questions can refer to."""

import re
from collections.abc import Iterable

from grader.catalog.model import Topic
from grader.catalog.slug import slug, unique
from grader.lines import Heading, attributes

_MARKUP = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)|\[([^\[\]]*)\]\([^)]*\)|\[([^\[\]]*)\]\[[^\[\]]*\]")


def read_topics(headings: Iterable[Heading]) -> tuple[Topic, ...]:
    """Every heading with the anchor that the page gives it."""
    shown = [heading for heading in headings if heading.text]
    named = [attributes(heading.attributes).get("id", "") for heading in shown]
    titles = [plain(heading.text) for heading in shown]
    taken = {*named} - {""}
    return tuple(
        Topic(id=name or unique(slug(title), taken), title=title) for name, title in zip(named, titles, strict=True)
    )


def plain(text: str) -> str:
    """Inline Markdown without its marks."""
    return _MARKUP.sub(lambda match: match[1] or match[2] or "", text).strip()
