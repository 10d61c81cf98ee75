"""The arithmetic: whole columns of records in, whole columns of points out."""
