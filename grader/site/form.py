"""The form that a learner sees: which Markdown it is made of, and how the rendered pieces are put together."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

import msgspec

from grader.catalog.model import QuizRules
from grader.catalog.rules import in_words
from grader.questions import KINDS
from grader.questions.blank import shown
from grader.questions.kind import element
from grader.questions.model import Question

Blocks = Sequence[Element]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz, or (without rules) a practice question."""

    revision: str
    questions: tuple[Question, ...]
    rules: QuizRules | None
    hidden: int = 0  # questions that are not in the page


def without_questions(revision: str, count: str, rules: QuizRules) -> Form:
    """The form of a quiz whose questions come when an attempt starts."""
    return Form(revision=revision, questions=(), rules=rules, hidden=int(count) if count.isdecimal() else 0)


def pieces(form: Form) -> list[str]:
    """The Markdown to be rendered: for each question its text, body and parts. As a heading the text stays inline."""
    return [
        piece
        for question in form.questions
        for piece in (
            f"###### {_with_blank(question, question.text)}",
            _with_blank(question, question.body),
            *KINDS[question.type].parts(question),
        )
    ]


def _with_blank(question: Question, markdown: str) -> str:
    """In a question with options `[[ ]]` is code, perhaps, and no blank."""
    return markdown if question.options else shown(markdown)


def build(form: Form, rendered: Sequence[Blocks]) -> Element:
    """The custom element that holds the form. `rendered[i]` are the blocks of piece i."""
    fieldsets, position = [], 0
    for number, question in enumerate(form.questions, 1):
        text, body, *parts = rendered[position : position + 2 + len(KINDS[question.type].parts(question))]
        position += 2 + len(parts)
        fieldsets.append(_fieldset(question, number if form.rules else None, text, body, parts))
    return _quiz(form, form.rules, fieldsets) if form.rules else _practice(form, fieldsets)


def _quiz(form: Form, rules: QuizRules, fieldsets: Sequence[Element]) -> Element:
    kind = {"explicit": ""} if rules.explicit else {}
    holder = element("quiz-form", {"revision": form.revision, "data-search-exclude": "", **kind})
    inside = SubElement(holder, "form", {"class": "quiz", "novalidate": ""})
    said = SubElement(inside, "ul", {"class": "plain quiz-rules"})
    said.extend(element("li", text=words) for words in in_words(rules, form.hidden or len(form.questions)))
    inside.extend(fieldsets)
    _finish(inside, "Submit answers")
    inside.append(element("div", {"class": "quiz-result", "hidden": ""}))
    return holder


def _practice(form: Form, fieldsets: Sequence[Element]) -> Element:
    holder = element("quiz-practice", {"revision": form.revision, "data-search-exclude": ""})
    inside = SubElement(holder, "form", {"class": "quiz quiz--practice", "novalidate": ""})
    inside.append(element("p", {"class": "quiz-rules"}, "Practice · as often as you like, it does not count"))
    inside.extend(fieldsets)
    _finish(inside, "Check")
    return holder


def _finish(form: Element, action: str) -> None:
    actions = SubElement(form, "div", {"class": "quiz-actions"})
    button = {"type": "submit", "class": "md-button md-button--primary", "disabled": ""}
    actions.append(element("button", button, action))
    SubElement(form, "noscript").append(element("p", text="Answering needs JavaScript."))


def _fieldset(question: Question, number: int | None, text: Blocks, body: Blocks, parts: Sequence[Blocks]) -> Element:
    fieldset = element(
        "fieldset",
        {
            "class": "quiz-question",
            "id": f"q-{question.id}",
            "data-question": question.id,
            "data-type": question.type,
        },
    )
    fieldset.append(_legend(number, text, question.points))
    if body:
        SubElement(fieldset, "div", {"class": "quiz-body"}).extend(body)
    kind = KINDS[question.type]
    if kind.hint:
        name = f"q-{question.id}-hint"
        fieldset.set("aria-describedby", name)
        fieldset.append(element("p", {"class": "quiz-hint", "id": name}, kind.hint))
    fieldset.extend(kind.controls(question, parts))
    return fieldset


def _legend(number: int | None, text: Blocks, points: float) -> Element:
    legend = element("legend")
    if number:
        legend.append(element("span", {"class": "quiz-number"}, str(number)))
        legend[-1].tail = " "
    words = SubElement(legend, "span", {"class": "quiz-text"})
    for heading in text:
        words.text = heading.text
        words.extend(list(heading))
    if points != 1:
        words.tail = " "
        legend.append(element("span", {"class": "quiz-points"}, f"{points:g} points"))
    return legend


def failure() -> Element:
    box = element("div", {"class": "admonition failure", "role": "alert"})
    box.append(element("p", {"class": "admonition-title"}, "This quiz could not be rendered"))
    box.append(element("p", text="A block above it is not closed. `grader check` names the line."))
    return box
