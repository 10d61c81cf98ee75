"""A county whose inspectors went in changing pairs, so that it can be known how sure ranks are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from inspections.records.record import Record
from inspections.round.round import Round
from inspections.round.school import Inspector, Roster, School
from rubrics.language.rubric import Rubric
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from tests.scoring.small import a_round, item, rubric, visit

ITEMS = tuple(f"{dimension}{n}" for dimension in "AB" for n in range(1, 6))
LEVELS = ("0", "2.5", "5", "7.5", "10")
FLAG = {"title": "红线", "triggers": [{"flag": "f", "label": "查实？"}]}


def linked_rubric(name: str = "sample", **more: Any) -> Rubric:
    """A hundred points in ten indicators; A1 has a red line that puts a school last."""
    line = FLAG | {"consequence": {"grade": "不合格", "award_lost": True, "rank": "last"}}
    items = [item(one, **({"red_lines": [line]} if one == "A1" else {})) for one in ITEMS]
    return rubric(*items, **{"id": name, "title": f"{name}细则"} | more)


def people(count: int) -> list[str]:
    return [f"D{n:02d}" for n in range(1, count + 1)]


def county(schools: int, groups: int = 1, inspectors: int = 6) -> Roster:
    """Schools S001 ... in groups 一组 ... by the trait 学段."""
    stages = ("小学", "初中", "幼儿园")[:groups]
    known = {
        f"S{n:03d}": School(f"S{n:03d}", f"青禾县第{n}学校", {"学段": stages[n % groups]})
        for n in range(1, schools + 1)
    }
    return Roster(known, {code: Inspector(code, f"督学{code}") for code in people(inspectors)})


def sheets(
    roster: Roster,
    of: str = "sample",
    *,
    seats: int = 2,
    off: float = 1.0,
    seed: int = 1,
    changed: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Record]:
    """What ``seats`` inspectors found at each school; they go in pairs that change.

    ``off``: by how many steps of 2.5 points readings err; ``changed``: entries by school.
    """
    random, names = Random(seed), list(roster.inspectors)
    found = []
    for school in roster.schools:
        quality = random.gauss(3, 0.8)
        truth = {one: random.gauss(quality, 0.7) for one in ITEMS}
        for inspector in random.sample(names, seats):
            typed: dict[str, Any] = {
                one: LEVELS[min(4, max(0, round(random.gauss(value, off))))]
                for one, value in truth.items()
            }
            typed |= (changed or {}).get(school, {})
            found.append(visit(school, typed, inspector=inspector, of=of))
    return found


def settings(*rubrics: str, **more: Any) -> Round:
    """A round of independent sheets, with the certainty of ranks."""
    ranking = {"groups": ["学段"], "certainty": True} | more.pop("ranking", {})
    said = {"rubrics": rubrics or ("sample",), "raters": "each", "ranking": ranking}
    return a_round(**said, **more)


def scored(of: Round, rubrics: list[Rubric], roster: Roster, visits: list[Record]) -> Scores:
    return score_round(of, {one.id: one for one in rubrics}, roster, (), visits)[0]


def weights(**given: str) -> dict[str, Decimal]:
    return {name: Decimal(weight) for name, weight in given.items()}
