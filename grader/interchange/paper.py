"""A quiz on its way from one format to another."""

import msgspec

from grader.catalog.model import QuizRules
from grader.questions.kind import Parsed


class Picture(msgspec.Struct, frozen=True):
    """A file that questions show."""

    name: str  # as the Markdown refers to it, relative to the page
    data: bytes


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz with its keys. Options stand in the author's order; all texts are Markdown."""

    title: str
    questions: tuple[Parsed, ...]
    name: str = ""  # a short one for files and identifiers: "track/course"
    rules: QuizRules = QuizRules()
    intro: str = ""  # what stands before the first question
    text: str = ""  # the page above the quiz, its title included
    pictures: tuple[Picture, ...] = ()
