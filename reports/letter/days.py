"""Several days as official papers write them, and deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from inspections.round.days import day_text
from inspections.round.round import Round


def days_text(days: Iterable[date]) -> str:
    """Returns several days in order, year and month said once: ``2026年5月3日、4日、6月1日``."""
    texts: list[str] = []
    before: date | None = None
    for day in sorted(set(days)):
        if before is None or day.year != before.year:
            texts.append(day_text(day))
        elif day.month != before.month:
            texts.append(f"{day.month}月{day.day}日")
        else:
            texts.append(f"{day.day}日")
        before = day
    return "、".join(texts)


def last_day(settings: Round, days: int) -> date | None:
    """Returns the last day of a deadline; None while the letters have no date of their own.

    The day of the letter itself is not counted.
    """
    return settings.letters.day + timedelta(days=days) if settings.letters.day else None


def within(settings: Round, days: int) -> str:
    """Returns a deadline in words, with its last day where that is known."""
    last = last_day(settings, days)
    return f"{days}日内" + (f"（至{day_text(last)}）" if last else "")


def due(settings: Round, days: int) -> str:
    """Returns a deadline for a narrow column: ``立行立改``, ``15日内 12月1日前``."""
    if days == 0:
        return "立行立改"
    last = last_day(settings, days)
    if last is None or settings.letters.day is None:
        return f"{days}日内"
    year = f"{last.year}年" if last.year != settings.letters.day.year else ""
    return f"{days}日内\n{year}{last.month}月{last.day}日前"
