"""Names of QTI: identifiers are of ASCII letters, digits, `_`, `-` and `.`, and begin with a letter or `_`."""

import hashlib
import re
from collections.abc import Sequence

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
SCHEMAS = "http://www.w3.org/2001/XMLSchema-instance"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
QTI = {"xmlns": ITEM, "xmlns:xsi": SCHEMAS, "xsi:schemaLocation": f"{ITEM} {ITEM}.xsd"}

_GOOD = re.compile(r"^[A-Za-z_][A-Za-z0-9_.-]*$")
_BAD = re.compile(r"[^A-Za-z0-9_.-]+")


def is_identifier(name: str) -> bool:
    return _GOOD.match(name) is not None


def identifier(name: str, prefix: str = "q") -> str:
    """The name where it can be one; otherwise one made of it that no other name has."""
    if is_identifier(name):
        return name
    digest = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
    return f"{prefix}-{_BAD.sub('-', name).strip('-.')}-{digest}".replace("--", "-")


def identifiers(names: Sequence[tuple[str, str]]) -> list[str]:
    """One for each pair of quiz and question: the question's name, where no other quiz has it as well."""
    plain = [identifier(name) for _, name in names]
    return [
        one if plain.count(one) == 1 else identifier(f"{quiz.replace('/', '.')}.{name}")
        for one, (quiz, name) in zip(plain, names, strict=True)
    ]
