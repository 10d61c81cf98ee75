"""What a rule or a paper of a bureau rests on (依据), and how far that was verified."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from rubrics.rules import StrictModel

_OPEN: Final = {"M": "待核原文", "U": "待局里确认"}


class Basis(StrictModel):
    """What something rests on. ``verified``: V the original was read, M from memory or second
    hand, U to be confirmed by the bureau. A document number is typed by the bureau, none is made.
    """

    text: Annotated[str, Field(min_length=1)]
    verified: Literal["U", "M", "V"] = "U"

    @property
    def told(self) -> str:
        """As it is shown: what nobody has verified says so."""
        return self.text if self.verified == "V" else f"{self.text}〔{_OPEN[self.verified]}〕"
