"""The project that a command works on."""

from grader.site.project import project_of

__all__ = ["project_of"]
