"""Plain rows scored against one rubric, without a round."""
