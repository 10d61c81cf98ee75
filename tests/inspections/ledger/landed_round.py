"""The round whose ledger ``landed/ledger.db`` is, and what it held when it was kept.

The first form of the ledger had a table a subject. That ledger was written by the program of its
time: sheets of several inspectors, a correction, every kind of decision, pictures, problems,
published files, an erased person and an erased school. ``collected.json`` is what that program
said of it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from inspections.collecting.collecting import Collected
from inspections.ledger.local_time import local_time
from inspections.records.record import Observation, Record
from inspections.round.opened import OpenRound
from inspections.round.plan import make_plan
from tests.inspections.small_round import rubric, small_round

KEPT = Path(__file__).parent / "landed"

VOTED = """
id: voted
version: "1"
title: 测评细则
points: 5
documents: {文1: {title: 某通知}}
grades: [{grade: 合格, range: ≥0}]
dimensions:
- id: G
  title: 测评
  points: 5
  indicators:
  - {id: G1, title: 民主测评, points: 5, basis: [文1], method: [民主测评], evidence: none,
     rule: {kind: votes, options: {好: 1, 差: 0.4}}}
"""


def landed_round(folder: Path) -> OpenRound:
    """The round in ``folder``, with its ledger and without its files."""
    made = small_round(folder, id="2026旧")
    rubrics = {**made.rubrics, "voted": rubric(VOTED)}
    settings = made.round.model_copy(update={"rubrics": tuple(rubrics)})
    plan = make_plan(settings, rubrics, made.roster)
    return replace(made, round=settings, rubrics=rubrics, plan=plan)


def with_ledger(opened: OpenRound) -> OpenRound:
    """Puts the ledger of then into the round's folder."""
    shutil.copy(KEPT / "ledger.db", opened.folder.ledger)
    opened.folder.returned.mkdir(exist_ok=True)
    return opened


def expected(name: str = "collected") -> Any:
    """What was told then; of decisions the time is told as local time by now."""
    text = (KEPT / f"{name}.json").read_text("utf-8")
    return json.loads(re.sub(r"(?<=号决定 )\S+", lambda at: local_time(at[0]), text))


def told(found: Collected, ledger: str = "ledger.db") -> Any:
    """Everything that was collected, as plain JSON; ``ledger``: how problems name it."""
    problems = [
        [*astuple(item.place), item.code, list(map(list, item.params))]
        for item in found.problems
        if item.code != "ledger-stale"
    ]
    for item in problems:
        item[0] = item[0].replace(ledger, "ledger.db")
    problems.sort(key=lambda item: item[0])
    decisions = [str(item) for item in found.decisions]
    visits = [list(_visit(item)) for item in found.visits]
    return json.loads(
        json.dumps([visits, problems, decisions], ensure_ascii=False).replace(ledger, "ledger.db")
    )


def _visit(item: Record) -> Iterator[object]:
    key = item.key
    yield [key.school, key.rubric, key.occasion, key.inspector, item.version, str(item.day)]
    yield [item.inspectors, str(item.arrived), str(item.left), item.companion]
    yield [item.file, item.sheet, item.digest, list(item.disputed)]
    yield [list(_observation(one)) for one in item.observations]


def _observation(one: Observation) -> Iterator[object]:
    yield [one.owner, one.state.value, one.fault, one.evidence, one.remark, one.reason]
    yield [[slot, type(value).__name__, str(value)] for slot, value in one.values.items()]
    yield {slot: str(place) for slot, place in one.places.items()}
    yield [one.decided, one.missing, [[str(part) for part in _proof(one)]]]


def _proof(one: Observation) -> Iterator[object]:
    for item in one.proof:
        yield (item.name, item.file, item.digest, item.part, item.picture, item.taken)
