"""How papers put the figures of a proposal and who decided: as prose, with no name in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from inspections.accountability.posts import post_of
from inspections.accountability.states import Decided
from inspections.round.days import day_text
from inspections.round.round import Round
from reports.official.values import close_up
from rubrics.messages.plain_text import one_line
from scoring.accountability.places import Tie

_CROSSED: Final = re.compile(r"触红线：((?:(?!触红线：)[^；])*?（\w+）)(?=；|，|（暂定|$)")
_LINE: Final = re.compile(r"(?:\A|(?<=[（）]))、?([^（）]++)（(\w++)）")
_PLACES: Final = re.compile(r"（((?:符合条件的)?[前末]\d+名，同分全部(?:列入|不列入))）")
_PLACE: Final = re.compile(r"(?:^|：)([^：]*?)第 ?(\d+) ?名")
_COMPOSITE: Final = "综合分"


def figures_told(one: Decided, title: str) -> str:
    """Returns what triggered it, in words; ``title``: of its rubric, which stands in front."""
    said, rest = one.figures, ""
    for name, words in ((title, f"按《{title}》考核，"), (_COMPOSITE, "综合考核")):
        if name and said.startswith(f"{name}："):
            rest, said = words, said.removeprefix(f"{name}：")
            break
    return rest + _plainly(said)


def figures_in_table(one: Decided, title: str, short: str) -> str:
    """Returns the same for a column: with the short title, and without what a note says."""
    said = one.figures
    if title and said.startswith(f"{title}："):
        said = f"{short}：{said.removeprefix(f'{title}：')}"
    return _PLACES.sub("", _plainly(said))


def _plainly(text: str) -> str:
    text = _CROSSED.sub(lambda found: f"触碰红线{_LINE.sub(_quoted, found[1])}", text)
    text = close_up(one_line(text)).replace("等次“", "等次为“")
    return re.sub(r"关键项不合格0项（[^（）]*）", "关键项全部合格", text)


def _quoted(found: re.Match[str]) -> str:
    return f"“{found[1]}”（{found[2]}）"


def in_order_of_places(decided: Sequence[Decided]) -> list[Decided]:
    """Returns the same group by group and by place; those without one stay in their order."""
    places = [_PLACE.search(one.figures) for one in decided]
    groups = list(dict.fromkeys(found[1] for found in places if found))

    def key(at: int) -> tuple[int, int]:
        found = places[at]
        return (groups.index(found[1]), int(found[2])) if found else (len(groups), 0)

    return [decided[at] for at in sorted(range(len(decided)), key=key)]


def places_told(decided: Sequence[Decided]) -> str:
    """Returns ``前10名，同分全部列入``, as the figures say; empty where no place is asked."""
    found = dict.fromkeys(
        it for one in decided for it in _PLACES.findall(close_up(one.figures))
    )  # fmt: skip
    return "；".join(found)


def tie_told(tie: Tie) -> str:
    """Returns what became of those who are equal at the edge."""
    became = "全部列入" if tie.taken else "全部不列入"
    return f"{tie.group}第{tie.sure + 1}名有{len(tie.names)}个同分，按规则{became}"


def decided_told(one: Decided, settings: Round) -> str:
    """Returns ``局长办公会2026年12月1日研究``; without a post the bureau stands for it."""
    who = post_of(one.decided_by, settings.bureau) or "本局"
    return f"{who}{day_text(one.day)}研究"
