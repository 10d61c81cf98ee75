"""The rubric language: what a rubric holds, and what follows from it."""
