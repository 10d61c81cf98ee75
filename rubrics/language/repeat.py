"""What it costs when a school is found at the same fault in one round after another (屡查屡犯)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Field, field_validator, model_validator

from rubrics.rules import StrictModel
from rubrics.rules.words import off
from rubrics.values.points import Points, number_text

Finding: TypeAlias = Literal["found", "relapse", "misreport"]
"""``found``: an item to be put right of the same indicator, in a round before. ``relapse`` (反弹),
``misreport`` (虚报): what a follow-up found of such an item, in a round before or in this one."""

_ALL: tuple[Finding, ...] = get_args(Finding)


class Repeat(StrictModel):
    """What a repeated fault costs; at least one of ``times`` and ``ceiling``.

    ``times``: what an indicator loses in a record counts so many times, and no more than ``most``
    points, nor than the indicator has; a single loss is never made smaller by that. ``ceiling``:
    the grade is no higher. ``after``: which earlier findings count; ``rounds``: how many rounds
    back they may lie. ``across`` says of what kind the repetition is: within a round, ``deduct``
    has ``repeat_from``.
    """

    across: Literal["rounds"] = "rounds"
    times: Annotated[int, Field(ge=2, le=10)] | None = None
    most: Points | None = None
    ceiling: str | None = None
    after: Annotated[tuple[Finding, ...], Field(min_length=1)] = _ALL
    rounds: Annotated[int, Field(ge=1, le=12)] = 1

    @field_validator("after")
    @classmethod
    def _in_order(cls, after: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(name for name in _ALL if name in after)

    @model_validator(mode="after")
    def _does_something(self) -> Repeat:
        if self.times is None and self.ceiling is None:
            raise ValueError("repeat 要写 times（扣分按几倍计）或 ceiling（等次不高于），可以都写")
        if self.most is not None and self.times is None:
            raise ValueError("most（加倍后最多扣几分）要和 times 一起写")
        return self

    def describe(self, *, demerits: bool = False) -> str:
        """Returns when it applies and what follows: ``上一批次已查出……，扣分按 2 倍计``."""
        back = "上一批次" if self.rounds == 1 else f"前 {self.rounds} 个批次"
        when = []
        if "found" in self.after:
            when.append(f"{back}已查出")
        words = (("relapse", "反弹"), ("misreport", "虚报"))
        seen = [word for name, word in words if name in self.after]
        if seen:
            when.append(f"“回头看”查出{'或'.join(seen)}")
        return f"{'，或'.join(when)}，又{off(demerits)}分的，{self.effect(demerits=demerits)}"

    def effect(self, *, demerits: bool = False) -> str:
        """Returns what follows: ``扣分按 2 倍计，最多扣 4 分；等次不高于“良好”``."""
        parts = []
        if self.times is not None:
            most = f"，最多{off(demerits)} {number_text(self.most)} 分" if self.most else ""
            parts.append(f"{off(demerits)}分按 {self.times} 倍计{most}")
        if self.ceiling is not None:
            parts.append(f"等次不高于“{self.ceiling}”")
        return "；".join(parts)
