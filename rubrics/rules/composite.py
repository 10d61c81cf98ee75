"""复合: several rules together, each on a part of the indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, model_validator

from rubrics.rules.bands import Bands
from rubrics.rules.beyond import within_a_part
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped, either, larger, negated, portion, smaller, times
from rubrics.rules.formulas import (
    CONTRADICTION,
    EXCUSED_WORDS,
    Rows,
    first_of,
    listing,
    literal,
    quoted,
)
from rubrics.rules.grade import Grade
from rubrics.rules.kind import Part, RuleKind, Wrong, pointless
from rubrics.rules.rectify import Asked, Rectify, owed
from rubrics.rules.simple import AnySimple
from rubrics.rules.slot import Slot, Values, joined
from rubrics.rules.strict_model import Explained, Id
from rubrics.rules.words import told
from rubrics.values.conditions import ConditionText, Traits, both, holds
from rubrics.values.points import Points, number_text, to_units

ALL_DROPPED = "缺项"
"""Shown as the score where every part of a composite is excused by its own arithmetic."""

DEEPEST: Final = 3
"""So deep may composites lie in each other: as many cells of a sheet hold their scores."""

_NUMBERS = "（{}）", "〔{}〕", "［{}］"
"""How parts are counted in words, level by level."""


class CompositePart(Explained):
    """One part of a composite; ``points`` is its own P (that of the whole where not written)."""

    about = "复合规则的一部分"
    meanings: ClassVar = {"points": "这一部分的满分；不写则同整条规则的分值"}

    id: Id
    rule: Annotated[AnySimple | Composite, Field(discriminator="kind")]
    label: str = ""
    points: Points | None = None
    when: ConditionText | None = None
    rectify: Rectify | None = None

    def own(self, points: Decimal) -> Decimal:
        """Returns its own P, in a composite of ``points``."""
        return points if self.points is None else self.points


class Composite(RuleKind):
    """复合: parts that apply are added (``sum``), the highest of what they earn counts (``max``) or
    the lowest of their shares of their own points (``min``), their losses are taken from P
    (``losses``), or P is multiplied by the share of each (``product``); never below 0 or above P.
    Parts may be composites.
    """

    name = "复合"
    about = "复合：几部分合成"
    meanings: ClassVar = {
        "combine": (
            "sum 各部分相加；min 取最低（各按自己的分值折算）；max 取得分最高的；losses 扣分相加；"
            "product 各部分得分率相乘（如难度系数）"
        ),
        "parts": "各部分；一部分也可以是复合规则",
    }
    demerits = "refused"
    content = ("parts", "部分")

    kind: Literal["composite"]
    combine: Literal["sum", "min", "max", "losses", "product"]
    parts: Annotated[tuple[CompositePart, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _not_too_deep(self) -> Composite:
        if self.depth > DEEPEST:
            raise ValueError(f"复合规则里最多套 {DEEPEST - 1} 层复合规则")
        return self

    @property
    def depth(self) -> int:
        """How many composites lie in each other, this one included."""
        return 1 + max(part.rule.depth for part in self.parts)

    def _own_parts(self, points: Decimal, traits: Traits | None = None) -> tuple[Part, ...]:
        """Its own parts, or those of them in which something applies to a school."""
        return tuple(
            Part(
                part.rule,
                part.own(points),
                part.id,
                part.label,
                part.when,
                ("parts", n, "rule"),
                self.combine == "product",
            )
            for n, part in enumerate(self.parts)
            if traits is None
            or (holds(part.when, traits) and part.rule.simple_parts(points, traits))
        )

    def simple_parts(self, points: Decimal, traits: Traits | None = None) -> tuple[Part, ...]:
        """Returns its parts, and in place of each composite its parts, or those that apply."""
        return tuple(
            _inside(outer, inner)
            for outer in self._own_parts(points, traits)
            for inner in outer.rule.simple_parts(outer.points, traits)
        )

    def parts_within(self, points: Decimal) -> Iterator[Part]:
        """See :class:`RuleKind`."""
        for outer in self._own_parts(points):
            yield outer
            for inner in outer.rule.parts_within(outer.points):
                yield replace(_inside(outer, inner), when=inner.when)

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """Those of all its parts, each led by the part's id."""
        return self.slots_for(points)

    def in_order(self) -> Values | None:
        """All its parts are, or nobody can say."""
        return self.in_order_for()

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``各部分扣分相加：（1）规则：符合得 2 分，不符合不得分；（2）……``."""
        return self._described(points, 0)

    def _described(self, points: Decimal, level: int) -> str:
        head = {
            "sum": "各部分得分相加",
            "min": "取各部分中最低的",
            "max": "取各部分中最高的",
            "losses": "各部分扣分相加",
            "product": f"得分＝{number_text(points)}×各部分得分率相乘，最多得分值",
        }
        own = self._own_parts(points)
        parts = "；".join(
            f"{_NUMBERS[level].format(n)}{_described(part, level)}" for n, part in enumerate(own, 1)
        )
        scaled = self.combine == "min" and any(part.points != points for part in own)
        first = f"（先各折成满分 {number_text(points)} 分）" if scaled else ""
        return f"{head[self.combine]}{first}：{parts}"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """A sum, a highest part or a product that does not reach P; parts that go below 0 or above
        theirs.
        """
        own = sum((part.own(points) for part in self.parts), Decimal(0))
        if self.combine == "sum" and own < points:
            yield pointless(("parts",), f"各部分合计 {number_text(own)} 分，得不到满分", points)
        most = max(part.own(points) for part in self.parts)
        if self.combine == "max" and most < points:
            said = f"各部分最多 {number_text(most)} 分，得不到满分"
            yield pointless(("parts",), said, points)
        if self.combine == "product":
            factors = [part.rule.factors for part in self.parts if isinstance(part.rule, Grade)]
            best = prod((max(one) for one in factors), start=Decimal(1))
            if best < 1:
                said = f"各部分得分率最多乘得 {number_text(best)}，得不到满分"
                yield pointless(("parts",), said, points)
        for part in self._own_parts(points):
            below = part.rule.lowest(part.points) < 0
            above = part.rule.highest(part.points) > part.points
            for name in [*["floor"] * below, *["ceiling"] * above]:
                wrong = within_a_part(name, part.id)
                yield wrong._replace(keys=(*part.keys, *wrong.keys))

    def earned(self, points: int, entered: Entered) -> Outcome:
        """The parts that count, combined; never below 0 or above P.

        A part whose ``when`` does not hold, or that its own arithmetic excuses, drops out: the sum
        is then scaled to P; all dropped excuses the indicator. A void part makes it void.
        """
        earned, due, losses = entered.full(0), entered.full(0), entered.full(0)
        lowest, highest, product = (entered.full(start) for start in (points, 0, points))
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
            highest = larger(highest, either(counts, outcome.earned, 0))
            if self.combine == "product":
                product = portion(1, times(product, either(counts, outcome.earned, share)), share)
        match self.combine:
            case "sum":
                result = either(dropped, portion(points, earned, 1, due), earned)
            case "min":
                result = lowest
            case "max":
                result = highest
            case "losses":
                result = points - losses
            case "product":
                result = product
        return Outcome(clipped(result, 0, points), excused=none, void=void)

    def loses(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> bool:
        """Whether points are lost, to which something found on the day has contributed."""
        found = any(
            part.rule.loses(part.points, entry.part(part.id))
            for part in self._own_parts(points, entry.traits)
            if part.rule.on_site
        )
        return found and self.costs(points, entry, demerits=demerits)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``规则：不符合``, part by part; of a product what multiplies by more than 1 too."""
        texts = []
        some = False
        for part in self._own_parts(points, entry.traits):
            own = entry.part(part.id)
            lost = "，".join(part.rule.losses(part.points, own))
            some = some or bool(lost)
            if not lost and self.combine == "product" and isinstance(part.rule, Grade):
                lost = part.rule.raised(own)
            if lost:
                # A part that is met or not is told as one sentence: 消毒记录不符合要求.
                apart = "" if lost.startswith("不") else "："
                texts.append(f"{told(part.label)}{apart}{lost}" if part.label else lost)
        yield from texts if some else ()

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each part that lost points asks for: its things, or else the part itself."""
        for part in self.parts:
            if entry.applies(part.when):
                for asked in part.rule.asks(part.own(points), entry.part(part.id)):
                    yield owed(asked, part.rectify)

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each part asks for: its things, or else the part itself where it lost points."""
        whole = {part.id: part.rectify for part in self.parts}
        for part in self._own_parts(points, rows.setting.traits):
            own = rows.of_part(part.id)
            asked = list(part.rule.asked_where(part.points, own))
            score = _cell(part, own)
            lost = f"AND(ISNUMBER({score}),ROUND(N({score}),9)<{literal(part.points)})"
            for test, found in asked or [(lost, None)]:
                yield test, owed(found, whole[part.id])

    def part_formulas(self, points: Decimal, rows: Rows) -> Mapping[tuple[int, int], str]:
        """Returns the formula of every part that applies, by the row of its first slot."""
        found: dict[tuple[int, int], str] = {}
        for part in self._own_parts(points, rows.setting.traits):
            own = rows.of_part(part.id)
            found[own.first, _level(part, own)] = part.rule.formula(part.points, own)
            found |= part.rule.part_formulas(part.points, own)
        return found

    def formula(self, points: Decimal, rows: Rows) -> str:
        """The parts' scores, combined.

        Parts that do not apply, or that their own arithmetic excuses, drop out; where that
        happens, a sum is scaled to the parts that remain.
        """
        parts = self._own_parts(points, rows.setting.traits)
        if not parts:
            return quoted(ALL_DROPPED)
        own = [rows.of_part(part.id) for part in parts]
        scores = [
            _PartScore(
                _cell(part, there),
                part.points,
                _excusing(part.rule, rows.setting.traits),
                any(
                    CONTRADICTION in inner.rule.words
                    for inner in part.rule.simple_parts(part.points, rows.setting.traits)
                ),
            )
            for part, there in zip(parts, own, strict=True)
        ]
        numbers = _listing(parts, own)
        excused = "".join(
            f"+({score.cell}={quoted(word)})" for score in scores for word in score.words
        )
        match self.combine:
            case "sum":
                value = _sum(scores, points, numbers, scaled=len(parts) < len(self.parts))
            case "min":
                value = _lowest(scores, points)
            case "max":
                value = f"MIN({literal(points)},{_highest(scores)})"
            case "losses":
                losses = "".join(score.loss for score in scores)
                value = f"MAX(0,{literal(points)}-(0{losses}))"
            case "product":
                shares = "*".join(score.share for score in scores)
                value = f"MIN({literal(points)},{literal(points)}*{shares})"
        chain = [(f"COUNT({numbers}){excused}<{len(parts)}", _why_not(scores))]
        if all(score.words for score in scores):
            chain.append((f"COUNT({numbers})=0", quoted(ALL_DROPPED)))
        return first_of(chain, value)


def _inside(outer: Part, inner: Part) -> Part:
    """A part of a composite that is itself a part, as the whole rule knows it."""
    return replace(
        inner,
        id=joined(outer.id, inner.id),
        label="：".join(filter(None, (outer.label, inner.label))),
        when=both(outer.when, inner.when),
        keys=(*outer.keys, *inner.keys),
        factor=inner.factor if inner.keys else outer.factor,
    )


def _level(part: Part, own: Rows) -> int:
    """At which level the score of a part stands, whose entries stand in ``own``."""
    return own.level if isinstance(part.rule, Composite) else 0


def _cell(part: Part, own: Rows) -> str:
    return own.part(own.first, _level(part, own))


def _listing(parts: Sequence[Part], own: Sequence[Rows]) -> str:
    """The cells with the scores of parts as arguments of a function."""
    rows: dict[int, list[int]] = {}
    for part, there in zip(parts, own, strict=True):
        rows.setdefault(_level(part, there), []).append(there.first)
    return ",".join(
        listing(found, lambda row, level=level: own[0].part(row, level))  # type: ignore[misc]
        for level, found in rows.items()
    )


def _excusing(rule: RuleKind, traits: Traits) -> tuple[str, ...]:
    """The words that may stand for a part's score where its own arithmetic excuses it."""
    if not isinstance(rule, Composite):
        return EXCUSED_WORDS if set(EXCUSED_WORDS) & set(rule.words) else ()
    inner = rule._own_parts(Decimal(0), traits)
    return (ALL_DROPPED,) if all(_excusing(part.rule, traits) for part in inner) else ()


def _described(part: Part, level: int) -> str:
    label = part.label or (part.rule.label if isinstance(part.rule, Bands) else "")
    head = f"{label}：" if label else ""
    only = f"（仅{part.when}）" if part.when else ""
    match part.rule:
        case Composite():
            said = part.rule._described(part.points, level + 1)
        case Grade() if part.factor:
            said = part.rule.describe_factor()
        case _:
            said = part.rule.describe(part.points)
    return f"{head}{said}{only}"


@dataclass(frozen=True, slots=True)
class _PartScore:
    """The cell with a part's score, out of ``points``.

    ``words``: those that may stand there and say why the part does not count; ``doubtful``: one
    that says that its entries contradict each other.
    """

    cell: str
    points: Decimal
    words: tuple[str, ...]
    doubtful: bool

    @property
    def loss(self) -> str:
        """What the part lacks, as an addend."""
        lost = f"{literal(self.points)}-{self.cell}"
        return f"+IF(ISNUMBER({self.cell}),{lost},0)" if self.words else f"+{lost}"

    @property
    def share(self) -> str:
        """Which share of its own points the part earns, as a factor."""
        share = f"{self.cell}/{literal(self.points)}"
        return f"IF(ISNUMBER({self.cell}),{share},1)" if self.words else share


def _sum(scores: Sequence[_PartScore], points: Decimal, numbers: str, *, scaled: bool) -> str:
    """The capped sum; where some parts drop out, by P over the points of those that remain."""
    whole = literal(points)
    plain_sum = f"MIN({whole},SUM({numbers}))"
    remaining = "+".join(
        f"ISNUMBER({score.cell})*{units}" if score.words else str(units)
        for score in scores
        for units in [to_units(score.points)]
    )
    by_share = f"MIN({whole},SUM({numbers})*{to_units(points)}/({remaining}))"
    if scaled:
        return by_share
    if any(score.words for score in scores):
        return f"IF(COUNT({numbers})={len(scores)},{plain_sum},{by_share})"
    return plain_sum


def _lowest(scores: Sequence[_PartScore], points: Decimal) -> str:
    """The lowest of the parts, each out of P; one that drops out is not looked at."""
    values = []
    for score in scores:
        value = score.cell
        if score.points != points:
            value = f"{score.cell}*{to_units(points)}/{to_units(score.points)}"
        if score.words:
            value = f"IF(ISNUMBER({score.cell}),{value},{literal(points)})"
        values.append(value)
    return f"MIN({','.join(values)})"


def _highest(scores: Sequence[_PartScore]) -> str:
    """The highest of the parts, as each earned it; one that drops out is not looked at."""
    values = (f"N({score.cell})" if score.words else score.cell for score in scores)
    return f"MAX({','.join(values)})"


def _why_not(scores: Sequence[_PartScore]) -> str:
    """What stands for the score while a part has none."""
    doubts = [f"{score.cell}={quoted(CONTRADICTION)}" for score in scores if score.doubtful]
    return f'IF(OR({",".join(doubts)}),{quoted(CONTRADICTION)},"")' if doubts else '""'
