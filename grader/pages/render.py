"""The verification page, the sign-in page and plain messages, as HTML."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from grader.certificates import wording
from grader.certificates.model import Certificate, status

if TYPE_CHECKING:
    from jinja2 import Environment

CSS = files("grader.pages").joinpath("pages.css").read_text("utf-8")
"""To be served at /pages/pages.css."""


def verify_page(certificate: Certificate | None, *, number: str, now: datetime, code_ok: bool, code_wrong: bool) -> str:
    """What anybody may know of a certificate; only with the right code (`code_ok`) whose it is.

    None: there is no such number; to be answered with 404.
    """
    if certificate is None:
        return environment().get_template("verify_unknown.html").render(number=number)
    return (
        environment()
        .get_template("verify.html")
        .render(
            certificate=certificate,
            status=status(certificate, now),
            level=wording.level(certificate),
            validity=wording.validity(certificate),
            code_ok=code_ok,
            code_wrong=code_wrong,
        )
    )


def sign_in_page(
    *, next_url: str, name: str = "", email: str = "", organization: str = "", errors: dict[str, str]
) -> str:
    """The development sign-in. `errors` are messages by the name of the field."""
    values = {"name": name, "email": email, "organization": organization}
    return environment().get_template("sign_in.html").render(next_url=next_url, values=values, errors=errors)


def message_page(*, title: str, text: str, link: str, link_text: str) -> str:
    page = environment().get_template("message.html")
    return page.render(title=title, text=text, link=link, link_text=link_text)


@cache
def environment() -> "Environment":
    """Blocks leave no blank lines; a name that a template does not get is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - the first page waits for it

    loader = PackageLoader("grader.pages")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"long_date": wording.long_date}
    return made
