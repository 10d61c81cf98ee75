"""What the papers of fairness say: who is lenient, figures that agree, secrets that are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from inspections.records.record import Value
from reports.fairness.book import fairness_book
from reports.fairness.checks import checks_of
from reports.fairness.conclusions import conclusions, next_steps
from reports.fairness.own_page import own_blocks
from reports.fairness.paper import bureau_blocks
from reports.fairness.strictness import TOLERATED
from reports.fairness.subject import Subject
from reports.fairness.writing import write_fairness
from reports.type.blocks import BarChart, Table
from scoring.fairness.facets import facets
from tests.reports.fairness.linked import habits, linked, rubric
from tests.reports.fairness.test_any_round import all_papers, texts

LENIENT = "D04"
SECRET = "C6"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """60 schools, 8 inspectors in changing pairs, one of whom is lenient; two visits."""
    folder = tmp_path_factory.mktemp("county")
    return linked(folder, schools=60, inspectors=8, visits=2, severe={LENIENT: -0.25})


@pytest.fixture(scope="module")
def sheets(county: Subject) -> Any:
    return load_workbook(BytesIO(fairness_book(county, checks_of(county))))


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows below the head, which is the last of the rows that stay in view."""
    head = int(re.sub(r"\D", "", str(sheet.freeze_panes))) - 1
    names = [cell.value for cell in sheet[head]]
    found = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1))
    return [dict(zip(names, row, strict=True)) for row in found]


def table(subject: Subject, caption: str) -> list[tuple[str | None, ...]]:
    blocks = bureau_blocks(subject, checks_of(subject))
    held = (it for it in blocks if isinstance(it, Table) and caption in it.caption)
    return list(next(held).rows)


def test_one_lenient_inspector_is_found_and_what_to_do_is_said(county: Subject) -> None:
    said = "".join(conclusions(county, []))
    assert re.search(rf"（{LENIENT}）在《比较细则》偏松 \d+\.\d\d 分", said)
    others = {f"D0{n}" for n in range(1, 9)} - {LENIENT}
    assert not any(f"（{code}）" in said for code in others)
    steps = list(next_steps(county, []))
    assert LENIENT in steps[0] and "统一尺度" in steps[0]


def test_who_is_lenient_on_levels_alone_is_told(tmp_path: Path) -> None:
    """What is counted makes totals so uncertain that leniency on a few levels does not show."""

    def answer(random: Random, item: str, seems: float) -> Mapping[str, Value]:
        if item.startswith("C"):
            return {"": Decimal(random.randrange(11))}
        return habits(random, item, seems)

    of = rubric(judged=4, counted=16, each="0.5")
    severe = {LENIENT: -0.15}
    subject = linked(tmp_path, schools=80, of=of, severe=severe, answer=answer, apart=1.0)
    (one,) = subject.measured.rubrics.values()
    assert not any(it.named for it in one.severity.inspectors)
    said = "".join(conclusions(subject, []))
    assert re.search(rf"（{LENIENT}）在《比较细则》评等级一类的指标偏松，平均多给分值的", said)
    assert LENIENT in next(next_steps(subject, []))
    own = "\n".join(texts(own_blocks(subject, LENIENT, checks_of(subject))))
    assert "评等级一类的指标偏松" in own and "尺度和同去的人合得上" not in own


def test_the_paper_says_what_one_more_would_buy(county: Subject) -> None:
    held = county.measured.rubrics["linked"].study.buying
    assert held.now and held.inspector and held.visit
    assert (held.now.visits, held.now.inspectors) == (2, 2)
    now, more, again = (f"{it.error:.2f}" for it in (held.now, held.inspector, held.visit))
    said = "".join(conclusions(county, []))
    assert f"再多一位督学，误差从 {now} 分减到 {more} 分；再多去一次，减到 {again} 分" in said
    assert float(again) < float(now) > float(more)
    assert table(county, "多派一位")[0][2:] == (f"{now} 分", f"{more} 分", f"{again} 分")


def test_figures_on_paper_are_those_of_the_workbook(county: Subject, sheets: Any) -> None:
    agreed, *_ = rows(sheets["一致程度"])
    told, *_ = table(county, "一致程度")
    assert told[1] == str(agreed["几份表的检查"])
    assert told[2] == f"{agreed['一份表的误差（分）']:.2f}"
    plans = [row for row in rows(sheets["多派人多去几次"]) if row["现在"]]
    assert table(county, "多派一位")[0][2] == f"{plans[0]['总分的误差（分）']:.2f} 分"
    rests = {row["占什么"]: row["靠督学判断"] for row in rows(sheets["靠判断的分"])}
    order = ("满分", "失分", "学校差距", "同去的人相差")
    assert table(county, "靠督学判断的分")[0][1:5] == tuple(f"{rests[it]:.1%}" for it in order)
    charts = [it for it in bureau_blocks(county, []) if isinstance(it, BarChart)]
    weights = rows(sheets["一级指标的作用"])
    assert [(bar.text, bar.marker_text) for bar in charts[-1].bars] == [
        (f"{row['实际占（学校差距）']:.1%}", f"{row['名义上占（满分）']:.1%}") for row in weights
    ]
    severe = {row["代码"]: row["偏严（分，负为偏松）"] for row in rows(sheets["谁严谁松"])}
    for bar in charts[0].bars:
        code = bar.label[-4:-1]
        assert bar.text == f"{severe[code]:.2f}".replace("-", "−")


def test_what_is_printed_adds_up(sheets: Any) -> None:
    for row in rows(sheets["去掉宽严以后"]):
        apart = Decimal(str(row["去掉宽严以后"])) - Decimal(str(row["各份表总分的平均"]))
        assert apart == Decimal(str(row["相差"]))
        assert row["标准误"] > 0
    weights = rows(sheets["一级指标的作用"])
    for name in ("名义上占（满分）", "实际占（学校差距）"):
        assert sum(Decimal(str(row[name])) for row in weights) == 1
    for row in rows(sheets["靠判断的分"]):
        parts = ("靠督学判断", "群众投票", "靠事实")
        assert sum(Decimal(str(row[name])) for name in parts) == 1


def test_adjusted_totals_are_said_to_be_no_results(sheets: Any) -> None:
    notes = "".join(
        str(cell.value or "") for row in sheets["去掉宽严以后"]["A1:A4"] for cell in row
    )
    assert "不是正式成绩" in notes and "不用来排名" in notes


def test_sheets_keep_their_heads_in_view_and_on_every_page(sheets: Any) -> None:
    for sheet in sheets:
        assert sheet.freeze_panes and sheet.print_area and sheet.print_title_rows, sheet.title
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title


def test_the_paper_has_two_to_four_pages(county: Subject) -> None:
    (paper, _), problems = write_fairness(county)
    assert not problems
    assert 2 <= len(PdfReader(paper).pages) <= 4


def test_nobody_else_is_on_an_inspectors_own_page(county: Subject) -> None:
    checks = checks_of(county)
    assert any(one.kind == "事实不一致" for one in checks)
    people = county.opened.roster.inspectors
    for code, person in people.items():
        told = "\n".join(texts(own_blocks(county, code, checks)))
        assert person.name in told
        for other, one in people.items():
            assert other == code or (one.name not in told and not re.search(rf"\b{other}", told))
        assert "您填的是" in told or "处填得不一样" in told


def test_own_entries_are_told_and_not_those_of_others(tmp_path: Path) -> None:
    def answer(random: Random, item: str, seems: float) -> Mapping[str, Value]:
        return {"": Decimal(random.randrange(300, 990))} if item == "C1" else habits(
            random, item, seems
        )  # fmt: skip

    subject = linked(tmp_path, answer=answer, of=rubric(judged=4, counted=2, secret=False))
    checks = [one for one in checks_of(subject) if one.kind == "事实不一致" and one.item == "C1"]
    assert checks
    for one in checks:
        numbers = re.findall(r"\d{3}", one.words)
        assert len(numbers) == 2
        for mine, theirs, told in zip(numbers, reversed(numbers), one.own, strict=True):
            assert mine in told and theirs not in told


def test_what_is_confidential_is_on_no_page(tmp_path: Path) -> None:
    def answer(random: Random, item: str, seems: float) -> Mapping[str, Value]:
        if item == SECRET:
            return {"": Decimal(random.choice([713, 727, 739]))}
        return habits(random, item, seems)

    for schools in (4, 60):
        subject = linked(tmp_path, schools=schools, inspectors=3, answer=answer)
        assert subject.measured.rubrics["linked"].secret == {SECRET}
        found = all_papers(subject)
        assert not any(re.search("713|727|739", told) for told in found.values())
    assert "内容保密" in found["book"]
    subject = linked(tmp_path, schools=4, inspectors=3, answer=answer)
    book = load_workbook(BytesIO(fairness_book(subject, checks_of(subject))))
    (item,) = (row for row in rows(book["指标的作用"]) if row["指标"] == SECRET)
    assert item["失分的学校"] == item["平均得分率"] == "—"
    (item,) = (row for row in rows(book["各指标"]) if row["指标"] == SECRET)
    assert item["得分相同的比例"] == item["平均相差（分）"] == "—"


def test_who_rates_at_random_is_asked_with_the_cells(tmp_path: Path) -> None:
    subject = linked(tmp_path, schools=60, inspectors=6, careless={"D02"}, seed=3)
    (found,) = (one for one in checks_of(subject) if one.kind == "评分忽高忽低")
    assert found.inspectors == ("D02",) and found.cells
    assert {cell.file for cell in found.cells} == {"D02.xlsx"}
    own = "\n".join(texts(own_blocks(subject, "D02", checks_of(subject))))
    assert "有几处忽高忽低，见下面" in own and "请看看当时的记录" in own
    fine = "\n".join(texts(own_blocks(subject, "D03", checks_of(subject))))
    assert "前后合得上" in fine


def test_facts_have_no_part_in_whether_somebody_judges_erratically(tmp_path: Path) -> None:
    of = rubric(judged=4, counted=16)
    subject = linked(tmp_path, schools=60, of=of, severe={LENIENT: -0.25}, apart=0.0)
    (one,) = subject.measured.rubrics.values()
    assert {it.indicator.id[0] for it in facets(one.sheets.ratings).indicators} == {*"ABC"}
    assert {it.indicator.id[0] for it in one.facets.indicators} == {*"AB"}
    assert one.facets.left_out == tuple(f"C{n}" for n in range(1, 17))
    assert not any(it.kind == "评分忽高忽低" for it in checks_of(subject))


def test_ballots_are_no_judgement_of_an_inspector(tmp_path: Path) -> None:
    def answer(random: Random, item: str, seems: float) -> Mapping[str, Value]:
        if item.startswith("C"):
            for_it = sum(random.random() < seems for _ in range(20))
            return {"A": Decimal(for_it), "B": Decimal(20 - for_it)}
        return habits(random, item, seems)

    of = rubric(judged=4, counted=4, fact={"kind": "votes", "options": {"A": "1", "B": "0.5"}})
    subject = linked(tmp_path, schools=60, of=of, answer=answer)
    (one,) = subject.measured.rubrics.values()
    assert of.judged(of.indicators[-1])
    assert {it.indicator.id[0] for it in one.facets.indicators} == {*"AB"}
    sheets = load_workbook(BytesIO(fairness_book(subject, checks_of(subject))))
    told = {row["指标"][0] for row in rows(sheets["等级题：指标"])}
    assert told == {*"AB"}


def test_tolerance_is_told_wherever_somebody_is_called_strict_or_not(county: Subject) -> None:
    assert "满分的 1% 以内的，不算明显偏严偏松" in TOLERATED
    found = all_papers(county)
    del found["没有这个人"]
    for name, told in found.items():
        assert TOLERATED in told, name


def test_what_is_not_in_the_errors_is_told_on_paper_and_in_the_workbook(tmp_path: Path) -> None:
    subject = linked(tmp_path)
    (one,) = subject.measured.rubrics.values()
    assert one.error.unknown
    found = all_papers(subject)
    for unknown, remedy in zip(one.error.unknown, one.error.remedy, strict=True):
        assert unknown in found["paper 0"] and remedy.rstrip("。") in found["paper 0"]
        assert unknown in found["book"] and remedy in found["book"]


def test_other_subjects_have_their_own_words(tmp_path: Path) -> None:
    of = rubric(subject={"name": "机构", "measure": "家"}, people="检查人员")
    for name, told in all_papers(linked(tmp_path, of=of, visits=2)).items():
        bare = re.sub(r"第\d+学校", "", told)
        assert "学校" not in bare and "督学" not in bare and "到校" not in bare, name
