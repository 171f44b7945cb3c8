"""The store on PostgreSQL: several threads, each with a connection of its own."""

from grader.store.postgresql.store import PostgresStore

__all__ = ["PostgresStore"]
