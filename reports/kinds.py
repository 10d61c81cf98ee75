"""What can be asked for, and what it is called."""

REPORTS = {"ranking": "排名表", "letters": "意见书"}
