"""That scores are corrected for the severity of inspectors: what every page says of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from inspections.ledger.severity import HeldSeverity
from inspections.round.days import day_text
from inspections.round.severity_correction import PLACES
from rubrics.language.rubric import Rubric
from rubrics.values.points import fixed
from scoring.results.scores import RecordCorrection, RubricScores, SchoolCorrection, Scores

CORRECTED: Final = "本轮得分按督学宽严作了校正"
_SOME: Final = "本轮{rubrics}的得分按督学宽严作了校正"


def corrected_note(scores: Scores) -> str:
    """Returns the note of a page that is of all rubrics; empty where nothing is corrected."""
    of = scores.corrected
    if not of:
        return ""
    if len(of) == len(scores.rubrics):
        return CORRECTED
    titles = (scores.rubrics[name].rubric.title for name in of)
    return _SOME.format(rubrics="".join(it if "《" in it else f"《{it}》" for it in titles))


def left_out(held: RubricScores) -> list[str]:
    """Returns the groups with visits in which nobody is corrected, where others are."""
    if held.correction is None:
        return []
    there = dict.fromkeys(score.group for score in held.schools if score.visits)
    return [name for name in there if name not in held.correction.groups]


def correction_text(units: int, places: int = PLACES) -> str:
    """Returns a correction with its sign and all its decimals: ``+0.35``, ``-0.10``, ``0.00``."""
    sign = "+" if units > 0 else "-" if units < 0 else ""
    return sign + fixed(abs(units), places)


def school_correction_text(rubric: Rubric, units: int) -> str:
    """Returns the same of a whole school, with the decimals that its total has."""
    return correction_text(units, rubric.places)


def again_text(stands: HeldSeverity | None) -> str:
    """Returns that severities were measured anew: ``（2026年5月8日重新测定）``; else nothing."""
    if stands is None or not stands.again:
        return ""
    return f"（{day_text(date.fromisoformat(stands.day))}重新测定）"


def late_text(correction: SchoolCorrection) -> str:
    """Returns who is corrected by 0 because their sheets came later, by number: ``6号``."""
    return "、".join(dict.fromkeys(f"{it.number}号" for it in correction.by if it.late))


def by_records(correction: SchoolCorrection) -> str:
    """Returns the corrections of the records that count, by visit, without any name:
    ``3号+0.35、7号-0.10``.
    """
    visits: dict[str, list[RecordCorrection]] = {}
    for one in correction.by:
        visits.setdefault(one.occasion, []).append(one)
    told = []
    for occasion, own in visits.items():
        listed = "、".join(f"{it.number}号{correction_text(it.amount)}" for it in own)
        told.append(f"{occasion}：{listed}" if len(visits) > 1 else listed)
    return "；".join(told)
