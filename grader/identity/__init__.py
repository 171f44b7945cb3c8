"""Who somebody is: ways to sign in, and the session that remembers it."""
