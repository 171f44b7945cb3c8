"""Session tokens: opaque, random, stored as a hash, so that a copy of the database signs nobody in."""

import hashlib
import secrets

COOKIE = "grader_session"


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
