"""What may still change a school's figures, in Chinese, for whoever prints them."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.results.scores import CompositeScore, SchoolScore


def own_reasons(score: SchoolScore, *, names: bool = False) -> Iterator[str]:
    """Yields what is open of the school itself.

    ``names``: tells whose sheets have not come, which only what stays in the bureau does.
    """
    if score.status not in ("complete", "provisional"):
        return
    if score.owed:
        yield f"缺{'、'.join(score.owed)}的检查表" if names else f"缺 {len(score.owed)} 份检查表"
    if score.disputed:
        yield f"{score.disputed} 份记录另有内容不同的一份，待核定"
    if score.unsifted:
        yield "问卷有标出的答卷没有决定算不算"
    if score.unchecked:
        yield f"未查 {score.unchecked} 项"
    if score.pending:
        yield f"待核 {score.pending} 项"
    if score.red_lines_pending:
        yield f"红线待核 {len(score.red_lines_pending)} 条"


def group_reason(score: SchoolScore | CompositeScore) -> str:
    """Returns why rank and median of a school may yet change; empty where they may not."""
    return open_in_group(score.group_open) if score.place_provisional else ""


def open_in_group(count: int) -> str:
    """Returns how many schools of a group are open; empty where none is."""
    return f"本组有 {count} 所学校的检查情况尚未核定" if count else ""
