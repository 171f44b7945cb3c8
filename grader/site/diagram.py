"""Diagrams: a fence ```` ```mermaid ```` becomes an element that the browser draws.

mkdocs.yml has superfences write such a fence as `<pre class="diagram">`. Without scripts that is what stays: the
source, which is text that can be read.
"""

import re

from markdown.postprocessors import Postprocessor

_SOURCE = re.compile(r'<pre (?:id="[^"]*" )?class="diagram[ "].*?</pre>', re.DOTALL)
_AFTER_RAW_HTML = 25  # raw_html 30


class WrapDiagrams(Postprocessor):
    """Puts the source into a custom element, so that it is drawn wherever and whenever it comes into a page."""

    priority = _AFTER_RAW_HTML

    def run(self, text: str) -> str:
        return _SOURCE.sub(r"<mermaid-diagram data-search-exclude>\g<0></mermaid-diagram>", text)
