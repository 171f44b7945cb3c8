"""`grader export`: quizzes for other systems, and all tables."""

from grader.cli.export import export_group
from grader.cli.export_data import data_command

export_group.add_command(data_command)

__all__ = ["export_group"]
