"""Teach and certify people from a git repository."""
