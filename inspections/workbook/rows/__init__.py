"""Rows put into, filled and taken out of tables that others keep; all else stays as it was."""
