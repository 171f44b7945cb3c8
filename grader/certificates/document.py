"""The certificate as one self-contained HTML page, to be printed on A4 in landscape."""

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from grader.certificates import engraving, qr, wording
from grader.certificates.model import Certificate

if TYPE_CHECKING:
    from jinja2 import Template

COURSES_WIDTH = 260
"""So many letters of course titles fit on two lines."""


@cache
def template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - as for the QR code

    loader = PackageLoader("grader.certificates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters |= {"long_date": wording.long_date}
    environment.globals |= {
        "border": engraving.border(),
        "seal": engraving.seal(),
        "watermark": engraving.watermark(),
    }
    return environment.get_template("certificate.html")


def html(certificate: Certificate, *, verify_url: str) -> str:
    """The page. `verify_url`, with the verification code, is the QR code; in letters it stands without."""
    listed, rest = listed_courses(certificate.courses)
    return template().render(
        certificate=certificate,
        name_size=size(certificate.name, (20, 28, 58, 88)),
        title_size=size(certificate.track_title, (36, 60, 80, 120)),
        level=wording.level(certificate),
        validity=wording.validity(certificate),
        listed_courses=listed,
        rest_of_courses=rest,
        verify_url=verify_url,
        printed_url=verify_url.partition("?")[0],
        qr=qr.data_uri(verify_url),
    )


def size(text: str, limits: tuple[int, ...]) -> str:
    """The size class (xl to xs) in which a text fits: the first one whose limit its width does not pass."""
    classes = zip(("xl", "l", "m", "s"), limits, strict=True)
    return next((name for name, limit in classes if width(text) <= limit), "xs")


def width(text: str) -> float:
    """Roughly how many small Latin letters wide a text is."""
    return sum(letter_width(letter) for letter in text)


def letter_width(letter: str) -> float:
    if category(letter) in {"Mn", "Me", "Cf"}:  # marks and invisible characters
        return 0
    if east_asian_width(letter) in "WF":
        return 2
    return 1.4 if letter.isupper() else 1


def listed_courses(titles: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """The titles that fit on the page, and how many more there are."""
    used = 0.0
    for index, title in enumerate(titles):
        used += width(title) + 3
        if used > COURSES_WIDTH:
            return titles[:index], len(titles) - index
    return titles, 0
