"""Who looked and what they saw: rounds, workbooks, and the ledger of what was entered."""
