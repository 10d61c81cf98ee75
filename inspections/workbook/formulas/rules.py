"""The score formula of every rule kind, in functions that every spreadsheet has had since 2007.

The engine's arithmetic is exact, a spreadsheet's is not: quotients are therefore taken of whole
numbers (1/10000 point), which a double holds exactly, and rounded once. Formulas refer to the
READ column and give a number, an empty text while entries are missing, or a word that says why
there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.shares import linear, ratio, survey, votes
from inspections.workbook.formulas.text import (
    complete,
    first_of,
    listing,
    literal,
    one_of,
    within,
)
from rubrics.rules.model import (
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
from rubrics.values.points import from_units, to_units


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
            counts = ",".join(
                f"COUNT({listing(samples)})>0"
                for reading, samples in zip(rule.readings, taken, strict=True)
                if not reading.optional
            )
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
            return linear(rule, points, cells[""])
        case Quota():
            required = rule.times * setting.elapsed.get(rule.per, 0)
            missing = f"MAX(0,{required}-{cells['']})"
            return _less(points, f"{missing}*{literal(rule.each)}", setting)
        case Ratio():
            return ratio(rule, points, cells["have"], cells["due"])
        case Votes():
            return votes(rule, points, cells)
        case Survey():
            return survey(rule, points, cells)
    raise AssertionError(rule.kind)


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
        passes_here = within(cells, reading.within)
        if reading.optional:
            passes_here = f'OR({cells}="",{passes_here})'
        return f"IF({passes_here},0,{price})"
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
