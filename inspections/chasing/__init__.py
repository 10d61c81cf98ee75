"""Whom to chase for what: how far the round is, what is open, reminders (催交催改)."""
