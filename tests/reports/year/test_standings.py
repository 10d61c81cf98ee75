"""Whom the year's bulletin praises, and what it says of those who stand behind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reports.year.bulletin import context, year_bulletin
from reports.year.subject import YearSubject
from scoring.years.held import HeldSchool
from scoring.years.settings import YearSettings
from scoring.years.year import year_of
from tests.scoring.years.made import a_round, held


def school(id: str, total: int, **marks: object) -> HeldSchool:
    one = HeldSchool(id, f"{id}校", "小学组", total * 10_000, grade="良好")
    return replace(one, **marks)  # type: ignore[arg-type]


def told(first: dict[str, HeldSchool], last: dict[str, HeldSchool]) -> tuple[str, str, str]:
    """The text of the results, of the demands, and the notes below the table."""
    made = [a_round(0, held(first)), a_round(1, held(last))]
    subject = YearSubject(year_of(made, [Fraction(1, 2)] * 2), YearSettings())
    words = year_bulletin(subject)
    (part,) = words.rubrics
    notes = context(subject, words)["成绩表注"]
    assert isinstance(notes, list)
    return (
        "".join(one.text for one in (*part.results, *part.changes)),
        "".join(one.text for one in words.demands),
        "".join(map(str, notes)),
    )


def same(**totals: int) -> dict[str, HeldSchool]:
    return {id: school(id, total) for id, total in totals.items()}


SIX = same(甲=96, 乙=95, 丙=94, 丁=80, 戊=70, 己=60)


def test_who_crossed_a_red_line_is_no_example_and_the_note_says_why() -> None:
    red = SIX | {"甲": school("甲", 96, red_lines=1, grade="不合格", failed=True)}
    text, demands, notes = told(SIX | {"甲": school("甲", 60)}, red)
    assert "甲校" not in text
    assert "第1名乙校" in text and "第2名丙校" in text
    for said in (text, notes):
        assert "触碰红线" in said and "排在本组其他学校之后" in said
    assert "触碰红线" in demands


def test_nothing_is_said_of_red_lines_where_nobody_crossed_one() -> None:
    assert not any("红线" in said for said in told(SIX, SIX))


def test_no_more_places_are_named_than_there_are() -> None:
    text, _, _ = told(same(甲=9, 乙=8), same(甲=9, 乙=8))
    assert "第1名甲校（9.00分）" in text and "第2名" not in text and "前3名" not in text
    equal = same(甲=9, 乙=9, 丙=8, 丁=7, 戊=6, 己=5)
    text, _, _ = told(equal, equal)
    assert "第1名甲校、乙校（并列，9.00分），第3名丙校（8.00分）。" in text


def test_what_did_not_happen_is_not_asked_about() -> None:
    text, demands, notes = told(SIX, SIX)
    assert "都持平" in text and "上升0所" not in text and "下降" not in demands
    assert "暂列" not in notes
    risen = SIX | {"己": school("己", 61)}
    text, demands, _ = told(SIX, risen)
    assert "上升1所，持平5所" in text and "下降" not in text + demands
    _, demands, _ = told(risen, SIX)
    assert "有下降的学校要" in demands
