"""Proposals of accountability and awards: what goes out to be decided, comes back, and holds."""
