"""Corrections as they stand beside those measured now, for the bureau's own eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from inspections.ledger.severity import HeldSeverity
from inspections.round.opened import OpenRound
from scoring.engine.scale import turned
from scoring.results.corrected_words import correction_text

HEADS: Final = ("细则", "编号", "督学", "定下", "现测")


def rows(
    opened: OpenRound, stands: Mapping[str, HeldSeverity], now: Mapping[str, HeldSeverity]
) -> Iterator[tuple[object, ...]]:
    """Yields a row an inspector under a rubric: what totals are corrected by, of one sheet."""
    people = opened.roster.inspectors
    for name, measured in now.items():
        rubric, held = opened.rubrics[name], stands.get(name)
        numbers = {**(held.numbers if held else {}), **measured.numbers}
        for code, number in sorted(numbers.items(), key=lambda it: it[1]):
            person = people[code].name if code in people else code
            both = (
                correction_text(turned(rubric, one.inspectors[code]))
                if one and code in one.inspectors
                else "—"
                for one in (held, measured)
            )
            yield rubric.title, number, person, *both


def sentences(
    opened: OpenRound, stands: Mapping[str, HeldSeverity], now: Mapping[str, HeldSeverity]
) -> Iterator[str]:
    """Yields, rubric by rubric, since when what stands does, and what is not corrected."""
    for name, measured in now.items():
        title = opened.rubrics[name].title
        held = stands.get(name)
        if held is None:
            yield f"《{title}》还没有定下：第一份意见书编号时定下，此前每次计分重新测定"
        else:
            yield f"《{title}》{held.text}"
        if measured.nothing:
            yield f"《{title}》按现有 {measured.sheets} 份检查表不校正：{measured.nothing}"
