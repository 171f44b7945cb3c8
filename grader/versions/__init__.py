"""What changed between two editions of the content, and which version each track needs for it. Pure."""
