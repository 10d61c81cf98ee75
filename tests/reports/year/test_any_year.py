"""Papers of generated years: whatever schools and rubrics did, they can be written and add up."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO

from hypothesis import given, settings
from openpyxl import load_workbook

from reports.type.fonts import Fonts
from reports.year.book import year_book
from reports.year.bulletin import context, year_bulletin
from reports.year.page import page
from reports.year.subject import YearSubject
from reports.year.what_changed import rubric_lines
from rubrics.language.rubric import Indicator
from scoring.years.held import HeldRound, HeldRubric, HeldSchool
from scoring.years.settings import YearSettings
from scoring.years.year import year_of
from tests.reports.sources import unaccounted
from tests.scoring.years.made import a_round, held, rounds, rubric, schools


def _items(of: HeldRubric) -> list[Indicator]:
    """The indicators, whose ids are names and no figures."""
    return [] if of.rubric is None else list(of.rubric.indicators)


def subject_of(made: list[HeldRound]) -> YearSubject:
    return YearSubject(year_of(made, [Fraction(1, len(made))] * len(made)), YearSettings())


@settings(max_examples=25)
@given(rounds())
def test_any_year_can_be_written(fonts: Fonts, made: list[HeldRound]) -> None:
    subject = subject_of(made)
    assert year_book(subject) == year_book(subject)
    anybody = any(part.schools for part in subject.year.rubrics)
    told = year_bulletin(subject)
    assert bool(context(subject, told)["成绩表"]) == anybody
    parts = subject.year.rubrics
    names = "\n".join(
        [
            *(one.name for part in parts for one in part.schools),
            *(one.title for one in made),
            *(item.id for one in made for held in one.rubrics.values() for item in _items(held)),
        ]
    )
    for _, paragraph in told.told():
        figures = [{"text": one.text} for one in paragraph.figures]
        assert unaccounted({"text": paragraph.text, "figures": figures}, names) == []
    for name, part in subject.named():
        for one in part.schools:
            assert page(subject, [(name, part, one)], fonts)


@settings(max_examples=10)
@given(rounds())
def test_printed_parts_add_up_to_the_printed_year(made: list[HeldRound]) -> None:
    book = load_workbook(BytesIO(year_book(subject_of(made))))
    for sheet in book:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        heads = next((row for row in rows if row[0] == "年度\n名次"), None)
        if heads is None:
            continue
        parts = [at for at, name in enumerate(heads) if str(name).endswith("\n折算")]
        for row in rows[rows.index(heads) + 1 :]:
            total = row[heads.index("年度分")]
            if isinstance(total, (int, float)):
                found = [row[at] for at in parts]
                units = [round(it * 100) for it in found if isinstance(it, (int, float))]
                assert sum(units) == round(total * 100)


@settings(max_examples=10)
@given(schools("甲"), schools("甲"))
def test_what_changed_of_a_rubric_is_named(first: HeldSchool, last: HeldSchool) -> None:
    made = [
        a_round(0, held({"甲": first})),
        a_round(1, held({"甲": last}, rubric("2", kind="all_or_none", last="B3"))),
    ]
    subject = subject_of(made)
    (line,) = rubric_lines(subject)
    assert all(
        text in line for text in ("A2二（分值或计分规则改了）", "A3三（取消）", "B3三（新增）")
    )
    assert year_book(subject)
