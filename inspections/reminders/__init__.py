"""Reminders (催交催改): who still owes the round what, as a list and as texts to send."""
