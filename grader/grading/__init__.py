"""Responses and key -> grade. Pure."""
