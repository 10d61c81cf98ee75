"""What can be asked for, and what it is called."""

FIRST_OPINIONS = "初步意见"
REPORTS = {"ranking": "排名表", "letters": "意见书", "bulletin": "通报"}
