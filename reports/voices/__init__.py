"""What many people said, school by school and of the county, as papers and a workbook."""
