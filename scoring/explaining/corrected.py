"""How a total was corrected for the severity of inspectors, for the bureau's own eyes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from inspections.round.round import Round
from rubrics.language.rubric import Rubric
from scoring.engine.severity_correction import weighing_alone
from scoring.explaining.combined import combined
from scoring.explaining.step import Step
from scoring.results.corrected_words import (
    CORRECTED,
    correction_text,
    late_text,
    school_correction_text,
)
from scoring.results.published import total_text
from scoring.results.scores import SchoolScore
from scoring.results.zeroed import zeroed

PLAIN = "校正前总分"
"""What the total goes by that follows from the points alone."""


def corrected_steps(settings: Round, rubric: Rubric, score: SchoolScore) -> Iterator[Step]:
    """Yields the total as it is corrected, and by what; nothing where it is not."""
    held = score.correction
    if held is None or score.total is None:
        return
    plain, total = total_text(rubric, held.plain), total_text(rubric, score.total)
    by = school_correction_text(rubric, held.applied)
    yield Step("总分", total, f"{PLAIN} {plain}，宽严校正 {by}，合计 {total}；{CORRECTED}")
    if zeroed(rubric, score):
        yield Step("宽严校正", by, "总分由红线定，不校正")
        return
    alone = settings.model_copy(update={"combining": weighing_alone(settings.combining)})
    records = {(one.key.occasion, one.key.inspector): one for one in score.visits}
    figures = [
        (records[one.occasion, one.inspector], Fraction(one.amount))
        for one in held.by
        if (one.occasion, one.inspector) in records
    ]
    told = "、".join(
        f"{one.occasion} {one.inspector}（{one.number}号）{correction_text(one.amount)}"
        for one in held.by
    )
    how = combined(rubric, figures, score.visits, alone).text if figures else ""
    said = [told, *([how] if how else [])]
    if held.applied != held.combined:
        own = school_correction_text(rubric, held.combined)
        said.append(f"得 {own}；总分不低于 0 分、不超过满分，实际校正 {by}")
    if who := late_text(held):
        said.append(f"{who}在校正定下以后才有检查表，不校正")
    if held.stands is not None:
        said.append(f"各人的校正{held.stands.text}")
    yield Step("宽严校正", by, "；".join(said))
