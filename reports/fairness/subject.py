"""What the analysis of a round is about, and what people and places are called in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from inspections.round.opened import OpenRound
from reports.fairness.wording import listed
from rubrics.messages.outgoing import outgoing
from rubrics.messages.problems import Place
from scoring.fairness.measuring import Measured, MeasuredRubric
from scoring.results.corrected_words import CORRECTED

_CELLS: Final = 4
"""Places that a sentence names; the workbook has all."""

_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """A round and what was measured of it."""

    opened: OpenRound
    measured: Measured

    def person(self, code: str) -> str:
        """What somebody who filled sheets is called: ``赵甲（D01）``; of a team its name."""
        known = self.opened.roster.inspectors.get(code)
        return f"{outgoing(known.name)}（{code}）" if known else outgoing(code)

    def people(self, codes: Iterable[str]) -> str:
        """The same of several."""
        return "、".join(map(self.person, codes))

    def title(self, one: MeasuredRubric) -> str:
        """What a rubric is called: 《校内“双减”》."""
        return f"《{one.rubric.title}》"

    def withheld(self, one: MeasuredRubric, indicator: str, count: int) -> bool:
        """Whether figures of an indicator are not told: it is confidential, and they rest on so few
        that they tell what was entered.
        """
        return indicator in one.secret and count < _FEW

    @property
    def corrected(self) -> str:
        """That scores are corrected for what is measured here; empty where they are not."""
        rubrics = self.measured.rubrics.values()
        return CORRECTED if any(one.corrected for one in rubrics) else ""

    @property
    def effect(self) -> str:
        """What follows for the scores."""
        if self.corrected:
            return f"{self.corrected}：各校校正几分见排名表、意见书；其余的不改变得分。"
        return "不改变任何得分，成绩仍按细则的加减计算。"

    def places(self, cells: Iterable[Place]) -> str:
        """Where to look: the sheets with their cells, the first of them."""
        of_sheet: dict[tuple[str, str], list[str]] = {}
        for place in cells:
            of_sheet.setdefault((place.file, place.sheet), []).append(place.cell)
        told = [
            f"{outgoing(sheet or file)} {listed([*filter(None, dict.fromkeys(own))], _CELLS, '格')}"
            for (file, sheet), own in of_sheet.items()
        ]
        more = f"等 {len(told)} 处" if len(told) > _CELLS else ""
        return "；".join(told[:_CELLS]) + more
