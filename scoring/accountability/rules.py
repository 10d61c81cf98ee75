"""accountability.yaml: what results lead to which proposal, on what basis, from which office."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field, model_validator

from inspections.round.basis import Basis
from rubrics.rules import Id, StrictModel
from rubrics.values.conditions import ConditionText
from rubrics.values.points import Share
from rubrics.values.ranges import RangeText

Kind: TypeAlias = Literal[
    "表彰",
    "谈话提醒",
    "约谈",
    "通报批评",
    "取消评优评先资格",
    "限期整改",
    "移送",
    "提请问责",
]
"""What may be proposed."""

KINDS: Final[tuple[str, ...]] = get_args(Kind)
COMPOSITE: Final = "composite"
"""What a rule names in place of a rubric to look at the composite of all."""

Tier: TypeAlias = Literal["关键", "重点", "一般"]


class Places(StrictModel):
    """The first or the last so many by rank.

    ``within``: each group, or the whole county (by total, whoever a red line puts last coming
    last). ``by``: what decides between equal ones first, ``key_failed`` (fewer first) or
    ``dimension:ID``; who is equal then at the edge is all in or all out (``tie``).
    ``among``: places are counted among all that are ranked, so that nobody moves up, or among
    those that meet the other conditions.
    """

    first: Annotated[int, Field(ge=1)] | None = None
    last: Annotated[int, Field(ge=1)] | None = None
    tie: Literal["all", "none"]
    within: Literal["group", "county"] = "group"
    by: tuple[str, ...] = ()
    among: Literal["ranked", "met"] = "ranked"

    @model_validator(mode="after")
    def _one_end(self) -> Places:
        if (self.first is None) == (self.last is None):
            raise ValueError("first（前几名）与 last（末几名）只写一个")
        return self

    @property
    def count(self) -> int:
        """How many places."""
        return self.first or self.last or 0


class Conditions(StrictModel):
    """What must be met, all of it. Ranges and shares are written as in a rubric's grades.

    ``red_line``: any (true), or one of these owners. ``award_lost``: eligibility lost, or kept.
    ``at_least`` and ``below``: dimensions and indicators by id, and the share of their points that
    is kept. ``key_failed``: how many key items fail; ``key_items``: one of these does.
    ``tier_failed``: how many items of a tier fail. ``same_fault``: how often one fault that is
    counted was found. ``overdue`` and ``follow_up_failed``: items to be put right.
    ``complaints``: how
    many there are of the school, by hotline and on visits.
    ``running``: the other conditions were met in as many rounds running, this one among them.
    """

    red_line: Literal[True] | tuple[Id, ...] | None = None
    award_lost: bool | None = None
    grade: tuple[str, ...] = ()
    total: RangeText | None = None
    rank: Places | None = None
    at_least: dict[Id, Share] = Field(default_factory=dict)
    below: dict[Id, Share] = Field(default_factory=dict)
    dimensions_at_least: Share | None = None
    key_failed: RangeText | None = None
    key_items: tuple[Id, ...] = ()
    tier_failed: dict[Tier, RangeText] = Field(default_factory=dict)
    same_fault: RangeText | None = None
    overdue: RangeText | None = None
    follow_up_failed: RangeText | None = None
    complaints: RangeText | None = None
    running: Annotated[int, Field(ge=2, le=12)] | None = None

    @property
    def asked(self) -> frozenset[str]:
        """The names of what is asked, but for ``running``."""
        empty: tuple[object, ...] = (None, (), {})
        return frozenset(
            name
            for name in type(self).model_fields
            if name != "running" and getattr(self, name) not in empty
        )

    @model_validator(mode="after")
    def _asks_something(self) -> Conditions:
        if not self.asked:
            raise ValueError("没有写条件")
        if self.running and (lost := self.asked & _ONLY_NOW):
            raise ValueError(
                f"running（连续几轮）不能和 {'、'.join(sorted(lost))} 一起写：往轮的结果里没有"
            )
        if self.running and self.rank and self.rank.within == "county":
            raise ValueError("running（连续几轮）只能看组内名次：往轮的全县名次没有留存")
        return self


_ONLY_NOW: Final = frozenset(
    {"overdue", "follow_up_failed", "same_fault", "tier_failed", "complaints"}
)
"""What no earlier result says."""

OF_SCHOOLS: Final = frozenset({"overdue", "follow_up_failed", "complaints"})
"""What a school has without any rubric."""


def _alternatives(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class Rule(StrictModel):
    """One rule: where one of ``conditions`` is met, ``kind`` is proposed.

    ``rubric``: its id, or ``composite``; without one each rubric is looked at, and once the school
    as a whole where only rectification is asked. ``when``: on traits, as indicators have it.
    ``years``: for how long eligibility is lost; ``days``: within how many days it is put right;
    ``to``: whom it is referred to. ``measure``: more words on what is proposed.
    """

    id: Id
    title: str
    rubric: str | None = None
    when: ConditionText | None = None
    conditions: Annotated[
        tuple[Conditions, ...],
        Field(min_length=1),
        BeforeValidator(_alternatives, json_schema_input_type=Conditions | tuple[Conditions, ...]),
    ]
    kind: Kind
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    office: str
    years: Annotated[int, Field(ge=1, le=10)] | None = None
    days: Annotated[int, Field(ge=1, le=365)] | None = None
    to: str = ""
    measure: str = ""

    @model_validator(mode="after")
    def _says_all(self) -> Rule:
        if (self.kind == "取消评优评先资格") != (self.years is not None):
            raise ValueError("取消评优评先资格要写 years（几年），其他的不写")
        if self.kind == "限期整改" and self.days is None:
            raise ValueError("限期整改要写 days（几天内）")
        if (self.kind == "移送") != bool(self.to):
            raise ValueError("移送要写 to（移送给哪个部门），其他的不写")
        return self

    @property
    def of_school(self) -> bool:
        """Whether the school is looked at as a whole."""
        return self.rubric is None and all(it.asked <= OF_SCHOOLS for it in self.conditions)


class Rules(StrictModel):
    """The whole file. ``previous``: folders of earlier rounds, the latest first, from here."""

    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    previous: tuple[str, ...] = ()
