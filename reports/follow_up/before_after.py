"""What a follow-up's verdicts would change in the scores, if what is done counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspections.follow_up.progress import DrawnItem
from inspections.records.rectification import Verb
from inspections.rectification.states import Standing
from rubrics.language.rubric import Rubric
from scoring.results.corrected_words import CORRECTED
from scoring.results.scores import Scores


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One school under one rubric, in units of 1/10000 point.

    ``before``: the total as it is published, without what this follow-up found; ``raised``: what
    relapses and misreports cost by the rubric (:mod:`rubrics.language.repeat`), ``regained``: what
    the indicators would give back that were found done, each as its letter tells it, both of them
    as they change the total; ``owners``: the codes of what was found done.
    ``corrected``: whether the totals are corrected for the severity of inspectors.
    """

    school: str
    rubric: Rubric
    before: int
    regained: int
    raised: int
    owners: tuple[str, ...]
    corrected: bool = False

    @property
    def after(self) -> int:
        """What the total would be."""
        return self.before + self.raised + self.regained


def regained(
    scores: Scores, items: Sequence[DrawnItem], stands: Sequence[Standing]
) -> Mapping[tuple[str, str, str], int]:
    """Returns (school, rubric, owner) -> units that it gives back, where a follow-up found it done.

    ``stands``: all items of the round; what is only partly done gives back nothing.
    """
    looked_at = {
        (one.case.item.school, one.case.item.rubric, one.case.item.owner)
        for one in items
        if one.verdict and one.verdict.verb is Verb.DONE
    }
    left = {
        (one.item.school, one.item.rubric, one.item.owner) for one in stands if not one.finished
    }
    done = looked_at - left
    return {
        (score.school.id, name, item.indicator): item.gain
        for name, held in scores.rubrics.items()
        for score in held.schools
        for item in score.indicators
        if (score.school.id, name, item.indicator) in done and not item.band
    }


def before_after(
    scores: Scores,
    items: Sequence[DrawnItem],
    stands: Sequence[Standing],
    first: Scores | None = None,
) -> list[BeforeAfter]:
    """Returns the schools of which something was looked at, in the order of the scores.

    ``first``: the scores without what this round's follow-ups found, where that changes any.
    """
    back = regained(scores, items, stands)
    seen = {(one.case.item.school, one.case.item.rubric) for one in items if one.verdict}
    made = []
    for name, held in scores.rubrics.items():
        then = (first or scores).rubrics[name].schools
        better = -1 if held.rubric.scale == "demerits" else 1
        for score, before in zip(held.schools, then, strict=True):
            school = score.school.id
            if (school, name) not in seen or score.total is None or before.total is None:
                continue
            own = {key[2]: units for key, units in back.items() if key[:2] == (school, name)}
            total, raised = better * sum(own.values()), score.total - before.total
            made.append(
                BeforeAfter(
                    school,
                    held.rubric,
                    before.total,
                    total,
                    raised,
                    tuple(own),
                    score.correction is not None,
                )
            )
    return made


def corrected_note(scores: Sequence[BeforeAfter]) -> str:
    """Returns the note of a page with these scores: that some are corrected; else nothing."""
    return CORRECTED if any(one.corrected for one in scores) else ""
