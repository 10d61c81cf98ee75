"""What holds of every rule, whatever it says: bounded, no gain from more faults, row by row."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.rules import Checklist, Deduct, Discretionary, Linear, Quota, Rule, Votes
from rubrics.rules.cells import Cells
from rubrics.rules.exact import portion, quotient
from rubrics.values.points import SCALE, half_up, to_units
from tests.rubrics.strategies import rules

P = Decimal(5)
ROWS = 40
ELAPSED = {"week": 40, "month": 10, "quarter": 3, "half_year": 1, "term": 2, "year": 1}
seeds = st.integers(0, 2**32 - 1)


def cells_of(rule: Rule, seed: int, rows: int = ROWS) -> Cells:
    """Random columns, also with figures that no inspector would enter."""
    random = Random(seed)
    units, given_ = {}, {}
    for slot in rule.slots_for(P):
        match slot.entry:
            case "choice":
                values = [random.randrange(len(slot.options)) for _ in range(rows)]
            case "yes_no" | "flag":
                values = [random.randrange(2) * SCALE for _ in range(rows)]
            case "count":
                wild = [0, 0, 1, 2, 3, 7, 10**11]
                values = [random.choice(wild) * SCALE for _ in range(rows)]
            case _:
                low = 0 if slot.range is not None and slot.range.low == 0 else -SCALE
                values = [random.randint(low, 200 * SCALE) for _ in range(rows)]
        units[slot.key] = np.array(values, np.int64)
        given_[slot.key] = np.array([random.random() < 0.8 for _ in range(rows)])
    return Cells(units, given_, rows, ELAPSED, lambda _: np.ones(rows, bool))


def reordered(cells: Cells, order: Any) -> Cells:
    return Cells(
        {key: column[order] for key, column in cells.units.items()},
        {key: column[order] for key, column in cells.given.items()},
        len(order),
        cells.elapsed,
        lambda _: np.ones(len(order), bool),
    )


@given(rule=rules(P), seed=seeds, demerits=st.booleans())
def test_points_lie_between_nothing_and_all(rule: Rule, seed: int, demerits: bool) -> None:
    ends = rule.lowest(P), rule.highest(P)
    if demerits and (rule.kind == "composite" or ends != (0, P)):
        return  # refused by the checker
    cells = cells_of(rule, seed)
    outcome = rule.score(to_units(P), cells, demerits=demerits)
    counts = np.ones(ROWS, bool)
    for out in (outcome.excused, outcome.void):
        counts &= ~np.asarray(out)
    # What contradicts itself (more held than due) is refused before it gets here.
    for have, due in (("have", "due"), ("satisfied", "returned")):
        for key in cells.units:
            head, dot, last = key.rpartition(".")
            if last == have:
                counts &= cells.units[key] <= cells.units[f"{head}{dot}{due}"]
    earned = outcome.earned[counts]
    low, high = map(to_units, ends)
    assert ((earned >= low) & (earned <= high)).all()


@given(rule=rules(P), seed=seeds)
def test_a_record_is_scored_alone(rule: Rule, seed: int) -> None:
    cells = cells_of(rule, seed)
    order = np.array(Random(seed).sample(range(ROWS), ROWS))
    whole = rule.score(to_units(P), cells).earned
    assert (rule.score(to_units(P), reordered(cells, order)).earned == whole[order]).all()
    for row in range(3):
        alone = rule.score(to_units(P), reordered(cells, np.array([row])))
        assert alone.earned[0] == whole[row]


@given(rule=rules(P, ("deduct", "checklist", "discretionary", "quota", "linear")), seed=seeds)
def test_more_faults_never_earn_more(rule: Rule, seed: int) -> None:
    cells = cells_of(rule, seed)
    key = Random(seed).choice([k for k in cells.units if k != "reason"])
    match rule:
        case Deduct() | Discretionary():
            worse = SCALE
        case Checklist() | Quota():
            worse = -SCALE
        case Linear():
            worse = -SCALE if rule.full.value > rule.zero.value else SCALE
        case _:
            raise AssertionError(rule.kind)
    changed = cells.units | {key: cells.units[key] + worse}
    after = Cells(changed, cells.given, ROWS, ELAPSED, cells.applies)
    if isinstance(rule, Checklist):
        after = Cells(
            cells.units | {key: np.zeros(ROWS, np.int64)}, cells.given, ROWS, ELAPSED, cells.applies
        )
    before = rule.score(to_units(P), cells).earned
    assert (rule.score(to_units(P), after).earned <= before).all()


@given(
    up=st.integers(0, 10**13),
    down=st.integers(1, 10**13),
    rows=st.lists(st.tuples(st.integers(0, 10**15), st.integers(1, 10**15)), min_size=1),
)
def test_a_portion_is_exact_also_beyond_64_bits(
    up: int, down: int, rows: list[tuple[int, int]]
) -> None:
    rows = [row for row in rows if up * row[0] // (down * row[1]) < 2**60] or [(1, 10**15)]
    if up * rows[0][0] // (down * rows[0][1]) >= 2**60:
        return
    over, under = np.array(rows, np.int64).T
    exact = [Fraction(up * n, down * d) for n, d in rows]
    assert portion(up, over, down, under).tolist() == exact
    rounded = [half_up(it.numerator, it.denominator) for it in exact]
    assert quotient(portion(up, over, down, under), 1).tolist() == rounded


@pytest.mark.parametrize("count", [3, 4, 11])
def test_trimming_leaves_out_one_highest_and_one_lowest_ballot(count: int) -> None:
    options = {"好": Decimal(1), "差": Decimal(0)}
    rule = Votes(kind="votes", options=options, trim_from=4)
    columns = {"好": count - 1, "差": 1, "invalid": 0, "entitled": count}
    units = {key: np.array([number * SCALE]) for key, number in columns.items()}
    given_ = {key: np.ones(1, bool) for key in units}
    cells = Cells(units, given_, 1, ELAPSED, lambda _: np.ones(1, bool))
    [earned] = rule.score(to_units(6), cells).earned.tolist()
    assert earned == (to_units(6) if count >= 4 else to_units(4))
