"""Diagrams in pages."""

from markdown import Markdown

from tests.site.rendering import EXTENSIONS

FENCE = "```mermaid\nflowchart LR\n    a[A & B] --> b\n```"
CONFIG = {"pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "diagram"}]}}
DRAWN = (
    '<mermaid-diagram data-search-exclude><pre class="diagram"><code>flowchart LR\n'
    "    a[A &amp; B] --&gt; b</code></pre></mermaid-diagram>"
)


def render(text: str) -> str:
    html: str = Markdown(extensions=list(EXTENSIONS), extension_configs=CONFIG).convert(text)
    return html


def test_it_works() -> None:
    """The fence becomes the element that the browser draws, around the source, which is left out of the search."""
    assert render(FENCE) == DRAWN


def test_it_may_stand_in_a_list_and_in_a_question() -> None:
    """Wherever Markdown allows a fence."""
    indented = FENCE.replace("\n", "\n    ")
    assert DRAWN in render(f"- Look:\n\n    {indented}\n")
    html = render(f"## Quiz\n\n### Which way? {{#way}}\n\n{FENCE}\n\n- [x] Right\n- [ ] Left\n")
    assert DRAWN in html[html.index("<fieldset") : html.index("</fieldset>")]


def test_one_with_an_id_keeps_it() -> None:
    """Attributes of the fence are no obstacle."""
    assert '<mermaid-diagram data-search-exclude><pre id="flow" class="diagram">' in render(
        FENCE.replace("```mermaid", "```{.mermaid #flow}")
    )


def test_other_code_stays_code() -> None:
    """Only this class is drawn: other fences, and text about it, stay as they are."""
    html = render('```html\n<pre class="diagram">x</pre>\n```\n\n`<pre class="diagram">`')
    assert "<mermaid-diagram" not in html
