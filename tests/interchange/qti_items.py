"""Items of QTI, put together from parts."""

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response.xml"/>'
AB = '<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice>'
INSIDE = f"<prompt>Q?</prompt>{AB}"
CHOICE = f'<choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="1">{INSIDE}</choiceInteraction>'
C = '<simpleChoice identifier="C">c</simpleChoice>'
SEVERAL = CHOICE.replace('maxChoices="1"', 'maxChoices="0"').replace("</choice", f"{C}</choice")
ENTRY = '<p>It is <textEntryInteraction responseIdentifier="R" expectedLength="5"/>, they say.</p>'


def right(*values: str, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    listed = "".join(f"<value>{value}</value>" for value in values)
    correct = f"<correctResponse>{listed}</correctResponse>" if values else ""
    start = f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
    return f"{start}{correct}{mapping}</responseDeclaration>"


def mapping(entries: dict[str, float], attributes: str = 'defaultValue="0"', entry: str = "") -> str:
    inside = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}" {entry}/>' for key, value in entries.items())
    return f"<mapping {attributes}>{inside}</mapping>"


def rules(test: str, value: str = '<baseValue baseType="float">1</baseValue>') -> str:
    then = f'<setOutcomeValue identifier="SCORE">{value}</setOutcomeValue>'
    inside = f"<responseCondition><responseIf>{test}{then}</responseIf></responseCondition>" if test else then
    return f"<responseProcessing>{inside}</responseProcessing>"


def item(body: str, declared: str, processing: str = MATCH, more: str = "", attributes: str = "") -> bytes:
    given = f'identifier="q" title="q" adaptive="false" timeDependent="false" {attributes}'
    return (
        f'<assessmentItem xmlns="{NAMESPACE}" {given}>\n'
        f'{declared}<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\n'
        f"<itemBody>{body}</itemBody>\n{processing}{more}</assessmentItem>"
    ).encode()
