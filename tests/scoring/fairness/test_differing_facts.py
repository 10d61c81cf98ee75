"""Facts that inspectors saw differently are listed with both cells; judgements are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from inspections.records.record import Observation, Record, RecordKey, State, Value
from inspections.round.elapsed import FULL_YEAR
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import WITHHELD
from rubrics.messages.problems import Place
from scoring.engine.columns import columns_of
from scoring.fairness.differing_facts import DifferingFact, differing_facts

RULES = (
    {"kind": "deduct", "faults": [{"label": "过期食品", "each": "0.5", "unit": "处"}]},
    {"kind": "ratio", "numerator": "持证人数", "denominator": "应持证人数", "full": "100%"},
    {"kind": "grade", "levels": {"A": "1", "B": "0.5", "C": "0"}},
)


def _rubric() -> Rubric:
    told = {"points": 2, "basis": [], "method": ["现场查看"], "evidence": "none"}
    items = [
        {"id": f"A{n}", "title": f"第{n}项", "rule": rule, **told}
        for n, rule in enumerate(RULES, 1)
    ]
    return Rubric.model_validate(
        {
            "id": "facts",
            "version": "1",
            "title": "细则",
            "points": 6,
            "dimensions": [{"id": "A", "title": "甲", "points": 6, "indicators": items}],
            "grades": [{"grade": "合格", "range": "≥3"}, {"grade": "不合格", "range": "<3"}],
            "documents": {},
        }
    )


def _record(school: str, inspector: str, **values: dict[str, Value]) -> Record:
    file, seen = f"{inspector}.xlsx", []
    for row, (owner, own) in enumerate(values.items(), 5):
        places = {key: Place(file, school, f"{'EF'[n]}{row}") for n, key in enumerate(own)}
        seen.append(Observation(owner, State.CHECKED, own, places=places))
    key = RecordKey(school, "facts", "第1次", inspector)
    return Record(key, "1", date(2026, 3, 2), (inspector,), tuple(seen), file=file, sheet=school)


def _found(secret: tuple[str, ...] = ()) -> tuple[DifferingFact, ...]:
    ratio = {"have": Decimal(3), "due": Decimal(4)}
    records = [
        _record("s1", "甲", A1={"": Decimal(1)}, A2=ratio, A3={"": "A"}),
        _record("s1", "乙", A1={"": Decimal(3)}, A2=ratio | {"due": Decimal(5)}, A3={"": "C"}),
        _record("s2", "甲", A1={"": Decimal(1)}, A2=ratio, A3={"": "A"}),
        _record("s2", "乙", A1={"": Decimal(1)}, A2=ratio, A3={"": "B"}),
        _record("s3", "甲", A1={"": Decimal(9)}, A2=ratio, A3={"": "B"}),
    ]
    rubric, schools = _rubric(), [School(f"s{n}", f"第{n}学校", {}) for n in (1, 2, 3)]
    columns, ordered = columns_of(rubric, schools, records)
    return differing_facts(rubric, columns, ordered, FULL_YEAR, secret)


def test_each_is_told_with_both_cells() -> None:
    one, other = _found()
    assert (one.school, one.occasion, one.owner) == ("s1", "第1次", "A1")
    said = {it.inspector: (it.text, it.place) for it in one.said}
    assert said == {
        "甲": ("1 处", Place("甲.xlsx", "s1", "E5")),
        "乙": ("3 处", Place("乙.xlsx", "s1", "E5")),
    }
    assert other.owner == "A2"
    assert sorted(str(it.place) for it in other.said) == ["乙.xlsx s1 F6", "甲.xlsx s1 F6"]


def test_what_was_said_in_confidence_is_withheld() -> None:
    one, other = _found(("A1",))
    assert {it.text for it in one.said} == {WITHHELD}
    assert WITHHELD not in {it.text for it in other.said}
