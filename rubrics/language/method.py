"""How indicators are checked: the methods of all rubrics, and those that a rubric adds."""

from __future__ import annotations

from typing import Final

from rubrics.rules import StrictModel

METHODS: Final = ("查阅档案", "现场查看", "个别谈话", "问卷", "民主测评", "工作效果评估")
IN_CONFIDENCE: Final = frozenset({"个别谈话", "民主测评"})
"""What is said there is told to nobody."""


class OwnMethod(StrictModel):
    """A method that a rubric adds: 听课, 电话访谈, 暗访, 部门提供数据.

    ``judgement``: what is found by it is an opinion, not a fact; ``secret``: an indicator that is
    checked by nothing else is confidential; ``asks``: what is to be kept of it, 听课记录.
    """

    judgement: bool = False
    secret: bool = False
    asks: str = ""
