"""The rule kinds: how an observation becomes points. One frozen model a kind, told by ``kind``.

P stands for the points of the indicator (or of the part of a composite) that carries the rule.
What an inspector fills in for each kind is in :mod:`rubrics.language.slots`; the arithmetic is in
``scoring``; the wording for people is in :mod:`rubrics.language.wording`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rubrics.messages.plain_text import plain
from rubrics.values.conditions import ConditionText
from rubrics.values.points import Points, Share
from rubrics.values.ranges import RangeText, parse_range

Id = Annotated[str, Field(pattern=r"^\w+$", max_length=24)]
"""A short name without dots and blanks, Chinese or not; it becomes part of a column's name."""

Coefficient = Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4)]
Measure = Literal["number", "time"]
"""What a reading is: a number with a unit, or a time of day (``8:20``)."""

NON_NEGATIVE = parse_range("[0, ∞)")


class StrictModel(BaseModel):
    """Base of all that a rubric file may hold: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _made_plain(cls, data: object) -> object:
        """Papers and workbooks are made from these texts, so they are plain from the start."""
        return _plain(data)


def _plain(value: object) -> object:
    match value:
        case str():
            return plain(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {_plain(key): _plain(item) for key, item in value.items()}
    return value


class Fault(StrictModel):
    """One kind of fault that is counted: 每 ``unit`` 扣 ``each``.

    From the ``repeat_from``-th on each costs ``repeat_each``; ``limit`` caps this fault alone.
    """

    label: str
    each: Points
    unit: str = "处"
    id: Id | None = None
    repeat_from: Annotated[int, Field(ge=2)] | None = None
    repeat_each: Points | None = None
    limit: Points | None = None

    @model_validator(mode="after")
    def _repeat_is_whole(self) -> Fault:
        if (self.repeat_from is None) != (self.repeat_each is None):
            raise ValueError("repeat_from 与 repeat_each 要么都写，要么都不写")
        return self


class Deduct(StrictModel):
    """逐次扣分: max(0, P - sum of count x each)."""

    kind: Literal["deduct"]
    faults: Annotated[tuple[Fault, ...], Field(min_length=1)]


class Item(StrictModel):
    """One thing that must be there; ``points`` overrides the checklist's ``each``."""

    id: Id
    label: str
    points: Points | None = None


class Checklist(StrictModel):
    """清单: max(0, P - sum over missing items of their points)."""

    kind: Literal["checklist"]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    each: Points | None = None

    @model_validator(mode="after")
    def _each_item_has_a_price(self) -> Checklist:
        if self.each is None and any(item.points is None for item in self.items):
            raise ValueError("没有写 each 时，每一件都要写 points")
        return self


class Requirement(StrictModel):
    """One of several conditions that must all be met."""

    id: Id
    label: str


class AllOrNone(StrictModel):
    """全有全无: P if every requirement is met, else 0; partly met is not met."""

    kind: Literal["all_or_none"]
    requirements: tuple[Requirement, ...] = ()


class EnteredPoints(StrictModel):
    """直接评分: the points themselves, in steps of ``step`` or from ``values``; a judgement."""

    kind: Literal["points"]
    step: Annotated[Decimal, Field(gt=0, decimal_places=4)] = Decimal("0.5")
    values: tuple[Points, ...] = ()


class Discretionary(StrictModel):
    """酌情扣分: a deduction of 0, or from ``least`` to ``most`` with a reason."""

    kind: Literal["discretionary"]
    least: Points
    most: Points

    @model_validator(mode="after")
    def _ordered(self) -> Discretionary:
        if not 0 < self.least <= self.most:
            raise ValueError("应有 0 < least ≤ most")
        return self


class Grade(StrictModel):
    """等级: P x the coefficient of the level chosen."""

    kind: Literal["grade"]
    levels: Annotated[dict[Id, Coefficient], Field(min_length=2)]


class Reading(StrictModel):
    """One kind of reading and the range that passes; up to ``samples`` of them are taken.

    An ``optional`` kind may not be there at all (a school without a freezer): none is then taken.
    """

    within: RangeText
    label: str
    unit: str = ""
    id: Id | None = None
    measure: Measure = "number"
    domain: RangeText | None = None
    samples: Annotated[int, Field(ge=1, le=40)] = 1
    each: Points | None = None
    optional: bool = False


class Threshold(StrictModel):
    """阈值: P less ``each`` per failing sample, not below 0; without ``each`` a failure costs P."""

    kind: Literal["threshold"]
    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _something_is_read(self) -> Threshold:
        if all(reading.optional for reading in self.readings):
            raise ValueError("至少有一种读数是必测的，不能都写 optional")
        return self


class Band(StrictModel):
    """Readings in ``range`` earn ``points``."""

    range: RangeText
    points: Points


class Bands(StrictModel):
    """分档: the points of the band that holds the reading; bands cover ``domain`` exactly once."""

    kind: Literal["bands"]
    label: str
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]
    unit: str = ""
    measure: Measure = "number"
    domain: RangeText = NON_NEGATIVE


class Linear(StrictModel):
    """线性折算: P x clamp((value - zero) / (full - zero), 0, 1); ``full`` may be the smaller."""

    kind: Literal["linear"]
    label: str
    full: Decimal
    zero: Decimal = Decimal(0)
    unit: str = ""

    @model_validator(mode="after")
    def _has_a_slope(self) -> Linear:
        if self.full == self.zero:
            raise ValueError("full 与 zero 不能相同")
        return self


class Ratio(StrictModel):
    """比率: numerator / denominator, exactly one of linear up to ``full``, ``bands``, ``each``.

    ``each`` costs that many points per unit missing (denominator - numerator). A denominator of
    0 excuses the indicator; a numerator above the denominator is a mistake of the inspector.
    """

    kind: Literal["ratio"]
    numerator: str
    denominator: str
    unit: str = ""
    full: Share | None = None
    bands: tuple[Band, ...] = ()
    each: Points | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Ratio:
        if (self.full is not None) + bool(self.bands) + (self.each is not None) != 1:
            raise ValueError("full、bands、each 三者只写一个")
        return self


Period: TypeAlias = Literal["week", "month", "quarter", "half_year", "term", "year"]


class Quota(StrictModel):
    """频次: required = ``times`` x whole periods elapsed in the round; P - missing x each."""

    kind: Literal["quota"]
    label: str
    times: Annotated[int, Field(ge=1)]
    per: Period
    each: Points
    unit: str = "次"


class Votes(StrictModel):
    """民主测评: P x sum(n x coefficient) / valid ballots.

    Fewer valid ballots than ``quorum`` x people entitled: the vote is invalid, not zero. With
    ``trim_from`` ballots or more, one highest and one lowest are left out.
    """

    kind: Literal["votes"]
    options: Annotated[dict[Id, Coefficient], Field(min_length=2)]
    quorum: Share = Fraction(0)
    trim_from: Annotated[int, Field(ge=3)] | None = None


class Survey(StrictModel):
    """问卷: P x min(1, satisfied / returned / full); too small a sample is not counted."""

    kind: Literal["survey"]
    full: Share
    min_returned: Annotated[int, Field(ge=1)] = 1
    min_rate: Share = Fraction(0)


_Simple: TypeAlias = (
    Deduct
    | Checklist
    | AllOrNone
    | EnteredPoints
    | Discretionary
    | Grade
    | Threshold
    | Bands
    | Linear
    | Ratio
    | Quota
    | Votes
    | Survey
)
SimpleRule: TypeAlias = Annotated[_Simple, Field(discriminator="kind")]


class CompositePart(StrictModel):
    """One part of a composite; ``points`` is its own P (the indicator's where not written)."""

    id: Id
    rule: SimpleRule
    label: str = ""
    points: Points | None = None
    when: ConditionText | None = None


class Composite(StrictModel):
    """复合: parts that apply are added (``sum``), the lowest counts (``min``), or their losses
    are taken from P (``losses``); never below 0 or above P.
    """

    kind: Literal["composite"]
    combine: Literal["sum", "min", "losses"]
    parts: Annotated[tuple[CompositePart, ...], Field(min_length=2)]


Rule: TypeAlias = Annotated[_Simple | Composite, Field(discriminator="kind")]


class Bonus(StrictModel):
    """加分: count x each, at most ``limit``; of one ``family`` only the highest counts."""

    kind: Literal["bonus"]
    each: Points
    limit: Points
    unit: str = "项"
    family: Id | None = None


class Penalty(StrictModel):
    """附加扣分: count x each, at most ``limit``; outside the points of the rubric."""

    kind: Literal["penalty"]
    each: Points
    limit: Points
    unit: str = "件"


SUBJECTIVE = ("points", "discretionary", "grade", "votes")
"""Rule kinds that rest on judgement alone."""
