"""A year of one county: every school under every rubric, over all rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rubrics.values.points import round_units
from scoring.verdict.redlines import AfterRedLine
from scoring.years.held import HeldRound, HeldRubric, HeldSchool
from scoring.years.movement import Moved, moved
from scoring.years.rates import alike, rates
from scoring.years.shared import Shared, same_totals, shared
from scoring.years.unimproved import ItemYear, items_of_year
from scoring.years.weighting import weighted


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school under one rubric; tuples go by the rubric's rounds.

    ``cells``: None where a round has not got the school. ``total``: the year's, in units, None
    without any; ``parts`` add up to it. ``lacking``: the rounds in which it should have a total and
    has none. ``rank``: within the group of the latest round, None for those that lack a round;
    ``group_size`` counts the ranked. ``open``: the total may yet change; ``place_open``: so may a
    total of its group. ``rates``: shares of points kept, like for like; ``dimensions``: the same
    by dimension. ``red``: the rounds in which it crossed a red line, ``failed``: those in which its
    grade was the lowest; either puts it behind all others of its group (``behind``), or a red line
    leaves it unranked (``dropped``). ``change``: from the first round to the last, above 0 for the
    better: of totals in units, or, where the rubric changed (``by_rate``), of rates in 1/10000.
    ``moved``: of ranks.
    """

    id: str
    name: str
    group: str
    cells: tuple[HeldSchool | None, ...]
    total: int | None
    parts: tuple[int | None, ...]
    lacking: tuple[int, ...]
    open: bool
    rates: tuple[int | None, ...]
    dimensions: Mapping[str, tuple[int | None, ...]]
    change: int | None
    by_rate: bool
    moved: Moved | None
    red: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    dropped: bool = False
    rank: int | None = None
    group_size: int = 0
    place_open: bool = False

    @property
    def behind(self) -> bool:
        """Whether it stands behind the others whatever its total, and is no example to them."""
        return bool(self.red or self.failed)


@dataclass(frozen=True, slots=True)
class RubricYear:
    """All schools under one rubric. ``rounds``: numbers of the rounds that have it, from 0.

    ``held``: as the latest of them has it. ``comparable``: totals of all rounds have the same full
    marks, else there is no total of the year.
    """

    held: HeldRubric
    rounds: tuple[int, ...]
    shared: Shared
    comparable: bool
    schools: tuple[SchoolYear, ...]
    items: tuple[ItemYear, ...]

    def slid(self, least: int) -> tuple[SchoolYear, ...]:
        """The schools that lost at least ``least`` units (any, where it is 0), the most first."""
        down = [
            one for one in self.schools if (one.change or 0) < 0 and -(one.change or 0) >= least
        ]
        return tuple(sorted(down, key=lambda one: one.change or 0))


@dataclass(frozen=True, slots=True)
class Roll:
    """Who came after the first round, went before the last, or has another name by now."""

    came: tuple[tuple[str, int], ...]
    went: tuple[tuple[str, int], ...]
    renamed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The whole year. ``weights``: what share each round has. ``roll``: what became of schools."""

    rounds: tuple[HeldRound, ...]
    weights: tuple[Fraction, ...]
    rubrics: tuple[RubricYear, ...]
    roll: Roll


def year_of(
    rounds: Sequence[HeldRound], weights: Sequence[Fraction], red_line: AfterRedLine | None = None
) -> Year:
    """Returns the year of rounds in order of time; a pure function of their published results.

    ``red_line``: as :class:`~.settings.YearSettings` has it.
    """
    ids = dict.fromkeys(id for one in reversed(rounds) for id in one.rubrics)
    made = tuple(_rubric(rounds, weights, id, red_line) for id in ids)
    return Year(tuple(rounds), tuple(weights), made, _roll(rounds))


def _rubric(
    rounds: Sequence[HeldRound],
    weights: Sequence[Fraction],
    id: str,
    red_line: AfterRedLine | None,
) -> RubricYear:
    numbers = tuple(number for number, one in enumerate(rounds) if id in one.rubrics)
    held = [rounds[number].rubrics[id] for number in numbers]
    own_weights = [weights[number] for number in numbers]
    same, comparable = shared(held), same_totals(held)
    places = max(one.places for one in held)
    moves = moved(held[0].schools, held[-1].schools) if len(held) > 1 else {}
    last = replace(held[-1], places=places)
    names = list(dict.fromkeys(id for one in reversed(held) for id in one.schools))
    schools = []
    for school in names:
        cells = tuple(one.schools.get(school) for one in held)
        if not any(one and one.applies for one in cells):
            continue
        totals = [one.total if one else None for one in cells]
        total, parts = (
            weighted(totals, own_weights, places) if comparable else (None, (None,) * len(cells))
        )
        items = alike(cells, _ordered(last, same))
        share = rates(last, cells, items)
        by_rate = not comparable or bool(same.left_out)
        latest = next(one for one in reversed(cells) if one)
        schools.append(
            SchoolYear(
                school,
                latest.name,
                latest.group,
                cells,
                total,
                parts,
                tuple(n for n, one in enumerate(cells) if one is None or _lacks(one)),
                any(one.open for one in cells if one),
                share,
                dict(_dimensions(last, cells, items)),
                _change(last, share if by_rate else totals, by_rate),
                by_rate,
                moves.get(school),
                tuple(n for n, one in enumerate(cells) if one and one.red_lines),
                tuple(n for n, one in enumerate(cells) if one and one.failed),
                _dropped(cells, red_line),
            )
        )
    items_year = items_of_year(last, [one.schools for one in held], same.items)
    return RubricYear(last, numbers, same, comparable, tuple(_ranked(last, schools)), items_year)


def _lacks(cell: HeldSchool) -> bool:
    return cell.applies and cell.total is None


def _dropped(cells: Sequence[HeldSchool | None], red_line: AfterRedLine | None) -> bool:
    """Whether a red line leaves a school without a rank of the year."""
    red = [one for one in cells if one and one.red_lines]
    if red_line:
        return red_line == "unranked" and bool(red)
    return any(one.unranked for one in red)


def _ordered(held: HeldRubric, same: Shared) -> list[str]:
    own = held.rubric.indicators if held.rubric else ()
    return [one.id for one in own if one.id in same.items]


def _dimensions(
    held: HeldRubric, cells: tuple[HeldSchool | None, ...], items: Sequence[str]
) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    for dimension in held.rubric.dimensions if held.rubric else ():
        own = [one.id for one in dimension.indicators if one.id in items]
        yield dimension.id, rates(held, cells, own)


def _change(held: HeldRubric, figures: Sequence[int | None], by_rate: bool) -> int | None:
    """From the first round to the last, of figures as they are printed."""
    if len(figures) < 2 or figures[0] is None or figures[-1] is None:
        return None
    places = 3 if by_rate else held.places
    apart = round_units(figures[-1], places) - round_units(figures[0], places)
    return -apart if held.demerits and not by_rate else apart


def _ranked(held: HeldRubric, schools: Sequence[SchoolYear]) -> Iterator[SchoolYear]:
    """Ranks 1-2-2-4 within groups, of those that lack no round; by group, the first on top.

    Who crossed a red line or had the lowest grade in any round comes after all others.
    """
    sign = 1 if held.demerits else -1

    def key(one: SchoolYear) -> tuple[bool, int]:
        return one.behind, sign * (one.total or 0)

    groups: dict[str, list[SchoolYear]] = {}
    for one in schools:
        groups.setdefault(one.group, []).append(one)
    for mates in groups.values():
        fit = [
            one for one in mates
            if one.total is not None and not one.lacking and not one.dropped
        ]  # fmt: skip
        keys = sorted(map(key, fit))
        may_change = any(one.open for one in fit)
        rows = [
            replace(
                one,
                rank=keys.index(key(one)) + 1 if one in fit else None,
                group_size=len(fit),
                place_open=may_change,
            )
            for one in mates
        ]
        yield from sorted(rows, key=lambda one: (one.rank is None, one.rank or 0))


def _roll(rounds: Sequence[HeldRound]) -> Roll:
    there = [
        {id: school.name for held in one.rubrics.values() for id, school in held.schools.items()}
        for one in rounds
    ]
    names = dict.fromkeys(id for one in there for id in one)
    first = {id: min(n for n, one in enumerate(there) if id in one) for id in names}
    last = {id: max(n for n, one in enumerate(there) if id in one) for id in names}
    return Roll(
        tuple((there[n][id], n) for id, n in first.items() if n),
        tuple((there[n][id], n) for id, n in last.items() if n < len(there) - 1),
        tuple(
            (there[first[id]][id], there[last[id]][id])
            for id in names
            if there[first[id]][id] != there[last[id]][id]
        ),
    )
