"""The schema on PostgreSQL, step by step. A step has the number of its counterpart on SQLite."""

from pathlib import Path

STEPS = {path.stem: path for path in sorted(Path(__file__).parent.glob("postgresql_*.sql"))}
"""The script of each step by its name, in their order."""
