"""Patterns in filled sheets that are worth a second look: each a test with a stated error rate.

A pattern is no verdict. What is told is what was seen, how often chance alone would show it, and
which cells to look at; :mod:`.looking` tries all of them and corrects for how many were tried.
"""
