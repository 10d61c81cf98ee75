"""What was typed into a cell -> its column's value, or what is wrong with it. Never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from inspections.records.entries import read_names, shown
from inspections.records.moments import read_day
from inspections.records.numbers import exact, fold, read_figure
from inspections.records.typed_text import doubts
from inspections.row_workbook.columns import Kind, RowColumn, RowValue
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.points import number_text


def read_value(
    column: RowColumn,
    raw: object,
    place: Place,
    *,
    percent: bool = False,
    points: Decimal = Decimal(0),
) -> tuple[RowValue | None, list[Problem]]:
    """Returns the value of a cell that is not blank; None, and why, where it has none.

    ``percent``: a number that is shown as one; ``points``: the most that its row may have.
    Codes: rows-value, rows-long, entry-interpreted, private-number, text-cleaned.
    """
    match column.kind:
        case Kind.DATE:
            return _date(column, raw, place)
        case Kind.WHOLE:
            return _whole(column, raw, place, percent)
        case Kind.CHOICE:
            return _choice(column, raw, place)
        case Kind.POINTS:
            return _points(column, raw, place, points, percent)
        case Kind.FILES:
            names = read_names(raw)
            return names or None, [] if names else [_refused(column, raw, place, "文件名")]
        case _:
            text = as_text(raw)
            return text, list(_about(column, text, raw, place))


def as_text(raw: object) -> str:
    """Returns a cell's content as text: what was typed, but for blanks at the ends."""
    if isinstance(raw, str):
        return plain(raw).strip()
    if isinstance(raw, (datetime, date, time, timedelta, bool, float, int)):
        return shown(raw)
    return str(raw)


def _about(column: RowColumn, text: str, raw: object, place: Place) -> Iterator[Problem]:
    if isinstance(raw, str):
        yield from doubts(raw, place)
    if len(text) > column.longest:
        said = {"heading": column.heading, "count": len(text), "most": column.longest}
        yield problem("rows-long", place, **said)


def _date(column: RowColumn, raw: object, place: Place) -> tuple[RowValue | None, list[Problem]]:
    day = read_day(raw, column.window)
    since, until = column.window
    if day is None:
        return None, [_refused(column, raw, place, "日期，写全年月日，如 2026-03-05")]
    if not since <= day.date <= until:
        return None, [_refused(column, raw, place, f"{since} 至 {until} 之间的日期")]
    return day.date, _noted(day.noted, raw, day.date, place)


def _whole(
    column: RowColumn, raw: object, place: Place, percent: bool
) -> tuple[RowValue | None, list[Problem]]:
    wanted = f"{column.least} 至 {column.most} 的整数"
    number: Decimal | None = None
    noted = percent
    if isinstance(raw, (float, int)) and not isinstance(raw, bool):
        number = exact(float(raw)) * (100 if percent else 1)
        if percent and column.unit != "%":
            number = None
    elif isinstance(raw, str):
        figure = read_figure(fold(raw), column.unit, counted=column.unit != "%", deducts=False)
        if figure is not None and (not figure.percent or column.unit == "%"):
            number, noted = figure.value, figure.noted
    if number is None or number != number.to_integral_value():
        return None, [_refused(column, raw, place, wanted)]
    if not column.least <= number <= column.most:
        return None, [_refused(column, raw, place, wanted)]
    return int(number), _noted(noted, raw, int(number), place)


def points_wanted(column: RowColumn, most: Decimal) -> str:
    """Returns what belongs into a cell for points, of which the row may have ``most``."""
    words = "".join(f"；{word}的填“{word}”" for word in column.choices)
    return f" 0 至 {number_text(most)} 分，间隔 {number_text(column.step)} 分，不带单位{words}"


def _points(
    column: RowColumn, raw: object, place: Place, most: Decimal, percent: bool
) -> tuple[RowValue | None, list[Problem]]:
    number: Decimal | None = None
    noted = False
    if isinstance(raw, (float, int)) and not isinstance(raw, bool):
        number = None if percent else exact(float(raw))
    elif isinstance(raw, str):
        word, _ = _choice(column, raw, place) if column.choices else (None, [])
        if word is not None:
            return _choice(column, raw, place)
        figure = read_figure(fold(raw), "分", counted=False, deducts=False)
        if figure is not None and not figure.percent:
            number, noted = figure.value, figure.noted
    if number is None or not 0 <= number <= most or number % column.step:
        return None, [_refused(column, raw, place, points_wanted(column, most).strip())]
    return number, _noted(noted, raw, number_text(number), place)


def _choice(column: RowColumn, raw: object, place: Place) -> tuple[RowValue | None, list[Problem]]:
    typed = _word(as_text(raw))
    words = {_word(word): word for word in column.choices}
    if typed in words:
        return words[typed], []
    others = {_word(word): choice for word, choice in column.words.items()}
    if typed in others:
        return others[typed], _noted(True, raw, others[typed], place)
    return None, [_refused(column, raw, place, "、".join(column.choices) + "之一")]


def _word(text: str) -> str:
    return "".join(fold(text).split()).strip("。.，,；;")


def _refused(column: RowColumn, raw: object, place: Place, wanted: str) -> Problem:
    said = {"heading": column.heading, "value": shown(raw), "wanted": wanted}
    return problem("rows-value", place, **said)


def _noted(noted: bool, raw: object, meaning: object, place: Place) -> list[Problem]:
    said = {"value": shown(raw), "meaning": str(meaning)}
    return [problem("entry-interpreted", place, **said)] if noted else []
