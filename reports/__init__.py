"""What is published: the ranking workbook and the letter that each school receives."""
