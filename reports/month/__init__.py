"""The monthly report: a Word file and a workbook, with this month and so far."""
