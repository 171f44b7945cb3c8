"""Quizzes from and to other formats, with a report of what could not be carried over."""
