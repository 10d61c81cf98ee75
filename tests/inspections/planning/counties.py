"""Invented counties for draws: any number of schools and inspectors, with rules that bind."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from inspections.planning.inputs import Inputs
from inspections.round.round import Period, Round
from inspections.round.school import Inspector, Roster, School
from tests.inspections.small_round import KITCHEN, PARTY, rubric

RUBRICS = {made.id: made for made in map(rubric, (KITCHEN, PARTY))}
STAGES, PLACES = ("小学", "初中", "幼儿园"), ("城区", "东乡", "西乡", "北乡")


def county(
    schools: int,
    inspectors: int,
    until: date = date(2026, 9, 30),
    *,
    seed: int = 1,
    occasions: tuple[str, ...] = ("第1次",),
    avoid: int = 1,
    **drawing: Any,
) -> Inputs:
    """A county in which a third of the inspectors knows food, and each avoids some schools."""
    drawn = random.Random(seed)
    held = {
        code: School(
            code, f"第{at}学校",
            {"学段": drawn.choice(STAGES), "区域": drawn.choice(PLACES),
             "有食堂": drawn.choice("是否"), "寄宿": "否"},
        )
        for at in range(schools) for code in [f"S{at:05}"]
    }  # fmt: skip
    people = {
        code: Inspector(
            code, f"督学{at}", "督导室", code, skills=("食品",) * (at % 3 == 0),
            avoids=tuple(drawn.sample(list(held), min(avoid, schools))),
        )
        for at in range(inspectors) for code in [f"D{at:03}"]
    }  # fmt: skip
    settings = Round.model_validate(
        {
            "id": "county", "title": "抽查", "bureau": "某局", "rubrics": tuple(RUBRICS),
            "window": Period(since=date(2026, 9, 1), until=until), "occasions": occasions,
            "drawing": drawing,
        }
    )  # fmt: skip
    return Inputs(settings, RUBRICS, Roster(held, people))


def drawn_county(seed: int) -> Inputs:
    """A small county whose settings are drawn too; whether there is a plan, nobody knows."""
    drawn = random.Random(seed)
    size = drawn.choice([1, 2, 2, 3])
    inspectors = drawn.randint(max(size, 4), 14)
    schools = drawn.randint(3, 40)
    made = county(
        schools, inspectors, date(2026, 9, drawn.randint(8, 30)),
        seed=seed, avoid=drawn.choice([0, 1, 1, 2]),
        occasions=tuple(f"第{at}次" for at in range(1, drawn.randint(2, 4))),
        by=("学段",), share=drawn.choice(["30%", "50%", "100%"]),
        team={
            "size": size, "days": drawn.choice([1, 2, 5]), "rotate": drawn.random() < 0.7,
            "skills": drawn.choice([{}, {"kitchen": ["食品"]}]),
        },
        day={"visits": drawn.choice([1, 2, 3]), "near": drawn.choice([(), ("区域",)])},
    )  # fmt: skip
    codes, everywhere = list(made.roster.inspectors), list(made.roster.schools)
    last = {it: frozenset(drawn.sample(codes, 2)) for it in everywhere[::2]}
    finders = {it: frozenset(drawn.sample(codes, 3)) for it in everywhere[::3]}
    weights = {it: drawn.randint(1000, 5000) for it in everywhere[::4]}
    return Inputs(made.round, made.rubrics, made.roster, weights, last, finders)
