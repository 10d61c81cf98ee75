"""What is published: the ranking workbook, the letter that each school receives, the bulletin.

What others may rely on stands in ``__all__``, and is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.kinds import REPORTS as REPORTS
    from reports.steps.closing_year import write_year as write_year
    from reports.steps.fairness import report_fairness as report_fairness
    from reports.steps.following_up import report_follow_up as report_follow_up
    from reports.steps.monthly import write_monthly as write_monthly
    from reports.steps.rectifying import open_rectification as open_rectification
    from reports.steps.rectifying import write_rectification as write_rectification
    from reports.steps.reporting import report_round as report_round
    from reports.steps.running import run_round as run_round
    from reports.steps.sample import run_sample as run_sample
    from reports.steps.sample_year.year import run_sample_year as run_sample_year
    from reports.steps.verifying import verify_letter as verify_letter
    from reports.steps.voicing import report_voices as report_voices

_HOMES = {
    "REPORTS": "reports.kinds",
    "report_fairness": "reports.steps.fairness",
    "report_follow_up": "reports.steps.following_up",
    "open_rectification": "reports.steps.rectifying",
    "write_rectification": "reports.steps.rectifying",
    "report_round": "reports.steps.reporting",
    "run_round": "reports.steps.running",
    "run_sample": "reports.steps.sample",
    "run_sample_year": "reports.steps.sample_year.year",
    "report_voices": "reports.steps.voicing",
    "write_monthly": "reports.steps.monthly",
    "write_year": "reports.steps.closing_year",
    "verify_letter": "reports.steps.verifying",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
