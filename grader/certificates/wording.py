"""How the facts of a certificate are worded, on paper and on the verification page."""

from datetime import datetime

from grader.certificates.model import Certificate

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Written here, because strftime's names follow the machine's locale."""


def long_date(moment: datetime) -> str:
    """As in "23 November 2026"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def level(certificate: Certificate) -> str:
    """As in "Foundation"."""
    return certificate.level.replace("_", " ").capitalize()


def validity(certificate: Certificate) -> str:
    """As in "Until 23 November 2028"; it follows the word "Valid"."""
    if certificate.expires_at is None:
        return "Until a new major version of the track"
    return f"Until {long_date(certificate.expires_at)}"
