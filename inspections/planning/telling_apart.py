"""What is told where inspectors of a rubric cannot be compared: who, why, and what would help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from inspections.planning.linking import Apart
from inspections.planning.rules import AVOIDS, BUSY, FOUND_IT, ROTATES, SAME_PAIR

_HELPS: Final = {
    BUSY: "放长 window 或增加督学，让人有空跟查",
    AVOIDS: "增加不用回避的督学",
    SAME_PAIR: "增加督学",
    FOUND_IT: "增加督学",
    ROTATES: "drawing.team.rotate 写 false",
}
_FREE: Final = "用 --again 重新承诺、重新抽取"
"""What helps where no rule forbids it: an earlier procedure did not link inspectors by rubric."""

_PARTS, _PEOPLE = 4, 6


def parts_text(parts: Sequence[Sequence[str]], said: Callable[[str], str] = str) -> str:
    """Returns who is in which part, by codes or as ``said``; of many the first.

    >>> parts_text([("D01", "D02"), ("D03",)])
    'D01、D02；D03'
    """
    told = [
        "、".join(said(it) for it in own[:_PEOPLE])
        + (f"等 {len(own)} 名" if len(own) > _PEOPLE else "")
        for own in parts[:_PARTS]
    ]
    return "；".join(told) + ("；……" if len(parts) > _PARTS else "")


def why_text(one: Apart) -> str:
    """Returns what keeps others from going along, the most frequent first."""
    if not one.why:
        return "这次抽取的办法不逐份细则去连"
    return f"跟查的人派不出，多因{'、'.join(one.why[:2])}"


def help_text(one: Apart) -> str:
    """Returns what would link them."""
    return "，或".join(dict.fromkeys(_HELPS[it] for it in one.why[:2])) or _FREE
