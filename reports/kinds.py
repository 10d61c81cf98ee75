"""What can be asked for, and what it is called."""

REPORTS = {"ranking": "排名表", "letters": "督导反馈意见书"}
