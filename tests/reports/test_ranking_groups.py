from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from inspections.demo.county import county
from inspections.records.record import RecordKey
from inspections.round.round import Ranking
from inspections.round.school import Roster
from reports.ranking.measures import short_title
from reports.ranking.previous import Before
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from rubrics.values.conditions import holds
from rubrics.values.points import SCALE, from_units
from rubrics.values.traits import with_derived
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore, Scores
from tests.reports.made import a_round, made_scores, small_rubric, some_schools
from tests.reports.ranking_books import (
    by_school,
    find,
    group_sheets,
    head_of,
    opened,
    rows_of,
    schools,
    text_of,
    with_schools,
)
from tests.scoring.entered import Habits, visit


def test_every_school_that_takes_part_has_a_row_with_its_figures(
    book: Workbook, scores: Scores
) -> None:
    written: dict[str, dict[str, Cell]] = {}
    for sheet in group_sheets(book):
        written |= by_school(sheet)
    assert set(written) == set(schools(scores))
    for name, row in written.items():
        score = find(scores, name)
        assert row["名次"].value == ("—" if score.alone else score.rank or "—")
        assert row["代码"].value == score.school.id
        assert row["等次"].value == (score.grade or None)
        for heading, units in [
            ("应得分", score.applicable),
            ("实得分", score.earned),
            ("标化分", score.normalised),
            ("加分", score.bonus),
            ("附加扣分", score.penalty),
            ("总分", score.total),
            ("管理40分", score.dimensions[0].earned if score.dimensions else None),
        ]:
            if score.visits:
                assert row[heading].value == pytest.approx(float(from_units(units or 0)), abs=0)
                assert row[heading].data_type == "n"
            else:
                assert row[heading].value is None
        if score.visits:
            assert row["关键项不合格"].value == len(score.key_failed)
            assert row["红线"].value == len(score.red_lines)
            assert row["评优资格"].value == ("有" if score.award_eligible else "取消")


def test_ranked_schools_come_first_in_their_order_and_the_rest_have_a_reason(
    book: Workbook, scores: Scores
) -> None:
    for sheet in group_sheets(book):
        listed = [row for row in rows_of(sheet) if row["学校"].value]
        ranks = [row["名次"].value for row in listed]
        numbers = [rank for rank in ranks if rank != "—"]
        assert ranks == sorted(numbers) + ["—"] * (len(ranks) - len(numbers))
        for row in listed[len(numbers) :]:
            score = find(scores, str(row["学校"].value))
            reason = "不作比较" if score.alone else score.unranked
            assert reason
            assert reason in str(row["说明"].value)


def test_the_tie_key_that_decided_and_shared_ranks_are_printed(scores: Scores) -> None:
    first, second, third = [
        item.school.id
        for item in scores.rubrics["kitchen"].schools
        if item.group == "小学·农村组" and item.rank
    ][:3]

    def tied(score: SchoolScore) -> SchoolScore:
        if score.school.id == first:
            return replace(score, rank=101, tie_key="现场")
        if score.school.id in (second, third):
            return replace(score, rank=102)
        return score

    made = with_schools(scores, tied)
    sheet = opened(a_round(), made)["学校厨房阳光 小学·农村组"]
    remarks = {row["代码"].value: str(row["说明"].value) for row in rows_of(sheet)}
    assert "同分，按“现场”定先后" in remarks[first]
    assert "2 所并列第 102 名" in remarks[second]
    assert "2 所并列第 102 名" in remarks[third]


def test_what_limits_a_grade_is_written_out(book: Workbook, scores: Scores) -> None:
    limited = [s for s in schools(scores).values() if s.limits or s.key_failed or s.red_lines]
    assert limited
    rows = {name: row for sheet in group_sheets(book) for name, row in by_school(sheet).items()}
    for score in limited:
        said = str(rows[score.school.name]["等次为何受限"].value)
        assert all(text in said for text in score.limits)
        assert all(key in said for key in score.key_failed)
        assert all(hit.title in said for hit in score.red_lines)


def test_without_a_verdict_there_is_no_total_on_any_sheet(scores: Scores) -> None:
    first = next(one for one in schools(scores).values() if one.total is not None)
    why = "缺项 41 分，占满分 100 分的 41%，超过 40%，不评定"

    def withheld(score: SchoolScore) -> SchoolScore:
        if score.school.id != first.school.id:
            return score
        none = {"rank": None, "total": None, "normalised": None, "gap": None}
        return replace(score, grade="不评定", unranked=why, limits=(why,), **none)

    book = opened(a_round(), with_schools(scores, withheld))
    rows = [by_school(sheet) for sheet in group_sheets(book)]
    [row] = [held[first.school.name] for held in rows if first.school.name in held]
    assert (row["总分"].value, row["标化分"].value, row["等次"].value) == (None, None, "不评定")
    assert row["实得分"].value is not None
    assert why in str(row["说明"].value)
    heat = next(sheet for sheet in book if sheet.title.endswith("热力图"))
    lines = {line[1].value: line[2].value for line in heat.iter_rows()}
    assert lines[first.school.name] == "不评定"


def test_the_change_against_last_round_has_columns_only_when_it_is_known(scores: Scores) -> None:
    plain = group_sheets(opened(a_round(), scores))[0]
    assert "较上次" not in head_of(plain)[1]
    score = next(s for s in schools(scores).values() if s.rank and s.total)
    assert score.rank is not None
    assert score.total is not None
    before = {
        (score.school.id, "kitchen"): Before(score.total + 12_500, score.group, score.rank + 2)
    }
    rows = {}
    for sheet in group_sheets(opened(a_round(), scores, previous=before)):
        rows |= by_school(sheet)
    row = rows[score.school.name]
    assert (row["较上次"].value, row["名次升降"].value) == (-1.25, 2)
    assert row["上次总分"].value == float(from_units(score.total + 12_500))
    other = next(row for name, row in rows.items() if name != score.school.name)
    assert other["较上次"].value is None


def test_a_rank_in_another_group_is_not_compared(scores: Scores) -> None:
    score = next(s for s in schools(scores).values() if s.rank)
    before = {(score.school.id, "kitchen"): Before(score.total or 0, "别的组", 9)}
    rows = {}
    for sheet in group_sheets(opened(a_round(), scores, previous=before)):
        rows |= by_school(sheet)
    assert rows[score.school.name]["名次升降"].value is None
    assert rows[score.school.name]["较上次"].value == 0


def test_published_figures_have_the_rubric_s_places(book: Workbook) -> None:
    def places(title: str) -> int:
        row = rows_of(group_sheets(book, title)[0])[0]
        return len(row["总分"].number_format.split("_")[0].partition(".")[2])

    assert (places("学校厨房阳光"), places("另一项")) == (2, 1)


def test_a_rubric_that_does_not_apply_to_a_group_is_told_on_the_cover() -> None:
    data = small_rubric().model_dump(mode="json", exclude_unset=True) | {"when": {"学段": "小学"}}
    rubric = Rubric.model_validate(data)
    book = opened(a_round(), made_scores([rubric], some_schools()))
    assert {sheet.title for sheet in group_sheets(book)} == {
        "学校厨房阳光 小学·城区组",
        "学校厨房阳光 小学·农村组",
    }
    assert "不适用：" in text_of(book["概览"])
    assert "幼儿园·农村组" in text_of(book["概览"])


def test_ranks_that_are_not_published_are_marked_on_every_ranking(scores: Scores) -> None:
    book = opened(a_round(ranking=Ranking(publish=False)), scores)
    for sheet in group_sheets(book):
        assert "不对外公布" in text_of(sheet)
    for sheet in group_sheets(opened(a_round(), scores)):
        assert "不对外公布" not in text_of(sheet)


def test_what_the_engine_gives_for_the_shipped_rubrics_is_what_stands_in_the_book() -> None:
    rubrics = {name: load_rubric(path)[0] for name, path in shipped().items()}
    known = {name: rubric for name, rubric in rubrics.items() if rubric is not None}
    assert set(known) == set(rubrics)
    pupils = [replace(s, traits=with_derived(s.traits)) for s in county().schools[::4]]
    visits = [
        visit(
            Random(f"{school.id}{name}"),
            rubric,
            RecordKey(school.id, name, "第1次", "D01"),
            school.traits,
            date(2026, 10, 20),
            Habits(unchecked=1, excused=1, flagged=1),
        )
        for school in pupils
        for name, rubric in known.items()
        if holds(rubric.when, school.traits)
    ]
    # Of the kinds of schools that only some rubrics are for, none may be among these.
    known = {name: known[name] for name in dict.fromkeys(it.key.rubric for it in visits)}
    assert {"shuangjian", "canteen", "party", "uniform", "training"} <= set(known)
    of = a_round(rubrics=tuple(known), weights=dict.fromkeys(known, 1))
    roster = Roster({school.id: school for school in pupils}, {})
    scores, problems = score_round(of, known, roster, (), visits)
    book = opened(of, scores, tuple(problems))
    for name, held in scores.rubrics.items():
        rows = {}
        for sheet in group_sheets(book, short_title(known[name].title)):
            rows |= by_school(sheet)
        inside = [s for s in held.schools if s.status != "inapplicable"]
        assert inside
        assert set(rows) == {score.school.name for score in inside}
        for score in inside:
            row = rows[score.school.name]
            assert row["名次"].value == ("—" if score.alone else score.rank or "—")
            assert row["总分"].value == (None if score.total is None else score.total / SCALE)
            said = str(row["等次为何受限"].value)
            assert all(text in said for text in score.limits if text != score.unranked)
    assert len(rows_of(book["读取问题"], "轻重")) == len(problems)
