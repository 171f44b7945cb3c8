"""Ids that sort by time (UUID version 7, RFC 9562), so that an index grows at its end."""

from uuid_utils import uuid7


def new_id() -> str:
    return str(uuid7())
