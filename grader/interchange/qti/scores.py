"""How an item is scored, written: response declaration and response processing for a question of ours."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from grader.interchange.qti.names import TEMPLATES
from grader.interchange.qti.xml import node
from grader.questions.kind import Parsed
from grader.questions.model import Credit, QuestionType

RESPONSE, SCORE, FEEDBACK, EXPLANATION = "RESPONSE", "SCORE", "FEEDBACK", "EXPLANATION"

_CARDINALITY = {
    QuestionType.MULTI_SELECT: "multiple",
    QuestionType.MATCHING: "multiple",
    QuestionType.ORDERING: "ordered",
}
_SHARED = tuple(_CARDINALITY)  # the types that know a share of the points
_BASE = {QuestionType.MATCHING: "directedPair", QuestionType.SHORT_TEXT: "string", QuestionType.NUMERIC: "float"}


class Scores:
    """The names of options and prompts in the item are given."""

    def __init__(self, parsed: Parsed, names: Mapping[str, str]) -> None:
        self.parsed = parsed
        self.kind = parsed.question.type
        self.partial = parsed.question.credit is Credit.PARTIAL and self.kind in _SHARED
        self.names = names

    def declarations(self) -> Iterator[Element]:
        given = {
            "identifier": RESPONSE,
            "cardinality": _CARDINALITY.get(self.kind, "single"),
            "baseType": _BASE.get(self.kind, "identifier"),
        }
        values = (node("value", {}, value) for value in self.right())
        yield node("responseDeclaration", given, node("correctResponse", {}, *values), *self.mapping())
        zero = node("defaultValue", {}, node("value", {}, "0"))
        score = {"identifier": SCORE, "cardinality": "single", "baseType": "float", "normalMaximum": "1"}
        yield node("outcomeDeclaration", score, zero)
        if self.parsed.feedback:
            several = given["cardinality"]
            yield node("outcomeDeclaration", {"identifier": FEEDBACK, "cardinality": several, "baseType": "identifier"})
        if self.parsed.explanation:
            yield node(
                "outcomeDeclaration", {"identifier": EXPLANATION, "cardinality": "single", "baseType": "identifier"}
            )

    def right(self) -> Sequence[str]:
        """The values of the right response."""
        right = self.parsed.right
        if self.kind is QuestionType.MATCHING:
            prompts = (self.names[prompt.id] for prompt in self.parsed.question.prompts)
            return [f"{prompt} {self.names[name]}" for prompt, name in zip(prompts, right, strict=True)]
        if self.kind in (QuestionType.NUMERIC, QuestionType.SHORT_TEXT):
            return right[:1]
        return [self.names[name] for name in right]

    def mapping(self) -> Iterator[Element]:
        """What each value gives, where the right response alone does not tell."""
        given, entries = {"defaultValue": "0"}, dict.fromkeys(self.right(), "1")
        if self.kind is QuestionType.SHORT_TEXT:
            entries = dict.fromkeys(self.parsed.right, "1")
        elif self.kind is QuestionType.MULTI_SELECT and self.partial:
            given["lowerBound"] = "0"
            entries |= {
                self.names[one.id]: "-1" for one in self.parsed.question.options if one.id not in self.parsed.right
            }
        elif self.kind is QuestionType.MULTIPLE_CHOICE and self.parsed.always:
            entries |= {self.names[name]: "1" for name in self.parsed.always}
        elif not (self.kind is QuestionType.MATCHING and self.partial):
            return
        loose = {"caseSensitive": "false"} if self.kind is QuestionType.SHORT_TEXT else {}
        mapped = (node("mapEntry", {"mapKey": key, "mappedValue": value, **loose}) for key, value in entries.items())
        yield node("mapping", given, *mapped)

    def processing(self) -> Element:
        """A template of the standard where one says it all."""
        if not self.parsed.feedback and not self.parsed.explanation:
            plain = next(self.mapping(), None) is None
            template = "match_correct" if plain else "map_response"
            if self.kind is not QuestionType.NUMERIC and not self.partial:
                return node("responseProcessing", {"template": f"{TEMPLATES}/{template}"})
        return node("responseProcessing", {}, *self.rules())

    def rules(self) -> Iterator[Element]:
        share = str(len(self.parsed.right))
        if self.kind is QuestionType.ORDERING and self.partial:
            yield from self.places()
            yield _set(SCORE, node("divide", {}, _variable(SCORE), _float(share)))
        elif next(self.mapping(), None) is not None:
            mapped = node("mapResponse", {"identifier": RESPONSE})
            parts = self.kind in (QuestionType.MULTI_SELECT, QuestionType.MATCHING)
            value = node("divide", {}, mapped, _float(share)) if parts else mapped
            yield _if(node("not", {}, node("isNull", {}, _variable(RESPONSE))), _set(SCORE, value))
        else:
            yield _if(self.test(), _set(SCORE, _float("1")))
        if self.parsed.feedback:
            yield _set(FEEDBACK, _variable(RESPONSE))
        if self.parsed.explanation:
            yield _set(EXPLANATION, node("baseValue", {"baseType": "identifier"}, EXPLANATION))

    def test(self) -> Element:
        """Is the response right?"""
        correct = node("correct", {"identifier": RESPONSE})
        if self.kind is not QuestionType.NUMERIC:
            return node("match", {}, _variable(RESPONSE), correct)
        tolerance = self.parsed.right[1]
        width = tolerance.rstrip("%").lstrip("-")
        if Decimal(width) == 0:
            return node("equal", {"toleranceMode": "exact"}, correct, _variable(RESPONSE))
        mode = "relative" if tolerance.endswith("%") else "absolute"
        return node("equal", {"toleranceMode": mode, "tolerance": f"{width} {width}"}, correct, _variable(RESPONSE))

    def places(self) -> Iterator[Element]:
        """One for each item at its place."""
        for place, name in enumerate(self.right(), 1):
            there = node("index", {"n": str(place)}, _variable(RESPONSE))
            wanted = node("baseValue", {"baseType": "identifier"}, name)
            counted = node("sum", {}, _variable(SCORE), _float("1"))
            yield _if(node("match", {}, there, wanted), _set(SCORE, counted))


def _if(test: Element, then: Element) -> Element:
    return node("responseCondition", {}, node("responseIf", {}, test, then))


def _set(outcome: str, value: Element) -> Element:
    return node("setOutcomeValue", {"identifier": outcome}, value)


def _variable(name: str) -> Element:
    return node("variable", {"identifier": name})


def _float(value: str) -> Element:
    return node("baseValue", {"baseType": "float"}, value)
