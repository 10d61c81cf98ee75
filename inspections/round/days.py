"""Days as official papers write them."""

from __future__ import annotations

from datetime import date


def day_text(day: date) -> str:
    """Returns ``2026年5月3日``: Arabic numerals, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
