"""HTML on its way from and to Markdown."""
