"""Sheets of the analysis: how they begin, what their cells hold, how they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Final

from reports.fairness.subject import Subject
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.outgoing import outgoing

_FIGURE: Final = {"num_format": "0.00;-0.00;0.00"}
_SURE: Final = {"num_format": "0.000;-0.000;0.000"}


def begun(
    book: Book,
    subject: Subject,
    name: str,
    widths: Sequence[float],
    heads: Sequence[str],
    note: str = "",
    frozen: int = 1,
) -> tuple[Sheet, int]:
    """Returns a new sheet with its title, a ``note`` on its columns and its head, and the head's
    row. So many columns stay in view (``frozen``).
    """
    sheet = book.sheet(name, widths)
    row = sheet.heading(name, outgoing(subject.opened.round.title), *note.splitlines())
    sheet.head(row, list(heads))
    sheet.page.freeze_panes(sheet.repeated, frozen)
    return sheet, row


def ended(sheet: Sheet, row: int, nothing: str = "") -> None:
    """Sets what is printed, down to ``row``; says ``nothing`` where no row was written."""
    if row < sheet.repeated:
        row = sheet.repeated
        sheet.across(row, nothing or "没有。", "quiet")
    elif row > sheet.repeated:
        sheet.page.autofilter(sheet.repeated - 1, 0, row, sheet.last)
    print_to(sheet, row)


def texts(sheet: Sheet, row: int, column: int, values: Iterable[str]) -> None:
    """Writes texts side by side, in the words of what is inspected; marks and ids in the middle."""
    for place, value in enumerate(map(sheet.book.words.said, values), column):
        short = len(value) < 2 or (len(value) < 5 and value.isascii())
        sheet.text(row, place, value, "cell", "centre" if short else "wrap")


def numbers(sheet: Sheet, row: int, column: int, values: Iterable[int]) -> None:
    """Writes whole numbers."""
    for place, value in enumerate(values, column):
        sheet.number(row, place, value, "cell", "centre")


def figures(sheet: Sheet, row: int, column: int, values: Iterable[float]) -> None:
    """Writes figures as they are printed, with two decimals; a dash where one is not known."""
    for place, value in enumerate(values, column):
        if isfinite(value):
            sheet.number(row, place, round(value, 2) + 0.0, "cell", **_FIGURE)
        else:
            sheet.text(row, place, "—", "cell", "centre")


def sure(sheet: Sheet, row: int, column: int, values: Iterable[float]) -> None:
    """Writes correlations and chances, with three decimals; what is not quite 1 is below it."""
    for place, value in enumerate(values, column):
        if isfinite(value):
            shown = min(round(value, 3), 0.999) if value < 1 else round(value, 3)
            sheet.number(row, place, shown + 0.0, "cell", **_SURE)
        else:
            sheet.text(row, place, "—", "cell", "centre")


def percents(sheet: Sheet, row: int, column: int, values: Iterable[float]) -> None:
    """Writes shares of 1 as per cent with one decimal, as they are printed."""
    for place, value in enumerate(values, column):
        if isfinite(value):
            sheet.number(row, place, round(value, 3) + 0.0, "cell", "percent")
        else:
            sheet.text(row, place, "—", "cell", "centre")
