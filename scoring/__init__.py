"""What it comes to: exact points, grades, ranks, and where each figure comes from.

What others may rely on stands in ``__all__``, and is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.explaining.explanation import Explanation as Explanation
    from scoring.notebook import RoundTables as RoundTables
    from scoring.notebook import ScoreTables as ScoreTables
    from scoring.notebook import open_round as open_round
    from scoring.notebook import score as score
    from scoring.results.frames import indicators_frame as indicators_frame
    from scoring.results.frames import scores_frame as scores_frame
    from scoring.results.scores import Scores as Scores
    from scoring.steps.explaining import explain_bulletin as explain_bulletin
    from scoring.steps.explaining import explain_school as explain_school
    from scoring.steps.scoring import write_scores as write_scores
    from scoring.steps.severity import measure_severity as measure_severity

_HOMES = {
    "Explanation": "scoring.explaining.explanation",
    "RoundTables": "scoring.notebook",
    "ScoreTables": "scoring.notebook",
    "Scores": "scoring.results.scores",
    "explain_bulletin": "scoring.steps.explaining",
    "explain_school": "scoring.steps.explaining",
    "indicators_frame": "scoring.results.frames",
    "measure_severity": "scoring.steps.severity",
    "open_round": "scoring.notebook",
    "score": "scoring.notebook",
    "scores_frame": "scoring.results.frames",
    "write_scores": "scoring.steps.scoring",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
