"""How the total was corrected for the severity of those who came: no name is told, only numbers."""

from __future__ import annotations

from inspections.round.round import Combining
from reports.letter import sentences
from reports.letter.subject import Letter
from rubrics.values.points import from_units, to_units
from scoring.results.corrected_words import (
    CORRECTED,
    again_text,
    by_records,
    late_text,
    school_correction_text,
)
from scoring.results.zeroed import zeroed


def severity_correction(letter: Letter) -> str:
    """Returns by what the plain total was corrected, so that anybody can work it out; empty where
    it was not.
    """
    score, rubric = letter.score, letter.rubric
    held = score.correction
    if held is None or score.total is None:
        return ""
    by = school_correction_text(rubric, held.applied)
    who = late_text(held)
    late = sentences.SEVERITY_LATE.format(who=who) if who else ""
    told = {
        "corrected": CORRECTED + again_text(held.stands),
        "you": letter.you,
        "count": len(held.by),
        "records": by_records(held),
        "how": _how(letter.round.combining, [one.occasion for one in held.by]) + late,
        "own": school_correction_text(rubric, held.combined),
        "by": by,
        "total_name": sentences.TOTAL_NAMES[letter.provisional],
        "total": letter.published(score.total),
        "plain": letter.published(held.plain),
        "sum": by if by[0] in "+-" else f"+{by}",
    }
    if zeroed(rubric, score):
        return sentences.SEVERITY_BY_RED_LINE.format(**told)
    at_end = sentences.SEVERITY_AT_END if held.applied != held.combined else ""
    return (letter.said(sentences.SEVERITY) + at_end + sentences.SEVERITY_TOTAL).format(**told)


def _how(combining: Combining, occasions: list[str]) -> str:
    """How those of several records are combined; nothing where there is one."""
    if len(occasions) < 2:
        return ""
    visits = dict.fromkeys(occasions)
    steps = []
    if len(visits) < len(occasions):
        steps.append("按权重平均" if combining.inspectors == "weighted" else "取平均")
    if len(visits) > 1:
        weights = {name: combining.weights[name] for name in visits if name in combining.weights}
        listed = "、".join(f"{name}{from_units(to_units(it))}" for name, it in weights.items())
        weighed = combining.visits == "weighted" and listed
        steps.append(f"各次按权重（{listed}）平均" if weighed else "各次再平均")
    return "，" + "，".join(steps)
