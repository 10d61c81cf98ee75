"""复合: several rules together, each on a part of the indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rubrics.rules.bands import Bands
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped, either, larger, negated, portion, smaller
from rubrics.rules.formulas import (
    CONTRADICTION,
    EXCUSED_WORDS,
    Rows,
    first_of,
    listing,
    literal,
    quoted,
)
from rubrics.rules.kind import Part, RuleKind, Wrong, pointless
from rubrics.rules.rectify import Asked, Rectify, owed
from rubrics.rules.simple import SimpleRule
from rubrics.rules.slot import Slot, Values
from rubrics.rules.strict_model import Explained, Id
from rubrics.rules.words import told
from rubrics.values.conditions import ConditionText, Traits, holds
from rubrics.values.points import Points, number_text, to_units

ALL_DROPPED = "缺项"
"""Shown as the score where every part of a composite is excused by its own arithmetic."""


class CompositePart(Explained):
    """One part of a composite; ``points`` is its own P (the indicator's where not written)."""

    about = "复合规则的一部分"
    meanings: ClassVar = {"points": "这一部分的满分；不写则同指标分值"}

    id: Id
    rule: SimpleRule
    label: str = ""
    points: Points | None = None
    when: ConditionText | None = None
    rectify: Rectify | None = None


class Composite(RuleKind):
    """复合: parts that apply are added (``sum``), the lowest or the highest counts (``min``,
    ``max``), or their losses are taken from P (``losses``); never below 0 or above P.
    """

    name = "复合"
    about = "复合：几部分合成"
    meanings: ClassVar = {
        "combine": "sum 各部分相加；min 取最低；max 取最高；losses 扣分相加",
        "parts": "各部分",
    }
    demerits = "refused"
    content = ("parts", "部分")

    kind: Literal["composite"]
    combine: Literal["sum", "min", "max", "losses"]
    parts: Annotated[tuple[CompositePart, ...], Field(min_length=2)]

    def simple_parts(self, points: Decimal, traits: Traits | None = None) -> tuple[Part, ...]:
        """Returns its parts, or those that apply to a school with ``traits``."""
        return tuple(
            Part(
                part.rule,
                points if part.points is None else part.points,
                part.id,
                part.label,
                part.when,
                ("parts", n, "rule"),
            )
            for n, part in enumerate(self.parts)
            if traits is None or holds(part.when, traits)
        )

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """Those of all its parts, each led by the part's id."""
        return self.slots_for(points)

    def in_order(self) -> Values | None:
        """All its parts are, or nobody can say."""
        return self.in_order_for()

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``各部分扣分相加：（1）规则：符合得 2 分，不符合不得分；（2）……``."""
        head = {
            "sum": "各部分得分相加",
            "min": "取各部分中最低的",
            "max": "取各部分中最高的",
            "losses": "各部分扣分相加",
        }
        parts = "；".join(
            f"（{n}）{_described(part)}" for n, part in enumerate(self.simple_parts(points), 1)
        )
        return f"{head[self.combine]}：{parts}"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """A sum that does not reach P."""
        own = sum((part.points for part in self.simple_parts(points)), Decimal(0))
        if self.combine == "sum" and own < points:
            yield pointless(("parts",), f"各部分合计 {number_text(own)} 分，得不到满分", points)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """The parts that count, combined; never below 0 or above P.

        A part whose ``when`` does not hold, or that its own arithmetic excuses, drops out: the sum
        is then scaled to P; all dropped excuses the indicator. A void part makes it void.
        """
        earned, due, losses = entered.full(0), entered.full(0), entered.full(0)
        lowest, highest = entered.full(points), entered.full(0)
        none, dropped, void = entered.applies(None), False, False
        for part in self.parts:
            share = points if part.points is None else to_units(part.points)
            outcome = part.rule.earned(share, entered.part(part.id))
            counts = entered.applies(part.when)
            void = void | (counts & outcome.void)
            counts = counts & negated(outcome.excused)
            dropped = dropped | negated(counts)
            none = none & negated(counts)
            earned = earned + either(counts, outcome.earned, 0)
            due = due + either(counts, share, 0)
            losses = losses + either(counts, share - outcome.earned, 0)
            scaled = outcome.earned if share == points else portion(points, outcome.earned, share)
            lowest = smaller(lowest, either(counts, scaled, points))
            highest = larger(highest, either(counts, scaled, 0))
        match self.combine:
            case "sum":
                result = either(dropped, portion(points, earned, 1, due), earned)
            case "min":
                result = lowest
            case "max":
                result = highest
            case "losses":
                result = points - losses
        return Outcome(clipped(result, 0, points), excused=none, void=void)

    def loses(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> bool:
        """Whether points are lost, to which something found on the day has contributed."""
        found = any(
            part.rule.loses(points if part.points is None else part.points, entry.part(part.id))
            for part in self.parts
            if part.rule.on_site and entry.applies(part.when)
        )
        return found and self.costs(points, entry, demerits=demerits)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``规则：不符合``, part by part."""
        for part in self.simple_parts(points, entry.traits):
            if lost := "，".join(part.rule.losses(part.points, entry.part(part.id))):
                # A part that is met or not is told as one sentence: 消毒记录不符合要求.
                apart = "" if lost.startswith("不") else "："
                yield f"{told(part.label)}{apart}{lost}" if part.label else lost

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each part that lost points asks for: its things, or else the part itself."""
        for part in self.parts:
            if entry.applies(part.when):
                own = points if part.points is None else part.points
                for asked in part.rule.asks(own, entry.part(part.id)):
                    yield owed(asked, part.rectify)

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each part asks for: its things, or else the part itself where it lost points."""
        for part in self.simple_parts(points, rows.setting.traits):
            own = rows.of_part(part.id)
            whole = next((it.rectify for it in self.parts if it.id == part.id), None)
            asked = list(part.rule.asked_where(part.points, own))
            score = rows.part(own.first)
            lost = f"AND(ISNUMBER({score}),ROUND(N({score}),9)<{literal(part.points)})"
            for test, found in asked or [(lost, None)]:
                yield test, owed(found, whole)

    def part_formulas(self, points: Decimal, rows: Rows) -> Mapping[int, str]:
        """Returns the formula of every part that applies, by the row of its first slot."""
        parts = self.simple_parts(points, rows.setting.traits)
        own = [(part, rows.of_part(part.id)) for part in parts]
        return {there.first: part.rule.formula(part.points, there) for part, there in own}

    def formula(self, points: Decimal, rows: Rows) -> str:
        """The parts' scores, combined.

        Parts that do not apply, or that their own arithmetic excuses, drop out; where that
        happens, a sum is scaled to the parts that remain.
        """
        parts = self.simple_parts(points, rows.setting.traits)
        if not parts:
            return quoted(ALL_DROPPED)
        first = [rows.of_part(part.id).first for part in parts]
        scores = [
            _PartScore(
                rows.part(row),
                part.points,
                not set(EXCUSED_WORDS).isdisjoint(part.rule.words),
                CONTRADICTION in part.rule.words,
            )
            for part, row in zip(parts, first, strict=True)
        ]
        numbers = listing(first, rows.part)
        excused = "".join(
            f"+({score.cell}={quoted(word)})"
            for score in scores
            if score.loose
            for word in EXCUSED_WORDS
        )
        match self.combine:
            case "sum":
                value = _sum(scores, points, numbers, scaled=len(parts) < len(self.parts))
            case "min":
                value = _outermost("MIN", scores, points, absent=points)
            case "max":
                value = _outermost("MAX", scores, points, absent=Decimal(0))
            case "losses":
                losses = "".join(score.loss for score in scores)
                value = f"MAX(0,{literal(points)}-(0{losses}))"
        chain = [(f"COUNT({numbers}){excused}<{len(parts)}", _why_not(scores))]
        if all(score.loose for score in scores):
            chain.append((f"COUNT({numbers})=0", quoted(ALL_DROPPED)))
        return first_of(chain, value)


def _described(part: Part) -> str:
    label = part.label or (part.rule.label if isinstance(part.rule, Bands) else "")
    head = f"{label}：" if label else ""
    only = f"（仅{part.when}）" if part.when else ""
    return f"{head}{part.rule.describe(part.points)}{only}"


@dataclass(frozen=True, slots=True)
class _PartScore:
    """The cell with a part's score, out of ``points``.

    ``loose``: a word may stand there that says why the part does not count; ``doubtful``: one
    that says that its entries contradict each other.
    """

    cell: str
    points: Decimal
    loose: bool
    doubtful: bool

    @property
    def loss(self) -> str:
        """What the part lacks, as an addend."""
        lost = f"{literal(self.points)}-{self.cell}"
        return f"+IF(ISNUMBER({self.cell}),{lost},0)" if self.loose else f"+{lost}"


def _sum(scores: Sequence[_PartScore], points: Decimal, numbers: str, *, scaled: bool) -> str:
    """The capped sum; where some parts drop out, by P over the points of those that remain."""
    whole = literal(points)
    plain_sum = f"MIN({whole},SUM({numbers}))"
    remaining = "+".join(
        f"ISNUMBER({score.cell})*{units}" if score.loose else str(units)
        for score in scores
        for units in [to_units(score.points)]
    )
    by_share = f"MIN({whole},SUM({numbers})*{to_units(points)}/({remaining}))"
    if scaled:
        return by_share
    if any(score.loose for score in scores):
        return f"IF(COUNT({numbers})={len(scores)},{plain_sum},{by_share})"
    return plain_sum


def _outermost(
    function: str, scores: Sequence[_PartScore], points: Decimal, *, absent: Decimal
) -> str:
    """The lowest or the highest of the parts, of P; ``absent`` stands for one that drops out."""
    values = []
    for score in scores:
        value = score.cell
        if score.points != points:
            value = f"{score.cell}*{to_units(points)}/{to_units(score.points)}"
        if score.loose:
            value = f"IF(ISNUMBER({score.cell}),{value},{literal(absent)})"
        values.append(value)
    return f"{function}({','.join(values)})"


def _why_not(scores: Sequence[_PartScore]) -> str:
    """What stands for the score while a part has none."""
    doubts = [f"{score.cell}={quoted(CONTRADICTION)}" for score in scores if score.doubtful]
    return f'IF(OR({",".join(doubts)}),{quoted(CONTRADICTION)},"")' if doubts else '""'
