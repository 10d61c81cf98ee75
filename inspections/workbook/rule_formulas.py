"""The score formula of every rule kind, in functions that every spreadsheet has had since 2007.

The engine's arithmetic is exact, a spreadsheet's is not: quotients are therefore taken of whole
numbers (1/10000 point), which a double holds exactly, and rounded once. Formulas refer to the
READ column and give a number, an empty text while entries are missing, or one of the words below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspections.workbook.entry_formulas import literal, one_of, quoted, within
from inspections.workbook.layout import Column, runs
from rubrics.points import SCALE, from_units, to_units
from rubrics.ranges import Range
from rubrics.rules import (
    AllOrNone,
    Bands,
    Checklist,
    Deduct,
    Discretionary,
    EnteredPoints,
    Fault,
    Grade,
    Linear,
    Period,
    Quota,
    Ratio,
    Reading,
    SimpleRule,
    Survey,
    Threshold,
    Votes,
)

EXCUSED_WORDS = TOO_SMALL, NOTHING_DUE = "样本不足", "应有为0"
"""Shown as the score where the rule's own arithmetic excuses the item."""

INVALID_WORDS = NO_QUORUM, CONTRADICTION = "测评无效", "数有误"
"""Shown as the score where the entries do not count; the item stays unchecked."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What formulas need beside the rule: periods elapsed, and which way the rubric counts."""

    elapsed: Mapping[Period, int]
    demerits: bool = False


def score(rule: SimpleRule, points: Decimal, rows: Mapping[str, int], setting: Setting) -> str:
    """Returns the formula (without ``=``) of one rule whose P is ``points``.

    ``rows`` gives the sheet's row of every slot by the slot's key within the rule.
    """
    cells = {key: Column.READ.at(row) for key, row in rows.items()}
    match rule:
        case EnteredPoints():
            return cells[""]
        case Grade():
            return first_of(
                [
                    (one_of(cells[""], (level,)), _share(points, coefficient))
                    for level, coefficient in rule.levels.items()
                ],
                '""',
            )
        case Discretionary():
            given, why = cells[""], cells["reason"]
            loss = _less(points, f'IF({why}="",0,{given})', setting)
            allowed = f"OR({given}=0,{given}>={literal(rule.least)})"
            return f'IF(ISNUMBER({given}),IF({allowed},{loss},""),"")'
        case Threshold():
            taken = [_samples(reading, rows) for reading in rule.readings]
            counts = ",".join(f"COUNT({listing(samples)})>0" for samples in taken)
            losses = [
                _failures(reading, samples, points)
                for reading, samples in zip(rule.readings, taken, strict=True)
            ]
            return f'IF(AND({counts}),{_less(points, "+".join(losses), setting)},"")'
    return complete(rows.values(), _when_complete(rule, points, cells, setting))


def _when_complete(
    rule: SimpleRule, points: Decimal, cells: Mapping[str, str], setting: Setting
) -> str:
    match rule:
        case Deduct():
            costs = [_cost(fault, cells[fault.id or ""]) for fault in rule.faults]
            return _less(points, "+".join(costs), setting)
        case Checklist():
            prices = [
                (item.id, rule.each if item.points is None else item.points) for item in rule.items
            ]
            costs = [f"(1-{cells[key]})*{literal(price or Decimal(0))}" for key, price in prices]
            return _less(points, "+".join(costs), setting)
        case AllOrNone():
            loss = f"IF(MIN({','.join(cells.values())})=1,0,{literal(points)})"
            return _less(points, loss, setting)
        case Bands():
            value = cells[""]
            chain = [(within(value, band.range), literal(band.points)) for band in rule.bands]
            return first_of(chain[:-1], chain[-1][1])
        case Linear():
            return _linear(rule, points, cells[""])
        case Quota():
            required = rule.times * setting.elapsed.get(rule.per, 0)
            missing = f"MAX(0,{required}-{cells['']})"
            return _less(points, f"{missing}*{literal(rule.each)}", setting)
        case Ratio():
            return _ratio(rule, points, cells["have"], cells["due"])
        case Votes():
            return _votes(rule, points, cells)
        case Survey():
            return _survey(rule, points, cells)
    raise AssertionError(rule.kind)


def quotient(numerator: str, denominator: str) -> str:
    """Returns points, rounded half-up to 1/10000, of two whole numbers of units."""
    return f"ROUND(({numerator})/({denominator}),0)/{SCALE}"


def first_of(chain: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Returns the value of the first condition that holds."""
    return "".join(f"IF({test},{value}," for test, value in chain) + otherwise + ")" * len(chain)


def complete(rows: Iterable[int], formula: str) -> str:
    """Returns the formula with its value shown once all of ``rows`` read as numbers."""
    numbers = list(rows)
    if len(numbers) == 1:
        return f'IF(ISNUMBER({listing(numbers)}),{formula},"")'
    return f'IF(COUNT({listing(numbers)})={len(numbers)},{formula},"")'


def listing(rows: Iterable[int], column: Column = Column.READ) -> str:
    """Returns the cells of ``rows`` as arguments of a function, neighbours as ranges."""
    return ",".join(
        column.at(low) if low == high else f"{column.at(low)}:{column.at(high)}"
        for low, high in runs(rows)
    )


def _less(points: Decimal, loss: str, setting: Setting) -> str:
    full = literal(points)
    if setting.demerits:
        return f"ROUND(MIN({full},{loss}),4)"
    return f"ROUND(MAX(0,{full}-({loss})),4)"


def _share(points: Decimal, coefficient: Decimal) -> str:
    return literal(from_units(to_units(points * coefficient)))


def _cost(fault: Fault, cell: str) -> str:
    cost = f"{cell}*{literal(fault.each)}"
    if fault.repeat_from is not None and fault.repeat_each is not None:
        first = fault.repeat_from - 1
        cost = (
            f"MIN({cell},{first})*{literal(fault.each)}"
            f"+MAX(0,{cell}-{first})*{literal(fault.repeat_each)}"
        )
    return cost if fault.limit is None else f"MIN({literal(fault.limit)},{cost})"


def _samples(reading: Reading, rows: Mapping[str, int]) -> list[int]:
    base = reading.id or ""
    if reading.samples == 1:
        return [rows[base]]
    start = f"{base}." if base else ""
    return [rows[f"{start}{number}"] for number in range(1, reading.samples + 1)]


def _failures(reading: Reading, samples: Sequence[int], points: Decimal) -> str:
    """What the failing samples of one reading cost; blank samples fail nothing."""
    cells = listing(samples)
    if len(samples) == 1:
        price = literal(points if reading.each is None else reading.each)
        return f"IF({within(cells, reading.within)},0,{price})"
    ends = reading.within
    passes = []
    if ends.low is not None:
        passes.append(f"({cells}>{'=' * ends.low_closed}{literal(ends.low)})")
    if ends.high is not None:
        passes.append(f"({cells}<{'=' * ends.high_closed}{literal(ends.high)})")
    failing = f"SUMPRODUCT(ISNUMBER({cells})*(1-{'*'.join(passes) or 1}))"
    if reading.each is None:
        return f"IF({failing}>0,{literal(points)},0)"
    return f"{failing}*{literal(reading.each)}"


def _linear(rule: Linear, points: Decimal, cell: str) -> str:
    full, zero = to_units(rule.full), to_units(rule.zero)
    reached = f"ROUND({cell}*{SCALE},0)"
    gain = f"{reached}-({zero})" if full > zero else f"{zero}-{reached}"
    width = abs(full - zero)
    return quotient(f"{to_units(points)}*MAX(0,MIN({width},{gain}))", str(width))


def _ratio(rule: Ratio, points: Decimal, have: str, due: str) -> str:
    if rule.full is not None:
        worth, full = to_units(points), rule.full
        most, got = f"{due}*{full.numerator}", f"{have}*{full.denominator}"
        value = quotient(f"{worth}*MIN({most},{got})", most)
    elif rule.each is not None:
        value = f"ROUND(MAX(0,{literal(points)}-({due}-{have})*{literal(rule.each)}),4)"
    else:
        chain = [
            (_share_within(have, due, band.range), literal(band.points)) for band in rule.bands
        ]
        value = first_of(chain[:-1], chain[-1][1])
    return first_of(
        [(f"{have}>{due}", quoted(CONTRADICTION)), (f"{due}=0", quoted(NOTHING_DUE))], value
    )


def _share_within(have: str, due: str, allowed: Range) -> str:
    """The condition that have / due lies in ``allowed``, without dividing."""
    tests = []
    for end, sign in (
        (allowed.low, ">" + "=" * allowed.low_closed),
        (allowed.high, "<" + "=" * allowed.high_closed),
    ):
        if end is not None:
            exact = Fraction(end)
            tests.append(f"{have}*{exact.denominator}{sign}{due}*{exact.numerator}")
    return f"AND({','.join(tests)})" if len(tests) > 1 else "".join(tests) or "TRUE"


def _votes(rule: Votes, points: Decimal, cells: Mapping[str, str]) -> str:
    ballots = [(cells[name], to_units(worth)) for name, worth in rule.options.items()]
    valid = "+".join(cell for cell, _ in ballots)
    weighed = "+".join(f"{cell}*{worth}" for cell, worth in ballots)
    entitled = cells["entitled"]
    value = quotient(f"{to_units(points)}*({weighed})", f"({valid})*{SCALE}")
    if rule.trim_from is not None:
        best_first = sorted(ballots, key=lambda ballot: -ballot[1])
        ends = [
            first_of([(f"{cell}>0", str(worth)) for cell, worth in order[:-1]], str(order[-1][1]))
            for order in (best_first, best_first[::-1])
        ]
        trimmed = quotient(
            f"{to_units(points)}*({weighed}-{ends[0]}-{ends[1]})", f"({valid}-2)*{SCALE}"
        )
        value = f"IF({valid}>={rule.trim_from},{trimmed},{value})"
    quorum = rule.quorum
    too_few = f"({valid})*{quorum.denominator}<{entitled}*{quorum.numerator}"
    return first_of(
        [
            (f"{valid}+{cells['invalid']}>{entitled}", quoted(CONTRADICTION)),
            (f"OR({valid}=0,{too_few})", quoted(NO_QUORUM)),
        ],
        value,
    )


def _survey(rule: Survey, points: Decimal, cells: Mapping[str, str]) -> str:
    satisfied, returned, sent = cells["satisfied"], cells["returned"], cells["sent"]
    most, got = f"{returned}*{rule.full.numerator}", f"{satisfied}*{rule.full.denominator}"
    rate = rule.min_rate
    small = (
        f"OR({returned}<{rule.min_returned},{returned}*{rate.denominator}<{sent}*{rate.numerator})"
    )
    return first_of(
        [
            (f"OR({satisfied}>{returned},{returned}>{sent})", quoted(CONTRADICTION)),
            (small, quoted(TOO_SMALL)),
        ],
        quotient(f"{to_units(points)}*MIN({most},{got})", most),
    )
