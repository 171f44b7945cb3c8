"""The texts of one question of GIFT, as Markdown; what they lose on the way."""

import re
from collections.abc import Sequence

import msgspec

from grader.interchange.draft import Head
from grader.interchange.gift.blocks import Block
from grader.interchange.gift.text import formatted, shown
from grader.interchange.html.escape import plain_to_markdown
from grader.interchange.html.markdown import to_markdown
from grader.interchange.html.tree import looks_like_html, read_html
from grader.interchange.report import Report

_WRAPPED = re.compile(r"[ \t]*\n[ \t]*")


class Wording(msgspec.Struct, frozen=True):
    block: Block
    name: str  # the question's
    report: Report

    def text(self, default: str, raw: str) -> str:
        """Markdown, of several lines perhaps. Where the text names no format, it has the default one."""
        style, text = formatted(raw.strip(), default)
        if style == "markdown":
            made = shown(text).strip()
        elif style == "html":
            made = self._html(shown(text))
        else:
            made = self._plain(shown(_WRAPPED.sub(" ", text)), html=style == "moodle")
        return made

    def plain(self, raw: str) -> str:
        """What is compared with what somebody types: plain text."""
        style, text = formatted(raw, "plain")
        words = "".join(read_html(shown(text)).itertext()) if style == "html" else shown(text)
        return " ".join(words.split())

    def explained(self, head: Head, notes: Sequence[str]) -> Head:
        """The feedback of answers that are typed in becomes part of the explanation: no option shows it."""
        known = list(dict.fromkeys(filter(None, notes)))
        if len(known) > (1 if head.explanation else 0):
            self.changed("Feedback on a typed answer is part of the explanation.")
        return msgspec.structs.replace(head, explanation="\n\n".join(known))

    def lost(self, message: str) -> None:
        self.report.lost(message, line=self.block.line, question=self.name)

    def changed(self, message: str) -> None:
        self.report.changed(message, line=self.block.line, question=self.name)

    def _html(self, text: str) -> str:
        return to_markdown(read_html(text), self.lost)

    def _plain(self, text: str, *, html: bool) -> str:
        if not (html and looks_like_html(text)):
            return plain_to_markdown(text)
        return self._html(text.replace("\n\n", "<p>").replace("\n", "<br>"))
