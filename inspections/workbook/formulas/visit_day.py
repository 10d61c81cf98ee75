"""The visit's date in formulas: as a date, or as a text that says year, month and day."""

from __future__ import annotations

from typing import Final

from inspections.workbook.form.layout import HEAD

_AT: Final = HEAD["检查日期"].cell
DAY: Final = f"${_AT[0]}${_AT[1:]}"
"""Where it is typed."""


def _typed() -> str:
    text = typed = f"TRIM(ASC({DAY}))"
    for word in "年月/.":
        text = f'SUBSTITUTE({text},"{word}","-")'
    text = f'SUBSTITUTE({text},"日","")'
    # Without a year every program takes another one.
    return f'IF(LEFT({typed},2)="20",IFERROR(DATEVALUE({text}),""),"")'


VISIT_DAY: Final = f"IF(ISNUMBER({DAY}),{DAY},{_typed()})"
"""The date as a number; an empty text where there is none that can be told for sure."""
