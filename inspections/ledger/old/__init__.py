"""The first form of the ledger, a table a subject: read, verified, erased, never written again."""
