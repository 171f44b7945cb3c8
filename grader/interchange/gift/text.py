"""Texts of GIFT: escapes, and the four formats."""

import re

_SPECIAL = "\\:#={}~"
_HIDDEN = {mark: chr(0xE000 + n) for n, mark in enumerate([*_SPECIAL, "n"])}
_SHOWN = {hidden: "\n" if mark == "n" else mark for mark, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FORMAT = re.compile(r"^\s*\[(html|markdown|plain|moodle)\]")


def escaped(text: str) -> str:
    """The text on one line, with a backslash before whatever GIFT would read."""
    marked = re.sub(r"([\\:#={}~])", r"\\\1", text)
    return marked.replace("\n", "\\n")


def hidden(text: str) -> str:
    """Every escaped mark becomes one character of private use, so that the others can be looked for."""
    return _ESCAPE.sub(lambda match: _HIDDEN[match[1]], _PRIVATE.sub("\ufffd", text))


def shown(text: str) -> str:
    """The reverse: what the escapes stand for."""
    return "".join(_SHOWN.get(letter, letter) for letter in text)


def formatted(text: str, default: str) -> tuple[str, str]:
    """The format that a text names, or the default; and the text behind it."""
    match = _FORMAT.match(text)
    return (match[1], text[match.end() :]) if match else (default, text)
