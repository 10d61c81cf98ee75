"""The ledger (ledger.db): everything that was read, in SQLite; rows are added, never changed."""
