"""Counties small enough to be read in a test: points as typed, schools by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from inspections.records.record import Observation, Record, RecordKey, State, Value
from inspections.round.round import Round
from inspections.round.school import Assignment, Inspector, Roster, School
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from rubrics.values.points import from_units
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore, Scores

Typed: TypeAlias = str | int | Mapping[str, str | int] | None
DAY = date(2026, 10, 12)
PROOF = ("照片1.jpg",)


def item(name: str, points: str | int = 10, **more: Any) -> dict[str, Any]:
    """An indicator whose points are typed in directly, unless it has another rule."""
    plain = {"title": f"指标{name}", "basis": ["法1"], "method": ["现场查看"], "evidence": "none"}
    return {"id": name, "points": points, "rule": {"kind": "points"}, **plain, **more}


def rubric(*items: dict[str, Any], **more: Any) -> Rubric:
    """A rubric of these indicators; a dimension is what begins with the same letter."""
    dimensions: dict[str, list[dict[str, Any]]] = {}
    for one in items:
        dimensions.setdefault(one["id"][0], []).append(one)
    total = sum(Decimal(one["points"]) for one in items)
    given: dict[str, Any] = {
        "id": "sample",
        "version": "1",
        "title": "细则",
        "points": total,
        "dimensions": [
            {
                "id": name,
                "title": f"维度{name}",
                "points": sum(Decimal(one["points"]) for one in own),
                "indicators": own,
            }
            for name, own in dimensions.items()
        ],
        "grades": grades(优秀=90, 良好=80, 合格=60, 不合格=None),
        "documents": {"法1": {"title": "文件"}},
        "excused_limit": total,
    }
    return Rubric.model_validate(given | more)


def grades(**lowest: int | str | None) -> list[dict[str, Any]]:
    return [
        {"grade": grade, "range": "[-∞, ∞]" if low is None else f"≥{low}"}
        for grade, low in lowest.items()
    ]


def visit(
    school: str,
    typed: Mapping[str, Typed],
    *,
    inspector: str = "甲",
    occasion: str = "第1次",
    day: date = DAY,
    evidence: Sequence[str] = (),
    of: str = "sample",
) -> Record:
    """One record: points, ``NA`` for excused, None for not checked, or values by slot."""
    seen = []
    for owner, value in typed.items():
        state, values = State.CHECKED, {}
        if value is None:
            state = State.UNCHECKED
        elif value == "NA":
            state = State.EXCUSED
        else:
            entries = value if isinstance(value, Mapping) else {"": value}
            values = {key: _value(entry) for key, entry in entries.items()}
        proof = PROOF if owner in evidence else ()
        reason = "本校没有" if state is State.EXCUSED else ""
        seen.append(Observation(owner, state, values, evidence=proof, reason=reason))
    key = RecordKey(school, of, occasion, inspector)
    return Record(key, "1", day, (inspector,), tuple(seen), file=f"{school}.xlsx", sheet=school)


def _value(entry: str | int) -> Value:
    try:
        return Decimal(entry)
    except ArithmeticError:
        return str(entry)


def a_round(**more: Any) -> Round:
    return Round.model_validate(
        {
            "id": "2026a",
            "title": "秋季检查",
            "bureau": "某县教育局",
            "rubrics": ["sample"],
            "window": {"since": date(2026, 9, 1), "until": date(2026, 10, 31)},
            "ranking": {"groups": []},
        }
        | more
    )


def roster(traits: Mapping[str, Mapping[str, Any]]) -> Roster:
    schools = {name: School(name, f"{name}学校", own) for name, own in traits.items()}
    return Roster(schools, {"甲": Inspector("甲", "张三"), "乙": Inspector("乙", "李四")})


def scored(
    of: Rubric | Sequence[Rubric],
    visits: Sequence[Record],
    *,
    traits: Mapping[str, Mapping[str, Any]] | None = None,
    plan: Sequence[Assignment] = (),
    **settings: Any,
) -> tuple[Scores, list[Problem]]:
    """Scores a county; its schools are those with ``traits``, else those that were visited."""
    rubrics = {one.id: one for one in ([of] if isinstance(of, Rubric) else of)}
    known = traits or {visit.key.school: {} for visit in visits}
    return score_round(a_round(**settings), rubrics, roster(known), plan, visits)


def schools(of: Rubric, visits: Sequence[Record], **more: Any) -> dict[str, SchoolScore]:
    """The scores under one rubric, by school."""
    scores, _ = scored(of, visits, **more)
    return {score.school.id: score for score in scores.rubrics[of.id].schools}


def school(of: Rubric, *visits: Record, **more: Any) -> SchoolScore:
    """The score of the one school."""
    [found] = schools(of, visits, **more).values()
    return found


def points(units: int | None) -> Decimal:
    """A figure in points."""
    assert units is not None
    return from_units(units)
