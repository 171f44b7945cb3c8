"""Where everything lasting is kept: `Store` and its SQLite implementation."""
