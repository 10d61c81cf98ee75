"""How the texts of the analysis are set."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reports.type.paper import NOTE, OFFICIAL, SIZES

PAPER: Final = replace(OFFICIAL, top_mm=25, bottom_mm=27, lines=25)
TEXT: Final = replace(NOTE, indent=2)
SMALL: Final = replace(NOTE, size=SIZES["五号"], lines=0.58)
