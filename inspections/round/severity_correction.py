"""Whether totals are corrected for how strict inspectors are (宽严校正): a part of round.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from rubrics.rules import StrictModel

PLACES: Final = 2
"""Decimals of a correction: of an inspector's, and of a school's."""


class SeverityCorrection(StrictModel):
    """Totals are corrected for the measured severity of those who inspected.

    ``limit``: by how many points of the total at the most. ``reliability``: which share of the
    differences measured between inspectors has to be real, at the least; below it nothing is
    corrected. ``rubrics``: ids of those whose totals are corrected, empty for all.
    """

    limit: Annotated[Decimal, Field(gt=0, le=20, max_digits=4, decimal_places=PLACES)] = Decimal(2)
    reliability: Annotated[Decimal, Field(ge=Decimal("0.5"), lt=1, decimal_places=2)] = Decimal(
        "0.7"
    )
    rubrics: tuple[str, ...] = ()

    def corrects(self, rubric: str) -> bool:
        """Whether totals under a rubric (its id) are to be corrected."""
        return not self.rubrics or rubric in self.rubrics
