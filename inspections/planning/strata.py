"""Strata (层): which schools are drawn among which, under which rubrics, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from inspections.planning.inputs import Inputs
from inspections.round.drawing_settings import Drawing, Stratum
from inspections.round.school import School
from rubrics.values.conditions import holds


@dataclass(frozen=True, slots=True)
class Layer:
    """One stratum. ``schools``: code -> the rubrics under which it is visited; ``share`` and
    ``at_least``: how many are drawn on each occasion; ``times``: how often each must be visited.
    """

    name: str
    schools: Mapping[str, tuple[str, ...]]
    share: Fraction
    at_least: int
    times: int

    @property
    def count(self) -> int:
        """How many schools are drawn on each occasion."""
        return min(max(ceil(self.share * len(self.schools)), self.at_least), len(self.schools))

    @property
    def draws(self) -> bool:
        """Whether chance decides who is visited, and not all are."""
        return self.count < len(self.schools)


def layers(inputs: Inputs) -> list[Layer]:
    """Returns all strata, in the order of the settings and of the roster."""
    drawing = inputs.drawing
    held: dict[tuple[int, str], dict[str, tuple[str, ...]]] = {}
    # A school goes, for each rubric that applies to it, to the first stratum that takes it.
    for school in inputs.roster.schools.values():
        open_ = [name for name, it in inputs.rubrics.items() if holds(it.when, school.traits)]
        for at, one in enumerate((*drawing.strata, Stratum())):
            if not open_:
                break
            if not holds(one.when, school.traits):
                continue
            taken = tuple(name for name in open_ if not one.rubrics or name in one.rubrics)
            if taken:
                held.setdefault((at, _value(school, drawing.by)), {})[school.id] = taken
                open_ = [name for name in open_ if name not in taken]
    return list(_made(inputs, drawing, held))


def _made(
    inputs: Inputs,
    drawing: Drawing,
    held: Mapping[tuple[int, str], Mapping[str, tuple[str, ...]]],
) -> Iterator[Layer]:
    names: set[str] = set()
    for (at, value), schools in sorted(held.items(), key=lambda it: it[0][0]):
        one = drawing.strata[at] if at < len(drawing.strata) else Stratum()
        name = _name(inputs, one, value)
        while name in names:  # two strata that differ in what nobody reads
            name += "′"
        names.add(name)
        share, least, times = (
            own if own is not None else default
            for own, default in (
                (one.share, drawing.share),
                (one.at_least, drawing.at_least),
                (one.times, drawing.times),
            )
        )
        yield Layer(name, schools, Fraction(share), int(least), int(times))


def _value(school: School, traits: tuple[str, ...]) -> str:
    return "·".join(str(school.traits.get(trait, "未填")) for trait in traits)


def _name(inputs: Inputs, one: Stratum, value: str) -> str:
    titles = "、".join(inputs.rubrics[it].title for it in one.rubrics if it in inputs.rubrics)
    own = one.name or "，".join(filter(None, (str(one.when or ""), titles and f"《{titles}》")))
    return "·".join(filter(None, (own, value))) or "全部"
