"""What is published: the ranking workbook and the letter that each school receives.

What others may rely on stands in ``__all__``, and is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.kinds import REPORTS as REPORTS
    from reports.steps.reporting import report_round as report_round
    from reports.steps.running import run_round as run_round
    from reports.steps.sample import run_sample as run_sample

_HOMES = {
    "REPORTS": "reports.kinds",
    "report_round": "reports.steps.reporting",
    "run_round": "reports.steps.running",
    "run_sample": "reports.steps.sample",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
