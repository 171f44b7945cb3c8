"""Rows with a list to choose from: how ORDERING and MATCHING are answered, by keyboard and screen reader alike."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from grader.questions.kind import Blocks, element, inline_or_block


def rows(question: str, labels: Sequence[tuple[str, Blocks]], choices: Sequence[tuple[str, str]]) -> Element:
    """A row for each label (its id and its rendered text); the choices are value and text."""
    table = element("div", {"class": "quiz-rows"})
    for number, (name, blocks) in enumerate(labels):
        row = SubElement(table, "div", {"class": "quiz-row", "data-option": name})
        text = inline_or_block("quiz-row-text", blocks)
        text.set("id", f"q-{question}-{number}")
        row.append(text)
        select = SubElement(row, "select", {"name": question, "aria-labelledby": f"q-{question}-{number}"})
        select.append(element("option", {"value": ""}, "–"))
        for value, words in choices:
            select.append(element("option", {"value": value}, words))
    return table
