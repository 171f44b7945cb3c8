"""The development sign-in: believes what it is told, so it serves this machine only."""

import re
from collections.abc import Mapping

from grader.errors import GraderError
from grader.identity.person import Person

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_LONGEST_NAME = 80


class SignInError(GraderError):
    """What is wrong with the form, by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


def person(form: Mapping[str, str]) -> Person:
    """Somebody as the form says. Raises SignInError."""
    name, email, organization = (" ".join(form.get(field, "").split()) for field in ("name", "email", "organization"))
    wrong: dict[str, str] = {}
    if not name:
        wrong["name"] = "Enter your name as it shall stand on the certificate."
    elif len(name) > _LONGEST_NAME or not name.isprintable():
        wrong["name"] = f"A name has up to {_LONGEST_NAME} printable characters."
    if not _EMAIL.match(email):
        wrong["email"] = "Enter an e-mail address, such as alice@example.org."
    if len(organization) > _LONGEST_NAME:
        wrong["organization"] = f"An organization has up to {_LONGEST_NAME} characters."
    if wrong:
        raise SignInError(wrong)
    return Person(
        issuer="development",
        subject=email.casefold(),
        name=name,
        email=email,
        organization=organization or None,
    )
