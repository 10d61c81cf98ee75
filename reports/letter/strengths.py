"""二、做得好的方面: full points, and what stands above the group's median; from figures alone."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.record import State
from reports.letter.subject import Letter, percent
from reports.type.blocks import Block, Paragraph, heading
from rubrics.values.points import SCALE
from scoring.results.scores import DimensionScore, IndicatorScore

_DIMENSIONS, _INDICATORS = 2, 2


def strengths(letter: Letter) -> Iterator[Block]:
    """Yields the heading and one short paragraph."""
    yield heading("二、做得好的方面")
    texts = [text for text in (_dimensions(letter), _indicators(letter)) if text]
    none = "本次检查没有得满分的指标，也没有高于本组中位数的一级指标。"
    yield Paragraph("".join(texts) or none)


def _dimensions(letter: Letter) -> str:
    full, above = [], []
    for item in letter.score.dimensions:
        if item.share is None or _waiting(letter, item):
            continue
        lead = _lead(letter, item)
        if item.share == (0 if letter.demerits else SCALE):
            full.append(f"“{_title(letter, item)}”")
        elif lead > 0:
            above.append((lead, item))
    texts = []
    reached = "没有计分" if letter.demerits else "得满分"
    if len(full) == sum(item.share is not None for item in letter.score.dimensions) > 1:
        return f"各项一级指标都{reached}。"
    if full:
        texts.append(f"{'、'.join(full)}{reached}")
    # The sort is stable: equal leads stay in the rubric's order.
    for lead, item in sorted(above, key=lambda pair: -pair[0])[:_DIMENSIONS]:
        share = SCALE - (item.share or 0) if letter.demerits else item.share or 0
        rate = f"{'未计分率' if letter.demerits else '得分率'}{percent(share)}"
        lead_text = percent(lead)[:-1]
        texts.append(f"“{_title(letter, item)}”{rate}，高于本组中位数{lead_text}个百分点")
    return f"一级指标中，{'；'.join(texts)}。" if texts else ""


def _title(letter: Letter, item: DimensionScore) -> str:
    return next((d.title for d in letter.rubric.dimensions if d.id == item.dimension), "")


def _lead(letter: Letter, item: DimensionScore) -> int:
    """By how much a dimension is better than the group's median, in 1/10000."""
    if item.share is None or item.median is None:
        return 0
    lead = item.share - item.median
    return -lead if letter.demerits else lead


def _waiting(letter: Letter, item: DimensionScore) -> bool:
    """Whether the full points of a dimension may yet be lost."""
    own = next((d for d in letter.rubric.dimensions if d.id == item.dimension), None)
    return own is not None and any(
        letter.scored[held.id].pending for held in own.indicators if held.id in letter.scored
    )


def _indicators(letter: Letter) -> str:
    full = [
        item
        for item in letter.of_state(State.CHECKED)
        if letter.kept(item) == item.points and not item.pending
    ]
    if not full:
        return ""
    ahead = [item for item in full if _ahead(letter, item)]
    most = sorted(ahead or full, key=lambda item: -item.points)[:_INDICATORS]
    named = "、".join(f"“{letter.indicators[item.indicator].title}”" for item in most)
    reached = "没有计分" if letter.demerits else "得满分"
    text = f"二级指标中，{len(full)}项{reached}"
    if ahead:
        also = f"等{len(ahead)}项" if len(ahead) > len(most) else ""
        better = "少于" if letter.demerits else "高于"
        return f"{text}，其中{named}{also}{better}本组中位数。"
    return f"{text}，如{named}。"


def _ahead(letter: Letter, item: IndicatorScore) -> bool:
    median = letter.peers.medians.get(item.indicator)
    if median is None:
        return False
    return median > item.earned if letter.demerits else median < item.earned
