"""Scores of every school, and the files that hold them."""
