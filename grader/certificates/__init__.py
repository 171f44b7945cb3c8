"""Certificates as documents: the row, the page made of it, and the browser that prints the page."""
