"""The steps from one schema to the next, each applied once, never changed afterwards."""

from collections.abc import Collection


def number(steps: Collection[str]) -> int:
    """Of the last step: `sqlite_0002` and `postgresql_0002` lead to the same schema, 2."""
    return max(int(step.rpartition("_")[2]) for step in steps)
