"""Bulletins of very many schools, of a few, of party branches, and of what is all provisional."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document

from reports.bulletin.content import about, bulletin, context
from reports.bulletin.subject import Subject
from reports.bulletin.writing import TEMPLATES
from reports.official.rendering import render
from scoring.results.scores import SchoolScore
from tests.conftest import Convert
from tests.reports.official.printed import layout_of, printed
from tests.reports.sources import unaccounted

Change = Callable[[Iterable[SchoolScore]], Iterable[SchoolScore]]


def changed(whole: Subject, change: Change, *rubrics: str) -> Subject:
    """The round with other schools, under some of its rubrics."""
    scores = whole.scores
    held = {
        name: replace(one, schools=tuple(change(one.schools)))
        for name, one in scores.rubrics.items()
        if not rubrics or name in rubrics
    }
    return Subject(whole.round, whole.roster, replace(scores, rubrics=held))


def named(school: SchoolScore, name: str, code: str = "", **more: object) -> SchoolScore:
    own = replace(school.school, name=name, id=code or school.school.id)
    return replace(school, school=own, **more)  # type: ignore[arg-type]


def first(count: int) -> Change:
    """The first that were visited, ranked among themselves by total."""

    def change(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
        seen = [one for one in schools if one.status == "complete" and one.total is not None]
        kept = sorted(seen[:count], key=lambda one: -(one.total or 0))
        return [
            replace(one, rank=at, group="小学组", group_size=len(kept))
            for at, one in enumerate(kept, 1)
        ]

    return change


def paper(subject: Subject) -> tuple[list[str], Document, bytes]:
    """Paragraphs that the program wrote, each with all its figures, and the file."""
    held = bulletin(subject)
    for _, told in held.told():
        figures = [{"text": one.text} for one in told.figures]
        assert unaccounted({"text": told.text, "figures": figures}) == []
    made, problems = render(TEMPLATES / "通报.docx", context(held), about(subject, held))
    assert problems == ()
    assert made is not None
    return [told.text for _, told in held.told()], docx.Document(BytesIO(made)), made


def text_of(document: Document) -> str:
    return "\n".join(said.text for said in document.paragraphs)


def test_three_schools_make_no_silly_sentences(whole: Subject) -> None:
    texts, document, _ = paper(changed(whole, first(3), "party"))
    text = "\n".join(texts)
    assert "3所学校" in text
    assert not re.search(r"占受查|多数学校|其中0所|、0所|（一）", text + text_of(document))
    assert "小学组3所，第1名为" in text


def test_one_school_is_no_mean_and_no_rank(whole: Subject) -> None:
    texts, _, _ = paper(changed(whole, first(1), "party"))
    text = "\n".join(texts)
    assert not re.search(r"平均|第1名|多数|占受查", text)
    assert "各组参加排名的只有一所学校，不排名次" in text


def test_without_a_fault_nothing_is_to_be_put_right(whole: Subject) -> None:
    def spotless(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
        return [
            replace(
                one,
                grade="优秀",
                indicators=(),
                key_failed=(),
                red_lines=(),
                red_lines_pending=(),
                extras=(),
                award_eligible=True,
                visits=one.visits,
            )
            for one in first(4)(schools)
        ]

    texts, document, _ = paper(changed(whole, spotless, "party"))
    assert "没有查实的问题。" in texts
    assert texts[-1] == "本次检查没有需要整改的问题。"
    text = text_of(document)
    assert "回头看" not in text
    assert "问题清单" not in text
    assert "附件：成绩表" in text


def test_party_branches_are_called_so(whole: Subject) -> None:
    def branches(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
        return [named(one, f"{one.school.name}党支部") for one in first(8)(schools)]

    texts, document, _ = paper(changed(whole, branches, "party"))
    text = "\n".join([*texts, *(cell.text for t in document.tables for cell in t.rows[0].cells)])
    assert "8个党组织" in text
    assert not re.search(r"\d所|所学校|受查学校|各校|涉及学校", text)
    assert "各有关党组织，机关有关科室：" in text_of(document)


def test_all_provisional_says_so_once_a_rubric(whole: Subject) -> None:
    def open_ones(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
        return [replace(one, pending=1, group_open=6) for one in first(6)(schools)]

    texts, document, _ = paper(changed(whole, open_ones))
    said = [text for text in texts if "尚未核定" in text]
    assert len(said) == 4
    assert all("检查情况都尚未核定" in text for text in said)
    assert all("（暂列）" in text for text in texts if "第1名" in text)
    rows = [
        [cell.text for cell in row.cells]
        for table in document.tables
        if table.rows[0].cells[0].text == "名次"
        for row in table.rows[1:]
    ]
    assert rows
    assert all("（暂列）" in row[0] and "暂定" in row[5] for row in rows)


def test_three_hundred_schools_are_listed_in_attachments(
    whole: Subject, soffice: Convert, writer: None, pdftotext: Path, tmp_path: Path
) -> None:
    def many(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
        return [
            named(one, one.school.name.replace("青禾县", f"青禾县{part}片"), f"{one.school.id}{at}",
                  rank=one.rank and (one.rank - 1) * 5 + at + 1, group_size=one.group_size * 5)
            for at, part in enumerate("东西南北中")
            for one in schools
        ]  # fmt: skip

    texts, document, made = paper(changed(whole, many))
    assert "300所学校" in texts[0]
    names = {
        school.school.name
        for one in changed(whole, many).scores.rubrics.values()
        for school in one.schools
    }
    assert max(sum(name in text for name in names) for text in texts) <= 15
    assert max(map(len, texts)) < 700
    rows = sum(len(t.rows) - 1 for t in document.tables if t.rows[0].cells[0].text == "名次")
    listed = (
        school
        for one in changed(whole, many).scores.rubrics.values()
        for school in one.schools
        if school.status != "inapplicable"
    )
    assert rows == sum(1 for _ in listed) > 700
    (tmp_path / "通报.docx").write_bytes(made)
    (pdf,) = soffice(tmp_path / "通报.docx", to="pdf", into=tmp_path / "pdf")
    pages = printed(layout_of(pdf, pdftotext))
    # Some twenty schools on a page, and a dozen pages of text.
    assert len(pages) < rows / 16 + 25
    assert [number for number, page in enumerate(pages[:-1], 1) if len(page) < 4] == []
