"""The rules of certification. Pure."""
