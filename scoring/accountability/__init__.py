"""Rules over results -> proposals: whom to commend, to talk to, to hold to account, and why."""
