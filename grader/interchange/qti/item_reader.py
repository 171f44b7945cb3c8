"""An assessmentItem -> a question."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

import msgspec

from grader.interchange.draft import BLANK, Head, headed, name_of
from grader.interchange.qti.interactions import Asked, LeftOutError, read_interaction, worth
from grader.interchange.qti.scoring import Scoring, Way, read_scoring
from grader.interchange.qti.texts import FEEDBACK, Pictures, Texts, said_in, without
from grader.interchange.qti.xml import Document
from grader.interchange.report import Report
from grader.questions.kind import Parsed, read_points


class Reference(NamedTuple):
    """What a test says of an item."""

    weight: float = 1.0
    topic: str | None = None


def read_item(document: Document, base: str, pictures: Pictures, report: Report, reference: Reference) -> Parsed | None:
    """None when it cannot be carried over, which is reported. `base` is the item's path in the package."""
    root = document.root
    name = name_of(root.get("label", "") or root.get("identifier", ""), root.get("title", ""))
    line = document.line(root)
    try:
        return _Reader(document, base, pictures, report, name).question(reference)
    except LeftOutError as error:
        report.left_out(str(error), line=line, question=name)
        return None


class _Reader:
    def __init__(self, document: Document, base: str, pictures: Pictures, report: Report, name: str) -> None:
        self.document = document
        self.root = document.root
        self.report = report
        self.name = name
        self.texts = Texts(base, pictures, said_in(report, document.line(self.root), name))

    def question(self, reference: Reference) -> Parsed:
        self.refuse()
        body, interaction = self.interaction()
        response = interaction.get("responseIdentifier", "")
        declaration = next(
            (one for one in self.root.findall("responseDeclaration") if one.get("identifier") == response), None
        )
        if declaration is None:
            raise LeftOutError(f"Its response {response!r} is not declared.")
        scoring = self.scoring(response)
        given = f"{worth(scoring, declaration) * reference.weight:.6g}"
        points = read_points(given)
        if points is None:
            self.changed(f"Its points ({given}) are not possible; it has 1.")
        feedback, explanation = self.feedback(interaction)
        head = self.head(body, interaction)
        head = msgspec.structs.replace(
            head, points=points or 1.0, topic=reference.topic, explanation="\n\n".join(explanation)
        )
        asked = Asked(
            interaction=interaction,
            declaration=declaration,
            scoring=scoring,
            head=head,
            feedback=feedback,
            texts=self.texts,
            changed=self.changed,
            lost=self.lost,
        )
        return read_interaction(asked)

    def refuse(self) -> None:
        if self.root.find("templateDeclaration") is not None or self.root.find("templateProcessing") is not None:
            raise LeftOutError("Its values are made anew for each person (templateDeclaration).")
        if self.root.get("adaptive") == "true":
            raise LeftOutError("It is adaptive: answered in several steps.")
        if self.root.find("itemBody") is None:
            raise LeftOutError("It has no itemBody.")
        for sheet in self.root.findall("stylesheet"):
            self.lost(f"The style sheet {sheet.get('href', '')}.")

    def interaction(self) -> tuple[Element, Element]:
        """The body, and its one interaction."""
        body = self.root.find("itemBody")
        assert body is not None
        found = [one for one in body.iter() if one.tag.endswith("Interaction")]
        if len(found) != 1:
            many = "no interaction" if not found else f"{len(found)} interactions"
            raise LeftOutError(f"It has {many}; a question asks one thing.")
        return body, found[0]

    def scoring(self, response: str) -> Scoring:
        """A way of its own becomes the plain one."""
        scoring = read_scoring(self.root, response)
        if scoring.way is not Way.OWN:
            return scoring
        self.changed("It is scored in a way of its own (responseProcessing); here the right response gives the points.")
        return Scoring(way=Way.MATCH)

    def head(self, body: Element, interaction: Element) -> Head:
        """A prompt is the heading; without one the text's first line is."""
        prompt = interaction.find("prompt")
        text, title = self.body(body, interaction), self.root.get("title", "") or f"Question {self.name}"
        if prompt is not None and "".join(prompt.itertext()).strip():
            heading, below, given = headed(self.texts.line(prompt), title)
            rest = "\n\n".join(filter(None, [text, below]))
        else:
            heading, rest, given = headed(text, title)
        if not given:
            self.changed(f"The text begins with no line that can be the heading; the heading is {heading!r}.")
        return Head(id=self.name, text=heading, body=rest, line=self.document.line(self.root))

    def body(self, body: Element, interaction: Element) -> str:
        """The text without the interaction; a blank where something is typed in, dots where it is chosen."""
        mark = {"textEntryInteraction": BLANK, "inlineChoiceInteraction": "…"}.get(interaction.tag, "")
        made, _ = without(body, (interaction.tag,), mark)
        made, rubrics = without(made, ("rubricBlock",))
        for rubric in rubrics:
            if "candidate" in rubric.get("view", "candidate").split():
                rubric.tag = "div"
                made.insert(0, rubric)
            else:
                self.lost(f"A text for {rubric.get('view')} only.")
        made, feedback = without(made, FEEDBACK)
        for one in feedback:
            self.lost(f"Feedback in the text: {' '.join(''.join(one.itertext()).split())!r}.")
        return self.texts.blocks(made)

    def feedback(self, interaction: Element) -> tuple[dict[str, str], list[str]]:
        """By choice; and what explains."""
        known = {one.get("identifier") for one in interaction.iter() if one.tag in _CHOICES}
        by_choice: dict[str, str] = {}
        explanation: list[str] = []
        for one in self.root.findall("modalFeedback"):
            text, name = self.texts.blocks(one), one.get("identifier", "")
            if name in known and one.get("showHide", "show") == "show":
                by_choice[name] = "\n\n".join(filter(None, [by_choice.get(name, ""), text]))
            elif text:
                explanation.append(text)
                if one.get("outcomeIdentifier") != name:
                    self.changed(f"The feedback {name!r} is part of the explanation, whatever the response is.")
        return by_choice, explanation

    def lost(self, message: str) -> None:
        self.texts.say(message)

    def changed(self, message: str) -> None:
        self.report.changed(message, line=self.document.line(self.root), question=self.name)


_CHOICES = ("simpleChoice", "inlineChoice", "simpleAssociableChoice")
