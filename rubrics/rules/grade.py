"""等级: one level is chosen, each with its share of the points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import Units, portion
from rubrics.rules.formulas import Rows, first_of, literal, one_of
from rubrics.rules.kind import RuleKind, Wrong, pointless, unlike
from rubrics.rules.rectify import Asked, below
from rubrics.rules.slot import Slot, Values
from rubrics.rules.strict_model import Factor, Id
from rubrics.rules.words import earns, then
from rubrics.values.points import SCALE, number_text, to_units


class Grade(RuleKind):
    """等级: P x the coefficient of the level chosen; only as a factor may one be above 1."""

    name = "等级"
    about = "等级：得分＝分值×该级系数"
    meanings: ClassVar = {"levels": "等级 → 系数（0 到 1；在 combine: product 里可以大于 1）"}
    judgement = True
    demerits = "outright"
    rests_on = "level"
    content = ("levels", "等级")

    kind: Literal["grade"]
    levels: Annotated[dict[Id, Factor], Field(min_length=2)]

    @property
    def factors(self) -> tuple[Decimal, ...]:
        """The coefficients of its levels."""
        return tuple(self.levels.values())

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The level."""
        return (Slot("", "等级", "choice", options=tuple(self.levels)),)

    def in_order(self) -> Values | None:
        """The grade has to be chosen."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``A 得 2 分；B 得 1.6 分``."""
        return "；".join(
            f"{then(level, earns(demerits))} {number_text(points * coefficient)} 分"
            for level, coefficient in self.levels.items()
        )

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Levels that do not reach P, or all earn the same."""
        earned = [coefficient * points for coefficient in self.levels.values()]
        yield from unlike(("levels",), earned, points, demerits)

    def wrong_factor(self, points: Decimal) -> Iterator[Wrong]:
        """Levels that all multiply by the same."""
        if len(set(self.factors)) == 1:
            yield pointless(("levels",), "不论评哪一级系数都一样", points)

    def describe_factor(self) -> str:
        """``高 ×1.2、中 ×1、低 ×0.8``: what each level multiplies by."""
        return "、".join(f"{name} ×{number_text(by)}" for name, by in self.levels.items())

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P x the coefficient of the level."""

        def of_level(coefficient: Decimal) -> Units:
            return portion(points, to_units(coefficient), SCALE)

        return Outcome(entered.chosen(self.levels, of_level))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``评为“B”（系数 0.8）``."""
        level = entry.text()
        if level in self.levels and (self.levels[level] < 1 if points else self.levels[level] > 0):
            yield self._rated(level)

    def raised(self, entry: Entry) -> str:
        """Returns the level that multiplies by more than 1; empty for any other."""
        level = entry.text()
        return self._rated(level) if self.levels.get(level, 0) > 1 else ""

    def _rated(self, level: str) -> str:
        return f"评为“{level}”（系数 {number_text(self.levels[level])}）"

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """The whole demand at the lowest level, a milder one above it."""
        level, by_merit = entry.text(), sorted(self.levels.items(), key=lambda one: one[1])
        if level in self.levels and self.costs(points, entry, demerits=demerits):
            low, best = by_merit[0], by_merit[-1]
            if demerits:
                low, best = best, low
            yield None if self.levels[level] == low[1] else below(best[0])

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """The whole demand at the lowest level, a milder one at those between."""
        by_merit = sorted(self.levels, key=lambda level: self.levels[level])
        if rows.setting.demerits:
            by_merit.reverse()
        worst, best = self.levels[by_merit[0]], self.levels[by_merit[-1]]
        for level in by_merit:
            if self.levels[level] != best:
                lowest = self.levels[level] == worst
                yield one_of(rows.cell(), (level,)), None if lowest else below(by_merit[-1])

    def formula(self, points: Decimal, rows: Rows) -> str:
        """The points of the first level whose name stands there."""
        chain = [
            (one_of(rows.cell(), (level,)), literal(points * coefficient))
            for level, coefficient in self.levels.items()
        ]
        return first_of(chain, '""')
