"""The reason beside each indicator of a school, from all of its records; made when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspections.records.record import Observation, Record, State
from inspections.round.school import Inspector
from rubrics.messages.outgoing import WITHHELD, outgoing
from scoring.engine.records import lossy
from scoring.engine.states import STATES
from scoring.results.figures import Figures
from scoring.results.single import reason_of

PENDING = "没有佐证材料，待核"


@dataclass(frozen=True, slots=True)
class Why:
    """``reason`` for the bureau; ``found`` and ``waiting`` as an indicator's score has them."""

    reason: str = ""
    found: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def why(
    figures: Figures,
    visits: Sequence[Record],
    first: int,
    place: int,
    state: State,
    inspectors: Mapping[str, Inspector],
    *,
    secret: bool = False,
) -> Why:
    """Returns why an indicator is excused, not checked, or how its points were lost, in Chinese.

    ``visits`` are one school's records, of which the first stands in row ``first``; ``place`` is
    the indicator's column. Where records differ, each is told with its inspector. ``secret``: what
    was entered is not told, and the records are sealed.
    """
    records = figures.items.records
    told: dict[str, list[Record]] = {}
    losses: dict[bool, list[str]] = {False: [], True: []}
    heard = 0
    for row, visit in enumerate(visits, first):
        own = STATES[int(records.states[row, place])]
        if state is State.CHECKED and own is not State.CHECKED:
            continue
        heard += 1
        text, pending = _told(figures, visit, row, place, own), bool(records.pending[row, place])
        if secret and own is State.CHECKED and _lost(figures, row, place):
            text = WITHHELD
        if text and state is State.CHECKED:
            losses[pending].append(text)
        if pending:
            text = f"{text}（{PENDING}）" if text else PENDING
        if text:
            told.setdefault(text, []).append(visit)
    found, waiting = (tuple(dict.fromkeys(losses[pending])) for pending in (False, True))
    if state is not State.CHECKED or (len(told) == 1 and len(next(iter(told.values()))) == heard):
        return Why("；".join(told), found, waiting)
    several = len({visit.key.occasion for visit in visits}) > 1
    named = (
        f"{'、'.join(_who(visit, inspectors, several) for visit in by)}：{text}"
        for text, by in told.items()
    )
    return Why("；".join(named), found, waiting)


def _told(figures: Figures, visit: Record, row: int, place: int, state: State) -> str:
    rubric = figures.rubric
    indicator = rubric.indicators[place]
    seen = visit.observation(indicator.id) or Observation(indicator.id, State.UNCHECKED)
    if state is State.CHECKED and not _lost(figures, row, place):
        return ""
    return reason_of(
        rubric,
        indicator,
        seen,
        state,
        day=visit.day,
        elapsed=figures.elapsed,
        traits=figures.columns.schools[int(figures.columns.school[row])].traits,
    )


def _lost(figures: Figures, row: int, place: int) -> bool:
    """Whether a record lost points on an indicator."""
    observed, points = figures.items.records.observed[row, place], figures.items.points[place]
    return bool(lossy(observed, points, figures.rubric.scale == "demerits"))


def _who(visit: Record, inspectors: Mapping[str, Inspector], several: bool) -> str:
    known = inspectors.get(visit.key.inspector)
    name = known.name if known else outgoing(visit.key.inspector)
    return f"{visit.key.occasion} {name}".strip() if several else name
