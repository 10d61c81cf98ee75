"""Worked cases from YAML: a small rubric, what inspectors wrote, and the figures by hand.

``cases/README.md`` teaches the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from inspections.records.record import Record, RecordKey
from inspections.records.self_assessment import INAPPLICABLE, OwnScore
from inspections.round.elapsed import FULL_YEAR
from inspections.round.round import Round
from inspections.round.school import Assignment, DrawnTeam, Roster, School
from rubrics.checking import check
from rubrics.files.yaml_text import read_yaml
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Severity
from rubrics.values.traits import with_derived
from scoring.results.before import Before, FoundBefore
from scoring.results.own_scores import Given
from scoring.trial.plain_rows import Cell, observed, questions

FOLDER = Path(__file__).with_name("cases")
Plain: TypeAlias = dict[str, Any]
SAID = ("学校", "督学", "次别", "日期", "细则", "无佐证")
"""What a record says beside its entries."""


@dataclass(frozen=True)
class Case:
    """One worked case, ready to be scored; ``codes`` are problems that the entries give.

    ``own``: what schools gave themselves; None where the case says nothing of it. ``corrections``:
    of totals under the first rubric, by inspector. ``plan``: which team goes where; empty where the
    case says nothing of it, and all schools are due.
    """

    round: Round
    rubrics: dict[str, Rubric]
    roster: Roster
    visits: tuple[Record, ...]
    codes: tuple[str, ...]
    expect: Mapping[str, Any]
    before: FoundBefore = field(default_factory=dict)
    own: Mapping[tuple[str, str], Given] | None = None
    corrections: Mapping[str, Decimal] = field(default_factory=dict)
    plan: tuple[Assignment, ...] = ()


def all_cases() -> dict[str, Plain]:
    """``file: name`` -> the case as it is written."""
    found: dict[str, Plain] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        source = read_yaml(path)
        assert not source.problems, source.problems
        assert isinstance(source.data, list)
        for case in source.data:
            assert set(case) == {"name", "given", "expect"}, (path.name, case)
            name = f"{path.stem}: {case['name']}"
            assert name not in found, name
            found[name] = case
    return found


def read_case(case: Plain) -> Case:
    given, expect = case["given"], case["expect"]
    if "规则" in given:
        given, expect = one_rule(given, expect)
    written = given["细则"]
    rubrics = [rubric(item) for item in (written if isinstance(written, list) else [written])]
    members = {
        name: School(name, name, with_derived(traits or {}))
        for name, traits in given.get("学校", {}).items()
    }
    for record in given["记录"]:
        name = record["学校"]
        members.setdefault(name, School(name, name))
    settings: Plain = {
        "id": "r",
        "title": "检查",
        "bureau": "教育局",
        "rubrics": [item.id for item in rubrics],
        "window": {"since": "2026-01-01", "until": "2026-12-31"},
        "ranking": {"groups": []},
        **given.get("批次", {}),
    }
    if not {"window", "period"} & set(given.get("批次", {})):
        settings = {"elapsed": FULL_YEAR, **settings}
    visits, codes = [], []
    by_id = {item.id: item for item in rubrics}
    for number, record in enumerate(given["记录"]):
        used = by_id[record.get("细则", rubrics[0].id)]
        made, found = visit(used, members[record["学校"]], record, number)
        visits.append(made)
        codes += found
    of = Round.model_validate(settings)
    found_before = {
        (school, item): (Before("上一批次", "上一批次-0001"),)
        for school, items in given.get("以前查出", {}).items()
        for item in items
    }
    first = rubrics[0].id
    before = {first: found_before} if found_before else {}
    plan = planned(by_id, given.get("抽中") or given.get("安排") or {})
    day = date(2026, 1, 1)
    drawn = {line.team: DrawnTeam((), day, day) for line in plan} if "抽中" in given else {}
    roster = Roster(members, {}, drawn)
    own = own_scores(first, given["自评"]) if "自评" in given else None
    corrections = {name: Decimal(str(by)) for name, by in given.get("校正", {}).items()}
    return Case(
        of, by_id, roster, tuple(visits), tuple(codes), expect, before, own, corrections, plan
    )


def planned(rubrics: Plain, written: Plain) -> tuple[Assignment, ...]:
    """The schools to which somebody goes, by rubric."""
    assert written.keys() <= rubrics.keys()
    return tuple(
        Assignment(school, name, "第1次", "一组")
        for name, schools in written.items()
        for school in schools
    )


def own_scores(rubric: str, written: Plain) -> dict[tuple[str, str], Given]:
    """What schools gave themselves: a number, or 不适用."""
    return {
        (school, rubric): {
            item: OwnScore(None if said == INAPPLICABLE else Decimal(said))
            for item, said in given.items()
        }
        for school, given in written.items()
    }


def one_rule(given: Plain, expect: Any) -> tuple[Plain, Plain]:
    """The short form: one rule and what one inspector wrote."""
    entered = given["实测"]
    if isinstance(entered, list):
        entered = "；".join(str(item) for item in entered)
    if isinstance(entered, dict):
        row = {f"A1.{key}" if key else "A1": value for key, value in entered.items()}
    else:
        row = {"A1": entered}
    points = given["分值"]
    indicator = {"points": points, "rule": given["规则"]}
    rubric: Plain = {"indicators": {"A1": indicator}}
    if given.get("计负分"):
        rubric["scale"] = "demerits"
    full = {"细则": rubric, "记录": [{"学校": "甲校", **row}]}
    full |= {key: {"甲校": given[key]} for key in ["学校"] if key in given}
    full |= {key: given[key] for key in ["批次"] if key in given}
    wanted = expect if isinstance(expect, dict) else {"A1": expect}
    codes = {"问题": wanted.pop("问题")} if "问题" in wanted else {}
    return full, {"甲校": wanted, **codes}


def rubric(written: Plain) -> Rubric:
    """A small rubric with everything filled in that a case does not care about."""
    made = dict(written)
    if "indicators" in made:
        made["dimensions"] = {"A": made.pop("indicators")}
    dimensions: list[Plain] = []
    weights = made.pop("权重", {})
    for code, indicators in made.pop("dimensions").items():
        items = [
            {
                "id": name,
                "title": name,
                "basis": ["依据"],
                "method": ["现场查看"],
                "evidence": "none",
                **about,
            }
            for name, about in indicators.items()
        ]
        total = sum((item["points"] for item in items), Decimal(0))
        caps = {"bonus_cap": made["bonus_caps"][code]} if code in made.get("bonus_caps", {}) else {}
        dimensions.append({"id": code, "title": code, "points": total, "indicators": items, **caps})
        dimensions[-1] |= weights.get(code, {})
    made.pop("bonus_caps", None)
    full = {
        "id": "xize",
        "version": "1",
        "title": "细则",
        "points": sum((it.get("weight", it["points"]) for it in dimensions), Decimal(0)),
        "dimensions": dimensions,
        "grades": [{"grade": "合格", "range": "≥0"}],
        "documents": {"依据": {"title": "依据"}},
        **made,
    }
    found = Rubric.model_validate(full)
    wrong = [item for item in check(found) if item.severity is Severity.ERROR]
    assert not wrong, [(item.place.cell, item.message) for item in wrong]
    return found


def visit(used: Rubric, school: School, record: Plain, number: int) -> tuple[Record, list[str]]:
    day = date.fromisoformat(record.get("日期", "2026-06-01"))
    asked = questions(used, school.traits, day)
    cells = {
        column: Cell(raw if isinstance(raw, str) else float(raw), Place("记录", "", column))
        for column, raw in record.items()
        if column not in SAID and raw is not None
    }
    seen, problems = observed(asked, cells, evidence=("照片.jpg",))
    bare = record.get("无佐证", [])
    seen = tuple(replace(item, evidence=()) if item.owner in bare else item for item in seen)
    inspector = record.get("督学", f"督学{number}")
    key = RecordKey(school.id, used.id, record.get("次别", "第1次"), inspector)
    return Record(key, used.version, day, (inspector,), seen), [item.code for item in problems]
