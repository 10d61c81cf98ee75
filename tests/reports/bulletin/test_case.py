"""A single case and a commendation, as somebody decided them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import docx

from reports.bulletin.case import (
    Case,
    Commendation,
    Commended,
    Measure,
    case_context,
    commendation_context,
)
from reports.bulletin.writing import TEMPLATES
from reports.official.rendering import render
from reports.official.values import Context
from reports.type.archival import About
from tests.conftest import Convert
from tests.reports.official.printed import layout_of, printed

CASE = Case(
    school="青禾县第六小学",
    matter="教师有偿补课",
    addressee="各中小学、幼儿园",
    origin="2026年10月，督导检查中发现青禾县第六小学有教师有偿补课的线索",
    checked="2026年10月20日至22日，经查阅资料、走访家长核实",
    facts=["2026年9月，2名教师在校外组织补课6次，涉及学生14人", "收取费用8400元"],
    clauses=["《校内“双减”工作达标考核指标》关于在职教师有偿补课的规定"],
    measures=[Measure("学校", "通报批评")],
    demand="立即停止违规行为，全额退还费用",
    report_by=date(2026, 12, 1),
    bureau="青禾县教育局",
    day=date(2026, 11, 16),
)
COMMENDATION = Commendation(
    name="学校食堂管理先进单位",
    addressee="各中小学、幼儿园",
    by="根据2026年秋季督导检查结果",
    schools=[
        Commended(f"青禾县第{n}小学", "小学组", f"第{n}名", "坚持每日晨检和留样，台账齐全")
        for n in range(1, 11)
    ],
    bureau="青禾县教育局",
    day=date(2026, 11, 16),
)


def made(template: str, context: Context) -> bytes:
    found, problems = render(TEMPLATES / template, context, About(template))
    assert problems == ()
    assert found is not None
    return found


def test_a_case_is_told_in_order() -> None:
    document = docx.Document(BytesIO(made("通报批评.docx", case_context(CASE))))
    text = "\n".join(said.text for said in document.paragraphs)
    order = [CASE.origin, CASE.checked, *CASE.facts, *CASE.clauses, "对学校：通报批评", "责令"]
    places = [text.index(said) for said in order]
    assert places == sorted(places)
    assert "于2026年12月1日前报送整改报告" in text
    assert "附件" not in text


def test_a_commendation_lists_its_schools() -> None:
    document = docx.Document(BytesIO(made("表彰.docx", commendation_context(COMMENDATION))))
    (table,) = document.tables
    assert [row.cells[0].text for row in table.rows[1:]] == [str(n) for n in range(1, 11)]
    assert "决定对10个单位" in "".join(said.text for said in document.paragraphs)


def test_they_print_on_few_pages(
    soffice: Convert, writer: None, pdftotext: Path, tmp_path: Path
) -> None:
    for name, context, most in (
        ("通报批评.docx", case_context(CASE), 2),
        ("表彰.docx", commendation_context(COMMENDATION), 2),
    ):
        path = tmp_path / name
        path.write_bytes(made(name, context))
        (pdf,) = soffice(path, to="pdf", into=tmp_path / "pdf")
        assert len(printed(layout_of(pdf, pdftotext))) <= most
