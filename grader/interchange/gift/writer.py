"""Quizzes -> GIFT, with all texts in Markdown."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grader.catalog.model import QuizRules
from grader.interchange.gift.numbers import absolute
from grader.interchange.gift.text import escaped
from grader.interchange.paper import Paper
from grader.interchange.pictures import shown_in
from grader.interchange.report import Report
from grader.questions.blank import EMPTY
from grader.questions.kind import Parsed
from grader.questions.model import Credit, Option, QuestionType

_SHARES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20}  # of which Moodle knows the percentage
_TRUTH = ["false", "true"]
_GRADED_BY_SHARE = (QuestionType.MULTI_SELECT, QuestionType.ORDERING, QuestionType.MATCHING)


def write_gift(papers: Sequence[Paper], report: Report) -> str:
    """One file; several quizzes become categories."""
    blocks: list[str] = []
    for paper in papers:
        about = report.at(paper.place or report.path)
        _note_rules(paper, about)
        if len(papers) > 1:
            blocks.append(f"$CATEGORY: {' '.join((paper.name or paper.title).split())}")
        if paper.intro:
            blocks.append(f"[markdown]{escaped(paper.intro)}")
        blocks += [text for parsed in paper.questions if (text := _Writer(parsed, about).question())]
    return "\n\n".join(blocks) + "\n"


def _note_rules(paper: Paper, report: Report) -> None:
    default = QuizRules()
    given = [name for name in default.__struct_fields__ if getattr(paper.rules, name) != getattr(default, name)]
    if given:
        report.lost(f"GIFT has no rules of a quiz: {', '.join(given)}.", question=paper.name)


class _Writer:
    """Writes one question."""

    def __init__(self, parsed: Parsed, report: Report) -> None:
        self.parsed = parsed
        self.question_ = parsed.question
        self.report = report
        self.options = {option.id: option for option in parsed.question.options}
        self.tags: list[str] = []

    def question(self) -> str | None:
        answers = "".join(f"\n\t{answer}" for answer in self.answers())
        if not answers:
            return None
        self.note()
        explanation = f"\n\t####{self.text(self.parsed.explanation)}" if self.parsed.explanation else ""
        braces = f"{{{answers}{explanation}\n}}"
        name = self.question_.id
        title = f"{self.comment()}\n::{escaped(name)}::[markdown]"
        stem = "\n\n".join(filter(None, [self.question_.text, self.question_.body]))
        self.note_pictures(stem)
        before, blank, after = _at_blank(stem) if self.typed else (stem, "", "")
        gap = "" if blank and (not before or before.endswith((" ", "\n"))) else " "
        return f"{title}{escaped(before)}{gap if not blank else ''}{braces}{escaped(after)}"

    @property
    def typed(self) -> bool:
        return self.question_.type in (QuestionType.SHORT_TEXT, QuestionType.NUMERIC)

    def comment(self) -> str:
        question = self.question_
        given = {"topic": question.topic, "since": question.since}
        tags = [*self.tags, *(f"{name}={value}" for name, value in given.items() if value)]
        marks = [f"[id:{question.id}]", *(f"[tag:{tag}]" for tag in tags)]
        return "// " + " ".join(mark[:-1].replace("]", "\\]") + "]" for mark in marks)

    def note(self) -> None:
        """What GIFT cannot tell, and what it tells in a tag only."""
        question = self.question_
        if question.points != 1:
            self.tags.append(f"points={question.points:g}")
            self.changed(f"{question.points:g} points stand in a tag: GIFT has no points.")
        if question.type in _GRADED_BY_SHARE or question.credit is Credit.PARTIAL:
            self.tags.append(f"credit={question.credit}")
            if question.credit is Credit.EXACT:
                self.changed("All or nothing stands in a tag: GIFT gives a share for what is right.")
        if self.parsed.void:
            self.lost("An option that counts neither way ({void}) counts in GIFT.")

    def answers(self) -> Iterator[str]:
        match self.question_.type:
            case QuestionType.MULTIPLE_CHOICE:
                yield from self.single()
            case QuestionType.TRUE_FALSE:
                yield from self.truth()
            case QuestionType.MULTI_SELECT:
                yield from self.several()
            case QuestionType.ORDERING:
                yield from self.places()
            case QuestionType.MATCHING:
                yield from self.pairs()
            case QuestionType.SHORT_TEXT:
                yield from self.words()
            case QuestionType.NUMERIC:
                yield self.number()

    def single(self) -> Iterator[str]:
        """What is right as well has a full weight, but no `=`."""
        for option in self.options.values():
            mark = "=" if option.id in self.parsed.right else "~%100%" if option.id in self.parsed.always else "~"
            yield f"{mark}{self.option(option)}"

    def truth(self) -> Iterator[str]:
        words = {option.text.casefold(): option for option in self.options.values()}
        if sorted(words) != _TRUTH or self.parsed.always:
            self.tags.append("type=true-false")
            yield from self.single()
            return
        true = words["true"].id in self.parsed.right
        right, wrong = (words["true"], words["false"]) if true else (words["false"], words["true"])
        notes = [self.text(self.parsed.feedback.get(one.id, "")) for one in (wrong, right)]
        yield ("TRUE" if true else "FALSE") + f"#{notes[0]}#{notes[1]}".rstrip("#")

    def several(self) -> Iterator[str]:
        count = len(self.parsed.right)
        if count not in _SHARES:
            self.changed(f"A share of {count} right options is no percentage that Moodle knows; it asks how to round.")
        share = f"{100 / count:.5f}".rstrip("0").rstrip(".")
        wrong = share if self.question_.credit is Credit.PARTIAL else "100"
        if self.parsed.always:
            self.lost("That another option is right as well ({always}).")
        for option in self.options.values():
            weight = share if option.id in self.parsed.right else f"-{wrong}"
            yield f"~%{weight}%{self.option(option)}"

    def places(self) -> Iterator[str]:
        self.tags.append("type=ordering")
        self.changed("The order is asked for as pairs of item and place: GIFT has no ordering.")
        for place, name in enumerate(self.parsed.right, 1):
            yield f"={self.left(self.options[name].text)} -> {place}"

    def pairs(self) -> Iterator[str]:
        for prompt, name in zip(self.question_.prompts, self.parsed.right, strict=True):
            right = self.options[name].text
            if any(mark in right for mark in "*`_[\\"):
                self.changed(f"Marks of Markdown would show: the right side of a pair is plain text in GIFT ({right}).")
            yield f"={self.left(prompt.text)} -> {escaped(right)}"

    def words(self) -> Iterator[str]:
        if any("->" in word for word in self.parsed.right):
            self.left_out("An answer holds `->`, and GIFT would take it for a pair.")
            return
        for word in self.parsed.right:
            yield "=" + escaped(word.replace("*", "\\*"))

    def number(self) -> str:
        value, width = absolute(self.parsed.key)
        if self.parsed.right[1].endswith("%"):
            self.changed(f"± {self.parsed.right[1]} is written as ± {width}.")
        return f"#{value}" if Decimal(width) == 0 else f"#{value}:{width}"

    def option(self, option: Option) -> str:
        """A text that could be taken for a weight or a format gets its format first."""
        text = self.text(option.text)
        feedback = self.text(self.parsed.feedback.get(option.id, ""))
        return ("[markdown]" if text.startswith(("%", "[")) else "") + text + (f"#{feedback}" if feedback else "")

    def left(self, text: str) -> str:
        """The left side of a pair ends at the first arrow."""
        if "->" in text:
            self.changed("An arrow is written `-&gt;`: it would end the left side of a pair.")
        return self.text(text.replace("->", "-&gt;"))

    def text(self, markdown: str) -> str:
        self.note_pictures(markdown)
        return escaped(markdown)

    def note_pictures(self, markdown: str) -> None:
        for address in shown_in(markdown):
            self.lost(f"The picture {address}: a GIFT file holds none.")

    def lost(self, message: str) -> None:
        self.report.lost(message, line=self.parsed.number, question=self.question_.id)

    def changed(self, message: str) -> None:
        self.report.changed(message, line=self.parsed.number, question=self.question_.id)

    def left_out(self, message: str) -> None:
        self.report.left_out(message, line=self.parsed.number, question=self.question_.id)


def _at_blank(stem: str) -> tuple[str, str, str]:
    """The text before the blank, the blank, and the text behind it."""
    return stem.partition(EMPTY)
