from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from inspections.records.record import State
from inspections.round.round import Combining, GradeQuota, Period, Ranking
from inspections.round.school import School
from reports.ranking.book import ranking_book, write_ranking_book
from reports.ranking.measures import DIGIT_PX
from reports.ranking.method import method_sentences
from rubrics.values.points import SCALE
from scoring.results.scores import Scores
from tests.reports.made import a_round, made_scores, small_rubric, some_schools
from tests.reports.ranking_books import (
    PROBLEMS,
    group_sheets,
    head_of,
    opened,
    rows_of,
    schools,
    text_of,
)


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


PAPERS = {9: 841.9, 8: 1190.6}
"""Width in points of A4 and A3, landscape."""


def test_every_sheet_is_ready_to_print(book: Workbook) -> None:
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert setup.paperSize in PAPERS, sheet.title
        # What is scaled to the width of its page stays as large as print has to be.
        across = sum(
            one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values()
        )
        margins = (sheet.page_margins.left + sheet.page_margins.right) * 72
        scale = min(1, (PAPERS[setup.paperSize] - margins) / (across * DIGIT_PX * 0.75))
        typed = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert min(cell.font.sz for cell in typed) * scale > 8.99, (sheet.title, scale)
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
    ):
        assert text in said, text


@pytest.mark.parametrize("facts", ["agreed", "combined"])
def test_the_cover_says_that_agreed_facts_are_not_averaged(facts: str) -> None:
    of = a_round(raters="each", combining=Combining(facts=facts))  # type: ignore[arg-type]
    said = "".join(method_sentences(of, []))
    assert ("事实（次数、读数、有无）各督学应当一致，不取平均" in said) is (facts == "agreed")
    assert "独立评分，逐项合并：取平均分" in said


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


def test_libreoffice_opens_it_and_prints_it_landscape(
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
        assert (round(wide), round(high)) in ((297, 210), (420, 297))
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


def test_whoever_signs_does_so_at_the_end_of_the_cover(scores: Scores) -> None:
    """Below a table of many groups the line would stand alone on the next page."""
    sheet = opened(a_round(), scores)["概览"]
    *_, last = (text for row in sheet.iter_rows(values_only=True) if (text := row[0]))
    assert str(last).startswith("制表：")
