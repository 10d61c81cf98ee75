"""What is published of a year: its workbook, its bulletin, and a page for each school."""
