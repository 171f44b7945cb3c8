"""What every way of signing in ends with."""

import msgspec


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom an issuer vouches for. `issuer` and `subject` together say who it is, never the e-mail address."""

    issuer: str
    subject: str
    name: str
    email: str
    organization: str | None = None  # None: staff
