"""What schools say of themselves, as the ledger holds it: the latest of each school counts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import Engine, select

from inspections.ledger.bodies import self_assessment as bodies
from inspections.ledger.chain import By, Said, act, acts_by_id
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index
from inspections.records.self_assessment import OwnScore, SelfAssessment
from rubrics.values.points import number_text

_NOTE = "note/"


def add_assessments(ledger: Engine, made: Iterable[SelfAssessment], by: By) -> list[SelfAssessment]:
    """Adds what schools say of themselves in one act; returns what was added.

    A workbook is added once for each rubric, however often it is read.
    """
    with act(ledger, "self-assess", by) as doing:
        known = {
            (body.rubric, body.file)
            for _, body, _ in bodies_of(doing.connection, "assessed")
            if body is not None
        }
        fresh = [one for one in made if (one.rubric, one.file) not in known]
        doing.add("assessed", map(_said, fresh))
    return fresh


def all_assessments(ledger: Engine) -> list[SelfAssessment]:
    """Returns all that was not erased, in the order in which it came."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "assessed")
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        return [
            SelfAssessment(
                body.school,
                body.rubric,
                body.form,
                {
                    indicator: OwnScore(
                        Decimal(points) if points else None, texts.get(_NOTE + indicator, "")
                    )
                    for indicator, points in body.points.items()
                },
                body.file,
                texts.get("name", ""),
                texts.get("signed", ""),
                id,
                act_of[id].at,
            )
            for id, body, texts in bodies_of(connection, "assessed")
            if body is not None
        ]


def visited(ledger: Engine) -> set[tuple[str, str]]:
    """Returns the (school, rubric) of which sheets of inspectors have come."""
    with ledger.connect() as connection:
        wanted = select(index.c.school, index.c.rubric).where(index.c.kind == "sheet")
        return {(school, rubric) for school, rubric in connection.execute(wanted)}


def _said(one: SelfAssessment) -> Said:
    points = {
        indicator: "" if it.points is None else number_text(it.points)
        for indicator, it in one.scores.items()
    }
    texts = [("name", one.name), ("signed", one.signed)]
    texts += [(_NOTE + indicator, it.note) for indicator, it in one.scores.items()]
    body = bodies.Assessed(one.school, one.rubric, one.form, one.file, points)
    return Said(body, [(leaf, text) for leaf, text in texts if text])
