"""Whether a sheet belongs to this round: its rubric, its school, its occasion."""

from __future__ import annotations

from inspections.workbook.form.expectations import Expectations
from inspections.workbook.form.identity import Identity
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import holds


def admitted(
    identity: Identity, expected: Expectations, place: Place
) -> tuple[Rubric | None, list[Problem]]:
    """Returns the rubric of the sheet at ``place``; None, and why, where it cannot be read.

    Codes: workbook-other-round, workbook-old-rubric, sheet-rubric-unknown, sheet-school-unknown,
    sheet-rubric-inapplicable, sheet-occasion-unknown.
    """
    if identity.round != expected.round.id:
        return None, [problem("workbook-other-round", place, other=identity.round)]
    rubric = expected.rubrics.get(identity.rubric)
    if rubric is None:
        return None, [problem("sheet-rubric-unknown", place, rubric=identity.rubric)]
    school = expected.roster.schools.get(identity.school)
    if school is None:
        return None, [problem("sheet-school-unknown", place, school=identity.school)]
    if not holds(rubric.when, school.traits):
        said = {"school": school.name, "rubric": rubric.title}
        return None, [problem("sheet-rubric-inapplicable", place, **said)]
    if identity.occasion not in expected.round.occasions:
        said = {"occasion": identity.occasion, "known": "、".join(expected.round.occasions)}
        return None, [problem("sheet-occasion-unknown", place, **said)]
    if identity.version != rubric.version:
        said = {"other": identity.version, "version": rubric.version, "rubric": rubric.title}
        return None, [problem("workbook-old-rubric", place, **said)]
    return rubric, []
