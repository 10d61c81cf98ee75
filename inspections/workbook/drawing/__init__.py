"""Writes blank workbooks."""
