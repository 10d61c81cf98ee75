"""Items that do not count: how a letter lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inspections.records.record import State
from reports.faults.quoting import quoted
from reports.letter import sentences
from reports.letter.subject import Letter
from reports.letter.sums import shared_sums
from rubrics.messages.plain_text import one_line
from scoring.results.ballots import BESIDE
from scoring.results.scores import IndicatorScore

# More items than these are listed by code alone.
_NAMED = 6
# Only a whole rubric is 不适用; an item that does not concern a school is 合理缺项.
_NOT_CONCERNED = re.compile(r"不适用（限(.*)）")


def excused(letter: Letter) -> str:
    """Returns which items are excused and why, grouped by reason; empty where none is."""
    items = letter.of_state(State.EXCUSED)
    if not items:
        return ""
    reasons: dict[str, list[IndicatorScore]] = {}
    for item in items:
        reasons.setdefault(_reason(letter, item), []).append(item)
    groups = (
        f"{sentences.EXCUSED_FOR.format(reason=reason) if reason else ''}{listed(letter, group)}"
        for reason, group in reasons.items()
    )
    return sentences.EXCUSED.format(
        count=len(items),
        points=points_of(letter, items),
        counted=sentences.EXCUSED_COUNTED[letter.demerits],
        groups="；".join(groups),
    )


def untold(letter: Letter) -> Iterator[str]:
    """Yields what items that are untold come to together, sum by sum."""
    demerits = letter.demerits
    for dimensions in shared_sums(letter.rubric, letter.score):
        ids = [item.id for one in dimensions for item in one.indicators]
        items = [letter.scored[name] for name in ids if name in letter.scored]
        hidden = [item for item in items if item.band]
        if not hidden:
            continue
        most = sum(item.points for item in hidden)
        lost = letter.printed.untold[dimensions[0].id]
        yield sentences.UNTOLD.format(
            items="、".join(
                f"{letter.label(item.indicator)}（{item.band}）" for item in hidden
            ).replace(f"（{BESIDE}）", ""),
            verb="计" if demerits else "得",
            most="最多计" if demerits else "满分",
            earned=letter.points(lost if demerits else most - lost),
            points=letter.points(most),
        )


def _reason(letter: Letter, item: IndicatorScore) -> str:
    if letter.confidential(item.indicator):
        return ""
    text = quoted(one_line(item.reason)).rstrip("。")
    limited = _NOT_CONCERNED.fullmatch(text)
    if limited is None:
        return text
    return letter.said(sentences.NOT_CONCERNED).format(you=letter.you, when=limited[1])


def points_of(letter: Letter, items: Iterable[IndicatorScore]) -> str:
    """Returns what the items are worth together."""
    return letter.points(sum(item.points for item in items))


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
