"""Bonus and penalty of every school: item by item, the highest of a family, the shared cap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inspections.round.round import Combining
from rubrics.language.bonuses import belongs
from rubrics.language.rubric import Extra, Extras, Rubric
from rubrics.rules import Bonus, Penalty
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.combining import combine, fineness


@dataclass(frozen=True, slots=True)
class ExtraFigures:
    """``amount``: schools x items, what each item counts; ``pending``: records x items.

    ``bonus`` and ``penalty``: the sums under their caps. All exact, in the parts of a unit that
    ``combining.fineness`` says. ``own``: what of the penalty stands beside the items, for the
    school's score of itself.
    """

    amount: IntArray
    pending: BoolArray
    bonus: IntArray
    penalty: IntArray
    own: IntArray


def extra_figures(
    rubric: Rubric, columns: Columns, combining: Combining, charged: IntArray
) -> ExtraFigures:
    """Returns what the items outside the points come to.

    ``charged``: units by school, which :func:`.own_scores.own_costs` takes off.
    """
    schools, items = len(columns.schools), rubric.extras
    pending = np.zeros((columns.rows, len(items)), bool, "F")
    parts = [np.zeros((schools, 0), np.int64)]
    sums = []
    fine = fineness(columns, combining).whole
    done = 0
    for group in (rubric.bonus, rubric.penalty):
        own = group.items if group else ()
        amount, waits = _items(rubric, own, columns, combining)
        pending[:, done : done + len(own)] = waits
        done += len(own)
        parts.append(amount)
        sums.append(_capped(rubric, group, amount, fine))
    bonus, penalty = sums
    return ExtraFigures(np.hstack(parts), pending, bonus, penalty + charged * fine, charged * fine)


def highest_of_families(items: Sequence[Extra], amount: IntArray) -> IntArray:
    """Returns what counts of each item: of one family only the highest (就高不重复).

    ``amount``: schools x items; of equals in a family the first item counts.
    """
    families: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if isinstance(item.rule, Bonus) and item.rule.family is not None:
            families.setdefault(item.rule.family, []).append(place)
    kept = amount.copy()
    for places in families.values():
        best = np.argmax(amount[:, places], axis=1)
        for number, place in enumerate(places):
            kept[best != number, place] = 0
    return kept


def _items(
    rubric: Rubric, items: Sequence[Extra], columns: Columns, combining: Combining
) -> tuple[IntArray, BoolArray]:
    shape = (columns.rows, len(items))
    earned, checked = np.zeros(shape, np.int64, "F"), np.zeros(shape, bool, "F")
    pending = np.zeros(shape, bool, "F")
    for place, item in enumerate(items):
        owner = columns.owners[item.id]
        cells = columns.cells(item.id, [""], {})
        checked[:, place] = columns.states[:, owner] == CHECKED
        amount = np.where(checked[:, place], item.rule.amount(cells), 0)
        earned[:, place], pending[:, place] = _settled(
            rubric, item, amount, columns.evidence[:, owner]
        )
    # The worst of several records is the smallest bonus, but the largest penalty.
    sign = -1 if any(isinstance(item.rule, Penalty) for item in items) else 1
    found, _ = combine(sign * earned, checked, columns, combining)
    return highest_of_families(items, sign * found), pending


def _settled(
    rubric: Rubric, extra: Extra, amount: IntArray, evidence: BoolArray
) -> tuple[IntArray, BoolArray]:
    """Returns what a bonus or penalty counts, and where it is pending.

    What is pending earns no bonus unless it counts as observed; a penalty waits under ``full``.
    """
    wanted = extra.evidence != "none"
    pending = (amount > 0) & ~evidence & wanted
    waits = rubric.pending == "full" or (rubric.pending == "zero" and isinstance(extra.rule, Bonus))
    return (np.where(pending, 0, amount) if waits else amount), pending


def _capped(rubric: Rubric, group: Extras | None, amount: IntArray, fine: int) -> IntArray:
    """The sum of the items, of those that name a dimension at most its cap, of all the group's."""
    total = np.asarray(amount.sum(axis=1))
    if group is None:
        return total
    for dimension in rubric.dimensions:
        own = [n for n, item in enumerate(group.items) if belongs(item, dimension)]
        if own and dimension.bonus_cap is not None:
            inside = np.asarray(amount[:, own].sum(axis=1))
            total = total - (inside - inside.clip(None, to_units(dimension.bonus_cap) * fine))
    return total.clip(None, to_units(group.cap) * fine)
