"""Pages of mkdocs-quiz 1.x: https://ewels.github.io/mkdocs-quiz/."""

from grader.interchange.mkdocs_quiz.reader import read_mkdocs_quiz

__all__ = ["read_mkdocs_quiz"]
