from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from inspections.round import GradeQuota, Period, Ranking, Round
from inspections.sample.county import county
from inspections.school import Roster, School
from inspections.visit import State, VisitKey
from reports.ranking.book import ranking_book, write_ranking_book
from reports.ranking.layout import short_title
from reports.ranking.previous import Before
from rubrics.conditions import holds
from rubrics.loading import load_rubric
from rubrics.points import SCALE, from_units
from rubrics.problems import Place, Problem, problem
from rubrics.rubric import Rubric
from rubrics.shipped import shipped
from rubrics.traits import with_derived
from scoring.rounds import score_round
from scoring.scores import IndicatorScore, RubricScores, SchoolScore, Scores
from tests.reports.made import a_round, made_scores, small_rubric, some_schools
from tests.scoring.entered import Habits, visit

PROBLEMS = (
    problem("entry-not-understood", Place("乙.xlsx", "表", "H9"), value="=1+1", expected="数"),
    problem("entry-interpreted", Place("甲.xlsx", "表", "H2"), value="５", meaning="5"),
    problem("entry-not-understood", Place("甲.xlsx", "表", "H12"), value="多", expected="数"),
    problem("entry-not-understood", Place("甲.xlsx", "表", "H2"), value="多", expected="数"),
    problem("evidence-missing", Place("甲.xlsx", "表", "H3"), indicator="A1"),
)


@pytest.fixture(scope="module")
def scores() -> Scores:
    food = small_rubric()
    other = food.model_copy(update={"id": "other", "title": "另一项工作考核细则", "places": 1})
    return made_scores([food, other], some_schools(), {"kitchen": 60, "other": 40})


@pytest.fixture(scope="module")
def book(scores: Scores) -> Workbook:
    return opened(a_round(), scores)


def opened(
    of: Round,
    scores: Scores,
    problems: tuple[Problem, ...] = PROBLEMS,
    previous: dict[tuple[str, str], Before] | None = None,
) -> Workbook:
    data = ranking_book(of, scores, problems, previous=previous)
    return openpyxl.load_workbook(io.BytesIO(data))


def group_sheets(book: Workbook, title: str = "学校厨房阳光") -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if re.match(f"{title} .*组$", sheet.title)]


def head_of(sheet: Worksheet, first: str = "名次") -> tuple[int, dict[str, int]]:
    """The head's row, and heading (without line breaks) -> column."""
    for row in sheet.iter_rows():
        names = {str(c.value).replace("\n", ""): c.column for c in row if c.value is not None}
        if first in names:
            return row[0].row, names
    raise AssertionError(f"no {first} in {sheet.title}")


def rows_of(sheet: Worksheet, first: str = "名次") -> list[dict[str, Cell]]:
    head, names = head_of(sheet, first)
    return [
        {name: sheet.cell(row, column) for name, column in names.items()}
        for row in range(head + 1, sheet.max_row + 1)
    ]


def by_school(sheet: Worksheet) -> dict[str, dict[str, Cell]]:
    return {row["学校"].value: row for row in rows_of(sheet) if row["学校"].value}


def schools(scores: Scores, rubric: str = "kitchen") -> dict[str, SchoolScore]:
    return {item.school.name: item for item in scores.rubrics[rubric].schools}


def find(scores: Scores, name: str) -> SchoolScore:
    return schools(scores)[name]


def text_of(sheet: Worksheet) -> str:
    return "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)


def with_schools(scores: Scores, change: Callable[[SchoolScore], SchoolScore]) -> Scores:
    held = scores.rubrics["kitchen"]
    made = RubricScores(held.rubric, tuple(map(change, held.schools)))
    return Scores({"kitchen": made})


def test_every_school_that_takes_part_has_a_row_with_its_figures(
    book: Workbook, scores: Scores
) -> None:
    written: dict[str, dict[str, Cell]] = {}
    for sheet in group_sheets(book):
        written |= by_school(sheet)
    assert set(written) == set(schools(scores))
    for name, row in written.items():
        score = find(scores, name)
        assert row["名次"].value == (score.rank or "—")
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
            reason = find(scores, str(row["学校"].value)).unranked
            assert reason
            assert reason in str(row["说明"].value)


def test_text_that_looks_like_a_formula_stays_text(book: Workbook) -> None:
    found = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            found += [cell for cell in row if str(cell.value).startswith("=")]
    assert {cell.value for cell in found} == {"=1+1小学"}
    assert {cell.data_type for cell in found} <= {"s", "inlineStr"}
    assert len(found) > 3


def test_no_sheet_holds_a_formula(scores: Scores) -> None:
    evil = a_round(title="=HYPERLINK(1)", bureau="@SUM(A1)", note="+1", id="x")
    rubric = small_rubric().model_copy(update={"title": "=2+2 细则"})
    made = made_scores([rubric], [School("=3", "=4", {"学段": "=5", "区域": "-6"})])
    archive = zipfile.ZipFile(io.BytesIO(ranking_book(evil, made, PROBLEMS)))
    for name in archive.namelist():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in archive.read(name).decode()


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


def test_every_sheet_is_ready_to_print(book: Workbook) -> None:
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert setup.paperSize == 9, sheet.title
        assert setup.orientation == "landscape", sheet.title
        assert sheet.sheet_properties.pageSetUpPr is not None, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert setup.fitToWidth in (None, 1), sheet.title
        assert "&P" in str(sheet.oddFooter.center.text), sheet.title
        assert sheet.print_area, sheet.title


def test_tables_keep_their_heads_in_view_and_on_every_page(book: Workbook) -> None:
    for sheet in group_sheets(book):
        head, _ = head_of(sheet)
        assert sheet.freeze_panes == f"D{head + 1}"
        assert sheet.print_title_rows == f"$1:${head}"
        assert sheet.auto_filter.ref is None or sheet.auto_filter.ref.startswith(f"A{head}:")
    for title in ("综合排名", "常见问题", "读取问题"):
        assert book[title].freeze_panes, title
        assert book[title].print_title_rows, title


def test_the_charts_are_native_and_drawn_from_cells(book: Workbook, scores: Scores) -> None:
    groups = len(group_sheets(book))
    kinds = [
        type(chart).__name__
        for sheet in book.worksheets
        if sheet.title.startswith("学校厨房阳光 总分图")
        for chart in sheet._charts
    ]
    assert kinds == ["BarChart"] * groups
    figures = book["学校厨房阳光 各组图"]
    assert len(figures._charts) == 3
    for sheet in book.worksheets:
        for chart in sheet._charts:
            for series in chart.series:
                title, area = series.val.numRef.f.rsplit("!", 1)
                values = book[title.strip("'")][area.replace("$", "")]
                rows = values if isinstance(values, tuple) else ((values,),)
                cells = [c for row in rows for c in (row if isinstance(row, tuple) else (row,))]
                assert cells
                assert all(isinstance(cell.value, (int, float)) for cell in cells)


def test_a_large_group_is_cut_in_its_chart_not_in_its_table() -> None:
    many = [School(f"S{n:03d}", f"第{n}小学", {"学段": "小学"}) for n in range(1, 90)]
    scores = made_scores(
        [small_rubric()], [replace(s, traits={**s.traits, "区域": "城区"}) for s in many]
    )
    book = opened(a_round(), scores)
    sheet = group_sheets(book)[0]
    assert len(by_school(sheet)) == 89
    (chart,) = book["学校厨房阳光 总分图"]._charts
    first, last = re.findall(r"\$(\d+)", chart.series[0].val.numRef.f)
    assert int(last) - int(first) + 1 == 30


def test_the_heat_map_shows_shares_as_numbers_and_states_as_words(
    book: Workbook, scores: Scores
) -> None:
    sheet = book["学校厨房阳光 热力图"]
    ids = {sheet.cell(r, c).value: c for r in range(1, 9) for c in range(4, 8)}
    column = {name: ids[name] for name in ("A1", "A2", "B1", "B2")}
    rows = {row[1].value: row[0].row for row in sheet.iter_rows(max_col=2) if row[1].value}
    seen = set()
    for name, score in schools(scores).items():
        if not score.indicators:
            assert name not in rows
            continue
        for item in score.indicators:
            cell = sheet.cell(rows[name], column[item.indicator])
            if item.state is State.UNCHECKED:
                assert cell.value == "未查"
            elif item.state is State.EXCUSED:
                assert cell.value == "缺项"
            elif item.pending:
                assert cell.value == "待核"
            else:
                assert cell.value == item.earned * 100 / item.points
                assert cell.data_type == "n"
            seen.add(cell.value if cell.data_type == "s" else "数")
    assert seen == {"数", "未查", "缺项", "待核"}
    scales = [
        rule
        for rules in sheet.conditional_formatting
        for rule in rules.rules
        if rule.type == "colorScale"
    ]
    assert len(scales) == 1


def test_the_heat_colours_only_get_darker_and_never_drown_the_figure(book: Workbook) -> None:
    rules = next(iter(book["学校厨房阳光 热力图"].conditional_formatting)).rules
    colors = [color.rgb[-6:] for color in rules[0].colorScale.color]
    light = [luminance(color) for color in colors]
    assert light == sorted(light)
    assert all(later - earlier > 0.15 for earlier, later in pairwise(light))
    # The contrast that WCAG 2 asks of text.
    assert (light[0] + 0.05) / (luminance("1F2933") + 0.05) > 4.5


def luminance(rgb: str) -> float:
    """Relative luminance as WCAG 2 defines it: 0 is black, 1 white."""
    parts = [int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_demerits_show_the_share_that_was_kept() -> None:
    rubric = small_rubric().model_copy(update={"scale": "demerits"})
    scores = made_scores([rubric], some_schools(3))
    held = scores.rubrics["kitchen"].schools[0]
    items = (IndicatorScore("A1", State.CHECKED, 200_000, 50_000), *held.indicators[1:])
    made = Scores({"kitchen": RubricScores(rubric, (replace(held, indicators=items),))})
    sheet = opened(a_round(), made)["学校厨房阳光 热力图"]
    row = next(row[0].row for row in sheet.iter_rows(max_col=2) if row[1].value == "=1+1小学")
    assert sheet.cell(row, 4).value == 75


def test_the_commonest_faults_count_schools_and_points(book: Workbook, scores: Scores) -> None:
    rows = [
        row for row in rows_of(book["常见问题"], "指标名称") if row["细则"].value == "学校厨房阳光"
    ]
    counts = [row["涉及学校"].value for row in rows]
    assert counts == sorted(counts, reverse=True)
    row = next(row for row in rows if row["指标"].value == "A2")
    items = [s.indicator("A2") for s in schools(scores).values() if s.indicators]
    lost = [item.points - item.earned for item in items if item.state is State.CHECKED]
    pending = sum(item.pending for item in items)
    affected = sum(units > 0 for units in lost) + pending
    assert row["涉及学校"].value == affected
    assert row["受查学校"].value == sum(item.state is State.CHECKED for item in items)
    assert row["失分合计"].value == sum(lost) / SCALE
    assert row["待核"].value == pending
    assert row["关键项不合格"].value == sum(item.key_failed for item in items)
    assert "请当场改正。（立行立改）" in str(row["整改要求（例）"].value)
    red = next(row for row in rows if row["指标"].value == "R1")
    assert red["红线"].value == sum(bool(s.red_lines) for s in schools(scores).values())


def test_problems_stand_with_place_and_remedy_errors_first_in_reading_order(
    book: Workbook,
) -> None:
    rows = rows_of(book["读取问题"], "轻重")
    places = [(r["轻重"].value, r["文件"].value, r["单元格"].value) for r in rows]
    assert places == [
        ("错误", "乙.xlsx", "H9"),
        ("错误", "甲.xlsx", "H2"),
        ("错误", "甲.xlsx", "H12"),
        ("提醒", "甲.xlsx", "H3"),
        ("说明", "甲.xlsx", "H2"),
    ]
    assert rows[0]["问题"].value == PROBLEMS[0].message
    assert rows[0]["怎么办"].value == PROBLEMS[0].remedy


def test_no_problems_and_no_faults_are_said(scores: Scores) -> None:
    nobody = made_scores([small_rubric()], [])
    book = opened(a_round(), nobody, ())
    assert "没有遇到问题" in text_of(book["读取问题"])
    assert "没有扣分的指标" in text_of(book["常见问题"])


def test_the_composite_shows_totals_weights_and_ranks(book: Workbook, scores: Scores) -> None:
    rows = {row["学校"].value: row for row in rows_of(book["综合排名"])}
    assert set(rows) == {item.school.name for item in scores.composite}
    for item in scores.composite:
        row = rows[item.school.name]
        assert row["名次"].value == (item.rank or "—")
        assert row["综合分"].value == (None if item.total is None else item.total / SCALE)
        if item.total is None:
            assert item.unranked in str(row["说明"].value)
    column = head_of(book["综合排名"])[1]["学校厨房阳光总分"]
    assert {row["学校"].row for row in rows.values()}
    weights = {book["综合排名"].cell(row["学校"].row, column + 1).value for row in rows.values()}
    assert weights == {0.6}


def test_a_round_without_weights_has_no_composite_sheet() -> None:
    assert (
        "综合排名"
        not in opened(a_round(), made_scores([small_rubric()], some_schools())).sheetnames
    )


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


def test_the_cover_tells_how_the_round_was_scored(scores: Scores) -> None:
    of = a_round(
        note="数据均为编造",
        occasions=("平时", "年终"),
        weights={"kitchen": 60, "other": 40},
        ranking=Ranking(
            groups=("学段",),
            tie_keys=("key_failed", "dimension:B"),
            red_line="unranked",
            quotas=(GradeQuota(grade="优秀", share="30%", then="良好"),),  # type: ignore[arg-type]
            publish=False,
        ),
    )
    said = text_of(opened(of, scores)["概览"])
    for text in (
        "青禾县教育局",
        "2026年10月12日至2026年11月6日",
        "名册 40 所",
        "数据均为编造",
        "去掉一个最高分和一个最低分",
        "平时、年终",
        "“现场”得分",
        "触及红线的学校不参加排名",
        "“优秀”不超过本组学校的 30%",
        "学校厨房“阳光”工作考核细则 60、另一项工作考核细则 40",
        "本批次不公布名次",
        "错误 3 条，提醒和说明 2 条",
    ):
        assert text in said, text


def test_ranks_that_are_not_published_are_marked_on_every_ranking(scores: Scores) -> None:
    book = opened(a_round(ranking=Ranking(publish=False)), scores)
    for sheet in group_sheets(book):
        assert "不对外公布" in text_of(sheet)
    for sheet in group_sheets(opened(a_round(), scores)):
        assert "不对外公布" not in text_of(sheet)


def test_links_of_the_cover_lead_to_sheets(book: Workbook) -> None:
    links = [
        cell.hyperlink.location
        for row in book["概览"].iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    targets = {link.rsplit("!", 1)[0].strip("'") for link in links}
    assert targets == set(book.sheetnames) - {"概览"}


def test_names_of_sheets_are_made_to_fit() -> None:
    long = "关于全县各级各类学校（含民办、含幼儿园）校园安全与食品安全综合治理工作的考核细则"
    twins = [
        small_rubric().model_copy(update={"id": f"r{n}", "title": f"{long}之{n}"}) for n in (1, 2)
    ]
    pupils = [School("1", "甲", {"学段": "小学/[初中]", "区域": "城:区?*"})]
    names = opened(a_round(), made_scores(twins, pupils)).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_the_same_scores_give_the_same_bytes(scores: Scores) -> None:
    of = a_round()
    assert ranking_book(of, scores, PROBLEMS) == ranking_book(of, scores, PROBLEMS[::-1])
    later = a_round(window=Period(since=date(2026, 10, 12), until=date(2026, 11, 7)))
    assert ranking_book(of, scores, PROBLEMS) != ranking_book(later, scores, PROBLEMS)


def test_writing_where_a_folder_stands_is_a_problem(tmp_path: Path, scores: Scores) -> None:
    path = tmp_path / "排名表.xlsx"
    path.mkdir()
    assert [p.code for p in write_ranking_book(path, a_round(), scores, ())] == ["output-locked"]


def test_libreoffice_opens_it_and_prints_a4_landscape(
    tmp_path: Path,
    scores: Scores,
    soffice: Callable[..., list[Path]],
    pdftotext: Path,
) -> None:
    from pypdf import PdfReader

    path = tmp_path / "排名表.xlsx"
    assert write_ranking_book(path, a_round(), scores, PROBLEMS) == ()
    (printed,) = soffice(path, to="pdf", into=tmp_path / "pdf")
    pages = PdfReader(printed).pages
    for page in pages:
        wide, high = (float(side) / 72 * 25.4 for side in page.mediabox[2:])
        assert (round(wide), round(high)) == (297, 210)
    texts = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    assert all(f"第{number}页" in text for number, text in enumerate(texts, 1))
    whole = "".join(texts)
    assert "=1+1小学" in whole
    assert not re.search(r"#(REF|NAME|VALUE|DIV/0|N/A)|Err:\d+", whole)
    # A sheet that is one page wide prints each of its columns on each of its pages.
    (again,) = soffice(path, to="xlsx:Calc MS Excel 2007 XML", into=tmp_path / "again")
    kept = openpyxl.load_workbook(again)
    assert kept.sheetnames == openpyxl.load_workbook(path).sheetnames
    sheet = group_sheets(kept)[0]
    row = next(row for row in rows_of(sheet) if isinstance(row["名次"].value, int))
    assert isinstance(row["总分"].value, (int, float))


def test_what_the_engine_gives_for_the_shipped_rubrics_is_what_stands_in_the_book() -> None:
    rubrics = {name: load_rubric(path)[0] for name, path in shipped().items()}
    known = {name: rubric for name, rubric in rubrics.items() if rubric is not None}
    assert set(known) == set(rubrics)
    pupils = [replace(s, traits=with_derived(s.traits)) for s in county().schools[::4]]
    visits = [
        visit(
            Random(f"{school.id}{name}"),
            rubric,
            VisitKey(school.id, name, "第1次", "D01"),
            school.traits,
            date(2026, 10, 20),
            Habits(unchecked=1, excused=1, flagged=1),
        )
        for school in pupils
        for name, rubric in known.items()
        if holds(rubric.when, school.traits)
    ]
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
            assert row["名次"].value == (score.rank or "—")
            assert row["总分"].value == (None if score.total is None else score.total / SCALE)
            said = str(row["等次为何受限"].value)
            assert all(text in said for text in score.limits if text != score.unranked)
    assert len(rows_of(book["读取问题"], "轻重")) == len(problems)
