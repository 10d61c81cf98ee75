"""A rubric: dimensions, indicators, red lines, grades, and what they rest on. All frozen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from rubrics.language.method import IN_CONFIDENCE, METHODS, OwnMethod
from rubrics.language.repeat import Repeat
from rubrics.language.self_assessment import SelfAssessment
from rubrics.language.subject import INSPECTOR, Subject, Words
from rubrics.rules import Bonus, Id, Penalty, Rectify, Rule, StrictModel
from rubrics.rules.strict_model import YES_OR_NO
from rubrics.values.amounts import AmountText
from rubrics.values.conditions import ConditionText
from rubrics.values.points import Bound, Limit, Points, Share
from rubrics.values.ranges import RangeText
from rubrics.values.traits import Trait

Evidence: TypeAlias = Literal["required", "on_deduction", "none"]
PendingScore: TypeAlias = Literal["full", "zero", "as_observed"]


def _day(value: object) -> object:
    if not isinstance(value, date):
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise ValueError("应是日期，如 2025-09-01") from None
    return value


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
"""A day in a rubric file, ``2025-09-01``."""


class Document(StrictModel):
    """A document behind indicators. ``verified`` is false while no public source was found for
    title, number and date; the original is to be read before anything is printed from it.
    """

    title: str
    number: str = ""
    date: str = ""
    verified: bool = False
    source: str = ""
    note: str = ""


class Trigger(StrictModel):
    """What sets off a key item or a red line. Exactly one of:

    ``below``: fewer points earned than this; ``part`` with ``at_least``: that count or reading
    reached, in its own unit; ``part`` with ``share_at_least``: that option's share of the
    ballots reached; ``flag``: the inspector answers the question ``label`` with 是 (an entry of
    its own).
    """

    below: Points | None = None
    part: str | None = None
    at_least: AmountText | None = None
    share_at_least: Share | None = None
    flag: Id | None = None
    label: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> Trigger:
        compared = (self.at_least is not None) + (self.share_at_least is not None)
        forms = (self.below is not None) + (self.part is not None) + (self.flag is not None)
        if forms != 1 or compared != (self.part is not None):
            raise ValueError("触发条件只写一种：below；part 加 at_least 或 share_at_least；flag")
        if self.flag is not None and not self.label:
            raise ValueError("flag 要写 label：问督学的那句话")
        return self


def _key_item(value: object) -> object:
    if isinstance(value, (str, Decimal)) or value is False:
        meant = YES_OR_NO.get(str(value).strip(), "")
        if meant == "true":
            raise ValueError("是关键项的写 key: true")
        if meant == "false" or value is False:
            raise ValueError("不是关键项的不写 key，是的写 key: true")
        raise ValueError("是关键项的写 true，不是的不写 key；也可以写触发条件 {triggers: [...]}")
    return {} if value is True else value


class KeyItem(StrictModel):
    """关键项: fails when any trigger is met; without triggers, when any point is lost."""

    triggers: tuple[Trigger, ...] = ()


class Consequence(StrictModel):
    """What a red line does. These are different things; at least one is written.

    ``rank``: what becomes of the school's rank. Where it is not written, a rank is kept where the
    score is (an award lost, a ceiling, a lower grade), and lost where the total is zeroed or the
    grade is fixed; how it is lost then, last or unranked, is up to the round.
    """

    zero_total: bool = False
    grade: str | None = None
    ceiling: str | None = None
    lower: Annotated[int, Field(ge=0)] = 0
    award_lost: bool = False
    refer: str = ""
    rank: Literal["last", "unranked", "kept"] | None = None

    @property
    def costs_the_rank(self) -> bool:
        """Whether it costs the rank, where that is not written."""
        return self.zero_total or self.grade is not None

    @model_validator(mode="after")
    def _does_something(self) -> Consequence:
        if not (
            self.zero_total
            or self.grade
            or self.ceiling
            or self.lower
            or self.award_lost
            or self.refer
            or self.rank in ("last", "unranked")
        ):
            raise ValueError(
                "红线没有后果：请写 zero_total、grade、ceiling、lower、award_lost 或 rank"
            )
        return self


class RedLine(StrictModel):
    """红线（一票否决）: when any trigger is met, the consequence follows."""

    title: str
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    consequence: Consequence
    id: Id | None = None
    basis: tuple[str, ...] = ()


class Dated(StrictModel):
    """A rule that held on visit dates from ``since`` to ``until`` (both included)."""

    rule: Rule
    basis: tuple[str, ...]
    since: Day | None = None
    until: Day | None = None
    threshold: str = ""


def _named(value: object) -> object:
    """A subject of which only the name is written: ``subject: 机构``."""
    return {"name": value} if isinstance(value, str) else value


def _repeated(value: object) -> object:
    if value is True:
        raise ValueError("要写 {times: 2} 这样的内容；不适用的写 false")
    return value


def _wished(value: object) -> object:
    """Schools score themselves, of which no more is written: ``self_assessment: true``."""
    return {} if value is True else value


class Indicator(StrictModel):
    """二级指标: what is scored. ``basis`` holds document codes, each with an optional clause
    after a blank (``减1 第4条``); ``verified`` is false for proposals and for what rests on
    memory or a second-hand source, and ``source`` says which. ``repeat``: what it costs
    when it is found again in another round; None as the rubric says, False never. ``group``: the
    name of those of its dimension that it is counted with; empty where it is in none.
    """

    id: Id
    title: str
    points: Points
    rule: Rule
    basis: tuple[str, ...]
    method: tuple[Annotated[str, Field(examples=list(METHODS))], ...]
    group: Id | Literal[""] = ""
    evidence: Evidence = "on_deduction"
    material: str = ""
    threshold: str = ""
    when: ConditionText | None = None
    excusable: bool = False
    confidential: bool = False
    key: Annotated[
        KeyItem | None,
        BeforeValidator(_key_item, json_schema_input_type=Literal[True] | KeyItem | None),
    ] = None
    tier: Literal["关键", "重点", "一般"] = "一般"
    red_lines: tuple[RedLine, ...] = ()
    effective: tuple[Dated, ...] = ()
    rectify: Rectify | None = None
    repeat: Annotated[
        Repeat | Literal[False] | None,
        BeforeValidator(_repeated, json_schema_input_type=Repeat | Literal[False] | None),
    ] = None
    verified: bool = False
    source: str = ""
    note: str = ""

    @property
    def subjective(self) -> bool:
        """Whether the points rest on judgement alone."""
        return all(part.rule.judgement for part in self.rule.simple_parts(self.points))

    @property
    def levels(self) -> int:
        """How deep composites lie within the composite that is its rule, on any date."""
        rules = (self.rule, *(dated.rule for dated in self.effective))
        return max(0, *(rule.depth - 1 for rule in rules))

    @property
    def lowest(self) -> Decimal:
        """The fewest points that it comes to: 0, or below it."""
        return self.rule.lowest(self.points)

    @property
    def highest(self) -> Decimal:
        """The most points that it comes to: its own, or above them."""
        return self.rule.highest(self.points)

    def rule_on(self, day: date) -> Rule:
        """Returns the rule in force on a visit's date."""
        dated = self.dated_on(day)
        return dated.rule if dated else self.rule

    def dated_on(self, day: date) -> Dated | None:
        """Returns the dated variant in force on ``day``, or None for the standing rule."""
        for dated in self.effective:
            if (dated.since is None or dated.since <= day) and (
                dated.until is None or day <= dated.until
            ):
                return dated
        return None


class Extra(StrictModel):
    """An item outside the points: a bonus or a penalty, which may say what is to be put right."""

    id: Id
    title: str
    rule: Annotated[Bonus | Penalty, Field(discriminator="kind")]
    basis: tuple[str, ...] = ()
    evidence: Evidence = "required"
    material: str = ""
    rectify: Rectify | None = None
    verified: bool = False
    source: str = ""

    @field_validator("rectify")
    @classmethod
    def _only_of_penalties(cls, rectify: Rectify | None, info: ValidationInfo) -> Rectify | None:
        if rectify is not None and isinstance(info.data.get("rule"), Bonus):
            raise ValueError("加分项没有要整改的，不写 rectify")
        return rectify


class Extras(StrictModel):
    """Bonuses, or penalties, with the cap that they share."""

    cap: Points
    items: Annotated[tuple[Extra, ...], Field(min_length=1)]


class Dimension(StrictModel):
    """一级指标: indicators, and the points that they add up to.

    ``weight``: what it counts in the total, where that is not its points. ``groups``: what named
    groups of its indicators count in its points, where that is not the sum of theirs.
    ``bonus_cap``: no more than that of bonuses that name this dimension.
    """

    id: Id
    title: str
    points: Points
    bonus_cap: Points | None = None
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    weight: Points | None = None
    groups: dict[Id, Points] = Field(default_factory=dict)

    @property
    def counts(self) -> Decimal:
        """What it counts in the total, in points of the rubric."""
        return self.points if self.weight is None else self.weight


class DimensionsReach(StrictModel):
    """So many dimensions in which this share of the points is kept; those that apply count."""

    at_least: Annotated[int, Field(ge=1)]
    share: Share


class GradeBand(StrictModel):
    """等次: a range of the published total, and further conditions; best first.

    A school gets the first grade whose range it reaches (on merits: its lower end, on demerits:
    its upper end) and whose conditions it meets. ``at_least``: dimensions and indicators by id, and
    the share of their points that must be kept in each; where nothing of it applies, it is met.
    ``dimensions_reach``: in so many dimensions, whichever. ``largest_at_most``: no single indicator
    may lose more (on demerits: cost more).
    """

    grade: str
    range: RangeText
    dimensions_at_least: Share | None = None
    dimensions_reach: DimensionsReach | None = None
    at_least: dict[Id, Share] = Field(default_factory=dict)
    key_failed_at_most: Annotated[int, Field(ge=0)] | None = None
    tier_failed_at_most: dict[Literal["关键", "重点", "一般"], int] = Field(default_factory=dict)
    largest_at_most: Points | None = None

    @property
    def conditional(self) -> bool:
        """Whether more is asked than the range, so that another grade may have the same one."""
        asked = (self.dimensions_at_least, self.key_failed_at_most, self.largest_at_most)
        some = self.tier_failed_at_most or self.at_least or self.dimensions_reach
        return bool(some) or any(item is not None for item in asked)


class KeyLimit(StrictModel):
    """From ``failed`` key items on (or failing indicators of ``tier``): a ceiling or a verdict."""

    failed: Annotated[int, Field(ge=1)]
    tier: Literal["关键", "重点", "一般"] | None = None
    ceiling: str | None = None
    grade: str | None = None

    @model_validator(mode="after")
    def _does_something(self) -> KeyLimit:
        if (self.ceiling is None) == (self.grade is None):
            raise ValueError("ceiling 与 grade 只写一个")
        return self


class VisitRule(StrictModel):
    """What a visit needs to count as one."""

    min_inspectors: Annotated[int, Field(ge=1)] = 2
    min_minutes: Annotated[int, Field(ge=0)] = 0


class Rubric(StrictModel):
    """考核细则: a versioned set of indicators.

    ``excused``: over what the weight of excused items is shared. ``excused_limit``: more excused
    than that, and there is no verdict; a share of the points, or points. ``rounding``: only the
    total is rounded, from the exact sum, or what is added up to it (items or dimensions) is first
    rounded to ``places``. ``floor`` and ``cap``: between which the total stays, bonus and penalty
    included; None is no such end. ``repeat``: of all indicators that say nothing else, rest on
    facts and are not confidential. ``self_assessment``: whether schools score themselves before the
    visit. ``group``: what is
    checked, by which rubrics are listed together.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    version: str
    title: str
    points: Points = Decimal(100)
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    grades: Annotated[tuple[GradeBand, ...], Field(min_length=1)]
    documents: dict[str, Document]
    group: Annotated[str, Field(max_length=12)] = ""
    letter_title: str = "督导意见书"
    people: str = INSPECTOR
    scale: Literal["merits", "demerits"] = "merits"
    subject: Annotated[Subject, BeforeValidator(_named, json_schema_input_type=Subject | str)] = (
        Subject()
    )
    when: ConditionText | None = None
    visit: VisitRule = VisitRule()
    places: Annotated[int, Field(ge=0, le=4)] = 2
    rounding: Literal["total", "items", "dimensions"] = "total"
    floor: Bound | None = Decimal(0)
    cap: Bound | None = None
    excused: Literal["rubric", "dimension", "group"] = "rubric"
    excused_limit: Limit = Fraction(2, 5)
    ungraded: str = "不评定"
    pending: PendingScore = "full"
    key_limits: tuple[KeyLimit, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    bonus: Extras | None = None
    penalty: Extras | None = None
    repeat: Repeat | None = None
    self_assessment: Annotated[
        SelfAssessment | None,
        BeforeValidator(_wished, json_schema_input_type=Literal[True] | SelfAssessment | None),
    ] = None
    traits: dict[str, Trait] = Field(default_factory=dict)
    methods: dict[str, OwnMethod] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)
    note: str = ""

    @model_validator(mode="after")
    def _as_its_methods_ask(self) -> Rubric:
        if self.methods:
            held = tuple(
                dimension.model_copy(
                    update={"indicators": tuple(map(self._asked, dimension.indicators))}
                )
                for dimension in self.dimensions
            )
            object.__setattr__(self, "dimensions", held)  # frozen for all others
        return self

    def _asked(self, item: Indicator) -> Indicator:
        """An indicator that is as confidential, and asks for as much, as its own methods do."""
        own = [self.methods[name] for name in item.method if name in self.methods]
        kept = IN_CONFIDENCE | {name for name, method in self.methods.items() if method.secret}
        secret = bool(own) and set(item.method) <= kept
        asks = "、".join(dict.fromkeys(method.asks for method in own if method.asks))
        made = {"confidential": item.confidential or secret, "material": item.material or asks}
        return item.model_copy(update=made)

    def judged(self, indicator: Indicator) -> bool:
        """Whether an indicator's points rest on judgement alone, by its rule or by all methods."""
        own = (self.methods.get(name) for name in indicator.method)
        return indicator.subjective or all(method and method.judgement for method in own)

    @property
    def words(self) -> Words:
        """How one speaks of what it inspects, and of who does, where nothing typed stands."""
        return Words(self.subject, people=self.people)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the rubric's order."""
        return tuple(item for dimension in self.dimensions for item in dimension.indicators)

    @cached_property
    def extras(self) -> tuple[Extra, ...]:
        """Bonus items, then penalty items."""
        return tuple(item for group in (self.bonus, self.penalty) if group for item in group.items)
