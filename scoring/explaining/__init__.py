"""Where a figure comes from: rank, total, dimension, indicator, rule and basis, cell and file."""

from inspections.round.targets import Target, find_target
from scoring.explaining.explanation import Explanation, as_plain, explain
from scoring.explaining.layout import lines

__all__ = ["Explanation", "Target", "as_plain", "explain", "find_target", "lines"]
