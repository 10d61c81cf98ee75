"""Corrections for the severity of inspectors that stand, for those who ask how a round stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import DecodeError, Struct, field, json
from msgspec.structs import asdict

from inspections.collecting.problem_table import RESULT
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.severity import standing_severity
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem

DRIFTED: Final = "severity-drifted"
"""The problem of corrections that would be measured otherwise now, and where result.json has it."""


def severity_lines(opened: OpenRound) -> Iterator[str]:
    """Yields since when corrections stand, by rubric; nothing where the round asks for none."""
    if opened.round.severity_correction is None or not has_ledger(opened):
        return
    with ledger_of(opened) as ledger:
        stands = standing_severity(ledger)
    for name, one in stands.items():
        if name in opened.rubrics:
            yield f"宽严校正《{opened.rubrics[name].title}》：{one.text}"


class _Drifted(Struct):
    rubric: str
    day: str
    what: str


class _Result(Struct):
    """What result.json says of it."""

    drifted: list[_Drifted] = field(default_factory=list, name=DRIFTED)


def drifted(opened: OpenRound) -> list[Problem]:
    """Returns what the last scoring told of corrections that stand. Code: severity-drifted.

    Those who only ask cannot measure.
    """
    if opened.round.severity_correction is None:
        return []
    try:
        held = json.decode((opened.folder.results / RESULT).read_bytes(), type=_Result)
    except (OSError, DecodeError):
        return []
    place = Place(SETTINGS, "", "severity_correction")
    return [problem(DRIFTED, place, **asdict(one)) for one in held.drifted]
