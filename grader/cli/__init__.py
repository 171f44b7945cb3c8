"""The `grader` command: one module a verb, errors on one line, exit code 1 for mistakes and 2 for wrong use."""

from grader.cli.command import main

__all__ = ["main"]
