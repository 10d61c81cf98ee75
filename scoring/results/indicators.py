"""The indicators of every school under one rubric; each school's are made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, overload

import numpy as np

from inspections.records.record import State
from inspections.round.school import Inspector
from rubrics.language.repeating import repeat_of
from rubrics.rules.exact import quotient
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.codes import CHECKED, STATES
from scoring.engine.items import evidence_stake, unproved
from scoring.engine.scale import turned
from scoring.results.ballots import BESIDE, Untold, few_ballots, untold
from scoring.results.before import Before, told_again
from scoring.results.figures import Figures
from scoring.results.gains import gains
from scoring.results.limits import left_out
from scoring.results.scores import IndicatorScore
from scoring.results.shown import ShownRecords
from scoring.results.why import NOTHING_LOST, Reasons, Why
from scoring.verdict.standing import INAPPLICABLE, NOT_PLANNED

NOTHING_BEFORE: Mapping[tuple[str, str], tuple[Before, ...]] = MappingProxyType({})


class Told(NamedTuple):
    """What tables say of one indicator of one school, as :class:`IndicatorScore` has it."""

    indicator: str
    state: State
    points: int
    earned: int
    reason: str
    band: str = ""


class IndicatorColumns:
    """Schools x indicators of one rubric. ``secret``: as :class:`Reasons` has it."""

    def __init__(
        self,
        figures: Figures,
        inspectors: Mapping[str, Inspector],
        secret: frozenset[str] | None,
        ballots_from: int = 0,
        before: Mapping[tuple[str, str], tuple[Before, ...]] = NOTHING_BEFORE,
    ) -> None:
        self._figures = figures
        self._before = before
        self._ballots_from = ballots_from if secret is not None else 0
        self._secret = secret or frozenset()
        self._untold: dict[int, Untold] = {}
        self._reasons = Reasons(figures, inspectors, secret)
        self.ids = tuple(item.id for item in figures.rubric.indicators)
        self._points = figures.items.points.tolist()

    @cached_property
    def _key_failed(self) -> BoolArray:
        key = [item.key is not None for item in self._figures.rubric.indicators]
        return np.asarray(self._figures.red_lines.failing & np.array(key, bool))

    @cached_property
    def _few_ballots(self) -> BoolArray:
        return few_ballots(self._figures, self._ballots_from)

    def untold(self, row: int) -> Untold:
        """Returns what of one school (row) stays in the bureau."""
        if row not in self._untold:
            few = self._few_ballots[row]
            self._untold[row] = untold(self._figures, row, few, self.pending[row], self._secret)
        return self._untold[row]

    def _bands(self, row: int) -> list[str]:
        said = [""] * len(self.ids)
        for place, words in self.untold(row).words.items():
            said[place] = words
        return said

    @cached_property
    def _gains(self) -> IntArray:
        # Without a verdict there is no total that anything could be given back to.
        return gains(self._figures) * ~self._figures.withheld[:, np.newaxis]

    @cached_property
    def pending(self) -> BoolArray:
        """Schools x indicators that wait: for evidence, or for inspectors to agree."""
        waits = self._figures.columns.any_record(self._figures.items.records.pending)
        disputes = self._figures.disputes
        return waits if disputes is None else waits | disputes.items

    @cached_property
    def _unproved(self) -> IntArray:
        own = self._figures
        exact = unproved(own.rubric, own.items, own.columns, own.combining)
        return quotient(exact, own.items.fine)

    @cached_property
    def _evidence_stake(self) -> IntArray:
        own = self._figures
        exact = evidence_stake(own.rubric, own.items, own.columns, own.combining)
        return quotient(exact, own.items.fine)

    @cached_property
    def _worth_telling(self) -> BoolArray:
        """Not checked, or some record lost points or waits for its evidence."""
        items = self._figures.items
        lost = items.records.observed < items.best
        checked = items.records.states == CHECKED
        some = self._figures.columns.any_record(checked & (lost | items.records.pending))
        if self._figures.disputes is not None:
            some = some | self._figures.disputes.items
        return np.asarray(some | (items.states != CHECKED))

    def key_failed(self, row: int) -> tuple[str, ...]:
        """Returns the ids of the key items that one school (row) failed."""
        return tuple(self.ids[place] for place in np.flatnonzero(self._key_failed[row]))

    def told(self, row: int, records: ShownRecords) -> Iterator[Told]:
        """Yields what tables say of one school (row), whose records are ``records``."""
        if nobody := self._nobody(row):
            for name, points in zip(self.ids, self._points, strict=True):
                yield Told(name, nobody[0], points, 0, nobody[1])
            return
        reasons = self._told_reasons(row, self._why(row, records))
        yield from map(
            Told,
            self.ids,
            self._states(row),
            self._points,
            self._earned(row),
            reasons,
            self._bands(row),
        )

    def scores(self, row: int, records: ShownRecords) -> Iterator[IndicatorScore]:
        """Yields all that is known of one school's indicators."""
        if self._nobody(row):
            yield from (IndicatorScore(*told[:5]) for told in self.told(row, records))
            return
        said = self._why(row, records)
        yield from map(
            IndicatorScore,
            self.ids,
            self._states(row),
            self._points,
            self._earned(row),
            self._told_reasons(row, said),
            self.pending[row].tolist(),
            self._key_failed[row].tolist(),
            self._gains[row].tolist(),
            self._unproved[row].tolist(),
            (one.found for one in said),
            (one.waiting for one in said),
            (one.disputes for one in said),
            self._at_stake(row),
            self._bands(row),
            self._evidence_stake[row].tolist(),
            self._again(row),
            self._repeated(row),
        )

    def _nobody(self, row: int) -> tuple[State, str] | None:
        """How all indicators stand, and why, where nobody was to go; None where somebody was."""
        status = self._figures.standing.status[row]
        if status == INAPPLICABLE:
            return State.INAPPLICABLE, ""
        return (State.UNCHECKED, left_out(self._figures)) if status == NOT_PLANNED else None

    def _told_reasons(self, row: int, said: list[Why]) -> Iterator[str]:
        """Why points were lost; how much that was follows from it, so it goes with the points."""
        words, again = self.untold(row).words, self._again(row)
        repeated = self._repeated(row)
        for place, one in enumerate(said):
            if words.get(place) == BESIDE:
                yield ""
            elif repeated[place]:
                yield "；".join(filter(None, (one.reason, self._repeat_told(place, again[place]))))
            else:
                yield one.reason

    def _again(self, row: int) -> list[tuple[Before, ...]]:
        """What one school was found at before, by column."""
        if self._figures.columns.again is None:
            return [()] * len(self.ids)
        school = self._figures.columns.schools[row].id
        return [self._before.get((school, name), ()) for name in self.ids]

    def _repeated(self, row: int) -> list[bool]:
        """Whether one school lost points by what it was found at before, by column."""
        marked = self._figures.columns.again
        if marked is None:
            return [False] * len(self.ids)
        found: list[bool] = (marked[row] & np.asarray(self._figures.items.lost[row] > 0)).tolist()
        return found

    def _repeat_told(self, place: int, found: tuple[Before, ...]) -> str:
        rubric = self._figures.rubric
        repeat = repeat_of(rubric, rubric.indicators[place])
        return told_again(repeat, found, demerits=rubric.scale == "demerits") if repeat else ""

    def _at_stake(self, row: int) -> list[int]:
        if self._figures.disputes is None:
            return [0] * len(self.ids)
        found: list[int] = self._figures.disputes.at_stake[row].tolist()
        return found

    def _states(self, row: int) -> list[State]:
        return [STATES[code] for code in self._figures.items.states[row].tolist()]

    def _earned(self, row: int) -> list[int]:
        own = self._figures
        earned: list[int] = turned(
            own.rubric, quotient(own.items.earned[row], own.items.fine)
        ).tolist()
        return earned

    def _why(self, row: int, records: ShownRecords) -> list[Why]:
        said, states = [NOTHING_LOST] * len(self.ids), self._states(row)
        for place in np.flatnonzero(self._worth_telling[row]).tolist():
            said[place] = self._reasons.why(records, place, states[place])
        return said


class SchoolIndicators(Sequence[IndicatorScore]):
    """One school's indicators, made when they are looked at."""

    def __init__(self, columns: IndicatorColumns, row: int, records: ShownRecords) -> None:
        self._columns, self._row, self._records = columns, row, records

    @cached_property
    def _made(self) -> tuple[IndicatorScore, ...]:
        return tuple(self._columns.scores(self._row, self._records))

    def told(self) -> Iterator[Told]:
        """Yields what tables say of them."""
        return self._columns.told(self._row, self._records)

    def __len__(self) -> int:
        return len(self._columns.ids)

    def __iter__(self) -> Iterator[IndicatorScore]:
        return iter(self._made)

    @overload
    def __getitem__(self, index: int) -> IndicatorScore: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[IndicatorScore]: ...
    def __getitem__(self, index: int | slice) -> IndicatorScore | Sequence[IndicatorScore]:
        return self._made[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._made,)


def told_of(indicators: Sequence[IndicatorScore]) -> Iterable[Told]:
    """Returns what tables say of a school's indicators, without making more than that."""
    if isinstance(indicators, SchoolIndicators):
        return indicators.told()
    return [
        Told(it.indicator, it.state, it.points, it.earned, it.reason, it.band) for it in indicators
    ]
