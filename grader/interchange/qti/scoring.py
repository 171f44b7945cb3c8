"""How an item is scored, read: the few ways that a question of ours can be, or a way of its own."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from xml.etree.ElementTree import Element

import msgspec

from grader.interchange.qti.xml import children, number

Shape = tuple[object, ...]
"""An expression as nested tuples: name, what matters of its attributes, its operands."""


class Way(Enum):
    MATCH = auto()  # the right response, all or nothing
    MAPPED = auto()  # the sum of what each value gives
    PLACES = auto()  # a share for each item at its place
    EQUAL = auto()  # a number, with a tolerance
    OWN = auto()  # none of these


class Scoring(msgspec.Struct, frozen=True, kw_only=True):
    way: Way
    points: float = 1.0  # of the right response; for MAPPED what one point of the mapping is worth
    tolerance: str = "0"  # absolute, or with `%`
    answers: tuple[str, ...] = ()  # texts that are right, where rules list them
    loose: bool = False  # are these compared without regard to upper and lower case?


def read_scoring(item: Element, response: str) -> Scoring:
    """Of the rules only those that set SCORE matter."""
    processing = item.find("responseProcessing")
    if processing is None:
        return Scoring(way=Way.OWN)
    template = (processing.get("template") or processing.get("templateLocation") or "").rpartition("/")[2]
    if template:
        name = template.removeprefix("CC2_").removesuffix(".xml").removesuffix("_basic")
        ways = {"match_correct": Way.MATCH, "match": Way.MATCH, "map_response": Way.MAPPED}
        return Scoring(way=ways.get(name, Way.OWN))
    rules = [shape for child in processing for shape in _scoring(_shape(child, response))]
    for read in (_match, _mapped, _places, _equal, _words):
        found = read(rules)
        if found:
            return found
    return Scoring(way=Way.OWN)


_R: Shape = ("variable", "RESPONSE")
_CORRECT: Shape = ("correct", "RESPONSE")
_MAP: Shape = ("mapResponse", "RESPONSE")
_SCORE: Shape = ("variable", "SCORE")


def _shape(element: Element, response: str) -> Shape:
    """The response's own name becomes RESPONSE; of other attributes those stay that change the meaning."""
    below = tuple(_shape(child, response) for child in element)
    if element.tag == "baseValue":
        return ("value", (element.text or "").strip())
    name = element.get("identifier", "")
    named: Shape = ("RESPONSE" if name == response else name,) if element.tag in _NAMED else ()
    kept: Shape = tuple(element.get(key, "") for key in _KEPT.get(element.tag, ()))
    return ("set" if element.tag == "setOutcomeValue" else element.tag, *named, *kept, *below)


_NAMED = ("variable", "correct", "mapResponse", "setOutcomeValue")
_KEPT = {
    "equal": ("toleranceMode", "tolerance", "includeLowerBound", "includeUpperBound"),
    "stringMatch": ("caseSensitive",),
    "index": ("n",),
}


def _scoring(rule: Shape) -> Iterator[Shape]:
    """The rule without what sets other outcomes; nothing when it sets nothing else."""
    if rule[0] == "set":
        if rule[1] == "SCORE":
            yield rule
    elif rule[0] == "responseCondition":
        branches = []
        for branch in rule[1:]:
            assert isinstance(branch, tuple)
            test = branch[1:2] if branch[0] != "responseElse" else ()
            then = [one for rest in branch[1 + len(test) :] for one in _scoring(rest)]
            branches.append((branch[0], *test, *then))
        if any(len(branch) > (1 if branch[0] == "responseElse" else 2) for branch in branches):
            yield ("responseCondition", *branches)
    else:
        yield rule  # exitResponse and the like: not understood


def _alone(rules: Sequence[Shape]) -> tuple[Shape, float] | None:
    """`if test then SCORE = points`, and perhaps `else SCORE = 0`, as the only rule."""
    if len(rules) != 1 or rules[0][0] != "responseCondition":
        return None
    return _when(rules[0][1:])


def _when(branches: Sequence[object]) -> tuple[Shape, float] | None:
    first = branches[0]
    if not isinstance(first, tuple) or first[0] != "responseIf" or len(first) != 3:
        return None
    points = _constant(first[2])
    if points is None or len(branches) > 2 or (len(branches) == 2 and not _is_else_zero(branches[1])):
        return None
    return first[1], points


def _is_else_zero(branch: object) -> bool:
    return isinstance(branch, tuple) and branch[0] == "responseElse" and all(_constant(one) == 0 for one in branch[1:])


def _constant(rule: object) -> float | None:
    """The number that a rule sets SCORE to, or adds to it."""
    if not isinstance(rule, tuple) or rule[:2] != ("set", "SCORE") or len(rule) != 3:
        return None
    value = rule[2]
    if value[0] == "sum" and len(value) == 3 and value[1] == _SCORE:
        value = value[2]
    return number(value[1], 0) if value[0] == "value" else None


def _match(rules: Sequence[Shape]) -> Scoring | None:
    when = _alone(rules)
    good = when and when[0][0] == "match" and set(when[0][1:]) == {_R, _CORRECT}
    return Scoring(way=Way.MATCH, points=when[1]) if when and good else None


def _mapped(rules: Sequence[Shape]) -> Scoring | None:
    """`SCORE = mapResponse`, perhaps only when there is a response, perhaps divided by a number."""
    if len(rules) != 1:
        return None
    rule = rules[0]
    if rule[0] == "responseCondition":
        rule = _guarded(rule[1:]) or rule
    if rule[:2] != ("set", "SCORE") or len(rule) != 3:
        return None
    value, points = rule[2], 1.0
    assert isinstance(value, tuple)
    if value[0] == "divide" and len(value) == 3 and value[2][0] == "value":
        points, value = 1 / (number(value[2][1], 1) or 1), value[1]
    return Scoring(way=Way.MAPPED, points=points) if value == _MAP else None


def _guarded(branches: Sequence[object]) -> Shape | None:
    """The rule that is followed when the response is not null."""
    shapes = [branch for branch in branches if isinstance(branch, tuple)]
    null, some = ("isNull", _R), ("not", ("isNull", _R))
    if shapes[0][0] == "responseIf" and shapes[0][1] == some and len(shapes[0]) == 3:
        return _tuple(shapes[0][2])
    last = shapes[-1]
    if shapes[0][0] == "responseIf" and shapes[0][1] == null and last[0] == "responseElse" and len(last) == 2:
        return _tuple(last[1])
    return None


def _tuple(shape: object) -> Shape:
    assert isinstance(shape, tuple)
    return shape


def _places(rules: Sequence[Shape]) -> Scoring | None:
    """For each place `if match(index n of the response, value) then SCORE = SCORE + 1`; divided at the end."""
    *each, last = rules or [()]
    count = len(each)
    if count < 2 or last != ("set", "SCORE", ("divide", _SCORE, ("value", str(count)))):
        return None
    for place, rule in enumerate(each, 1):
        when = _alone([rule])
        test = when[0] if when else ()
        if not test or test[0] != "match" or test[1] != ("index", str(place), _R):
            return None
    return Scoring(way=Way.PLACES)


def _equal(rules: Sequence[Shape]) -> Scoring | None:
    when = _alone(rules)
    if not when or when[0][0] != "equal" or set(when[0][5:]) != {_R, _CORRECT} or "false" in when[0][3:5]:
        return None
    mode, widths = str(when[0][1]), str(when[0][2]).split()
    if mode == "exact":
        return Scoring(way=Way.EQUAL, points=when[1])
    if mode not in ("absolute", "relative") or not widths or number(widths[0], -1) != number(widths[-1], -1):
        return None
    return Scoring(way=Way.EQUAL, points=when[1], tolerance=widths[0] + ("%" if mode == "relative" else ""))


def _words(rules: Sequence[Shape]) -> Scoring | None:
    """`stringMatch` with the right response, or with one of several texts, alone or in an `or`."""
    when = _alone(rules)
    if not when:
        return None
    tests = when[0][1:] if when[0][0] == "or" else (when[0],)
    shapes = [one for one in tests if isinstance(one, tuple)]
    if not all(one[0] == "stringMatch" and len(one) == 4 and one[2] == _R for one in shapes):
        return None
    answers = tuple(str(one[3][1]) for one in shapes if one[3][0] == "value")
    loose = all(one[1] == "false" for one in shapes)
    return Scoring(way=Way.MATCH, points=when[1], answers=answers, loose=loose)


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """What each value of a response gives."""

    entries: dict[str, float]
    default: float
    lower: float | None
    upper: float | None
    loose: bool  # without regard to upper and lower case?

    @property
    def best(self) -> float:
        """Of what all good values give together."""
        return self._bounded(sum(value for value in self.entries.values() if value > 0))

    @property
    def most(self) -> float:
        """Of what one value gives."""
        return self._bounded(max(self.entries.values(), default=0))

    def _bounded(self, value: float) -> float:
        return value if self.upper is None else min(value, self.upper)


def read_mapping(declaration: Element) -> Mapping | None:
    mapping = declaration.find("mapping")
    if mapping is None:
        return None
    entries = list(children(mapping, "mapEntry"))
    return Mapping(
        entries={" ".join(one.get("mapKey", "").split()): number(one.get("mappedValue"), 0) for one in entries},
        default=number(mapping.get("defaultValue"), 0),
        lower=number(mapping.get("lowerBound"), 0) if mapping.get("lowerBound") else None,
        upper=number(mapping.get("upperBound"), 0) if mapping.get("upperBound") else None,
        loose=all(one.get("caseSensitive") == "false" for one in entries),
    )
