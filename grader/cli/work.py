"""Units of work from the command line: who does them, and when."""

import getpass
import os
from datetime import UTC, datetime


def operator() -> str:
    """Whoever runs this command, as the audit trail names them."""
    try:
        return f"operator:{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user without a name
        return f"operator:{os.getuid()}"


def utc_now() -> datetime:
    return datetime.now(UTC)
