"""Objections of schools to first opinions, and how each was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Engine, func, select

from inspections.ledger.bodies import letters as bodies
from inspections.ledger.chain import By, Said, act, acts_by_id, compact
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index


class Outcome(StrEnum):
    """How an objection can be decided; its value is what it is called in Chinese."""

    ACCEPTED = "采纳"
    PARTLY = "部分采纳"
    REJECTED = "不采纳"


@dataclass(frozen=True, slots=True)
class Answer:
    """How an objection was decided, by whom and when. ``decisions``: the corrections that follow.

    The latest answer to an objection holds.
    """

    outcome: Outcome
    reasons: str
    decisions: tuple[int, ...]
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What a school objected, and its papers: (path in the round's folder, SHA-256).

    ``letter``: the fact of the first opinion; ``received``: the day of filing, ``since``: from
    which the period counts (ISO 8601). ``text`` and names are empty where they were erased.
    """

    number: int
    school: str
    rubric: str
    letter: int
    received: str
    since: str
    text: str
    papers: tuple[tuple[str, str], ...]
    who: str
    at: str
    answer: Answer | None = field(default=None)


def file_objection(
    ledger: Engine,
    school: str,
    rubric: str,
    text: str,
    papers: Sequence[tuple[str, str]],
    by: By,
    *,
    letter: int,
    received: str,
    since: str,
) -> tuple[int, bool]:
    """Adds an objection in an act of its own; returns its number, and whether it is new.

    One that says the same, of the same school, rubric and day, is not added again: whoever was
    interrupted files it once more.
    """
    with act(ledger, "object", by) as doing:
        about, digests = _about(school, rubric), [digest for _, digest in papers]
        for _, held, texts in bodies_of(doing.connection, "objection"):
            same = (held.received, held.papers) == (received, digests)
            if same and (texts.get("about"), texts.get("text")) == (about, text):
                return held.number, False
        last = select(func.max(index.c.parent)).where(index.c.kind == "objection")
        number = (doing.connection.execute(last).scalar_one_or_none() or 0) + 1
        body = bodies.Objection(number, letter, received, since, digests)
        leaves = [("about", about), ("text", text)]
        leaves += [(f"paper/{place}", name) for place, (name, _) in enumerate(papers)]
        doing.add("objection", [Said(body, leaves)])
    return number, True


def answer_objection(
    ledger: Engine, one: Objection, outcome: Outcome, reasons: str, decisions: Sequence[int], by: By
) -> None:
    """Adds the answer to an objection. The reasons can be erased; the act does not repeat them."""
    body = bodies.Answer(one.number, outcome.value, list(decisions))
    leaves = [("about", _about(one.school, one.rubric)), ("reasons", reasons)]
    with act(ledger, "answer", By(by.who)) as doing:
        doing.add("answer", [Said(body, leaves)])


def all_objections(ledger: Engine) -> list[Objection]:
    """Returns every objection by number, each with the answer that holds."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind.in_(("objection", "answer")))
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        answers = {
            body.objection: Answer(
                Outcome(body.outcome),
                texts.get("reasons", ""),
                tuple(body.decisions),
                act_of[id].who,
                act_of[id].at,
            )
            for id, body, texts in bodies_of(connection, "answer")
        }
        found = []
        for id, body, texts in bodies_of(connection, "objection"):
            about = json.loads(texts.get("about", "{}"))
            found.append(
                Objection(
                    body.number,
                    about.get("school", ""),
                    about.get("rubric", ""),
                    body.letter,
                    body.received,
                    body.since,
                    texts.get("text", ""),
                    tuple(
                        (texts.get(f"paper/{place}", ""), digest)
                        for place, digest in enumerate(body.papers)
                    ),
                    act_of[id].who,
                    act_of[id].at,
                    answers.get(body.number),
                )
            )
        return found


def _about(school: str, rubric: str) -> str:
    return compact({"school": school, "rubric": rubric})
