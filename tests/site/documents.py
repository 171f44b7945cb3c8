"""Random pages, each written under two keys: what is right, feedback and explanations differ, and nothing else."""

from typing import NamedTuple

from hypothesis import strategies as st

NOISE = (
    *("", " ", "text", "text `code", "``", "    indented", "\tindented", "- item", "1. item", "> quote", "    > quote"),
    *("# Title", "## Stray", "##Stray", "## Quiz", " ## Quiz", "## Quizzes", "Quiz", "Stray", "---", "===", "#", "##"),
    *("### Another {type=multi}", "### {type=single}", "#### Deeper", "###### Deepest"),
    *("```", "````", "~~~", "```python", "```c++, odd", "    ```", "> ```", "- ```", "- [ ] ```"),
    *("<!--", "-->", "<!-- note -->", "<!", "--", "<div>", "</div>", "<div markdown>", "<pre>", "<details>", "<?"),
    *("- [ ] open", "    - [ ] open", "- - [ ] open", "[ ] open", "1. [ ] open", "- [", "- [o] odd", "[[word]]", "[["),
    *("| a | b |", "| - | - |", "|", "[^1]: note", "text[^1]", "*[a]: b", "[a]: b", "{: .x }", "{#x}", "\\", "\x0c"),
    *("!!! note", '!!! question "Asked? {type=single}"', '=== "Tab"', "Term", ":   Definition", "* * *", "\u2028"),
)


class Keyed(NamedTuple):
    """A line under each of the two keys; None where one of them has no such line."""

    one: str | None
    other: str | None


def _same(line: str) -> Keyed:
    return Keyed(line, line)


@st.composite
def _question(draw: st.DrawFn, number: int, *, secrets: bool) -> list[Keyed]:
    practice = draw(st.booleans())
    several = draw(st.booleans())
    count = draw(st.integers(2, 4))
    attributes = f"{{#q{number} type={'multi' if several else 'single'}}}"
    edge = "    " if practice else ""
    right = [draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1)) for _ in "ab"]
    if not several:
        right = [{min(one)} for one in right]
    lines = [
        _same(f'!!! question "Q {number} {attributes}"' if practice else f"### Q {number} {attributes}"),
        _same(""),
    ]
    bullet = draw(st.sampled_from(["- ", "* ", "+ ", "-   ", " - "]))
    for n in range(count):
        marks = [draw(st.sampled_from("xX")) if n in one else " " for one in right]
        texts = [f"{edge}{bullet}[{mark}] option {number} {n}" for mark in marks]
        lines.append(Keyed(*texts))
        if draw(st.booleans()):
            lines.append(_same(f"{edge}      more"))
        lines += _quote(draw, f"{edge}{draw(st.sampled_from(['    ', '  ', '      ']))}> ", secrets=secrets)
    lines.append(_same(draw(st.sampled_from(["", edge]))))
    return [*lines, *_quote(draw, f"{edge}> ", secrets=secrets), _same("")]


def _quote(draw: st.DrawFn, mark: str, *, secrets: bool) -> list[Keyed]:
    if not secrets:
        return [_same(f"{mark}said")] if draw(st.booleans()) else []
    given = [f"{mark}SECRET-{key}" if draw(st.booleans()) else None for key in ("one", "other")]
    return [Keyed(*given)] if any(given) else []


@st.composite
def documents(draw: st.DrawFn, *, secrets: bool = True, noise: int = 4) -> tuple[str, str]:
    """The same page under two keys. Without `secrets`, they differ in what is ticked only."""
    lines: list[Keyed] = [_same("# Page"), _same("")]
    begin = draw(st.integers(0, 2))
    for number in range(draw(st.integers(1, 3))):
        if number == begin:
            lines += [_same("## Quiz"), _same("")]
        lines += draw(_question(number, secrets=secrets))
    for _ in range(draw(st.integers(0, noise))):
        lines.insert(draw(st.integers(0, len(lines))), _same(draw(st.sampled_from(NOISE))))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return (
        end.join(line.one for line in lines if line.one is not None),
        end.join(line.other for line in lines if line.other is not None),
    )
