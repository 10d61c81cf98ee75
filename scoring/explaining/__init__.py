"""Where a figure comes from: rank, total, dimension, indicator, rule and basis, cell and file."""

from scoring.explaining.explanation import Explanation, as_plain, explain
from scoring.explaining.layout import lines
from scoring.explaining.targets import Target, find_target

__all__ = ["Explanation", "Target", "as_plain", "explain", "find_target", "lines"]
