"""Published results as pandas tables, for those who go on to analyse them.

Read plainly, a csv loses the zeros before a school's code, turns exact points into binary
fractions and a missing rank into 0.0; here every column has the type that it means.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd

from scoring.results.tables import SEPARATOR

_POINTS = ("earned", "applicable", "normalised", "bonus", "penalty", "total", "points")
_WHOLE = ("rank", "group_size")
_LISTS = ("key_failed", "red_lines")


def scores_frame(results: Path) -> pd.DataFrame:
    """Returns scores.csv of a round's ``results`` folder: one row a school and rubric.

    Points are :class:`~decimal.Decimal` or None, ranks nullable whole numbers,
    ``award_eligible`` a truth value, ``key_failed`` and ``red_lines`` tuples of texts.
    """
    frame = _read(results / "scores.csv")
    for name in _WHOLE:
        frame[name] = pd.to_numeric(frame[name].replace("", pd.NA)).astype("Int64")
    for name in _LISTS:
        frame[name] = [tuple(filter(None, text.split(SEPARATOR))) for text in frame[name]]
    frame["award_eligible"] = frame["award_eligible"] == "true"
    return frame


def indicators_frame(results: Path) -> pd.DataFrame:
    """Returns indicators.csv: one row a school, rubric and indicator; points as above."""
    return _read(results / "indicators.csv")


def _read(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for name in frame.columns.intersection(list(_POINTS)):
        exact = [Decimal(text) if text else None for text in frame[name]]
        frame[name] = pd.Series(exact, index=frame.index, dtype=object)
    return frame
