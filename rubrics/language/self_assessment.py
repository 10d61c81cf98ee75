"""That schools score themselves before the visit (自评), beside which the visit's score stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from rubrics.rules import Id, StrictModel
from rubrics.values.points import Points, number_text

OWN_KEY: Final = "自评"
"""What follows an indicator's id where the points that a school gives itself are typed in a table;
no entry of a rubric that asks for them has this name.
"""


def _as_printed(points: Decimal) -> Decimal:
    if points * 100 % 1:
        raise ValueError("自评扣的分最多两位小数：意见书上就印两位")
    return points


Charge = Annotated[Points, AfterValidator(_as_printed)]
"""Points that are taken off, in hundredths: what is printed adds up."""


class SelfAssessment(StrictModel):
    """Schools score themselves. ``step``: in which steps of a point; ``leave_out``: indicators that
    they are not asked for, since only an inspector can see them.

    What it costs to be apart from the visit's score (复评), in points, nothing where nothing is
    written: ``each`` for every point beyond ``free``, at most ``limit``; or by ``above``: the cost
    of being apart by more than so many points. ``counts``: ``higher`` where the school gave itself
    more, ``both`` where it gave itself less too. ``missing``: what it costs to hand nothing in.
    """

    step: Points = Decimal("0.1")
    leave_out: tuple[Id, ...] = ()
    counts: Literal["higher", "both"] = "higher"
    free: Points = Decimal(0)
    each: Points | None = None
    limit: Charge | None = None
    above: Annotated[Mapping[Points, Charge], Field(max_length=9)] = Field(default_factory=dict)
    missing: Charge = Decimal(0)

    @field_validator("step")
    @classmethod
    def _steps_up(cls, step: Decimal) -> Decimal:
        if not step:
            raise ValueError("step（自评得分的间隔）要大于 0，如 0.5")
        return step

    @model_validator(mode="after")
    def _one_way(self) -> SelfAssessment:
        if (self.each is None) != (self.limit is None):
            raise ValueError("each（相差每 1 分扣几分）和 limit（最多扣几分）要一起写")
        if self.each is not None and self.above:
            raise ValueError("each 与 above 只写一种：按相差的分数扣写 each，分档扣写 above")
        if self.free and self.each is None:
            raise ValueError("free（相差不超过几分不扣）与 each、limit 一起写")
        if 0 in (self.each, self.limit):
            raise ValueError("each、limit 是 0 的没有作用，不计分的不写")
        if self.counts == "both" and not self.deviation_costs:
            raise ValueError("counts 与 each 或 above 一起写")
        costs = [self.above[apart] for apart in sorted(self.above)]
        if any(later <= cost for cost, later in zip([Decimal(0), *costs], costs, strict=False)):
            raise ValueError("above 里相差越大扣得越多，如 {3: 0.5, 6: 1}")
        return self

    @property
    def deviation_costs(self) -> bool:
        """Whether being apart from the visit's score costs points."""
        return self.each is not None or bool(self.above)

    @property
    def scored(self) -> bool:
        """Whether it can cost points at all."""
        return self.deviation_costs or bool(self.missing)

    def describe(self) -> str:
        """Returns how schools score themselves, and what it may cost them:
        ``检查以前学校逐项自评，间隔 0.5 分；自评高于复评的，每 1 分扣 0.2 分，最多扣 2 分``.
        """
        left = f"，{'、'.join(self.leave_out)} 除外" if self.leave_out else ""
        costs = self.describe_costs()
        asked = f"检查以前学校逐项自评，间隔 {number_text(self.step)} 分{left}"
        return f"{asked}；{costs}" if costs else asked

    def describe_costs(self) -> str:
        """Returns what it may cost, in words; empty where it costs nothing."""
        texts = []
        apart = "自评高于复评" if self.counts == "higher" else "自评与复评相差"
        if self.each is not None and self.limit is not None:
            free = f"超过 {number_text(self.free)} 分的部分，" if self.free else ""
            comma = "" if free else "的，"
            each, limit = number_text(self.each), number_text(self.limit)
            texts.append(f"{apart}{free}{comma}每 1 分扣 {each} 分，最多扣 {limit} 分")
        if self.above:
            steps = (
                f"超过 {number_text(most)} 分扣 {number_text(self.above[most])} 分"
                for most in sorted(self.above)
            )
            texts.append(f"{apart}{'，'.join(steps)}")
        if self.missing:
            texts.append(f"没有交自评表扣 {number_text(self.missing)} 分")
        return "；".join(texts)
