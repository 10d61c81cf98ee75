"""Which schools meet a condition, for all schools at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rubrics.rules.cells import Applies
from rubrics.values.conditions import Condition, Traits
from rubrics.values.points import BoolArray, IntArray


def applicability(traits: Sequence[Traits]) -> Applies:
    """Returns a function that tells which of the schools with these traits meet a condition.

    None is met by all. Each condition is looked at once, and each different value of a trait once.
    """
    everyone = np.ones(len(traits), bool)
    known: dict[tuple[str, tuple[str, ...]], BoolArray] = {}
    done: dict[Condition, BoolArray] = {}

    def clause(trait: str, admitted: tuple[str, ...]) -> BoolArray:
        if (trait, admitted) not in known:
            single = Condition(alternatives=(((trait, admitted),),))
            values = [school.get(trait) for school in traits]
            fits = {
                value: single.holds({} if value is None else {trait: value})
                for value in set(values)
            }
            known[trait, admitted] = np.fromiter(
                (fits[value] for value in values), bool, len(values)
            )
        return known[trait, admitted]

    def applies(condition: Condition | None) -> BoolArray:
        if condition is None:
            return everyone
        if condition not in done:
            met = np.zeros(len(traits), bool)
            for alternative in condition.alternatives:
                fits = everyone
                for trait, admitted in alternative:
                    fits = fits & clause(trait, admitted)
                met |= fits
            done[condition] = met
        return done[condition]

    return applies


def of_records(applies: Applies, school: IntArray) -> Applies:
    """Returns the same question asked of records, whose schools are numbered in ``school``."""

    def there(condition: Condition | None) -> BoolArray:
        return np.asarray(applies(condition)[school])

    return there
