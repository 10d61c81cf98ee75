"""By which rules of a round plain rows are combined and ranked: a round.yaml, or a part of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from inspections.round.elapsed import FULL_YEAR
from inspections.round.opened import doubts
from inspections.round.round import Period, Round
from inspections.round.settings import read_settings
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem

NO_DAY: Final = date(2000, 1, 1)
"""When a trial takes place that no settings put anywhere."""

_GIVEN: Final[dict[str, Any]] = {
    "id": "try",
    "title": "试算",
    "bureau": "",
    "rubrics": ["try"],
    "window": {"since": NO_DAY.isoformat(), "until": NO_DAY.isoformat()},
    "occasions": [],
    "combining": {"facts": "agreed"},
    "ranking": {"groups": []},
}
"""What a file need not say that is made for a trial alone."""

PLAIN: Final = Round.model_validate(_GIVEN)
"""One visit by one inspector, all schools ranked together."""


def read_trial_settings(path: Path) -> tuple[Round | None, list[Problem]]:
    """Returns what a file says of combining, ranking, quotas and period; None with an error.

    It is a ``round.yaml``, or has some of its keys. Codes: those of ``read_settings``.
    """
    if not path.is_file():
        return read_settings(path)
    return read_settings(path, given=_GIVEN)


def settings_for(
    rubric: Rubric,
    settings: Round | None,
    *,
    period: Period | None = None,
    groups: Sequence[str] = (),
    occasions: Sequence[str] = (),
) -> Round:
    """Returns the settings of a trial: what is given beside ``settings`` holds before them.

    ``occasions``: those that the table names, where the settings name none. Quotas are for a full
    year where nothing says for which period.
    """
    of = settings or PLAIN
    window = period or of.assessed
    elapsed = dict(of.elapsed)
    if window.until == NO_DAY:
        elapsed = FULL_YEAR | elapsed
    return of.model_copy(
        update={
            "rubrics": (rubric.id,),
            "window": window,
            "period": None,
            "elapsed": elapsed,
            "occasions": of.occasions or tuple(occasions),
            "ranking": of.ranking.model_copy(update={"groups": tuple(groups)})
            if groups
            else of.ranking,
            "weights": {},
        }
    )


def wrong_in(settings: Round, rubric: Rubric, file: str) -> Iterator[Problem]:
    """Yields what the settings name and the rubric and the rows do not have. Code: round-value."""
    for item in doubts(settings, {rubric.id: rubric}):
        if item.code == "round-value" and item.place.cell.startswith(("ranking", "combining")):
            yield Problem(Place(file, "", item.place.cell), item.code, item.params)
