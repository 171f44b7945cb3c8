"""A delivery engine for QTI 2.1 that others wrote: pyslet, by an editor of the specification.

It reads items strictly (an element or a value where none may stand is refused) and runs their response processing.
It knows a draft of 2.1: `caseSensitive` of a mapEntry is passed over.
"""

import io
import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyslet.imscpv1p2 import ContentPackage
    from pyslet.qtiv2 import expressions, interactions, variables
    from pyslet.qtiv2 import xml as qti

TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
RULES = {
    "match_correct": """<responseCondition>
        <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
        <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>
        <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
        </responseElse></responseCondition>""",
    "map_response": """<responseCondition>
        <responseIf><isNull><variable identifier="RESPONSE"/></isNull>
        <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseIf>
        <responseElse><setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>
        </responseElse></responseCondition>""",
}
"""The two templates as the specification publishes them: pyslet does not bring them along."""


class Item:
    """One item, as pyslet reads it."""

    def __init__(self, xml: bytes) -> None:
        text = xml.decode()
        for name, rules in RULES.items():
            whole = f'<responseProcessing template="{TEMPLATES}/{name}" />'
            text = text.replace(whole, f"<responseProcessing>{rules}</responseProcessing>")
        self.root = read(text.encode())
        for equal in self.root.find_children_depth_first(expressions.Equal):
            equal.tolerance = str(equal.tolerance).split()  # a list in the specification, which pyslet keeps as text
        self.interaction = next(self.root.find_children_depth_first(interactions.Interaction))

    def texts(self, kind: str) -> dict[str, str]:
        """The text of each element of this kind, by its identifier."""
        found = self.root.find_children_depth_first(getattr(interactions, kind))
        return {one.identifier: " ".join(_text(one).split()) for one in found}

    def correct(self) -> object:
        return self._session()["RESPONSE.CORRECT"].value

    def outcome(self, response: str | Sequence[str] | None) -> dict[str, object]:
        """What response processing makes of a response: SCORE and the other outcomes."""
        session = self._session()
        if response is not None:
            session.map["RESPONSE"].set_value(response)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session.end_attempt()
        names = [one.identifier for one in self.root.OutcomeDeclaration]
        return {name: session[name].value for name in names}

    def score(self, response: str | Sequence[str] | None) -> float:
        value = self.outcome(response)["SCORE"]
        assert isinstance(value, float)
        return value

    def _session(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session = variables.ItemSessionState(self.root)
            session.begin_session()
        return session


def read(xml: bytes) -> Any:
    """The root element of a document. What QTI does not allow raises."""
    complaints = _Complaints()
    logging.getLogger().addHandler(complaints)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = qti.QTIDocument()
            document.read(src=io.BytesIO(xml))
    finally:
        logging.getLogger().removeHandler(complaints)
    if complaints.said:
        raise ValueError("; ".join(complaints.said))
    return document.root


class _Complaints(logging.Handler):
    """What pyslet logs about attributes. That of a tolerance is its own defect: it takes the list for one value."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "tolerance" not in record.getMessage():
            self.said.append(record.getMessage())


def open_package(path: Path) -> Sequence[Any]:
    """The resources of its manifest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(ContentPackage(str(path)).manifest.root.Resources.Resource)


def _text(element: Any) -> str:
    return "".join(one if isinstance(one, str) else _text(one) for one in element.get_children())
