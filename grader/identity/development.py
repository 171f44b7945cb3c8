"""The development sign-in: believes what it is told, so it serves this machine only."""

import re
import unicodedata
from collections.abc import Mapping

from grader.errors import GraderError
from grader.identity.person import Person

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_NAME = 80
_LONGEST_EMAIL = 254  # RFC 5321
_JOINERS = str.maketrans("", "", "\u200c\u200d")  # Persian and Indic names need them, though they print nothing


class SignInError(GraderError):
    """What is wrong with the form, by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


def person(form: Mapping[str, str]) -> Person:
    """Somebody as the form says. Raises SignInError."""
    name, email, organization = (_folded(form.get(field, "")) for field in ("name", "email", "organization"))
    wrong: dict[str, str] = {}
    if not any(letter.isalnum() for letter in name):
        wrong["name"] = "Enter your name as it shall stand on the certificate."
    elif not _fits(name, _LONGEST_NAME):
        wrong["name"] = f"A name has up to {_LONGEST_NAME} printable characters."
    if not _fits(email, _LONGEST_EMAIL) or not _EMAIL.fullmatch(email):
        wrong["email"] = "Enter an e-mail address, such as alice@example.org."
    if not _fits(organization, _LONGEST_NAME):
        wrong["organization"] = f"An organization has up to {_LONGEST_NAME} printable characters."
    if wrong:
        raise SignInError(wrong)
    return Person(
        issuer="development",
        subject=email.casefold(),
        name=name,
        email=email,
        organization=organization or None,
    )


def _folded(text: str) -> str:
    """White space folded, and letters composed, so that what looks the same is the same."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _fits(text: str, longest: int) -> bool:
    return len(text) <= longest and text.translate(_JOINERS).isprintable()
