"""The same content with another key: other options right, other feedback, other explanations."""

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

_HEAD = re.compile(r"^### ")
_PRACTICE = re.compile(r"^(?:!!!|\?\?\?\+?) question")
_QUIZ = re.compile(r"^(?:## Quiz|## .*\.quiz|Quiz$)")
_END = re.compile(r"^##? ")
_TASK = re.compile(r"^(\s*[-*+] \[)([ xX])(\] .*)$")
_ITEM = re.compile(r"^(\s*\d+\. )(.*)()$")
_ROW = re.compile(r"^(\s*\| .+? \| )(?!-)(.+?)( \|)$")
_BLANK = re.compile(r"\[\[([^\[\]]+)\]\]")


def rekey(content: Path, target: Path) -> None:
    """Copy a content, its key changed."""
    shutil.copytree(content, target)
    for file in target.rglob("*.md"):
        text = file.read_bytes().decode()
        end = "\r\n" if "\r\n" in text else "\n"
        file.write_bytes(end.join(_page(text.split(end))).encode())


def _page(lines: Sequence[str]) -> Iterator[str]:
    quiz = next((n for n, line in enumerate(lines) if _QUIZ.match(line)), len(lines))
    heads = {n for n, line in enumerate(lines) if _PRACTICE.match(line) or (n > quiz and _HEAD.match(line))}
    starts = sorted(heads | {0, len(lines)} | {n for n, line in enumerate(lines) if _END.match(line)})
    for left, right in pairwise(starts):
        yield from _question(lines[left:right]) if left in heads else lines[left:right]


def _question(block: Sequence[str]) -> Sequence[str]:
    for answer in (_TASK, _ITEM, _ROW):
        places = [n for n, line in enumerate(block) if answer.match(line)]
        places = places[1:] if answer is _ROW else places  # the table's head
        if len(places) > 1:
            return [*_changed(block, places, answer)]
    return [*_changed(block, [], _TASK)]


def _changed(block: Sequence[str], places: Sequence[int], answer: re.Pattern[str]) -> Iterator[str]:
    """Turn the middle groups of the matching lines by one, fill blanks anew, and say something else in quotes."""
    matches = [match for n in places if (match := answer.match(block[n]))]
    turned = [matches[n - 1][2] for n in range(len(matches))]
    behind = False
    for n, line in enumerate(block):
        behind = behind or n in places or "[[" in line
        if n in places:
            match = matches[places.index(n)]
            yield f"{match[1]}{turned[places.index(n)]}{match[3]}"
            if answer is _TASK and n + 1 < len(block) and (n + 1 in places or not block[n + 1].strip()):
                yield f"{' ' * (len(match[1]) - len(match[1].lstrip()))}    > SECRET-ADDED"
        elif behind and line.lstrip().startswith(">"):
            yield re.sub(r">.*", "> SECRET-CHANGED", line)
        else:
            yield _BLANK.sub(lambda blank: "[[= 3]]" if blank[1].startswith("=") else "[[SECRET-BLANK]]", line)
