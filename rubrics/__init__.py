"""What is measured: the rubric language, its checker, and the rubrics themselves as data."""
