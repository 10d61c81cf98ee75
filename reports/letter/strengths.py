"""二、做得好的方面: full points, and what stands above the group's median; from figures alone.

Nothing is praised that was not looked at: a dimension that was seen in part is told as such.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.record import State
from reports.letter import sentences
from reports.letter.dimensions import compared, items_of
from reports.letter.subject import Letter
from reports.type.blocks import Block, Paragraph, heading
from scoring.results.published import kept_share, percent_text, percentage_points
from scoring.results.scores import IndicatorScore

_DIMENSIONS, _INDICATORS = 2, 2


def strengths(letter: Letter) -> Iterator[Block]:
    """Yields the heading and one short paragraph."""
    yield heading("二、做得好的方面")
    dimensions = "" if letter.ungraded else _dimensions(letter)
    texts = [text for text in (dimensions, _indicators(letter)) if text]
    score = letter.score
    ahead = letter.ungraded or score.rank is None or score.alone
    none = sentences.NOTHING_MET if ahead else sentences.NOTHING_GOOD
    yield Paragraph("".join(texts) or none.format(middle=letter.middle))


def _dimensions(letter: Letter) -> str:
    reached = sentences.FULL[letter.demerits]
    full, texts, above = [], [], []
    titles = {item.id: item for item in letter.rubric.dimensions}
    for item in letter.score.dimensions:
        own = titles[item.dimension]
        held = items_of(letter, own)
        checked = [one for one in held if one.state is State.CHECKED]
        if item.untold or not checked or any(one.pending for one in checked):
            continue
        open_ = sum(one.state is State.UNCHECKED for one in held)
        if all(letter.kept(one) >= one.points for one in checked):
            if open_:
                said = {"title": own.title, "count": len(checked), "full": reached, "open": open_}
                texts.append(sentences.DIMENSION_PARTLY.format(**said))
            else:
                full.append(f"“{own.title}”")
        elif (apart := compared(letter, item)) is not None and apart.better > 0:
            share = percent_text(kept_share(letter.rubric, apart.mine))
            above.append((apart.better, own.title, share, percentage_points(apart.better)))
    if len(full) == len(letter.score.dimensions) > 1:
        return sentences.ALL_DIMENSIONS.format(full=reached)
    if full:
        texts.insert(0, sentences.DIMENSIONS_FULL.format(titles="".join(full), full=reached))
    # The sort is stable: equal leads stay in the rubric's order.
    for _, title, share, lead in sorted(above, key=lambda row: -row[0])[:_DIMENSIONS]:
        rate = sentences.RATE[letter.demerits]
        said = {
            "title": title,
            "rate": rate,
            "percent": share,
            "lead": lead,
            "middle": letter.middle,
        }
        texts.append(sentences.DIMENSION_AHEAD.format(**said))
    return sentences.DIMENSIONS.format(texts="；".join(texts)) if texts else ""


def _indicators(letter: Letter) -> str:
    full = [
        item
        for item in letter.of_state(State.CHECKED)
        if letter.kept(item) >= item.points and not item.pending and not item.band
    ]
    if not full:
        return ""
    ahead = [] if letter.ungraded else [item for item in full if _ahead(letter, item)]
    most = sorted(ahead or full, key=lambda item: -item.points)[:_INDICATORS]
    said = {
        "count": len(full),
        "full": sentences.FULL[letter.demerits],
        "titles": "".join(f"“{letter.indicators[item.indicator].title}”" for item in most),
    }
    if not ahead:
        return sentences.INDICATORS.format(**said)
    also = f"等{len(ahead)}项" if len(ahead) > len(most) else ""
    better = "少于" if letter.demerits else "高于"
    return sentences.INDICATORS_AHEAD.format(**said, also=also, better=better, middle=letter.middle)


def _ahead(letter: Letter, item: IndicatorScore) -> bool:
    median = letter.peers.medians.get(item.indicator)
    if median is None:
        return False
    return median > item.earned if letter.demerits else median < item.earned
