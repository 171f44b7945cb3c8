"""The schema on SQLite, step by step."""

from pathlib import Path

STEPS = {path.stem: path for path in sorted(Path(__file__).parent.glob("sqlite_*.sql"))}
"""The script of each step by its name, in their order."""

TABLE = "_sqlite_migrations"
"""Where sqlite-utils records the steps taken."""

SET = "grader"
