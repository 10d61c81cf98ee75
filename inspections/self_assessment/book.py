"""The workbook in which a school scores itself under one rubric (自评表)."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Final

from inspections.records.self_assessment import INAPPLICABLE, SelfAssessment
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.row_workbook import Kind, Row, RowBook, RowColumn, RowValue
from inspections.workbook.form.naming import file_name
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.language.self_assessment import SelfAssessment as Asks
from rubrics.values.conditions import holds
from rubrics.values.points import number_text

KIND: Final = "self-assessment"
SCORE, NOTE = "score", "note"
_TOTAL: Final = "合计"
_WORDS: Final = {"无": INAPPLICABLE, "缺项": INAPPLICABLE, "/": INAPPLICABLE, "NA": INAPPLICABLE}
_LONGEST_NOTE: Final = 200
_SIGNED: Final = ("学校负责人签字", "学校盖章", "填表日期")


def books_of(
    opened: OpenRound, held: dict[tuple[str, str], SelfAssessment] | None = None
) -> dict[tuple[str, str], RowBook]:
    """Returns the workbook of every school under every rubric that asks it to score itself.

    By (school, rubric). ``held``: what has come; it stands in the cells again.
    """
    return {
        (school.id, rubric.id): self_assessment_book(
            opened, rubric, school, (held or {}).get((school.id, rubric.id))
        )
        for rubric in opened.rubrics.values()
        for school in opened.roster.schools.values()
        if asked_of(rubric, school)
    }


def asked_of(rubric: Rubric, school: School) -> tuple[Indicator, ...]:
    """Returns by which indicators a school scores itself; none where the rubric is none of its."""
    if not holds(rubric.when, school.traits):
        return ()
    return self_assessed(rubric, school.traits)


def form_of(rubric: Rubric) -> str:
    """Returns by what points schools score themselves, as a digest: those of another cannot be
    compared.
    """
    said = [[item.id, number_text(item.points)] for item in self_assessed(rubric)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:8]


def self_assessment_book(
    opened: OpenRound, rubric: Rubric, school: School, held: SelfAssessment | None = None
) -> RowBook:
    """Returns the workbook of one school under a rubric."""
    asks = rubric.self_assessment
    assert asks is not None
    bad = rubric.scale == "demerits"
    items = asked_of(rubric, school)
    whole = number_text(sum((item.points for item in items), Decimal(0)))
    first = day_text(opened.round.window.since)
    most, honest = ("最多计", "计分") if bad else ("满分", "少填")
    costs = asks.describe_costs()
    lines = (
        f"请按《{rubric.title}》逐项自评，在{first}检查开始以前交回{opened.round.bureau}。",
        f"共 {len(items)} 项，{most} {whole} 分；只填有底色的格子，不改编号，合计自动算。",
        f"本校确实不涉及的填“不适用”，在自评说明里写明理由；没有做到的照实{honest}，写缺什么。",
        *((f"复评是检查得分。{costs}。",) if costs else ()),
        "填错了改好再交一份，以最后交的为准。",
    )
    columns = (
        RowColumn("title", "指标", width=20),
        RowColumn("how", "标准和计分办法", width=44),
        RowColumn("points", "最多计分" if bad else "分值", width=7),
        score_column(asks, "自评计分" if bad else "自评得分"),
        RowColumn(
            NOTE,
            "自评说明",
            Kind.TEXT,
            34,
            "一两句话；不写学生、家长的姓名",
            longest=_LONGEST_NOTE,
        ),
    )
    return RowBook(
        round=opened.round.id,
        seal_key=opened.round.key,
        kind=KIND,
        to=f"{school.id}/{rubric.id}/{form_of(rubric)}",
        to_name=f"{school.name}（{rubric.title}）",
        issue=1,
        title=f"{school.name}自评表",
        lines=lines,
        columns=columns,
        rows=tuple(_row(rubric, item, held) for item in items),
        signatures=_SIGNED,
        words=opened.words,
        total=_TOTAL,
    )


def score_column(asks: Asks, heading: str) -> RowColumn:
    """Returns the column in which a school gives itself points, or says 不适用."""
    return RowColumn(
        SCORE, heading, Kind.POINTS, 10, "分，或“不适用”", True,
        choices=(INAPPLICABLE,), words=_WORDS, step=asks.step,
    )  # fmt: skip


def sent_name(opened: OpenRound, school: str, rubric: str) -> str:
    """Returns the name of a workbook's file."""
    name, title = opened.roster.schools[school].name, opened.rubrics[rubric].title
    return f"{file_name(school, name, title, '自评表')}.xlsx"


def _row(rubric: Rubric, item: Indicator, held: SelfAssessment | None) -> Row:
    how = item.rule.describe(item.points, demerits=rubric.scale == "demerits")
    standard = f"{item.threshold}\n" if item.threshold else ""
    material = f"\n材料：{item.material}" if item.material else ""
    texts = {
        "title": item.title,
        "how": f"{standard}{how}{material}",
        "points": number_text(item.points),
    }
    own = held.scores.get(item.id) if held else None
    entries: dict[str, RowValue] = {}
    if own is not None:
        entries[SCORE] = INAPPLICABLE if own.points is None else own.points
        if own.note:
            entries[NOTE] = own.note
    return Row(item.id, texts, entries, due=True, points=item.points)
