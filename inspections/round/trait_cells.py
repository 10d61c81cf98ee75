"""The traits of schools as a roster's cells hold them, in the words that people use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace as with_other
from functools import cache
from typing import Final

from inspections.records.entries import shown, understand
from inspections.records.numbers import fold, read_figure
from inspections.round.table import Table, blank
from rubrics.messages.problems import Problem, problem
from rubrics.rules import Slot
from rubrics.values.conditions import TraitValue
from rubrics.values.ranges import parse_range
from rubrics.values.traits import Trait

_NUMBER = Slot("", "", "number", range=parse_range("[0, ∞)"))
_YES_NO = Slot("", "", "flag")
_MEASURE_WORDS = re.compile(r"个?教?学?班$|[人名个位]$")


def read_trait(
    name: str, trait: Trait, table: Table, row: int, column: int
) -> tuple[TraitValue | None, list[Problem]]:
    """Returns a school's trait from its cell, or from the one that it is merged into.

    Blank is None. Codes: entry-lost, roster-trait-value.
    """
    if lost := list(table.lost_at(row, column)):
        return None, lost
    raw = table.filled(row, column)
    if blank(raw):
        return None, []
    shown_percent = (row, column) in table.percents
    value = None if shown_percent and trait.type == "number" else understood(trait, raw)
    if value is not None:
        return value, []
    known = "、".join(trait.choices) or "数字"
    said = {"heading": name, "value": shown(raw), "more": "", "known": known}
    return None, [problem("roster-trait-value", table.place(row, column), **said)]


def understood(trait: Trait, raw: object) -> TraitValue | None:
    """Returns what a cell says of a trait; None where it says nothing that is known."""
    if trait.type == "number":
        value, _ = understand(_NUMBER, raw)
        if value is None and isinstance(raw, str):
            return _counted(trait, fold(raw))
        return value
    if trait.type == "yes_no":
        answer, _ = understand(_YES_NO, raw)
        return None if answer is None else "是" if answer else "否"
    return _options(trait.options, tuple(trait.words.items())).get(closed(raw))


def _counted(trait: Trait, text: str) -> TraitValue | None:
    """A number with the word for what is counted behind it: 702人, 18个教学班."""
    bare = _MEASURE_WORDS.sub("", "".join(text.split())).removesuffix(trait.unit)
    figure = read_figure(bare, "", counted=True, deducts=False)
    return figure.value if figure is not None and figure.value >= 0 and not figure.percent else None


@cache
def _options(
    options: tuple[str, ...], words: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[str, str]:
    others = {closed(word): option for option, spelled in words for word in spelled}
    return others | {closed(option): option for option in options}


def closed(raw: object) -> str:
    """Returns a text in half width and without blanks: 小　学 is 小学."""
    return "".join(fold(raw if isinstance(raw, str) else shown(raw)).split())


_OF_VALUES: Final = {"roster-trait-value": "heading", "plan-value": "what"}
"""Codes -> which of their parameters says of what column the value is."""


def told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yields the problems; the same value that there is not, in many cells, comes once."""
    held = list(problems)
    counts: dict[tuple[str, str, str], int] = {}
    for item in held:
        if item.code in _OF_VALUES:
            counts[_same(item)] = counts.get(_same(item), 0) + 1
    for item in held:
        if item.code not in _OF_VALUES:
            yield item
        elif count := counts.pop(_same(item), 0):
            more = f"（这样填的有 {count} 处）" if count > 1 else ""
            params = dict(item.params) | {"more": more}
            yield with_other(item, params=tuple(params.items()))


def _same(item: Problem) -> tuple[str, str, str]:
    said = dict(item.params)
    return item.code, said[_OF_VALUES[item.code]], said["value"]
