"""The reason beside each indicator of a school, from all of its records; made when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.records.record import Observation, State
from inspections.records.record_list import Head
from inspections.round.school import Inspector
from rubrics.messages.outgoing import WITHHELD, outgoing
from scoring.engine.codes import STATES
from scoring.results.figures import Figures
from scoring.results.one_entry import reason_of
from scoring.results.shown import ShownRecords

PENDING = "没有佐证材料，待核"


@dataclass(frozen=True, slots=True)
class Why:
    """``reason`` for the bureau; ``found`` and ``waiting`` as an indicator's score has them."""

    reason: str = ""
    found: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def why(
    figures: Figures,
    records: ShownRecords,
    first: int,
    place: int,
    state: State,
    inspectors: Mapping[str, Inspector],
    *,
    secret: bool = False,
) -> Why:
    """Returns why an indicator is excused, not checked, or how its points were lost, in Chinese.

    ``records`` are one school's records, of which the first stands in row ``first``; ``place`` is
    the indicator's column. Where records differ, each is told with its inspector. ``secret``: what
    was entered is not told, and the records are redacted.
    """
    made, heads = figures.items.records, records.heads
    told: dict[str, list[Head]] = {}
    losses: dict[bool, list[str]] = {False: [], True: []}
    heard = 0
    for number, head in enumerate(heads):
        row = first + number
        own = STATES[int(made.states[row, place])]
        if state is State.CHECKED and own is not State.CHECKED:
            continue
        heard += 1
        lost, pending = _lost(figures, row, place), bool(made.pending[row, place])
        if own is State.CHECKED and not lost:
            text = ""
        elif secret and own is State.CHECKED:
            text = WITHHELD
        else:
            text = _told(figures, records, number, row, place, own)
        if text and state is State.CHECKED:
            losses[pending].append(text)
        if pending:
            text = f"{text}（{PENDING}）" if text else PENDING
        if text:
            told.setdefault(text, []).append(head)
    found, waiting = (tuple(dict.fromkeys(losses[pending])) for pending in (False, True))
    if state is not State.CHECKED or (len(told) == 1 and len(next(iter(told.values()))) == heard):
        return Why("；".join(told), found, waiting)
    several = len({head.key.occasion for head in heads}) > 1
    named = (
        f"{'、'.join(_who(head, inspectors, several) for head in by)}：{text}"
        for text, by in told.items()
    )
    return Why("；".join(named), found, waiting)


def _told(
    figures: Figures, records: ShownRecords, number: int, row: int, place: int, state: State
) -> str:
    indicator = figures.rubric.indicators[place]
    seen = records.answer(number, indicator.id)
    return reason_of(
        figures.rubric,
        indicator,
        seen or Observation(indicator.id, State.UNCHECKED),
        state,
        day=records.heads[number].day,
        elapsed=figures.elapsed,
        traits=figures.columns.schools[int(figures.columns.school[row])].traits,
    )


def _lost(figures: Figures, row: int, place: int) -> bool:
    """Whether a record lost points on an indicator."""
    return bool(figures.items.records.observed[row, place] < figures.items.best[place])


def _who(head: Head, inspectors: Mapping[str, Inspector], several: bool) -> str:
    known = inspectors.get(head.key.inspector)
    name = known.name if known else outgoing(head.key.inspector)
    return f"{head.key.occasion} {name}".strip() if several else name
