"""The development sign-in: believes what it is told, so it serves this machine only."""

import re
from collections.abc import Mapping

from grader.errors import GraderError
from grader.identity.naming import LONGEST_NAME, fits, folded, says_something
from grader.identity.person import Person

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_EMAIL = 254  # RFC 5321


class SignInError(GraderError):
    """What is wrong with the form, by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


def person(form: Mapping[str, str]) -> Person:
    """Somebody as the form says. Raises SignInError."""
    name, email, organization = (folded(form.get(field, "")) for field in ("name", "email", "organization"))
    wrong: dict[str, str] = {}
    if not says_something(name):
        wrong["name"] = "Enter your name as it shall stand on the certificate."
    elif not fits(name, LONGEST_NAME):
        wrong["name"] = f"A name has up to {LONGEST_NAME} printable characters."
    if not fits(email, _LONGEST_EMAIL) or not _EMAIL.fullmatch(email):
        wrong["email"] = "Enter an e-mail address, such as alice@example.org."
    if not fits(organization, LONGEST_NAME):
        wrong["organization"] = f"An organization has up to {LONGEST_NAME} printable characters."
    if wrong:
        raise SignInError(wrong)
    return Person(
        issuer="development",
        subject=email.casefold(),
        name=name,
        email=email,
        organization=organization or None,
    )
