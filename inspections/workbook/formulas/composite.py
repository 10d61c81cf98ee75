"""The score formula of a composite rule, from the scores of its parts in the PART column."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.rules import Setting, score
from inspections.workbook.formulas.shares import CONTRADICTION, EXCUSED_WORDS
from inspections.workbook.formulas.text import first_of, listing, literal, quoted, quotient
from rubrics.rules.model import Composite, CompositePart
from rubrics.values.conditions import Traits, holds
from rubrics.values.points import from_units, to_units

MAY_BE_EXCUSED = ("ratio", "survey")
MAY_CONTRADICT = ("ratio", "votes", "survey")
ALL_DROPPED = "缺项"
"""Shown where every part of a composite is excused by its own arithmetic."""


def part_rows(rows: Mapping[str, int], part: CompositePart) -> dict[str, int]:
    """Returns the rows of one part's slots by the key within the part."""
    start = f"{part.id}."
    return {
        "" if key == part.id else key.removeprefix(start): row
        for key, row in rows.items()
        if key == part.id or key.startswith(start)
    }


def part_scores(
    rule: Composite, points: Decimal, rows: Mapping[str, int], traits: Traits, setting: Setting
) -> dict[int, str]:
    """Returns the PART formula of every part that applies, by the row of its first slot."""
    return {
        _first_row(rows, part): score(
            part.rule, _worth(part, points), part_rows(rows, part), setting
        )
        for part in _applying(rule, traits)
    }


def combined(rule: Composite, points: Decimal, rows: Mapping[str, int], traits: Traits) -> str:
    """Returns the formula (without ``=``) of the composite's score.

    Parts that do not apply, or that their own arithmetic excuses, drop out; where that happens,
    a sum is scaled to the parts that remain.
    """
    parts = [(part, _first_row(rows, part)) for part in _applying(rule, traits)]
    if not parts:
        return quoted(ALL_DROPPED)
    cells = [Column.PART.at(row) for _, row in parts]
    worths = [to_units(_worth(part, points)) for part, _ in parts]
    numbers = listing((row for _, row in parts), Column.PART)
    loose = [part.rule.kind in MAY_BE_EXCUSED for part, _ in parts]
    excused = "".join(
        f"+({cell}={quoted(word)})"
        for cell, maybe in zip(cells, loose, strict=True)
        if maybe
        for word in EXCUSED_WORDS
    )
    whole = to_units(points)
    match rule.combine:
        case "sum":
            value = _sum(rule, numbers, cells, worths, loose, whole)
        case "min":
            value = _lowest(cells, worths, loose, whole)
        case "losses":
            losses = "".join(
                f"+IF(ISNUMBER({cell}),{literal(from_units(worth))}-{cell},0)"
                if maybe
                else f"+{literal(from_units(worth))}-{cell}"
                for cell, worth, maybe in zip(cells, worths, loose, strict=True)
            )
            value = f"ROUND(MAX(0,{literal(points)}-(0{losses})),4)"
    chain = [(f"COUNT({numbers}){excused}<{len(parts)}", _why_not(parts))]
    if all(loose):
        chain.append((f"COUNT({numbers})=0", quoted(ALL_DROPPED)))
    return first_of(chain, value)


def _sum(
    rule: Composite,
    numbers: str,
    cells: list[str],
    worths: list[int],
    loose: list[bool],
    whole: int,
) -> str:
    """The capped sum; scaled by P over the points of the parts that remain, where some do not."""
    points = literal(from_units(whole))
    plain_sum = f"ROUND(MIN({points},SUM({numbers})),4)"
    remaining = "+".join(
        f"ISNUMBER({cell})*{worth}" if maybe else str(worth)
        for cell, worth, maybe in zip(cells, worths, loose, strict=True)
    )
    scaled = quotient(f"ROUND(SUM({numbers})*10000,0)*{whole}", remaining)
    scaled = f"MIN({points},{scaled})"
    if len(cells) < len(rule.parts):
        return scaled
    if any(loose):
        return f"IF(COUNT({numbers})={len(cells)},{plain_sum},{scaled})"
    return plain_sum


def _lowest(cells: list[str], worths: list[int], loose: list[bool], whole: int) -> str:
    values = []
    for cell, worth, maybe in zip(cells, worths, loose, strict=True):
        value = cell
        if worth != whole:
            value = quotient(f"ROUND({cell}*10000,0)*{whole}", str(worth))
        if maybe:
            value = f"IF(ISNUMBER({cell}),{value},{literal(from_units(whole))})"
        values.append(value)
    return f"MIN({','.join(values)})"


def _why_not(parts: list[tuple[CompositePart, int]]) -> str:
    """What stands for the score while a part has none."""
    contradicted = [
        f"{Column.PART.at(row)}={quoted(CONTRADICTION)}"
        for part, row in parts
        if part.rule.kind in MAY_CONTRADICT
    ]
    if not contradicted:
        return '""'
    return f'IF(OR({",".join(contradicted)}),{quoted(CONTRADICTION)},"")'


def _applying(rule: Composite, traits: Traits) -> list[CompositePart]:
    return [part for part in rule.parts if holds(part.when, traits)]


def _worth(part: CompositePart, points: Decimal) -> Decimal:
    return points if part.points is None else part.points


def _first_row(rows: Mapping[str, int], part: CompositePart) -> int:
    return min(part_rows(rows, part).values())
