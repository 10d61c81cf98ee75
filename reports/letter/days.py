"""Several days as official papers write them, and deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from inspections.round.days import day_text
from inspections.round.round import Round
from inspections.round.working_days import last_day as counted_to
from reports.letter import sentences


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

    The day of the letter itself is not counted, and of the others only working days where the
    round counts so.
    """
    day = settings.letters.day
    return counted_to(day, days, working=settings.rectification.working) if day else None


def within(settings: Round, days: int, paper: str) -> str:
    """Returns a deadline in words: its last day, or what it counts from where none is known.

    ``在30日内（至12月16日）``; ``paper``: how the letter calls itself.
    """
    last = _last(settings, days)
    if last is None:
        return sentences.FROM_RECEIPT.format(paper=paper, days=days, unit=_unit(settings))
    return f"在{days}{_unit(settings)}内（至{last}）"


def due(settings: Round, days: int) -> str:
    """Returns the same for a narrow column: ``立行立改``, ``15日内 至12月1日``."""
    if days == 0:
        return "立行立改"
    last = _last(settings, days)
    told = f"{days}{_unit(settings)}内"
    return f"收到后\n{told}" if last is None else f"{told}\n至{last}"


def _unit(settings: Round) -> str:
    return "个工作日" if settings.rectification.working else "日"


def _last(settings: Round, days: int) -> str | None:
    """The last day of a deadline, with its year where that is not the letter's."""
    last = last_day(settings, days)
    if last is None or settings.letters.day is None:
        return None
    return day_text(last).removeprefix(f"{settings.letters.day.year}年")
