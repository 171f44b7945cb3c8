"""Text made harmless in Markdown, as this site's Markdown reads it."""

import re

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~ ]|$)")
_STAR = re.compile(r"\*(?! )|(?<! )\*")
_TILDE = re.compile(r"~(?! )|(?<! )~")
_CARET = re.compile(r"\^(?! )|(?<! )\^")
_MARK = re.compile(r"==(?! )|(?<! )==")
_UNDERSCORE = re.compile(r"(?<!\w)_(?! )|(?<! )_(?!\w)")
_TASK = re.compile(r"\[(?=\s?[xX✓✔☑]?\s?\])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_KEYS = re.compile(r"\+\+(?=[-\w+\"']+\+\+)")
_BRACE = re.compile(r"^\{|\{(?=[^{}]*\}\s*$)")
_START = re.compile(
    r"^(?:(?P<mark>#|>|[-+*](?= |$)|-(?=[- ]*$)|!(?=!!))|(?P<number>\d+)(?P<point>[.)])(?= |$)|(?P<odd>[:?=|]))"
)


def collapsed(text: str) -> str:
    return _BLANKS.sub(" ", text)


def escaped(text: str) -> str:
    """The text such that Markdown shows it as it is, wherever in a line it stands. See `line_start`, too."""
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _ENTITY.sub("&amp;", text)
    text = text.replace("`", "\\`")
    text = _STAR.sub(r"\\*", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _TASK.sub("&#91;", text).replace("[", "\\[")
    text = _TAG.sub("&lt;", text)
    text = _TILDE.sub(r"\\~", text)
    text = _CARET.sub("&#94;", text)
    text = _MARK.sub("=&#61;", text)
    return _BRACE.sub(r"\\{", _KEYS.sub("+&#43;", text))


def line_start(line: str) -> str:
    """The line such that it begins no block: a list, a heading, a quote, an admonition."""
    return _START.sub(_harmless, line)


def _harmless(match: re.Match[str]) -> str:
    if match["mark"]:
        return f"\\{match['mark']}"
    return f"{match['number']}\\{match['point']}" if match["number"] else f"&#{ord(match['odd'])};"


def plain_to_markdown(text: str) -> str:
    """Plain text: its lines stay lines, blank lines part paragraphs."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", text.strip())
    return "\n\n".join(_paragraph(one.split("\n")) for one in paragraphs)


def _paragraph(lines: list[str]) -> str:
    return "  \n".join(line_start(escaped(collapsed(line.strip()))) for line in lines)
