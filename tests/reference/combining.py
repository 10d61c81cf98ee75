"""Several records of one school become one figure: inspectors first, then occasions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from inspections.records.record import Record, State
from inspections.round.round import Combining, Round
from tests.reference.exact import NOTHING, exact, mean, median


def state_of(states: Iterable[State]) -> State:
    """Checked by anyone is checked; excused only if everybody says so."""
    said = set(states)
    if State.CHECKED in said:
        return State.CHECKED
    return State.EXCUSED if said == {State.EXCUSED} else State.UNCHECKED


def combined(
    figures: Sequence[tuple[Record, Fraction]],
    visits: Sequence[Record],
    of: Round,
    *,
    more_is_better: bool,
) -> Fraction:
    """One figure of the records that have one (at least one must).

    ``visits`` are all records of the school: an occasion's day is its latest, whoever came then.
    """
    each: dict[str, Fraction] = {}
    for name in of.occasions:
        found = [(visit, figure) for visit, figure in figures if visit.key.occasion == name]
        if found and of.combining.inspectors == "weighted":
            each[name] = by_weight(
                [
                    (exact(of.combining.inspector_weights.get(visit.key.inspector, 1)), figure)
                    for visit, figure in found
                ]
            )
        elif found:
            alone = [figure for _, figure in found]
            each[name] = of_inspectors(alone, of.combining, more_is_better)
    days = {name: max(visit.day for visit in visits if visit.key.occasion == name) for name in each}
    return of_visits(each, days, of.combining, more_is_better)


def of_inspectors(
    figures: Sequence[Fraction], combining: Combining, more_is_better: bool
) -> Fraction:
    match combining.inspectors:
        case "median":
            return median(figures)
        case "worst":
            return min(figures) if more_is_better else max(figures)
        case "trimmed" if len(figures) >= combining.trim_from:
            return mean(sorted(figures)[combining.trim : -combining.trim])
        case _:
            return mean(figures)


def by_weight(figures: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Weight and figure of each; where nobody has a weight, all are alike."""
    whole = sum((weight for weight, _ in figures), NOTHING)
    if not whole:
        return mean([figure for _, figure in figures])
    return sum((weight * figure for weight, figure in figures), NOTHING) / whole


def of_visits(
    figures: Mapping[str, Fraction],
    days: Mapping[str, date],
    combining: Combining,
    more_is_better: bool,
) -> Fraction:
    """``figures`` and ``days`` by occasion, in the order of the round."""
    values = list(figures.values())
    match combining.visits:
        case "median":
            return median(values)
        case "worst":
            return min(values) if more_is_better else max(values)
        case "latest":
            latest = max(figures, key=lambda name: (days[name], list(figures).index(name)))
            return figures[latest]
        case "weighted":
            weights = {name: exact(combining.weights.get(name, 0)) for name in figures}
            return by_weight([(weights[name], value) for name, value in figures.items()])
        case "trimmed" if len(values) >= combining.trim_visits_from:
            return mean(sorted(values)[combining.trim_visits : -combining.trim_visits])
        case _:
            return mean(values)
