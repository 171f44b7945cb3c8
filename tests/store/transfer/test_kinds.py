import re

import psycopg

from grader.store.transfer.kinds import JSON, SECRETS, TRUTH, Column

SECRET_NAME = re.compile(r"key|code|token|secret|hash|password")
HARMLESS = {Column("quiz_attempts", "key_digest"), Column("quiz_revisions", "key_digest")}


def columns(url: str, where: str) -> set[Column]:
    sql = f"SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND {where}"
    with psycopg.connect(url) as connection:
        return {Column(table, name) for table, name in connection.execute(sql.encode())}


def test_json(postgres_url: str) -> None:
    """The columns of JSON are those of PostgreSQL's schema."""
    assert columns(postgres_url, "domain_name = 'json_text'") == JSON


def test_truth(postgres_url: str) -> None:
    """The columns of truth are those of PostgreSQL's schema."""
    assert columns(postgres_url, "data_type = 'boolean'") == TRUTH


def test_secrets(postgres_url: str) -> None:
    """A column whose name sounds like a secret is one, or is known to be harmless."""
    named = {column for column in columns(postgres_url, "TRUE") if SECRET_NAME.search(column.name)}
    assert named - HARMLESS == SECRETS
