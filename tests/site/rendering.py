"""One page, rendered as the site's engine does it, without the rest of the site."""

from functools import lru_cache

from markdown import Markdown

EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "grader.site.extension",
)


@lru_cache(maxsize=1)
def _engine() -> Markdown:
    return Markdown(extensions=list(EXTENSIONS), extension_configs={"pymdownx.tasklist": {"custom_checkbox": True}})


def render(text: str) -> str:
    """The HTML of a page without front matter. The engine is used again, as MkDocs does not, to show that it may be."""
    html: str = _engine().reset().convert(text)
    return html
