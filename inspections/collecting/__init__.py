"""Collecting: what came back goes into the ledger, and what the bureau decided with it."""
