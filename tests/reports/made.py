"""Scores made up by hand: what a ranking workbook is tested on without the engine."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from inspections.records.record import Observation, Record, RecordKey, State
from inspections.round.round import Combining, Period, Ranking, Round
from inspections.round.school import School
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Indicator, Rubric
from rubrics.values.conditions import holds
from rubrics.values.points import half_up, round_units, to_units
from scoring.engine.medians import middle
from scoring.results.scores import (
    CompositeScore,
    DimensionScore,
    IndicatorScore,
    RedLineHit,
    RubricScores,
    SchoolScore,
    Scores,
)

SMALL = """
id: kitchen
version: 2026.1
title: 学校厨房“阳光”工作考核细则
points: 100
grades:
  - {grade: 优秀, range: ≥90, key_failed_at_most: 0}
  - {grade: 良好, range: "[80, 90)"}
  - {grade: 合格, range: "[60, 80)"}
  - {grade: 不合格, range: <60}
documents:
  甲1: {title: 甲局关于厨房的通知, number: 甲教〔2026〕1号, verified: true}
  甲2: {title: 《乙办法》}
red_lines:
  - id: R1
    title: 提供虚假材料
    triggers: [{flag: 虚假, label: 是否查实虚假材料}]
    consequence: {grade: 不合格, award_lost: true}
    basis: [甲2 第9条]
dimensions:
  - id: A
    title: 管理
    points: 40
    indicators:
      - id: A1
        title: 制度公示
        points: 20
        rule: {kind: deduct, faults: [{label: 缺公示, each: 2}]}
        basis: [甲1 第3条, 甲2]
        method: [查阅档案]
        threshold: 每日公示
        rectify: {demand: 请逐日公示。, days: 15}
        effective:
          - since: 2026-11-01
            rule: {kind: deduct, faults: [{label: 缺公示, each: 4}]}
            basis: [甲2 第2条]
            threshold: 每餐公示
      - id: A2
        title: 岗位责任
        points: 20
        rule: {kind: all_or_none}
        basis: [甲1]
        method: [查阅档案]
        key: true
        rectify: {demand: 请当场改正。, days: 0}
  - id: B
    title: 现场
    points: 60
    indicators:
      - id: B1
        title: 冷藏温度
        points: 30
        rule: {kind: all_or_none}
        basis: [甲1]
        method: [现场查看]
      - id: B2
        title: 留样
        points: 30
        rule: {kind: grade, levels: {好: 1, 差: 0}}
        basis: [甲1]
        method: [现场查看]
        excusable: true
"""


def small_rubric() -> Rubric:
    """A rubric of two dimensions, four indicators and a red line of its own."""
    rubric, problems = loads_rubric(SMALL)
    assert rubric is not None, problems
    return rubric


def a_round(**changes: object) -> Round:
    """A round with everything that a cover tells of."""
    return Round(
        id="t",
        title="青禾县 2026 年秋季学校督导检查",
        bureau="青禾县教育局",
        rubrics=("kitchen",),
        window=Period(since=date(2026, 10, 12), until=date(2026, 11, 6)),
        combining=Combining(inspectors="trimmed"),
        ranking=Ranking(groups=("学段", "区域"), tie_keys=("key_failed", "dimension:B")),
    ).model_copy(update=changes)


def some_schools(count: int = 40) -> tuple[School, ...]:
    """Schools of three stages in town and country; the name of the first looks like a formula."""
    stages, areas = ("小学", "小学", "初中", "幼儿园"), ("城区", "农村", "农村")
    return tuple(
        School(
            f"S{n:03d}",
            "=1+1小学" if n == 1 else f"青禾县第{n}{'小学' if n % 2 else '中心学校'}",
            {"学段": stages[n % 4], "区域": areas[n % 3]},
        )
        for n in range(1, count + 1)
    )


def made_scores(
    rubrics: Iterable[Rubric], schools: Sequence[School], weights: Mapping[str, int] | None = None
) -> Scores:
    """Scores of every school under every rubric, chance seeded by rubric; a few of every state."""
    made = {rubric.id: made_rubric_scores(rubric, schools) for rubric in rubrics}
    composite = tuple(_composites(made, schools, weights)) if weights else ()
    return Scores(made, composite)


def made_rubric_scores(rubric: Rubric, schools: Sequence[School]) -> RubricScores:
    chance = random.Random(rubric.id)
    rows = [_school(rubric, school, n, chance) for n, school in enumerate(schools)]
    return RubricScores(rubric, tuple(_ranked(rubric, rows)))


def _school(rubric: Rubric, school: School, number: int, chance: random.Random) -> SchoolScore:
    group = "·".join(str(school.traits[name]) for name in ("学段", "区域")) + "组"
    if not holds(rubric.when, school.traits):
        return SchoolScore(school, group, "inapplicable", unranked="细则不适用")
    if number % 17 == 5:
        return SchoolScore(school, group, "not_visited", unranked="没有检查记录")
    level = chance.uniform(0.62, 1.0)
    items = [_indicator(i, school, level, chance) for i in rubric.indicators]
    if number % 13 == 4:
        items[0] = IndicatorScore(
            items[0].indicator, State.UNCHECKED, items[0].points, 0, "没有填写"
        )
    dimensions = tuple(_dimensions(rubric, items))
    checked = [item for item in items if item.state is State.CHECKED]
    earned, applicable = sum(i.earned for i in checked), sum(i.points for i in checked)
    full = to_units(rubric.points)
    normalised = round_units(half_up(earned * full, applicable), rubric.places)
    bonus, penalty = (10_000 if number % 7 == 0 else 0), (5_000 if number % 11 == 0 else 0)
    hits = _hits(rubric) if number % 19 == 7 else ()
    failed = tuple(item.indicator for item in items if item.key_failed)
    incomplete = any(item.state is State.UNCHECKED for item in items)
    total = normalised + bonus - penalty
    limits = ("有关键项不合格，等次最高为“良好”",) if failed and total >= 90 * 10_000 else ()
    return SchoolScore(
        school,
        group,
        "provisional" if incomplete else "complete",
        earned,
        applicable,
        normalised,
        bonus,
        penalty,
        total,
        "" if incomplete else _grade(rubric, total, bool(failed), bool(hits)),
        unranked="有 1 项未查" if incomplete else "",
        key_failed=failed,
        red_lines=hits,
        award_eligible=not hits,
        limits=("触及红线，定为最低等次",) if hits else limits,
        dimensions=dimensions,
        indicators=tuple(items),
        visits=tuple(_visits(rubric, school, items)),
    )


def _hits(rubric: Rubric) -> tuple[RedLineHit, ...]:
    return tuple(
        RedLineHit(line.id or "", line.title, "等次定为最低；取消评优资格")
        for line in rubric.red_lines[:1]
    )


def _indicator(
    indicator: Indicator, school: School, level: float, chance: random.Random
) -> IndicatorScore:
    points = to_units(indicator.points)
    if not holds(indicator.when, school.traits):
        return IndicatorScore(indicator.id, State.EXCUSED, points, 0, "不适用")
    if indicator.excusable and chance.random() < 0.1:
        return IndicatorScore(indicator.id, State.EXCUSED, points, 0, "学校没有这项业务")
    if chance.random() < level * 0.9:
        return IndicatorScore(indicator.id, State.CHECKED, points, points)
    if chance.random() < 0.1:
        return IndicatorScore(
            indicator.id, State.CHECKED, points, points, "缺佐证，待核", pending=True
        )
    earned = half_up(points * chance.randrange(0, 4), 4)
    lost = points - earned
    return IndicatorScore(
        indicator.id,
        State.CHECKED,
        points,
        earned,
        "抽查 2 处不符合要求",
        key_failed=indicator.key is not None,
        gain=lost,
    )


def _dimensions(rubric: Rubric, items: Sequence[IndicatorScore]) -> Iterable[DimensionScore]:
    at = {item.indicator: item for item in items}
    for dimension in rubric.dimensions:
        own = [at[i.id] for i in dimension.indicators if at[i.id].state is State.CHECKED]
        earned, applicable = sum(i.earned for i in own), sum(i.points for i in own)
        share = half_up(earned * 10_000, applicable) if applicable else None
        yield DimensionScore(dimension.id, earned, applicable, share)


def _grade(rubric: Rubric, total: int, failed: bool, red: bool) -> str:
    names = [band.grade for band in rubric.grades]
    if red:
        return names[-1]
    for at, floor in enumerate((90, 80, 60)):
        if total >= floor * 10_000:
            return names[1] if failed and at == 0 else names[at]
    return names[-1]


def _visits(rubric: Rubric, school: School, items: Sequence[IndicatorScore]) -> Iterable[Record]:
    day = date(2026, 10, 12) + timedelta(days=len(school.name) % 20)
    for inspector in ("督学甲", "督学乙"):
        records = [
            Observation(
                item.indicator,
                item.state,
                fault="现场查看时不符合要求。" if item.gain and inspector == "督学甲" else "",
                evidence=(f"{item.indicator}-1.jpg",) if item.gain else (),
            )
            for item in items
        ]
        yield Record(
            RecordKey(school.id, rubric.id, "第1次", inspector),
            rubric.version,
            day,
            ("督学甲", "督学乙"),
            tuple(records),
        )


def _ranked(rubric: Rubric, rows: Sequence[SchoolScore]) -> Iterable[SchoolScore]:
    """Ranks by total within the group, red lines last; the first two of a group tie by a key."""
    for row in rows:
        mates = [r for r in rows if r.group == row.group and r.status == "complete"]
        visited = [r for r in rows if r.group == row.group and r.total is not None]
        totals = [r.total for r in mates if r.total is not None]
        medians = [
            middle(s for r in visited if (s := r.dimensions[n].share) is not None)
            for n in range(len(rubric.dimensions))
        ]
        row = replace(
            row,
            median=middle(totals),
            dimensions=tuple(
                replace(item, median=medians[n]) for n, item in enumerate(row.dimensions)
            ),
        )
        if row.status == "complete" and row.total is not None:
            key = (bool(row.red_lines), -row.total)
            rank = 1 + sum((bool(r.red_lines), -(r.total or 0)) < key for r in mates)
            row = replace(row, rank=rank, group_size=len(mates))
        yield row


def _composites(
    made: Mapping[str, RubricScores], schools: Sequence[School], weights: Mapping[str, int]
) -> Iterable[CompositeScore]:
    rows = []
    for number, school in enumerate(schools):
        own = {rubric: held.schools[number] for rubric, held in made.items()}
        used = {r: weights[r] for r, s in own.items() if s.status != "inapplicable"}
        totals = [own[r].total for r in used]
        whole = sum(used.values())
        total = None
        if used and all(value is not None for value in totals):
            weighted = sum((own[r].total or 0) * weight for r, weight in used.items())
            total = round_units(half_up(weighted, whole), 2)
        group = next(iter(own.values())).group
        rows.append(CompositeScore(school, group, total, None, 0, used, "" if total else "未查完"))
    for row in rows:
        mates = [r.total for r in rows if r.group == row.group and r.total is not None]
        rank = 1 + sum(t > row.total for t in mates) if row.total is not None else None
        yield replace(row, rank=rank, group_size=len(mates))
