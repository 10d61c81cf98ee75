"""The result that lies in ``results/``: what it rests on, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct, json

from inspections.collecting.problem_table import RESULT
from rubrics.values.points import fixed, to_units
from scoring.engine.scale import turned
from scoring.results.inputs import Inputs
from scoring.results.scores import SchoolScore, Scores


class _School(Struct):
    id: str
    total: str | None = None
    grade: str = ""


class _Correction(Struct):
    inspectors: dict[str, str] = {}


class _Rubric(Struct):
    id: str
    digest: str = ""
    correction: _Correction | None = None
    schools: list[_School] = []


class LastResult(Struct):
    """What result.json says of itself and of totals."""

    inputs: dict[str, Any]
    round: dict[str, str]
    rubrics: list[_Rubric]

    @property
    def settings(self) -> str:
        """The digest of the round's settings."""
        return self.round.get("digest", "")

    def other_inputs(self, now: Inputs) -> list[str]:
        """Returns what it does not rest on as it is now, in Chinese."""
        told = now.told()
        words = {
            "rubrics": "细则",
            "roster": "名册或检查安排",
            "ledger": "检查记录或决定",
            "severity": "督学宽严的校正",
            "self_assessment": "学校自评",
            "former": "以前批次的整改台账或“回头看”结论",
        }
        found = ["批次设置"] if self.settings != now.round else []
        other = (word for key, word in words.items() if self.inputs.get(key) != told.get(key))
        return [*found, *other]

    def moved(self, scores: Scores) -> Iterator[tuple[SchoolScore, str, str, str]]:
        """Yields (school, rubric, total then, total now) of every total that is another one."""
        for rubric in self.rubrics:
            now = scores.rubrics.get(rubric.id)
            then = {school.id: school.total for school in rubric.schools}
            for school in now.schools if now else ():
                places = now.rubric.places if now else 0
                total = None if school.total is None else fixed(school.total, places)
                if school.school.id in then and then[school.school.id] != total:
                    before = then[school.school.id]
                    yield school, rubric.id, before or "—", total or "—"

    def corrections_moved(self, scores: Scores) -> list[int]:
        """Returns by how many units each correction of an inspector differs that does.

        None does where this result or the scores now are not corrected.
        """
        found = []
        for rubric in self.rubrics:
            now = scores.rubrics.get(rubric.id)
            if rubric.correction is None or now is None or now.correction is None:
                continue
            then = {
                int(number): to_units(Decimal(text))
                for number, text in rubric.correction.inspectors.items()
            }
            for code, units in now.correction.inspectors.items():
                before = then.get(now.correction.numbers[code])
                if before is not None:
                    found.append(abs(turned(now.rubric, units) - before))
        return [units for units in found if units]


def read_last_result(results: Path) -> LastResult | None:
    """Returns the result of a folder; None where there is none that can be read."""
    try:
        return json.decode((results / RESULT).read_bytes(), type=LastResult)
    except (OSError, DecodeError):
        return None
