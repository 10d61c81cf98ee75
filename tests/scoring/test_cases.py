"""Worked cases: the engine and the reference both come to the figures worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from inspections.records.record import State
from rubrics.values.points import to_units
from scoring.engine.severity_correction import Correction
from scoring.results.rounds import score_round
from scoring.results.scores import CompositeScore, SchoolScore
from scoring.verdict.ranking import EVERY_SCHOOL
from tests.reference.correcting import Given
from tests.reference.county import score_county
from tests.reference.exact import exact, half_up
from tests.reference.ranking import Whole
from tests.reference.results import Result
from tests.scoring.case_files import Case, Plain, all_cases, read_case

CASES = all_cases()
STATUSES = {
    "complete": "完整",
    "provisional": "暂定",
    "not_visited": "未检查",
    "inapplicable": "不适用",
    "not_planned": "不在范围",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_case(case: Plain) -> None:
    read = read_case(case)
    wanted = {**read.expect}
    assert list(read.codes) == wanted.pop("问题", [])
    whole = wanted.pop("综合", {})
    given = (read.round, read.rubrics, read.roster, read.plan, read.visits)
    by, groups = read.corrections, frozenset({EVERY_SCHOOL})
    first = next(iter(read.rubrics))
    corrections = {first: Correction({name: to_units(it) for name, it in by.items()}, groups)}
    scores, _ = score_round(
        *given, before=read.before, own=read.own, corrections=corrections if by else {}
    )
    reference = score_county(
        read.round,
        list(read.rubrics.values()),
        list(read.roster.schools.values()),
        read.visits,
        before={name: held.keys() for name, held in read.before.items()},
        own=None
        if read.own is None
        else {
            key: {name: it.points for name, it in said.items()} for key, said in read.own.items()
        },
        corrections={first: Given({name: exact(it) for name, it in by.items()}, groups)}
        if by
        else None,
        planned={(line.school, line.rubric) for line in read.plan},
    )
    by_engine = {
        (name, item.school.id): engine_says(item)
        for name, found in scores.rubrics.items()
        for item in found.schools
    }
    by_reference = {
        (name, item.school.id): reference_says(item)
        for name, found in reference.rubrics.items()
        for item in found
    }
    for school, figures in flat(read, wanted):
        picked = {key: by_engine[school][key] for key in figures}
        for key in TEXTS & figures.keys():
            assert figures[key] in picked[key]
        told = {key: value for key, value in figures.items() if key not in TEXTS}
        assert {key: picked[key] for key in told} == told, "engine"
        assert {key: by_reference[school][key] for key in told} == told, "reference"
    for school, figures in whole.items():
        totals = [composite_says(it) for it in scores.composite if it.school.id == school]
        assert {key: totals[0][key] for key in figures} == figures, "engine"
        totals = [composite_says(it) for it in reference.composite if it.school.id == school]
        assert {key: totals[0][key] for key in figures} == figures, "reference"


TEXTS = {"等次限制", "不排名"}
"""Sentences that the engine alone writes: what is expected is a part of them."""


def flat(read: Case, wanted: Mapping[str, Any]) -> list[tuple[tuple[str, str], Plain]]:
    """(rubric, school) -> figures; with several rubrics the school's figures go by rubric."""
    found = []
    for school, figures in wanted.items():
        if set(figures) <= set(read.rubrics):
            found += [((name, school), part) for name, part in figures.items()]
        else:
            found.append(((next(iter(read.rubrics)), school), figures))
    return found


def points(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units) / 10_000


def engine_says(score: SchoolScore) -> Plain:
    checked = {
        item.indicator: points(item.earned) if item.state is State.CHECKED else item.state.value
        for item in score.indicators
    }
    return checked | {
        "实得": points(score.earned),
        "应得": points(score.applicable),
        "标化分": points(score.normalised),
        "加分": points(score.bonus),
        "附加扣分": points(score.penalty),
        "总分": points(score.total),
        "校正前总分": points(score.plain_total),
        "等次": score.grade,
        "名次": score.rank,
        "组别": score.group,
        "组内校数": score.group_size,
        "状态": STATUSES[score.status],
        "关键项不符": list(score.key_failed),
        "红线": [hit.title for hit in score.red_lines],
        "红线待核": [hit.title for hit in score.red_lines_pending],
        "待核": [item.indicator for item in score.indicators if item.pending],
        "评优资格": "有" if score.award_eligible else "无",
        "并列依据": score.tie_key,
        "可挽回": {it.indicator: points(it.gain) for it in score.indicators if it.gain},
        "得分率": {
            part.dimension: None if part.share is None else Decimal(part.share) / 100
            for part in score.dimensions
        },
        "等次限制": "；".join(score.limits),
        "不排名": score.unranked,
    }


def reference_says(result: Result) -> Plain:
    checked: Plain = {
        name: half_up(item.earned) if item.state is State.CHECKED else item.state.value
        for name, item in result.items.items()
    }
    if result.status == "inapplicable":
        checked = {item.id: "不适用" for item in result.rubric.indicators}
    return checked | {
        "实得": half_up(result.earned),
        "应得": result.applicable,
        "标化分": result.normalised,
        "加分": half_up(result.bonus),
        "附加扣分": half_up(result.penalty),
        "总分": result.total,
        "校正前总分": result.plain,
        "等次": result.grade,
        "名次": result.rank,
        "组别": result.group,
        "组内校数": result.group_size,
        "状态": STATUSES[result.status],
        "关键项不符": result.key_failed,
        "红线": [title for _, title in result.red_lines],
        "红线待核": [title for _, title in result.pending_red_lines],
        "待核": [name for name, item in result.items.items() if item.pending],
        "评优资格": "有" if result.award_eligible else "无",
        "并列依据": result.tie_key,
        "可挽回": {name: gain for name, gain in result.gains.items() if gain},
        "得分率": {
            name: None if part.share is None else part.share * 100
            for name, part in result.dimensions.items()
        },
    }


def composite_says(whole: CompositeScore | Whole) -> Plain:
    total = points(whole.total) if isinstance(whole, CompositeScore) else whole.total
    return {"总分": total, "名次": whole.rank, "组别": whole.group, "组内校数": whole.group_size}
