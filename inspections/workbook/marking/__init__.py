"""Marked copies: a returned workbook with what is wrong shown in its own cells."""
