"""What can be proposed and decided, and how it is called with its years or days."""

from __future__ import annotations

from datetime import date
from typing import Final

COMMENDATION: Final = "表彰"
TALK_REMINDER: Final = "谈话提醒"
SUMMONS: Final = "约谈"
CRITICISM: Final = "通报批评"
AWARD_LOST: Final = "取消评优评先资格"
TERM: Final = "限期整改"
REFERRAL: Final = "移送"
PROCEEDINGS: Final = "提请问责"

MEASURES: Final = (
    COMMENDATION,
    TALK_REMINDER,
    SUMMONS,
    CRITICISM,
    AWARD_LOST,
    TERM,
    REFERRAL,
    PROCEEDINGS,
)
"""All of them, the lightest first but for the commendation."""


def measure_text(kind: str, years: int = 0, days: int = 0, to: str = "", more: str = "") -> str:
    """Returns ``取消评优评先资格（2 年）``, ``移送市场监督管理部门``.

    >>> measure_text("限期整改", days=15, more="报送整改报告")
    '限期整改（15 日内）：报送整改报告'
    """
    term = f"（{years} 年）" if years else f"（{days} 日内）" if days else ""
    return f"{kind}{to}{term}" + (f"：{more}" if more else "")


def last_day_of(since: date, years: int) -> date:
    """Returns the last day of so many years from a day on.

    >>> last_day_of(date(2026, 12, 1), 1), last_day_of(date(2028, 2, 29), 1)
    (datetime.date(2027, 11, 30), datetime.date(2029, 2, 28))
    """
    if (since.month, since.day) == (2, 29) and not _leap(since.year + years):
        return date(since.year + years, 2, 28)
    then = since.replace(year=since.year + years)
    return date.fromordinal(then.toordinal() - 1)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
