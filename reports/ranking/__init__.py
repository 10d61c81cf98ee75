"""The ranking workbook (排名表), one sheet a subject."""
