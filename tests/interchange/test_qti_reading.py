"""QTI that others write: how its forms read, and what is told of those that do not fit."""

import pytest

from grader.catalog.written import question_source
from grader.interchange.paper import Paper
from grader.interchange.qti import read_qti
from grader.interchange.report import Report
from tests.interchange.nothing import NOTHING
from tests.interchange.qti_items import CHOICE, ENTRY, MAP, SEVERAL, item, mapping, right, rules


def read(data: bytes) -> tuple[list[Paper], list[str]]:
    report = Report("q.xml")
    papers = read_qti(data, "q.xml", NOTHING, report)
    return papers, [str(one).removeprefix("q.xml:1: q: ") for one in report.remarks]


INLINE = '<feedbackInline outcomeIdentifier="F" identifier="B" showHide="show">No.</feedbackInline>'
MODAL = '<modalFeedback outcomeIdentifier="F" identifier="{}" showHide="show">{}</modalFeedback>'
VARIABLE, CORRECT = '<variable identifier="R"/>', '<correct identifier="R"/>'
EQUAL = f'<equal toleranceMode="{{}}" tolerance="{{}}">{VARIABLE}{CORRECT}</equal>'
TEXT = right("Cat", base="string")

READ = {
    "one right": (item(CHOICE, right("A")), "### Q? {#q}\n\n- [x] a\n- [ ] b"),
    "the text in the body": (
        item(f"<p>Look:</p><pre><code>x = 1</code></pre>{CHOICE}", right("A")),
        "### Q? {#q}\n\nLook:\n\n```\nx = 1\n```\n\n- [x] a\n- [ ] b",
    ),
    "no prompt": (
        item(f"<div><p>Which?</p><p>Choose.</p>{CHOICE.replace('<prompt>Q?</prompt>', '')}</div>", right("B")),
        "### Which? {#q}\n\nChoose.\n\n- [ ] a\n- [x] b",
    ),
    "bare text": (
        item(f"<div>Which?{CHOICE.replace('<prompt>Q?</prompt>', '')}</div>", right("B")),
        "### Which? {#q}\n\n- [ ] a\n- [x] b",
    ),
    "true or false": (
        item(CHOICE.replace(">a<", ">True<").replace(">b<", ">False<"), right("B")),
        "### Q? {#q}\n\n- [ ] True\n- [x] False",
    ),
    "several right": (
        item(SEVERAL, right("A", "B", cardinality="multiple")),
        "### Q? {#q}\n\n- [x] a\n- [x] b\n- [ ] c",
    ),
    "several, a share each": (
        item(
            SEVERAL,
            right(
                "A", "B", cardinality="multiple", mapping=mapping({"A": 1, "B": 1}, 'defaultValue="-1" lowerBound="0"')
            ),
            MAP,
        ),
        "### Q? {#q points=2 credit=partial}\n\n- [x] a\n- [x] b\n- [ ] c",
    ),
    "an order": (
        item(CHOICE.replace("choiceInteraction", "orderInteraction"), right("B", "A", cardinality="ordered")),
        "### Q? {#q}\n\n1. b\n2. a",
    ),
    "pairs": (
        item(
            '<matchInteraction responseIdentifier="R" shuffle="false" maxAssociations="2">'
            "<prompt>Q?</prompt><simpleMatchSet>"
            '<simpleAssociableChoice identifier="L1" matchMax="1">one</simpleAssociableChoice>'
            '<simpleAssociableChoice identifier="L2" matchMax="1">two</simpleAssociableChoice>'
            "</simpleMatchSet><simpleMatchSet>"
            '<simpleAssociableChoice identifier="R1" matchMax="1">eins | uno</simpleAssociableChoice>'
            '<simpleAssociableChoice identifier="R2" matchMax="1">zwei</simpleAssociableChoice></simpleMatchSet>'
            "</matchInteraction>",
            right("L1 R1", "L2  R2", cardinality="multiple", base="directedPair"),
        ),
        "### Q? {#q}\n\n|   |   |\n| --- | --- |\n| one | eins \\| uno |\n| two | zwei |",
    ),
    "a number": (item(ENTRY, right("42", base="integer")), "### It is [[= 42]], they say. {#q}"),
    "a number about": (
        item(ENTRY, right("42", base="float"), rules(EQUAL.format("absolute", "0.5 0.5"))),
        "### It is [[= 42 ± 0.5]], they say. {#q}",
    ),
    "a number by percent": (
        item(ENTRY, right("42", base="float"), rules(EQUAL.format("relative", "5"))),
        "### It is [[= 42 ± 5%]], they say. {#q}",
    ),
    "words": (
        item(
            ENTRY,
            right("cat", base="string", mapping=mapping({"cat": 1, "dog": 1}, entry='caseSensitive="false"')),
            MAP,
        ),
        "### It is [[cat|dog]], they say. {#q}",
    ),
    "words by a rule": (
        item(ENTRY, TEXT, rules(f'<stringMatch caseSensitive="false">{VARIABLE}{CORRECT}</stringMatch>')),
        "### It is [[Cat]], they say. {#q}",
    ),
    "words in a rule": (
        item(
            ENTRY,
            TEXT,
            rules(
                "<or>"
                + "".join(
                    f'<stringMatch caseSensitive="false">{VARIABLE}'
                    f'<baseValue baseType="string">{one}</baseValue></stringMatch>'
                    for one in ("Cat", "Tom")
                )
                + "</or>"
            ),
        ),
        "### It is [[Cat|Tom]], they say. {#q}",
    ),
    "chosen in the text": (
        item(
            '<p>It is <inlineChoiceInteraction responseIdentifier="R" shuffle="true"><inlineChoice identifier="A">hot'
            '</inlineChoice><inlineChoice identifier="B">cold</inlineChoice></inlineChoiceInteraction> there.</p>',
            right("A"),
        ),
        "### It is … there. {#q}\n\n- [x] hot\n- [ ] cold",
    ),
    "five points": (
        item(
            CHOICE,
            right("A"),
            rules(f"<match>{CORRECT}{VARIABLE}</match>", '<baseValue baseType="integer">5</baseValue>'),
        ),
        "### Q? {#q points=5}\n\n- [x] a\n- [ ] b",
    ),
    "a guarded map": (
        item(
            CHOICE,
            right("A", mapping=mapping({"A": 1})),
            "<responseProcessing><responseCondition>"
            f'<responseIf><isNull>{VARIABLE}</isNull><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0'
            '</baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier="SCORE">'
            '<mapResponse identifier="R"/></setOutcomeValue></responseElse></responseCondition></responseProcessing>',
        ),
        "### Q? {#q}\n\n- [x] a\n- [ ] b",
    ),
    "feedback in a choice": (
        item(
            CHOICE.replace(">b<", f">b{INLINE}<"),
            right("A"),
        ),
        "### Q? {#q}\n\n- [x] a\n- [ ] b\n    > No.",
    ),
    "modal feedback": (
        item(
            CHOICE,
            right("A"),
            more=MODAL.format("B", "<p>No: <em>a</em>.</p>"),
        ),
        "### Q? {#q}\n\n- [x] a\n- [ ] b\n    > No: *a*.",
    ),
    "a text for the candidate": (
        item(f'<rubricBlock view="candidate"><p>Take care.</p></rubricBlock>{CHOICE}', right("A")),
        "### Q? {#q}\n\nTake care.\n\n- [x] a\n- [ ] b",
    ),
    "a name of its own": (item(CHOICE, right("A"), attributes='label="größe"'), "### Q? {#größe}\n\n- [x] a\n- [ ] b"),
    "QTI 2.2": (item(CHOICE, right("A")).replace(b"imsqti_v2p1", b"imsqti_v2p2"), "### Q? {#q}\n\n- [x] a\n- [ ] b"),
}


@pytest.mark.parametrize(("data", "wanted"), READ.values(), ids=READ.keys())
def test_forms_of_qti(data: bytes, wanted: str) -> None:
    """Each reads as Markdown of ours, without any loss."""
    [paper], remarks = read(data)
    assert question_source(paper.questions[0]) == wanted
    assert remarks == []


LEFT_OUT = {
    "essay": (
        item('<extendedTextInteraction responseIdentifier="R"/>', right(base="string")),
        "An essay (extendedTextInteraction) is graded by a person, and no question type is.",
    ),
    "hot spot": (
        item('<hotspotInteraction responseIdentifier="R" maxChoices="1"/>', right("A")),
        "No question type asks like this: hotspotInteraction.",
    ),
    "gaps": (
        item('<gapMatchInteraction responseIdentifier="R" shuffle="false"/>', right("A B", base="directedPair")),
        "No question type asks like this: gapMatchInteraction.",
    ),
    "two": (item(ENTRY + CHOICE, right("A")), "It has 2 interactions; a question asks one thing."),
    "none": (item("<p>Hello.</p>", right("A")), "It has no interaction; a question asks one thing."),
    "template": (
        item(CHOICE, right("A") + '<templateDeclaration identifier="T" cardinality="single" baseType="integer"/>'),
        "Its values are made anew for each person (templateDeclaration).",
    ),
    "adaptive": (
        item(CHOICE, right("A")).replace(b'adaptive="false"', b'adaptive="true"'),
        "It is adaptive: answered in several steps.",
    ),
    "undeclared": (item(CHOICE, ""), "Its response 'R' is not declared."),
    "no key": (item(CHOICE, right()), "No response is declared to be right."),
    "no points": (item(CHOICE, right(mapping=mapping({"A": 0})), MAP), "No choice gives points."),
    "part of an order": (
        item(CHOICE.replace("choiceInteraction", "orderInteraction"), right("B", cardinality="ordered")),
        "The right order does not name every choice once.",
    ),
    "the same choice twice": (
        item(CHOICE.replace(">b<", ">a<"), right("A")),
        "Two of its options, or two sides of its pairs, are the same.",
    ),
}


@pytest.mark.parametrize(("data", "message"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out(data: bytes, message: str) -> None:
    """The report names the question and the reason."""
    papers, remarks = read(data)
    assert papers == []
    assert f"left out: {message}" in remarks


TOLD = {
    "its own scoring": (
        item(CHOICE, right("A"), rules(f"<not><match>{VARIABLE}{CORRECT}</match></not>")),
        "changed: It is scored in a way of its own (responseProcessing); here the right response gives the points.",
    ),
    "part of the points": (
        item(CHOICE, right("A", mapping=mapping({"A": 2, "B": 1})), MAP),
        "lost: The choice B gives 1 of 2; here it is plainly wrong.",
    ),
    "unequal shares": (
        item(
            SEVERAL,
            right(
                "A", "B", cardinality="multiple", mapping=mapping({"A": 2, "B": 1}, 'defaultValue="0" lowerBound="0"')
            ),
            MAP,
        ),
        (
            "changed: Right choices give 2, 1, wrong ones 0; here all right ones give the same, and each wrong one "
            "takes as much away."
        ),
    ),
    "capitals": (item(ENTRY, TEXT), "changed: Upper and lower case counted; here they do not."),
    "other numbers": (
        item(ENTRY, right("4", base="float", mapping=mapping({"4": 1, "5": 1})), MAP),
        "lost: Other numbers that are right as well: 5.",
    ),
    "an answer with a bar": (
        item(ENTRY, right("x", base="string", mapping=mapping({"x": 1, "a|b": 1}, entry='caseSensitive="false"')), MAP),
        "lost: The answer 'a|b' holds a mark (`|`, `[`, `]`) that no answer can hold here.",
    ),
    "a fixed place": (
        item(CHOICE.replace('identifier="B"', 'identifier="B" fixed="true"'), right("A")),
        "changed: Some choices keep their place while others are shuffled; here all of them are shuffled.",
    ),
    "a formula": (
        item(f'<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>{CHOICE}', right("A")),
        "lost: A formula (MathML) is written as its bare text.",
    ),
    "a sound": (
        item(f'<p><object data="a.mp3" type="audio/mpeg"/></p>{CHOICE}', right("A")),
        "lost: An embedded object (a.mp3) has no place in a question.",
    ),
    "a picture that is missing": (
        item(f'<p><img src="a.png" alt="A"/></p>{CHOICE}', right("A")),
        "lost: The picture a.png is not there, or is no picture.",
    ),
    "a picture elsewhere": (
        item(f'<p><img src="../../etc/passwd" alt="A"/></p>{CHOICE}', right("A")),
        "lost: The picture ../../etc/passwd is not there, or is no picture.",
    ),
    "general feedback": (
        item(
            CHOICE,
            right("A"),
            more=MODAL.format("right", "Yes."),
        ),
        "changed: The feedback 'right' is part of the explanation, whatever the response is.",
    ),
    "a text for scorers": (
        item(f'<rubricBlock view="scorer"><p>Be strict.</p></rubricBlock>{CHOICE}', right("A")),
        "lost: A text for scorer only.",
    ),
    "a style sheet": (
        item(CHOICE, right("A") + '<stylesheet href="a.css" type="text/css"/>'),
        "lost: The style sheet a.css.",
    ),
    "an included file": (
        item(f'<include xmlns="http://www.w3.org/2001/XInclude" href="x.xml"/>{CHOICE}', right("A")),
        "lost: What is included from another file (XInclude) is not read.",
    ),
    "a script": (
        item(f"<div><p>Q</p><script>alert(1)</script></div>{CHOICE}", right("A")),
        "lost: A script has no place in a question.",
    ),
    "a dangerous link": (
        item(f'<p><a href="javascript:alert(1)">click</a></p>{CHOICE}', right("A")),
        "lost: A link to `javascript:alert(1)` is no link of a page.",
    ),
    "too many points": (
        item(
            CHOICE,
            right("A"),
            rules(f"<match>{VARIABLE}{CORRECT}</match>", '<baseValue baseType="float">500</baseValue>'),
        ),
        "changed: Its points (500) are not possible; it has 1.",
    ),
}


@pytest.mark.parametrize(("data", "remark"), TOLD.values(), ids=TOLD.keys())
def test_what_is_lost_is_told(data: bytes, remark: str) -> None:
    """The question is carried over, and the report says what of it was not."""
    papers, remarks = read(data)
    assert len(papers) == 1
    assert remark in remarks


def test_two_that_give_all() -> None:
    """The declared one is right; another that gives as much is right as well."""
    [paper], remarks = read(item(CHOICE, right("B", mapping=mapping({"A": 2, "B": 2})), MAP))
    question = paper.questions[0]
    assert [one.text for one in question.question.options if one.id in question.right] == ["b"]
    assert [one.text for one in question.question.options if one.id in question.always] == ["a"]
    assert (question.question.points, remarks) == (2, [])


def test_an_item_without_shuffling() -> None:
    """When no item shuffles its choices, the quiz does not."""
    [paper], _ = read(item(CHOICE.replace('shuffle="true"', 'shuffle="false"'), right("A")))
    assert paper.rules.shuffle is False
