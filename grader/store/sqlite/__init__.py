"""The store on SQLite: one writer thread with group commit, a few readers on snapshots."""

from grader.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
