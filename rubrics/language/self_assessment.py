"""That schools score themselves before the visit (自评), beside which the visit's score stands."""

from __future__ import annotations

from decimal import Decimal

from pydantic import field_validator

from rubrics.rules import Id, StrictModel
from rubrics.values.points import Points, number_text


class SelfAssessment(StrictModel):
    """Schools score themselves. ``step``: in which steps of a point; ``leave_out``: indicators that
    they are not asked for, since only an inspector can see them.
    """

    step: Points = Decimal("0.1")
    leave_out: tuple[Id, ...] = ()

    @field_validator("step")
    @classmethod
    def _steps_up(cls, step: Decimal) -> Decimal:
        if not step:
            raise ValueError("step（自评得分的间隔）要大于 0，如 0.5")
        return step

    def describe(self) -> str:
        """Returns how schools score themselves: ``检查以前学校逐项自评，间隔 0.5 分``."""
        left = f"，{'、'.join(self.leave_out)} 除外" if self.leave_out else ""
        return f"检查以前学校逐项自评，间隔 {number_text(self.step)} 分{left}"
