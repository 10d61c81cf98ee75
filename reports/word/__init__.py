"""Documents as Word files: the same blocks that `reports.type` sets as PDF."""
