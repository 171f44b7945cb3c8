"""GIFT -> quizzes: one for each category."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from grader.interchange.draft import BLANK, Head, filled, headed, matching, name_of, ordering
from grader.interchange.gate import admitted, admitted_intro
from grader.interchange.gift.answers import Answers, GiftKind, read_answers
from grader.interchange.gift.blocks import Block, read_blocks
from grader.interchange.gift.choices import multiple_choice, truth
from grader.interchange.gift.numbers import number
from grader.interchange.gift.text import shown
from grader.interchange.gift.wording import Wording
from grader.interchange.html.markdown import piped
from grader.interchange.paper import Paper
from grader.interchange.report import Report
from grader.questions.kind import Parsed, read_points
from grader.questions.model import Credit, QuestionType

_TAG = re.compile(r"^(topic|since|points|credit|type)=(\S+)$")
_WILDCARD = re.compile(r"(?<!\\)\*")


def read_gift(text: str, report: Report) -> list[Paper]:
    """A quiz for each category that has questions, named as it is. Raises UnreadableError."""
    papers: list[Paper] = []
    for category, blocks in _categories(read_blocks(text, report.path)):
        intro, rest = _intro(blocks, report)
        questions = admitted((one for block in rest if (one := _question(block, report))), report)
        if questions:
            papers.append(Paper(title=category.split("/")[-1].strip(), questions=questions, intro=intro))
    return papers


def _categories(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks of each category, even where it is named again further down."""
    held: dict[str, list[Block]] = {}
    category = ""
    for block in blocks:
        if block.category is None:
            held.setdefault(category, []).append(block)
        else:
            category = block.category
    yield from held.items()


def _intro(blocks: Sequence[Block], report: Report) -> tuple[str, list[Block]]:
    """Descriptions before the first question introduce the quiz; later ones have no place."""
    first = next((n for n, block in enumerate(blocks) if block.answers is not None), len(blocks))
    intro = [Wording(block, block.name, report).text(block.format, block.stem) for block in blocks[:first]]
    for block in blocks[first:]:
        if block.answers is None:
            report.left_out("A text between questions belongs to none of them.", line=block.line, question=block.name)
    return admitted_intro("\n\n".join(intro), report), [block for block in blocks[first:] if block.answers is not None]


class Tags(msgspec.Struct, frozen=True, kw_only=True):
    """What our own export keeps in tags, since GIFT has no place for it."""

    topic: str | None = None
    since: str | None = None
    points: float = 1.0
    credit: Credit | None = None
    type: str = ""


def _tags(block: Block, wording: Wording) -> Tags:
    found: dict[str, object] = {}
    for tag in block.tags:
        match = _TAG.match(tag)
        value: object = match[2] if match else None
        if match and match[1] == "points":
            value = read_points(match[2])
        elif match and match[1] == "credit":
            value = Credit(match[2]) if match[2] in list(Credit) else None
        if match is None or value is None:
            wording.report.lost(f"The tag `{tag}` has no place.", line=block.line, question=wording.name)
        else:
            found[match[1]] = value
    return msgspec.convert(found, Tags)


def _question(block: Block, report: Report) -> Parsed | None:
    answers = read_answers(block.answers or "")
    name = _name(block)
    wording = Wording(block, name, report)
    tags = _tags(block, wording)
    head = _head(block, answers, tags, wording)
    made: Parsed | None = None
    match answers.kind:
        case GiftKind.ESSAY:
            report.left_out("An essay is graded by a person, and no question type is.", line=block.line, question=name)
        case GiftKind.NUMERICAL:
            made = number(head, answers, wording)
        case GiftKind.TRUE_FALSE:
            made = truth(head, answers, wording)
        case GiftKind.MULTIPLE_CHOICE:
            made = multiple_choice(head, answers, wording, named=tags.type, credit=tags.credit)
        case GiftKind.MATCHING:
            made = _matching(head, answers, wording, tags)
        case GiftKind.ORDERING:
            made = _ordering(head, answers, wording)
        case GiftKind.SHORT:
            made = _short(head, answers, wording)
    return made


def _name(block: Block) -> str:
    text = Wording(block, "", Report("")).text(block.format, f"{block.stem} {block.tail}")
    return name_of(block.id, block.name or headed(text, "").text)


def _head(block: Block, answers: Answers, tags: Tags, wording: Wording) -> Head:
    """A text on both sides of the braces has its blank there, when the answer is to be typed in."""
    typed = answers.kind in (GiftKind.NUMERICAL, GiftKind.SHORT)
    blank = (BLANK if typed else "…") if block.tail.strip() else ""
    stem = wording.text(block.format, f"{block.stem}{blank}{block.tail}")
    text, body, given = headed(stem, block.name or f"Question on line {block.line}")
    if not given:
        wording.changed(f"The text begins with no line that can be the heading; the heading is {text!r}.")
    return Head(
        id=wording.name,
        text=text,
        body=body,
        topic=tags.topic,
        since=tags.since,
        points=tags.points,
        credit=tags.credit or Credit.EXACT,
        explanation=wording.text(block.format, answers.general),
        line=block.line,
    )


def _matching(head: Head, answers: Answers, wording: Wording, tags: Tags) -> Parsed:
    pairs: list[tuple[str, str]] = []
    for part in filter(None, map(str.strip, answers.text.split("="))):
        left, arrow, right = part.partition("->")
        if not arrow or not left.strip():
            wording.lost(f"The answer {shown(right or part).strip()!r} belongs to nothing; it only misleads.")
            continue
        pairs.append((wording.text(wording.block.format, left), wording.plain(right)))
    if tags.type == "ordering" and all(place.isdecimal() for _, place in pairs):
        return ordering(head, [left for left, _ in sorted(pairs, key=lambda pair: int(pair[1]))])
    if not tags.credit:
        head = msgspec.structs.replace(head, credit=Credit.PARTIAL)
    return matching(head, [(_cell(left, wording), _cell(right, wording)) for left, right in pairs])


def _cell(text: str, wording: Wording) -> str:
    if "\n" in text:
        wording.changed("The lines of a side of a pair are joined.")
    return piped(" ".join(text.split()))


def _ordering(head: Head, answers: Answers, wording: Wording) -> Parsed:
    """Moodle's question type `ordering`: `{>` and an item on each line."""
    settings, *items = answers.text.removeprefix(">").split("\n")
    if settings.strip():
        wording.lost(f"How the order is asked for and graded ({settings.strip()}).")
    return ordering(head, [wording.text(wording.block.format, item) for item in items if item.strip()])


def _short(head: Head, answers: Answers, wording: Wording) -> Parsed:
    right: list[str] = []
    notes = [head.explanation]
    for answer in answers.each:
        text = wording.plain(answer.text)
        if answer.weight < 100:
            wording.lost(f"The answer {text!r} gives {answer.weight:g} %; here an answer is right or wrong.")
        elif _WILDCARD.search(text):
            wording.lost(f"The answer {text!r} has a wildcard (`*`); here each answer is written out.")
        elif set(text) & set("|[]"):
            wording.lost(f"The answer {text!r} holds a mark (`|`, `[`, `]`) that no answer can hold here.")
        else:
            right.append(text.replace("\\*", "*"))
            notes.append(wording.text(wording.block.format, answer.feedback))
    return filled(wording.explained(head, notes), QuestionType.SHORT_TEXT, right)
