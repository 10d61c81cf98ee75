"""Results as pandas tables, for those who go on to analyse them.

Read plainly, a csv loses the zeros before a school's code, turns exact points into binary
fractions and a missing rank into 0.0; here every column has the type that it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from inspections.collecting.problem_table import PROBLEMS, problem_rows
from rubrics.messages.extras import missing_extra
from rubrics.messages.problems import Problem
from rubrics.messages.refused import RefusedError
from scoring.results.scores import Scores
from scoring.results.tables import (
    INDICATORS,
    SEPARATOR,
    indicator_rows,
    score_headings,
    score_row,
)

if TYPE_CHECKING:
    import pandas as pd

_POINTS = (
    "earned", "applicable", "normalised", "bonus", "penalty", "total", "points",
    "plain_total", "correction",
)  # fmt: skip
_WHOLE = ("rank", "group_size")
_LISTS = ("key_failed", "red_lines")


def scores_frame(results: Path) -> pd.DataFrame:
    """Returns scores.csv of a round's ``results`` folder: one row a school and rubric.

    Points are :class:`~decimal.Decimal` or None, ranks nullable whole numbers,
    ``award_eligible`` a truth value, ``key_failed`` and ``red_lines`` tuples of texts.
    """
    return _typed_scores(_read(results / "scores.csv"))


def indicators_frame(results: Path) -> pd.DataFrame:
    """Returns indicators.csv: one row a school, rubric and indicator; points as above."""
    return _read(results / "indicators.csv")


def scores_table(scores: Scores) -> pd.DataFrame:
    """Returns scores that are not written yet, as ``scores_frame`` does."""
    held = scores.rubrics.values()
    heads = score_headings(held)
    rows = (score_row(one.rubric, it, heads) for one in held for it in one.schools)
    return _typed_scores(_frame(heads, rows))


def indicators_table(scores: Scores) -> pd.DataFrame:
    """Returns indicators that are not written yet, as ``indicators_frame`` does."""
    rows = (row for one in scores.rubrics.values() for row in indicator_rows(one))
    return _frame(INDICATORS, rows)


def problems_table(problems: Iterable[Problem], folder: str = "") -> pd.DataFrame:
    """Returns problems as problems.csv has them: one row a problem, by place and code.

    ``folder``: the name of the round's, for the commands in messages.
    """
    return _frame(PROBLEMS, problem_rows(problems, folder))


def _typed_scores(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    for name in _WHOLE:
        frame[name] = pd.to_numeric(frame[name].replace("", pd.NA)).astype("Int64")
    for name in _LISTS:
        frame[name] = [tuple(filter(None, text.split(SEPARATOR))) for text in frame[name]]
    frame["award_eligible"] = frame["award_eligible"] == "true"
    return frame


def _read(path: Path) -> pd.DataFrame:
    _needs_pandas()
    import pandas as pd

    read = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return _exact(read)


def _frame(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> pd.DataFrame:
    _needs_pandas()
    import pandas as pd

    return _exact(pd.DataFrame(list(rows), columns=list(columns), dtype=str))


def _exact(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    for name in frame.columns.intersection(list(_POINTS)):
        exact = [Decimal(text) if text else None for text in frame[name]]
        frame[name] = pd.Series(exact, index=frame.index, dtype=object)
    return frame


def _needs_pandas() -> None:
    if missing := missing_extra("frames"):
        raise RefusedError(missing)
