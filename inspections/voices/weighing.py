"""Shares weighed by the pupils of each class, where the round says so (poststratification).

Each class of a school weighs as many pupils as it has, however many of them answered:
sum(N x satisfied / answered) / sum(N), over the classes with answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import Engine

from inspections.ledger.voices import held_survey
from inspections.records.record import Weighed
from inspections.records.voices import Kind
from inspections.voices.classes import SchoolClass, classes_of
from rubrics.values.points import half_up, plain

Pupils = Mapping[str, Mapping[SchoolClass, int]]
"""How many pupils each class has, by school."""

Answered = Mapping[SchoolClass, tuple[int, int]]
"""How many of a class are satisfied, and of how many who said."""


class ClassTable(NamedTuple):
    """The pupils of all classes, and the classes that came in several rows: these were added up."""

    pupils: Pupils
    twice: Sequence[tuple[str, str]]


def class_table(ledger: Engine, name: str) -> ClassTable | None:
    """Returns a table of pupils by class; None where the ledger has none of that name.

    Schools that were not recognised are left out. ``twice``: (school code, class).
    """
    held = held_survey(ledger, name, Kind.CLASSES)
    found = classes_of(held)
    if not len(held) or found is None:
        return None
    classes, places = found
    pupils: dict[str, dict[SchoolClass, int]] = {}
    twice: dict[tuple[str, str], None] = {}
    rows = zip(held.school.tolist(), places.tolist(), held.weight.tolist(), strict=True)
    for at, place, count in rows:
        school, one = held.schools[at], classes[place]
        if not school or one == SchoolClass():
            continue
        own = pupils.setdefault(school, {})
        if one in own:
            twice[school, "".join(one)] = None
        own[one] = own.get(one, 0) + count
    return ClassTable(pupils, tuple(twice))


def weighed_share(
    pupils: Mapping[SchoolClass, int], answered: Answered
) -> tuple[Fraction | None, Weighed]:
    """Returns the share of the satisfied in one school, and how it was weighed.

    None where it cannot be: no pupils are known, or no answer is of a class with pupils. A table
    that goes by grades weighs grades, and so do answers that only name these.

    >>> one, two = SchoolClass("一年级", "1班"), SchoolClass("一年级", "2班")
    >>> share, how = weighed_share({one: 30, two: 10}, {one: (1, 2), two: (4, 4)})
    >>> share, how.classes, how.effective
    (Fraction(5, 8), 2, Decimal('3.37'))
    """
    by_class = any(one.number for one in pupils) and any(one.number for one in answered)
    sizes = _grouped({one: (count, 0) for one, count in pupils.items()}, by_class)
    held = _grouped(answered, by_class)
    used = {one: (size, *held[one]) for one, (size, _) in sizes.items()
            if size and held.get(one, (0, 0))[1]}  # fmt: skip
    unplaced = sum(count for one, (_, count) in held.items() if one not in used)
    if not used:
        return None, Weighed(0, unplaced=unplaced)
    whole = sum(size for size, _, _ in used.values())
    share = sum((Fraction(size * good, count) for size, good, count in used.values()), Fraction(0))
    # An answer of a class weighs N / n: Kish's (sum of weights)^2 / (sum of their squares).
    squares = sum((Fraction(size * size, count) for size, _, count in used.values()), Fraction(0))
    silent = sum(size > 0 and one not in used for one, (size, _) in sizes.items())
    effective = rounded(Fraction(whole * whole) / squares)
    unit = "班" if by_class else "年级"
    return share / whole, Weighed(len(used), silent, unplaced, effective, unit)


def rounded(value: Fraction) -> Decimal:
    """Returns a number with two decimals at most, as it is printed and reckoned with."""
    return plain(Decimal(half_up(value.numerator * 100, value.denominator)).scaleb(-2))


def _grouped(
    counts: Mapping[SchoolClass, tuple[int, int]], by_class: bool
) -> dict[SchoolClass, tuple[int, int]]:
    """The same by grades, where classes are not known on both sides."""
    found: dict[SchoolClass, tuple[int, int]] = {}
    for one, (first, second) in counts.items():
        key = one if by_class else SchoolClass(one.grade)
        before = found.get(key, (0, 0))
        found[key] = before[0] + first, before[1] + second
    return found


def of_grades(pupils: Mapping[SchoolClass, int], grades: Sequence[str]) -> dict[SchoolClass, int]:
    """Returns the classes of some grades."""
    return {one: count for one, count in pupils.items() if one.grade in grades}
