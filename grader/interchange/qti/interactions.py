"""Interactions of QTI -> questions: choices, an order, pairs, a text or number to type in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.interchange.draft import Choice, Head, choice, filled, matching, ordering
from grader.interchange.html.markdown import piped
from grader.interchange.qti.scoring import Mapping as Mapped
from grader.interchange.qti.scoring import Scoring, Way, read_mapping
from grader.interchange.qti.texts import FEEDBACK, Texts, without
from grader.interchange.qti.xml import children
from grader.questions.kind import Parsed
from grader.questions.model import Credit, QuestionType

_NEAR = 1e-6
_TRUTH = ["false", "true"]


class LeftOutError(Exception):
    """The question cannot be carried over; the message says why."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An interaction with all that belongs to it."""

    interaction: Element
    declaration: Element
    scoring: Scoring
    head: Head
    feedback: Mapping[str, str]  # by the identifier of the choice
    texts: Texts
    changed: Callable[[str], None]
    lost: Callable[[str], None]

    @property
    def right(self) -> list[str]:
        """The values of the right response, as they are declared."""
        declared = self.declaration.find("correctResponse")
        return [] if declared is None else [" ".join("".join(one.itertext()).split()) for one in declared]

    @property
    def mapping(self) -> Mapped | None:
        return read_mapping(self.declaration) if self.scoring.way is Way.MAPPED else None

    @property
    def several(self) -> bool:
        return self.declaration.get("cardinality") in ("multiple", "ordered")

    def partial(self) -> Head:
        return msgspec.structs.replace(self.head, credit=Credit.PARTIAL)


def read_interaction(asked: Asked) -> Parsed:
    """Raises LeftOutError where no type of ours fits."""
    readers: dict[str, Callable[[Asked], Parsed]] = {
        "choiceInteraction": _choice,
        "inlineChoiceInteraction": _choice,
        "orderInteraction": _order,
        "matchInteraction": _match,
        "textEntryInteraction": _typed,
    }
    tag = asked.interaction.tag
    if tag == "extendedTextInteraction":
        raise LeftOutError("An essay (extendedTextInteraction) is graded by a person, and no question type is.")
    if tag not in readers:
        raise LeftOutError(f"No question type asks like this: {tag}.")
    return readers[tag](asked)


def worth(scoring: Scoring, declaration: Element) -> float:
    """The points of the right response."""
    mapping = read_mapping(declaration) if scoring.way is Way.MAPPED else None
    if mapping is None:
        return scoring.points
    return scoring.points * (mapping.most if declaration.get("cardinality") == "single" else mapping.best)


def _choice(asked: Asked) -> Parsed:
    found = list(children(asked.interaction, "simpleChoice", "inlineChoice"))
    _note_fixed(found, asked)
    if asked.several:
        return _several(asked, found)
    right, always = _single(asked, found)
    choices = [_option(one, asked, right=_name(one) == right, always=_name(one) in always) for one in found]
    words = sorted(one.text.casefold() for one in choices)
    truth = words == _TRUTH or "true-false" in asked.interaction.get("class", "").split()
    return choice(asked.head, QuestionType.TRUE_FALSE if truth else QuestionType.MULTIPLE_CHOICE, choices)


def _single(asked: Asked, found: Sequence[Element]) -> tuple[str, set[str]]:
    """The right choice, and others that give as much."""
    mapping = asked.mapping
    if mapping is None:
        return _declared(asked)[0], set()
    gives = {_name(one): mapping.entries.get(_name(one), mapping.default) for one in found}
    best = max(gives.values(), default=0)
    full = [name for name, value in gives.items() if value == best]
    if best <= 0:
        raise LeftOutError("No choice gives points.")
    for name, value in gives.items():
        if value not in (0, best):
            asked.lost(f"The choice {name} gives {value:g} of {best:g}; here it is plainly wrong.")
    right = next((name for name in asked.right if name in full), full[0])
    return right, set(full) - {right}


def _several(asked: Asked, found: Sequence[Element]) -> Parsed:
    mapping, head = asked.mapping, asked.head
    right = set(asked.right)
    if mapping:
        right = right or {name for name, value in mapping.entries.items() if value > 0}
        head = asked.partial()
        _compare(mapping, right, [_name(one) for one in found], asked)
    elif not right:
        _declared(asked)
    choices = [_option(one, asked, right=_name(one) in right) for one in found]
    return choice(head, QuestionType.MULTI_SELECT, choices)


def _compare(mapping: Mapped, right: set[str], names: Sequence[str], asked: Asked) -> None:
    """Here each right pick gives an equal share, each wrong one takes one away, and nothing goes below zero."""
    good = [mapping.entries.get(name, mapping.default) for name in names if name in right]
    bad = [mapping.entries.get(name, mapping.default) for name in names if name not in right]
    share = sum(good) / max(len(good), 1)
    equal = all(abs(value - share) < _NEAR for value in good) and all(abs(value + share) < _NEAR for value in bad)
    if not equal or mapping.lower != 0 or share <= 0:
        given = ", ".join(f"{value:g}" for value in good)
        taken = ", ".join(f"{value:g}" for value in bad)
        asked.changed(
            f"Right choices give {given}, wrong ones {taken}; here all right ones give the same, and each wrong one "
            "takes as much away."
        )


def _order(asked: Asked) -> Parsed:
    found = {_name(one): one for one in children(asked.interaction, "simpleChoice")}
    right = _declared(asked)
    if sorted(right) != sorted(found):
        raise LeftOutError("The right order does not name every choice once.")
    head = asked.partial() if asked.scoring.way is Way.PLACES else asked.head
    if asked.scoring.way is Way.MAPPED:
        asked.changed("What each value gives; here the whole order is right or wrong.")
    for name in asked.feedback:
        asked.lost(f"The feedback on {name}: no item of an order has one.")
    return ordering(head, [_text(found[name], asked)[0] for name in right])


def _match(asked: Asked) -> Parsed:
    sets = list(children(asked.interaction, "simpleMatchSet"))
    if len(sets) != 2:
        raise LeftOutError("It has no two sets to match.")
    left, right = ({_name(one): one for one in children(each, "simpleAssociableChoice")} for each in sets)
    pairs = _pairs(asked)
    known = {one: other for one, other in pairs if one in left and other in right}
    if len(known) != len(pairs):
        raise LeftOutError("A choice has several partners, or a pair names what there is not.")
    for name in (*(left.keys() - known.keys()), *(right.keys() - set(known.values()))):
        asked.lost(f"The choice {name} has no partner; it only misleads.")
    for name in asked.feedback:
        asked.lost(f"The feedback on {name}: no pair has one.")
    texts = [(_cell(left[one], asked), _cell(right[known[one]], asked)) for one in left if one in known]
    return matching(asked.partial() if asked.mapping else asked.head, texts)


def _pairs(asked: Asked) -> list[tuple[str, str]]:
    mapping = asked.mapping
    declared = asked.right or ([key for key, value in mapping.entries.items() if value > 0] if mapping else [])
    if mapping:
        good = {mapping.entries.get(one, mapping.default) for one in declared}
        other = {value for key, value in mapping.entries.items() if key not in declared} | {mapping.default}
        if len(good) > 1 or other != {0}:
            asked.changed("What each pair gives; here all right pairs give the same, and wrong ones nothing.")
    pairs = [(one, other) for one, _, other in (value.partition(" ") for value in declared)]
    if not pairs:
        _declared(asked)
    return pairs


def _typed(asked: Asked) -> Parsed:
    for name in asked.feedback:
        asked.lost(f"The feedback on {name}.")
    if asked.declaration.get("baseType") in ("float", "integer"):
        return _number(asked)
    answers = list(_answers(asked))
    if not answers:
        raise LeftOutError("No text is declared to be right, or none that can be written here.")
    return filled(asked.head, QuestionType.SHORT_TEXT, answers)


def _number(asked: Asked) -> Parsed:
    mapping = asked.mapping
    values = _best(mapping, asked) if mapping else _declared(asked)
    if len(values) > 1:
        asked.lost(f"Other numbers that are right as well: {', '.join(values[1:])}.")
    return filled(asked.head, QuestionType.NUMERIC, [values[0], asked.scoring.tolerance])


def _answers(asked: Asked) -> Iterator[str]:
    """The texts that are right."""
    mapping = asked.mapping
    loose = asked.scoring.loose
    if mapping:
        found, loose = _best(mapping, asked), mapping.loose
    else:
        found = list(asked.scoring.answers) or _declared(asked)
    if not loose and any(text.lower() != text.upper() for text in found):
        asked.changed("Upper and lower case counted; here they do not.")
    for text in dict.fromkeys(" ".join(one.split()) for one in found):
        if set(text) & set("|[]") or not text:
            asked.lost(f"The answer {text!r} holds a mark (`|`, `[`, `]`) that no answer can hold here.")
        else:
            yield text


def _best(mapping: Mapped, asked: Asked) -> list[str]:
    best = max(mapping.entries.values(), default=0)
    for key, value in mapping.entries.items():
        if value != best:
            asked.lost(f"The answer {key!r} gives {value:g} of {best:g}; here an answer is right or wrong.")
    found = [key for key, value in mapping.entries.items() if value == best > 0]
    if not found:
        raise LeftOutError("No answer gives points.")
    return found


def _declared(asked: Asked) -> list[str]:
    if not asked.right:
        raise LeftOutError("No response is declared to be right.")
    return asked.right


def _option(element: Element, asked: Asked, *, right: bool, always: bool = False) -> Choice:
    text, inner = _text(element, asked)
    notes = filter(None, [asked.feedback.get(_name(element), ""), *inner])
    return Choice(text=text, right=right, always=always, feedback="\n\n".join(notes))


def _text(element: Element, asked: Asked) -> tuple[str, list[str]]:
    """A choice's text, and the feedback that stands in it."""
    bare, feedback = without(element, FEEDBACK)
    return asked.texts.blocks(bare), [asked.texts.blocks(one) for one in feedback]


def _cell(element: Element, asked: Asked) -> str:
    return piped(asked.texts.line(without(element, FEEDBACK)[0]))


def _note_fixed(found: Sequence[Element], asked: Asked) -> None:
    if any(one.get("fixed") == "true" for one in found) and asked.interaction.get("shuffle") == "true":
        asked.changed("Some choices keep their place while others are shuffled; here all of them are shuffled.")


def _name(element: Element) -> str:
    return element.get("identifier", "")
