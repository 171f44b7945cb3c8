"""Random questions with their keys, as authors may write them: every type, and whatever a format must escape."""

from collections.abc import Sequence

import msgspec
from hypothesis import strategies as st

from grader.questions.kind import Parsed, option_id
from grader.questions.model import Credit, Option, Question, QuestionType

_WORDS = (
    *("clock", "Zeit", "報告", "تقرير", "naïve", "x < y", "a & b", "50 %", "C#", "a: b", "key=value", "~approx", "1.5"),
    *("**bold**", "*stress*", "`code`", "`{x: 1}`", "`a = b # c`", "`~/path`", "\\*", "\\_", "{curly}", "\\\\n"),
    *("[link](https://example.org/a?b=c&d=e#f)", "![a clock](clock.svg)", "“quoted”", "...", "(brackets)", '"', "'"),
)
_BLOCKS = (
    *(
        "- a list\n- of two",
        "1. ordered\n2. list",
        "> a quote",
        "```python\nprint({1: 2})  # = ~\n\n- [no option]\n```",
    ),
    *("| a | b |\n| --- | --- |\n| 1 | `x=1` |", "one\ntwo", "#### Deeper"),
)
NUMBERS = st.sampled_from(["7", "-3.5", "0", "0.001", "1000000", "12.50"])
TOLERANCES = st.sampled_from(["0", "0.5", "2", "0.001"])


def lines() -> st.SearchStrategy[str]:
    """One line of Markdown that begins and ends with a word."""
    inside = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4)
    return inside.map(lambda words: " ".join(["So", *words, "it"]))


def texts(blocks: Sequence[str] = _BLOCKS) -> st.SearchStrategy[str]:
    """Some lines and blocks."""
    return st.lists(lines() | st.sampled_from(blocks), min_size=1, max_size=3).map(
        lambda parts: "\n\n".join(["Look:", *parts])
    )


_PLAIN = tuple(block for block in _BLOCKS if not block.startswith((">", "1.", "|")))


@st.composite
def questions(draw: st.DrawFn, *, kinds: Sequence[QuestionType] = tuple(QuestionType)) -> Parsed:
    kind = draw(st.sampled_from(kinds))
    name = draw(st.sampled_from(["clock", "q-1", "Frage_2", "質問"]))
    body = draw(st.just("") | texts(_PLAIN))
    question = Question(
        id=name,
        type=kind,
        text=draw(lines()) + "?",
        body=body,
        topic=draw(st.sampled_from([None, None, "intake"])),
        since=draw(st.sampled_from([None, None, "2.0"])),
        points=draw(st.sampled_from([1.0, 1.0, 2.0, 0.5])),
        credit=draw(st.sampled_from(Credit)),
    )
    return draw(_answered(question)) if kind in _FILL else draw(_chosen(question))


_FILL = (QuestionType.SHORT_TEXT, QuestionType.NUMERIC)


@st.composite
def _answered(draw: st.DrawFn, question: Question) -> Parsed:
    right: tuple[str, ...]
    if question.type is QuestionType.NUMERIC:
        right = (draw(NUMBERS), draw(TOLERANCES))
    else:
        right = tuple(
            draw(
                st.lists(
                    st.sampled_from(["act", "the Act", "Gesetz: 1", "a=b", "#1", "報告"]),
                    min_size=1,
                    max_size=3,
                    unique=True,
                )
            )
        )
    changed = draw(
        st.sampled_from(
            [
                {"text": f"{question.text} [[ ]]"},
                {"text": f"{question.text} [[ ]] of it."},
                {"body": "\n\n".join(filter(None, [question.body, "It is [[ ]] there."]))},
            ]
        )
    )
    question = msgspec.structs.replace(question, **changed)
    return Parsed(question=question, right=right, explanation=draw(st.just("") | texts()))


@st.composite
def _chosen(draw: st.DrawFn, question: Question) -> Parsed:
    kind = question.type
    choice = kind in (QuestionType.MULTIPLE_CHOICE, QuestionType.MULTI_SELECT)
    long = lines() | texts(_PLAIN) if choice or kind is QuestionType.ORDERING else lines()
    words = (
        ["True", "False"]
        if kind is QuestionType.TRUE_FALSE
        else draw(st.lists(long, min_size=2, max_size=5, unique_by=_squeezed))
    )
    options = tuple(Option(option_id(question.id, text), text) for text in words)
    ids = [option.id for option in options]
    prompts: tuple[Option, ...] = ()
    if kind is QuestionType.MATCHING:
        left = draw(st.lists(lines(), min_size=len(words), max_size=len(words), unique_by=_squeezed))
        prompts = tuple(Option(option_id(question.id, f"prompt {text}"), text) for text in left)
    if kind is QuestionType.MULTI_SELECT:
        right = draw(
            st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids) - 1, unique=True).map(
                lambda some: [one for one in ids if one in some]
            )
        )
    elif choice or kind is QuestionType.TRUE_FALSE:
        right = [draw(st.sampled_from(ids))]
    else:
        right = ids
    feedback = {one: draw(lines() | texts()) for one in ids if kind in _TICKED and draw(st.booleans())}
    wrong = [one for one in ids if one not in right]
    always = tuple(
        one for one in wrong[:1] if kind is QuestionType.MULTIPLE_CHOICE and len(wrong) > 1 and draw(st.booleans())
    )
    return Parsed(
        question=msgspec.structs.replace(question, options=options, prompts=prompts),
        right=tuple(right),
        always=always,
        feedback=feedback,
        explanation=draw(st.just("") | texts() | st.just("```\nfirst = code\n```\n\nand text")),
    )


_TICKED = (QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE, QuestionType.MULTI_SELECT)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
