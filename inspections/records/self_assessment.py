"""What a school says of itself before the visit (自评)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rubrics.values.points import number_text

INAPPLICABLE: Final = "不适用"


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What a school gives itself for an indicator: points, None where it says 不适用; and why."""

    points: Decimal | None
    note: str = ""

    @property
    def text(self) -> str:
        """What is printed of it: ``3.5``, ``不适用``."""
        return INAPPLICABLE if self.points is None else number_text(self.points)


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """A school under one rubric. ``scores`` by indicator, those that were filled in.

    ``form``: by which points it scored itself, see ``inspections.self_assessment.book``; ``file``:
    the digest of the workbook in which it came, ``name`` its name. ``fact``: its place in the
    ledger, 0 until it has one.
    """

    school: str
    rubric: str
    form: str
    scores: Mapping[str, OwnScore]
    file: str = ""
    name: str = ""
    signed: str = ""
    fact: int = 0
    at: str = ""
