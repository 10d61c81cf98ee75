"""The inspection workbook: its layout, its identity, its formulas, its writer and its reader."""
