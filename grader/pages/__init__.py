"""The pages that the server renders itself: they work without scripts."""
