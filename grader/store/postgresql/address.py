"""The address of a PostgreSQL database, and what may be said of it: never the password."""

from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from grader.errors import SetupError

SCHEMES = ("postgresql", "postgres")

_IMPOSSIBLE = (
    "The address of the PostgreSQL database cannot be read: write postgresql://user:password@host:5432/name. "
    "Characters like @ / : # ? % in the password are written as %40 %2F %3A %23 %3F %25."
)


class Address(NamedTuple):
    """`url` holds the password: it is for the driver only. `name` is for messages."""

    url: str
    name: str

    def __repr__(self) -> str:
        return self.name


def parse(url: str) -> Address:
    """Raises SetupError, which repeats nothing of the address: any part of it may belong to a password."""
    try:
        parts = urlsplit(url)
        options = conninfo_to_dict(url)
        ports = str(options.get("port", "5432")).split(",")  # of several hosts
        fit = parts.netloc.count("@") <= 1 and not parts.fragment and all(port.isdigit() for port in ports)
    except (ValueError, psycopg.Error):
        fit = False
    if not fit:
        raise SetupError(_IMPOSSIBLE)
    user, host, port, name = (options.get(option) for option in ("user", "host", "port", "dbname"))
    place = "".join((f"{user}@" if user else "", str(host or ""), f":{port}" if port else ""))
    return Address(url=url, name=f"postgresql://{place}/{name or ''}")
