"""The faults of one school under one rubric: what letters, tables and rectification list."""

from reports.faults.fault import PENALTY, Evidence, Fault
from reports.faults.listing import faults, wordless_faults
from reports.faults.losses import costs, in_the_total, lost_units, surplus

__all__ = [
    "PENALTY",
    "Evidence",
    "Fault",
    "costs",
    "faults",
    "in_the_total",
    "lost_units",
    "surplus",
    "wordless_faults",
]
