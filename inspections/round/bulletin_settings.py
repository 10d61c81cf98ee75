"""What round.yaml says of the bulletin: who else receives it, and what was done beside checking."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import Field

from rubrics.messages.plain_text import one_line
from rubrics.rules import StrictModel

Count: TypeAlias = Annotated[int, Field(ge=1)] | None

METHODS: Final = {
    "class_visits": ("随堂看课", "节"),
    "questionnaires": ("回收有效问卷", "份"),
    "meetings": ("召开座谈会", "场"),
    "interviews": ("访谈", "人次"),
}
"""Field -> what it counts, as papers say it, and its measure word."""


class BulletinSettings(StrictModel):
    """``copies``: who receives the bulletin beside the schools (抄送), in their order.

    The others count what no visit workbook holds: lessons that were looked at, questionnaires that
    came back and are valid, meetings, and people who were talked to. Papers tell those alone that
    are written, and never make one up.
    """

    copies: tuple[str, ...] = ()
    class_visits: Count = None
    questionnaires: Count = None
    meetings: Count = None
    interviews: Count = None

    @property
    def copied(self) -> str:
        """Who receives it, as papers print them: ``驻局纪检组、各镇人民政府``."""
        return "、".join(one_line(one) for one in self.copies)

    @property
    def counts(self) -> dict[str, int]:
        """Those counts that are written, by field."""
        found = ((name, getattr(self, name)) for name in METHODS)
        return {name: count for name, count in found if count is not None}
