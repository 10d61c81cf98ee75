"""Items that do not count: how a letter lists them."""

from __future__ import annotations

from collections.abc import Iterable

from inspections.records.record import State
from reports.letter.subject import Letter, points
from rubrics.messages.plain_text import one_line
from scoring.results.scores import IndicatorScore

# More items than these are listed by code alone.
_NAMED = 6


def excused(letter: Letter) -> str:
    """Returns which items are excused and why, grouped by reason; empty where none is."""
    items = letter.of_state(State.EXCUSED)
    if not items:
        return ""
    reasons: dict[str, list[IndicatorScore]] = {}
    for item in items:
        hidden = letter.confidential(item.indicator)
        reasons.setdefault("" if hidden else one_line(item.reason).rstrip("。"), []).append(item)
    groups = (
        f"{f'{reason}的，' if reason else ''}{listed(letter, group)}"
        for reason, group in reasons.items()
    )
    counted = "不计分" if letter.demerits else "不计得分也不扣分"
    return f"合理缺项{len(items)}项共{points_of(items)}分，{counted}：{'；'.join(groups)}。"


def points_of(items: Iterable[IndicatorScore]) -> str:
    """Returns what the items are worth together."""
    return points(sum(item.points for item in items))


def listed(letter: Letter, items: Iterable[IndicatorScore], reasons: Iterable[str] = ()) -> str:
    """Returns the items by code, and by title too where they are few.

    ``reasons``: those that are told beside the items that have them.
    """
    held = list(items)
    texts = []
    for item in held:
        text = letter.label(item.indicator) if len(held) <= _NAMED else item.indicator
        texts.append(f"{text}（{item.reason}）" if item.reason in reasons else text)
    return "、".join(texts)
