"""Trips (一趟): the schools that one team visits while it stays together, day by day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from inspections.planning.calendar import fits_in_day
from inspections.planning.drawing import Lots
from inspections.planning.inputs import Inputs
from inspections.planning.lots import lot
from inspections.planning.needs import needs_of
from inspections.round.drawing_settings import DaySettings


@dataclass(frozen=True, slots=True)
class Visit:
    """One school on one occasion, under all rubrics for which it was drawn.

    ``minutes``: what it takes, travel not counted; ``needs``: for what the team has somebody
    each; ``near``: where it lies, so far as the settings ask.
    """

    occasion: str
    school: str
    rubrics: tuple[str, ...]
    minutes: int
    needs: frozenset[str]
    near: tuple[str, ...] = ()


@dataclass(slots=True)
class Trip:
    """Visits of one team, by day."""

    occasion: str
    days: list[list[Visit]] = field(default_factory=list)
    needs: frozenset[str] = frozenset()

    @property
    def visits(self) -> list[Visit]:
        """All visits, in their order."""
        return [one for day in self.days for one in day]

    def halves(self) -> list[Trip]:
        """Returns two trips that come to the same, the days apart so far as there are several;
        none of a single visit.
        """
        if len(self.visits) < 2:
            return []
        if len(self.days) > 1:
            middle = len(self.days) // 2
            parts = [self.days[:middle], self.days[middle:]]
        else:
            middle = len(self.days[0]) // 2
            parts = [[self.days[0][:middle]], [self.days[0][middle:]]]
        return [
            Trip(self.occasion, days, frozenset().union(*(it.needs for day in days for it in day)))
            for days in parts
        ]

    def take(self, one: Visit, day: DaySettings, longest: int) -> bool:
        """Adds a visit where a day has room for it; returns whether one had."""
        for own in self.days:
            if fits_in_day([*(it.minutes for it in own), one.minutes], day):
                own.append(one)
                break
        else:
            if len(self.days) >= longest:
                return False
            self.days.append([one])
        self.needs |= one.needs
        return True


def visits_of(inputs: Inputs, draws: Iterable[Lots]) -> list[Visit]:
    """Returns the visits that the draws come to: a school that was drawn for several rubrics on
    one occasion is visited once.
    """
    asked: dict[tuple[str, str], dict[str, None]] = {}
    for one in draws:
        for school in one.drawn:
            held = asked.setdefault((one.occasion, school), {})
            held.update(dict.fromkeys(one.layer.schools[school]))
    return [visit_of(inputs, occasion, school, own) for (occasion, school), own in asked.items()]


def visit_of(inputs: Inputs, occasion: str, school: str, asked: Collection[str]) -> Visit:
    """Returns the visit to a school for some rubrics."""
    day, team = inputs.drawing.day, inputs.drawing.team
    rubrics = tuple(name for name in inputs.rubrics if name in asked)
    minutes = max(day.visit, *(inputs.rubrics[name].visit.min_minutes for name in rubrics))
    needs = frozenset(it for name in rubrics for it in needs_of(team, name))
    traits = inputs.roster.schools[school].traits
    near = tuple(str(traits.get(trait, "")) for trait in day.near)
    return Visit(occasion, school, rubrics, minutes, needs, near)


def trips_of(inputs: Inputs, visits: Sequence[Visit], seed: str) -> list[Trip]:
    """Returns the trips of the visits: schools that need the same skills and lie together go
    together, in the order of the lots ``seed|路线|occasion|school``; what is left over of one place
    or one need is put together with what is left over of another.
    """
    drawing, found = inputs.drawing, []
    order = {(it.occasion, it.school): lot(seed, "路线", it.occasion, it.school) for it in visits}
    for occasion in inputs.round.occasions:
        own = sorted(
            (it for it in visits if it.occasion == occasion),
            key=lambda it: order[it.occasion, it.school],
        )
        full: list[Trip] = []
        rest = own
        for alike in (lambda it: (sorted(it.needs), it.near), lambda it: sorted(it.needs)):
            groups: dict[str, list[Visit]] = {}
            for one in rest:
                groups.setdefault(repr(alike(one)), []).append(one)
            rest = []
            for key in sorted(groups):
                packed = _packed(occasion, groups[key], drawing.day, drawing.team.days)
                full += packed[:-1]
                rest += packed[-1].visits
        # What needs more goes first, so that what needs less finds room beside it.
        rest.sort(key=lambda it: (-len(it.needs), sorted(it.needs), it.near))
        found += [*full, *_packed(occasion, rest, drawing.day, drawing.team.days)]
    return [trip for trip in found if trip.days]


def _packed(occasion: str, visits: Sequence[Visit], day: DaySettings, longest: int) -> list[Trip]:
    """Fills trips one after another; the last one may have room left."""
    made = [Trip(occasion)]
    for one in visits:
        fits = one.needs <= made[-1].needs or not made[-1].days or not made[-1].needs
        if not fits or not made[-1].take(one, day, longest):
            made.append(Trip(occasion))
            made[-1].take(one, day, longest)
    return made
