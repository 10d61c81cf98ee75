"""Several records of one school become one figure: inspectors first, then occasions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from inspections.round import Combining
from inspections.visit import State, Visit
from tests.reference.exact import NOTHING, exact, half_up, mean, median


def state_of(states: Iterable[State]) -> State:
    """Checked by anyone is checked; excused only if everybody says so."""
    said = set(states)
    if State.CHECKED in said:
        return State.CHECKED
    return State.EXCUSED if said == {State.EXCUSED} else State.UNCHECKED


def combined(
    figures: Sequence[tuple[Visit, Fraction]],
    combining: Combining,
    occasions: Sequence[str],
    *,
    more_is_better: bool,
) -> Fraction:
    """One figure of the records that have one (at least one must)."""
    visits = dict(by_occasion(figures, occasions))
    each: dict[str, Fraction] = {
        name: of_inspectors([figure for _, figure in records], combining, more_is_better)
        for name, records in visits.items()
    }
    days = {name: max(visit.day for visit, _ in records) for name, records in visits.items()}
    return of_visits(each, days, combining, more_is_better)


def by_occasion(
    figures: Sequence[tuple[Visit, Fraction]], occasions: Sequence[str]
) -> Iterable[tuple[str, list[tuple[Visit, Fraction]]]]:
    for name in occasions:
        records = [(visit, figure) for visit, figure in figures if visit.key.occasion == name]
        if records:
            yield name, records


def of_inspectors(
    figures: Sequence[Fraction], combining: Combining, more_is_better: bool
) -> Fraction:
    match combining.inspectors:
        case "median":
            return median(figures)
        case "worst":
            return min(figures) if more_is_better else max(figures)
        case "trimmed" if len(figures) >= combining.trim_from:
            return mean(sorted(figures)[1:-1])
        case "trimmed" | "mean":
            return mean(figures)


def of_visits(
    figures: Mapping[str, Fraction],
    days: Mapping[str, date],
    combining: Combining,
    more_is_better: bool,
) -> Fraction:
    """``figures`` and ``days`` by occasion, in the order of the round."""
    values = list(figures.values())
    weights = {name: exact(combining.weights.get(name, 0)) for name in figures}
    match combining.visits:
        case "median":
            return median(values)
        case "worst":
            return min(values) if more_is_better else max(values)
        case "latest":
            latest = max(figures, key=lambda name: (days[name], list(figures).index(name)))
            return figures[latest]
        case "weighted" if sum(weights.values()) > 0:
            whole = sum(weights.values(), NOTHING)
            share = sum((weights[name] * value for name, value in figures.items()), NOTHING)
            return half_up(share / whole)
        case "weighted" | "mean":
            return mean(values)
