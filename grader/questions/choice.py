"""What the types with a task list share: one or several options are right, the rest is wrong."""

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line, dedented, text_of
from grader.questions.kind import Parsed, Response, Source, element, option_id
from grader.questions.model import Option, Question, QuestionType

TASK = re.compile(r"^(?P<indent> *)[-*+] +\[(?P<mark>[^\]]?)\](?: +(?P<text>.*))?$")
_QUOTE = re.compile(r"^ {0,3}> ?")


class TaskItem(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    right: bool
    feedback: str
    number: int


class TaskList(msgspec.Struct, frozen=True, kw_only=True):
    """A question's lines, cut into what stands before the options, the options, and the quote after them."""

    body: str
    items: tuple[TaskItem, ...]
    explanation: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A type whose answer is a set of options."""

    type: QuestionType
    names: tuple[str, ...]  # what authors write as `type=`
    several: bool  # may more than one be chosen?
    natural: Callable[[Sequence[TaskItem]], bool]  # is a list of this type when no `type=` says so?

    def parse(self, source: Source, diagnostics: Diagnostics) -> Parsed | None:
        named = source.attributes.get("type")
        if named is not None and named not in self.names:
            return None
        tasks = read_task_list(source.lines, None)
        if not tasks.items or (named is None and not self.natural(tasks.items)):
            return None
        read_task_list(source.lines, diagnostics)
        options = [Option(option_id(source.id, item.text), item.text) for item in tasks.items]
        _check(source, tasks, options, diagnostics)
        right = tuple(option.id for option, item in zip(options, tasks.items, strict=True) if item.right)
        if not self.several and len(right) > 1:
            diagnostics.add(
                "several-right",
                source.number,
                f"{len(right)} options are right, but only one can be chosen.",
                hint="mark one with [x], or write {type=multi} behind the question",
            )
        return Parsed(
            question=Question(
                id=source.id,
                type=self.type,
                text=source.text,
                body=tasks.body,
                options=tuple(options),
                topic=source.attributes.get("topic"),
                since=source.attributes.get("since"),
            ),
            right=right,
            feedback={o.id: i.feedback for o, i in zip(options, tasks.items, strict=True) if i.feedback},
            explanation=tasks.explanation,
            number=source.number,
        )

    def write(self, question: Question) -> str:
        return "\n".join(f"- [ ] {_indented(option.text)}" for option in question.options)

    def parts(self, question: Question) -> Sequence[str]:
        return [option.text for option in question.options]

    def controls(self, question: Question, parts: Sequence[Sequence[Element]]) -> list[Element]:
        kind = "checkbox" if self.several else "radio"
        labels = [
            _label(question, option, kind, blocks) for option, blocks in zip(question.options, parts, strict=True)
        ]
        hint = element("p", {"class": "quiz-hint"}, "Select all that apply.")
        return [hint, *labels] if self.several else labels

    def refuse(self, question: Question, response: Response) -> tuple[int, str] | None:
        known = {option.id for option in question.options}
        for place, chosen in enumerate(response):
            if chosen not in known:
                return place, f"Question {question.id!r} has no option {chosen!r}."
            if chosen in response[:place]:
                return place, f"Option {chosen!r} is named twice."
            if place and not self.several:
                return place, f"Question {question.id!r} takes one option."
        return None

    def credit(self, question: Question, right: tuple[str, ...], response: Response) -> float:  # noqa: ARG002 - the contract of Kind
        """All that is right and nothing else, or nothing: so choosing everything never pays."""
        return float(bool(response) and set(response) == set(right))


def read_task_list(lines: Sequence[Line], diagnostics: Diagnostics | None) -> TaskList:
    """Cut a question's lines at its task list. Code fences are never read as options."""
    starts = [n for n, line in enumerate(lines) if _starts_option(line)]
    if not starts:
        return TaskList(body=text_of(lines), items=(), explanation="")
    end = _end_of_list(lines, starts[-1])
    bounds = [*starts, end]
    items = tuple(_read_item(lines[bounds[n] : bounds[n + 1]], diagnostics) for n in range(len(starts)))
    return TaskList(body=text_of(lines[: starts[0]]), items=items, explanation=_unquoted(lines[end:], diagnostics))


def _starts_option(line: Line) -> bool:
    if line.code and "`" not in line.text and "~" not in line.text:
        return False
    match = TASK.match(line.text)
    return match is not None and len(match["indent"]) < 2


def _end_of_list(lines: Sequence[Line], last: int) -> int:
    """The index behind the last option: where a line stands at the left edge after a blank line, or a quote."""
    for n in range(last + 1, len(lines)):
        line = lines[n]
        at_edge = line.text.strip() and not line.text.startswith("  ")
        if not line.code and at_edge and (_QUOTE.match(line.text) or not lines[n - 1].text.strip()):
            return n
    return len(lines)


def _read_item(lines: Sequence[Line], diagnostics: Diagnostics | None) -> TaskItem:
    match = TASK.match(lines[0].text)
    assert match is not None
    below = dedented(lines[1:])
    quote = next((n for n, line in enumerate(below) if line.text.startswith(">") and not line.code), len(below))
    first = lines[0]._replace(text=match["text"] or "")
    item = TaskItem(
        text="\n".join([first.text.strip(), text_of(below[:quote])]).strip(),
        right=match["mark"] in ("x", "X"),
        feedback=_unquoted(below[quote:], diagnostics),
        number=first.number,
    )
    if diagnostics is not None:
        _check_item(item, match["mark"], below[:quote], diagnostics)
    return item


def _check_item(item: TaskItem, mark: str, below: Sequence[Line], diagnostics: Diagnostics) -> None:
    if mark not in (" ", "x", "X"):
        diagnostics.add("bad-mark", item.number, f"`[{mark}]` is neither right nor wrong.", hint="write [x] or [ ]")
    if not item.text:
        diagnostics.add("empty-option", item.number, "The option has no text.")
    for line in below:
        if TASK.match(line.text) and not line.code:
            diagnostics.add(
                "nested-option",
                line.number,
                "An option stands inside an option.",
                hint="move it to the left edge",
            )


def _unquoted(lines: Sequence[Line], diagnostics: Diagnostics | None) -> str:
    for line in lines:
        if diagnostics is not None and line.text.strip() and not _QUOTE.match(line.text):
            diagnostics.add(
                "text-after-quote",
                line.number,
                "Text stands after the feedback or explanation and belongs to nothing.",
                hint="begin the line with `>`, or move it above the options",
            )
    return "\n".join(_QUOTE.sub("", line.text).rstrip() for line in lines).strip("\n")


def _check(source: Source, tasks: TaskList, options: Sequence[Option], diagnostics: Diagnostics) -> None:
    if len(options) < 2:
        diagnostics.add("one-option", source.number, "The question has only one option.", hint="add wrong ones")
    if not any(item.right for item in tasks.items):
        diagnostics.add(
            "no-right-option",
            source.number,
            "No option is marked as right.",
            hint="mark the right one with [x]",
        )
    if tasks.items and all(item.right for item in tasks.items) and len(options) > 1:
        diagnostics.add(
            "all-right",
            source.number,
            "Every option is right, so the question asks nothing.",
            hint="add a wrong one",
        )
    seen: dict[str, int] = {}
    for option, item in zip(options, tasks.items, strict=True):
        if option.id in seen:
            diagnostics.add(
                "double-option",
                item.number,
                f"The option stands already on line {seen[option.id]}: {item.text!r}.",
            )
        seen.setdefault(option.id, item.number)


def _indented(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"      {line}" if line else "" for line in rest)])


def _label(question: Question, option: Option, kind: str, blocks: Sequence[Element]) -> Element:
    label = element("label", {"class": "quiz-option"})
    label.append(element("input", {"type": kind, "name": question.id, "value": option.id}))
    if len(blocks) == 1 and blocks[0].tag == "p":
        text = element("span", {"class": "quiz-option-text"}, blocks[0].text)
        text.extend(list(blocks[0]))
    else:
        text = element("div", {"class": "quiz-option-text"})
        text.extend(blocks)
    label.append(text)
    return label
