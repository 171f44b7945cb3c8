"""The rules of a quiz: read from front matter, carried through the redacted page, said in words."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from grader.catalog.model import QuizRules, Review

_DURATION = re.compile(r"^(\d+(?:\.\d+)?)\s*(s|min|m|h|d)?$")
LONGEST = 10 * 365 * 86400
"""Seconds; a longer duration is a slip of the pen."""

_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def read_share(value: object) -> float:
    """`80%`, `80 %` or `0.8` -> 0.8. Raises ValueError outside (0, 1]."""
    text = str(value).strip()
    share = round(float(text[:-1]) / 100, 6) if text.endswith("%") else float(text)
    if not 0 < share <= 1:
        raise ValueError("write a share above 0 and up to 100 %, such as 80%")
    return share


def read_duration(value: object) -> int:
    """`90s`, `20m`, `24h`, `3d`, or a bare `0`, in seconds. Raises ValueError."""
    match = _DURATION.match(str(value).strip())
    seconds = float(match[1]) * _UNITS[match[2] or "s"] if match else -1
    if not match or (match[2] is None and seconds) or seconds > LONGEST:
        raise ValueError("write a duration with its unit, such as 90s, 20m, 24h or 3d")
    return round(seconds)


def read_limit(value: object) -> int:
    """A duration that is no moment. Raises ValueError."""
    seconds = read_duration(value)
    if not seconds:
        raise ValueError("nobody could answer in no time: write 20m, or remove it")
    return seconds


def read_count(value: object) -> int:
    """A whole number from 1 to a million. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000:
        raise ValueError("write a whole number from 1")
    return value


def to_attributes(rules: QuizRules) -> str:
    """The rules that differ from the default, as attributes of the redacted heading."""
    default = QuizRules()
    pairs = {
        name: getattr(rules, name) for name in rules.__struct_fields__ if getattr(rules, name) != getattr(default, name)
    }
    return " ".join(f'{name}="{msgspec.json.encode(value).decode().strip(chr(34))}"' for name, value in pairs.items())


def from_attributes(attributes: Mapping[str, str]) -> QuizRules:
    """The reverse of `to_attributes`. What is no rule, or impossible, is passed over: it decides about words only."""
    given = {name: value for name, value in attributes.items() if name in QuizRules.__struct_fields__}
    try:
        plain = {name: msgspec.json.decode(value) for name, value in given.items() if name != "review"}
        return msgspec.convert(plain | {"review": given.get("review", Review.ON_PASS)}, QuizRules)
    except msgspec.MsgspecError:
        return QuizRules()


def in_words(rules: QuizRules, questions: int) -> tuple[str, ...]:
    """What a learner should know before the start."""
    said = [_questions(rules, questions), f"{100 * rules.passing_score:g} % to pass", _attempts(rules.attempts)]
    if any(rules.cooldown):
        said.append(_pauses(rules.cooldown))
    if rules.time_limit:
        said.append(f"Time limit: {duration(rules.time_limit)} from the start")
    return (*said, _review(rules))


def _questions(rules: QuizRules, questions: int) -> str:
    if rules.draw is None or rules.draw >= questions:
        return _counted(questions, "question")
    return f"{_counted(rules.draw, 'question')}, drawn from {questions} for each attempt"


def _attempts(attempts: int | None) -> str:
    return _counted(attempts, "attempt") if attempts else "As many attempts as you like"


def _pauses(cooldown: Sequence[int]) -> str:
    """(0, 3600) -> `Pause between attempts: none after the first one, 1 hour after later ones`."""
    if len(set(cooldown)) == 1:
        return f"Pause between attempts: {duration(cooldown[0])}"
    *former, last = (duration(seconds) for seconds in cooldown)
    said = [f"{words} after the {ordinal(number)} one" for number, words in enumerate(former, 1)]
    return f"Pause between attempts: {', '.join(said)}, {last} after later ones"


def _review(rules: QuizRules) -> str:
    if rules.review is Review.ALWAYS:
        return "Right answers are shown after each attempt"
    if rules.review is Review.NEVER:
        return "Right answers are not shown"
    return f"Right answers are shown when you have passed{', or have no attempt left' if rules.attempts else ''}"


def duration(seconds: int) -> str:
    """180 -> `3 minutes`: the largest unit that divides it."""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds and seconds % size == 0:
            return _counted(seconds // size, unit)
    return "none" if seconds == 0 else _counted(seconds, "second")


def ordinal(number: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth")
    return words[number - 1] if number <= len(words) else f"{number}th"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
