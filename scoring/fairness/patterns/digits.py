"""Whether an inspector's readings end in other digits than those of the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.language.slots import address, slots
from rubrics.messages.problems import Place
from rubrics.values.points import SCALE, BoolArray, IntArray
from scoring.engine.codes import CHECKED
from scoring.fairness.patterns.chance import COUNTED, Chance, choose, counted, drawn, own_seed
from scoring.fairness.patterns.pattern import LEAST, MOST_CELLS, Kind, Pattern, unknown
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_WIDE = 5
_FINE = 0.1
_FINEST = 4


def digits(sheets: Sheets, seed: int) -> list[Pattern]:
    """Returns for every inspector whether last digits of what they measured are as the others'.

    Of readings alone (numbers with a unit; no counts, times or dates), and only of those that
    spread over five times their last place or more: there the last digit says nothing of the
    school. The last place of a kind of reading is the finest that a tenth of all readings have.
    ``statistic``: chi-square of the ten digits against what all inspectors enter. p comes from
    taking as many visits out of all, each visit once whoever was there, so that a school's own
    thermometer counts as one thing; what everybody does alike is no pattern. Mosimann, Wiseman
    and Edelman (1995), "Data fabrication: can people generate random digits?", Accountability in
    Research 4.

    >>> [found.words for found in digits(sheets, seed=7)]  # doctest: +SKIP
    """
    ends = _last_digits(sheets)
    found: list[Pattern] = []
    visits, first, visit = np.unique(sheets.ratings.visit, return_index=True, return_inverse=True)
    any_read: BoolArray = ends.readings.sum(axis=1) > 0
    every = ends.of(first[any_read[first]])
    for person, own in enumerate(sheets.rows_of):
        if not len(own):
            continue
        who = sheets.codes(person)
        mine = own[any_read[own]]
        elsewhere = np.ones(len(visits), bool)
        elsewhere[visit[own]] = False
        others = first[elsewhere & any_read[first]]
        if not ends.kinds or len(mine) < LEAST or len(others) < LEAST:
            words = _cannot(bool(ends.kinds), len(mine))
            found.append(unknown(Kind.DIGITS, sheets.rubric, who, words))
            continue
        away = first[~elsewhere & any_read[first]]
        beyond, expected = _beyond(
            ends, np.concatenate([mine, others]), every - ends.of(away) + ends.of(mine)
        )
        seen = beyond[: len(mine)].sum(axis=0)
        weight = np.divide(1, expected * len(mine), out=np.zeros(10), where=expected > 1e-12)
        statistic = float((seen * seen * weight).sum())
        chance = _chance(
            statistic,
            beyond * np.sqrt(weight),
            len(mine),
            own_seed(seed, Kind.DIGITS, sheets.rubric, *who),
        )
        digit = int(np.argmax(seen * np.sqrt(weight)))
        held = ends.counts[mine][:, :, digit].sum()
        words = (
            f"{len(mine)} 次检查测的 {ends.readings[mine].sum():.0f} 个读数中，"
            f"末位是 {digit} 的有 {held:.0f} 个；"
            f"照大家填的，大约 {max(held - seen[digit], 0):.0f} 个。"
            "也许是仪器的刻度，也许是估的数；请核对这些读数的原始记录和仪器。"
        )
        found.append(
            Pattern(
                Kind.DIGITS,
                sheets.rubric,
                who,
                "tested",
                words,
                statistic,
                chance.p,
                _cells(sheets, ends, mine, digit),
                chance.draws,
                chance.seed,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Ends:
    """``kinds``: the addresses of each kind of reading, and the unit of its last place (in
    1/10000). ``counts``: records x kinds x digits; ``readings``: records x kinds; ``digits``:
    records x digits.
    """

    kinds: list[tuple[list[tuple[str, str]], int]]
    counts: Floats
    readings: Floats
    digits: Floats

    def of(self, rows: IntArray) -> Floats:
        """Returns kinds x digits: how many some records have; whole numbers."""
        found: Floats = self.counts[rows].sum(axis=0)
        return found


def _last_digits(sheets: Sheets) -> _Ends:
    columns = sheets.columns
    kinds: list[tuple[list[tuple[str, str]], int]] = []
    counts: list[Floats] = []
    for kind in _measured(sheets.ratings.rubric):
        at = [columns.slots[f"{owner}.{key}" if key else owner] for owner, key in kind]
        checked = columns.states[:, columns.owners[kind[0][0]]] == CHECKED
        there = columns.given[:, at] & checked[:, np.newaxis]
        step = _last_place(columns.units[:, at][there])
        if step:
            ends = abs(columns.units[:, at]) // step % 10
            own = np.zeros((len(there), 10))
            for digit in range(10):
                own[:, digit] = (there & (ends == digit)).sum(axis=1)
            kinds.append((kind, step))
            counts.append(own)
    shape = len(kinds), len(sheets.ratings), 10
    found = np.array(counts).reshape(shape).transpose(1, 0, 2)
    return _Ends(kinds, found, found.sum(axis=2), found.sum(axis=1))


def _measured(rubric: Rubric) -> list[list[tuple[str, str]]]:
    """The readings of a rubric as (indicator, slot); samples of the same thing together."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for item in rubric.indicators:
        for slot in slots(item):
            if slot.entry == "number" and slot.unit:
                found[item.id, slot.group or address(item.id, slot)].append((item.id, slot.key))
    return list(found.values())


def _last_place(units: IntArray) -> int:
    """The unit of the last place, in 1/10000; 0 where readings do not spread over five of it."""
    if not len(units):
        return 0
    for place in range(_FINEST, -1, -1):
        step = SCALE // 10**place
        finer = units % (10 * step) != 0 if place else np.ones(len(units), bool)
        if finer.mean() >= _FINE:
            return step if units.std() >= _WIDE * step else 0
    return 0


def _beyond(ends: _Ends, rows: IntArray, held: Floats) -> tuple[Floats, Floats]:
    """Visits x digits: how many more than all have; and how many all have in ``rows`` of a size.

    ``held``: kinds x digits, how many all of these rows have.
    """
    total = held.sum(axis=1)
    shares = held / np.maximum(total, 1)[:, np.newaxis]
    beyond = ends.digits[rows] - ends.readings[rows] @ shares
    return beyond, total @ shares / len(rows)


def _chance(seen: float, beyond: Floats, size: int, seed: int) -> Chance:
    visits = len(beyond)
    if comb(visits, size) <= COUNTED:
        chosen = np.array(list(combinations(range(visits), size)))
        return counted(seen, (beyond[chosen].sum(axis=1) ** 2).sum(axis=1))

    def draw(source: np.random.Generator, count: int) -> Floats:
        chosen = choose(source, count, visits, size)
        found: Floats = np.zeros(count)
        for digit in beyond.T:
            found += digit[chosen].sum(axis=1) ** 2
        return found

    return drawn(seen, draw, seed)


def _cells(sheets: Sheets, ends: _Ends, rows: IntArray, digit: int) -> tuple[Place, ...]:
    columns = sheets.columns
    found: list[Place] = []
    for row in rows.tolist():
        for kind, step in ends.kinds:
            for owner, key in kind:
                at = columns.slots[f"{owner}.{key}" if key else owner]
                ends_so = abs(int(columns.units[row, at])) // step % 10 == digit
                checked = columns.states[row, columns.owners[owner]] == CHECKED
                if ends_so and columns.given[row, at] and checked:
                    found.append(sheets.records.place_of(row, owner, key))
                    if len(found) == MOST_CELLS:
                        return tuple(found)
    return tuple(found)


def _cannot(some: bool, count: int) -> str:
    if not some:
        return "这份细则没有量得足够细的读数（如带小数的温度），末位集中不集中无法知道。"
    if count < LEAST:
        return (
            f"测了读数的检查只有 {count} 次，末位集中不集中无法知道。"
            f"测过 {LEAST} 次以上，就能知道。"
        )
    return f"别的督学测了读数的检查不到 {LEAST} 次，没有可比的，末位集中不集中无法知道。"
