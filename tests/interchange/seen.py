"""What somebody sees of a question, and what is right: the same for two ways to write one Markdown."""

import re
from typing import Any

from markdown import Markdown

from grader.questions.kind import Parsed
from grader.questions.model import QuestionType

_EXTENSIONS = ("attr_list", "def_list", "md_in_html", "sane_lists", "tables", "pymdownx.caret", "pymdownx.mark")
_markdown = Markdown(extensions=[*_EXTENSIONS, "pymdownx.superfences", "pymdownx.tilde"])

SHARED = (QuestionType.MULTI_SELECT, QuestionType.ORDERING, QuestionType.MATCHING)


def seen(parsed: Parsed) -> dict[str, Any]:
    question, key = parsed.question, parsed.key
    places = {option.id: n for n, option in enumerate(question.options)}
    return {
        "id": question.id,
        "type": question.type,
        "text": html(question.text),
        "body": html(question.body),
        "options": [html(option.text) for option in question.options],
        "prompts": [html(prompt.text) for prompt in question.prompts],
        "topic": question.topic,
        "points": question.points,
        "credit": question.credit if question.type in SHARED else None,  # it means nothing for the others
        "right": [places.get(one, one) for one in key.right],
        "always": [places[one] for one in key.always],
        "feedback": {places[one]: html(text) for one, text in key.feedback.items()},
        "explanation": html(key.explanation),
    }


def html(text: str) -> str:
    """White space matters in code only; neither how far items stand apart nor a picture's folder do."""
    made: str = _markdown.reset().convert(text.replace("](media/", "]("))
    parts = re.split(r"(<pre.*?</pre>)", made, flags=re.DOTALL)
    folded = (part if part.startswith("<pre") else _BLOCK.sub(r"\1", " ".join(part.split())) for part in parts)
    return "".join(folded).replace("<li><p>", "<li>").replace("</p></li>", "</li>")


_BLOCK = re.compile(r"\s*(</?(?:p|ul|ol|li|blockquote|table|thead|tbody|tr|td|th|div|h\d)\b[^>]*>)\s*")
