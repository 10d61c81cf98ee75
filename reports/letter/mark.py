"""What stands on a letter beside its words: its number and digest, or that it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reports.type.blocks import Code

SHOWN: Final = 16
"""Digits of the digest in code and print: nobody makes another letter with the same."""

_GROUP = 4
DRAFT: Final = "草　稿（未编号，不作为正式文书）"
_KEYWORDS = "编号：{number}；校验码：{digest}"


@dataclass(frozen=True, slots=True)
class Mark:
    """``number``: empty for a draft. ``digest``: SHA-256 (hex) of what the letter says.

    ``replaces``: the number of the letter that it takes the place of.
    """

    digest: str
    number: str = ""
    replaces: str = ""

    @property
    def code(self) -> Code | None:
        """The QR code with number and digest, and the same to read; a draft has none."""
        if not self.number:
            return None
        held = self.digest[:SHOWN]
        grouped = " ".join(held[at : at + _GROUP] for at in range(0, SHOWN, _GROUP))
        return Code(f"{self.number}\n{held}", (f"编号：{self.number}", f"校验码：{grouped}"))

    @property
    def keywords(self) -> str:
        """What the file says of it to programs."""
        return _KEYWORDS.format(number=self.number, digest=self.digest) if self.number else ""
