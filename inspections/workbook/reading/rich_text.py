"""What is seen of a text that is struck through, raised or lowered in part; of .xlsx and .ods.

Programs keep such a text whole: 1² is kept as 12, and a struck 3 before a 5 as 35.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from inspections.records.shown_text import LOWERED, RAISED
from inspections.workbook.reading.relations import MAIN

_MAIN: Final = f"{{{MAIN}}}"
_OFF: Final = frozenset({"0", "false", "off"})
_SHIFTS: Final = {"superscript": RAISED, "subscript": LOWERED}


class Seen(NamedTuple):
    """What a cell shows, and what of it is struck through; ``why`` nobody can tell, else empty."""

    text: str
    struck: str = ""
    why: str = ""

    def __str__(self) -> str:
        """As a message names it."""
        if self.why:
            return self.why
        shown = f"“{_short(self.text)}”" if self.text.strip() else "空白"
        return f"{shown}（“{_short(self.struck)}”有删除线）" if self.struck else shown


class Look(NamedTuple):
    """How a run of letters looks; ``shift`` is superscript, subscript or empty."""

    struck: bool = False
    shift: str = ""


class Run(NamedTuple):
    """A piece of text with one look."""

    text: str
    look: Look


def seen_of(runs: Sequence[Run]) -> Seen | None:
    """Returns what is seen of a text; None where that is all of it, on one level."""
    kept = [run for run in runs if not run.look.struck]
    level = {run.look.shift for run in kept if run.text.strip()}
    shifts = _SHIFTS if len(level) > 1 else {}
    text = "".join(run.text.translate(shifts.get(run.look.shift, {})) for run in kept)
    struck = "".join(run.text for run in runs if run.look.struck)
    return None if text == "".join(run.text for run in runs) else Seen(text, struck.strip())


def look_of(font: Element | None) -> Look:
    """Returns how a font of an .xlsx looks, or the properties of a run."""
    if font is None:
        return Look()
    strike = font.find(f"{_MAIN}strike")
    shift = font.find(f"{_MAIN}vertAlign")
    struck = strike is not None and strike.get("val", "1").lower() not in _OFF
    return Look(struck, shift.get("val", "") if shift is not None else "")


def runs_of(item: Element, look: Look) -> Iterator[Run]:
    """Yields the runs of a text of an .xlsx in a cell of this look; reading aids are none."""
    for part in item:
        if part.tag == f"{_MAIN}t":
            yield Run(part.text or "", look)
        elif part.tag == f"{_MAIN}r":
            own = part.find(f"{_MAIN}rPr")
            text = part.findtext(f"{_MAIN}t") or ""
            yield Run(text, look if own is None else look_of(own))


def is_rich(part: bytes) -> bool:
    """Whether letters in a part of XML may be struck through, raised or lowered."""
    return b"strike" in part or b"vertAlign" in part or b"\x00" in part[:8]


def seen_in_sheet(
    sheet: Element, strings: Sequence[Element], looks: Mapping[int, Look]
) -> Iterator[tuple[str, Seen]]:
    """Yields (A1 name, what is seen) of the cells of a worksheet of which not all is seen.

    ``strings`` are the shared texts, ``looks`` those of styles that are not plain.
    """
    for cell in sheet.iter(f"{_MAIN}c"):
        value = cell.findtext(f"{_MAIN}v") or ""
        look = looks.get(int(cell.get("s", "0")), Look())
        item = cell.find(f"{_MAIN}is")
        if cell.get("t") == "s" and value.strip().isdecimal() and int(value) < len(strings):
            item = strings[int(value)]
        runs = [Run(value, look)] if item is None else list(runs_of(item, look))
        seen = seen_of(runs)
        if seen is not None:
            yield cell.get("r", ""), seen


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
