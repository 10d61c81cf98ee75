"""年度成绩.xlsx: the year of every school, how it changed, and which indicators do not improve."""

from __future__ import annotations

from inspections.round.days import day_text
from reports.ranking.layout import Book
from reports.ranking.paging import print_to
from reports.year.charts import Drawn
from reports.year.indicator_sheets import dimensions_sheet, items_sheet, schools_by_items_sheet
from reports.year.school_sheets import changes_sheet, group_sheet
from reports.year.subject import YearSubject
from reports.year.what_changed import roll_lines, rubric_lines
from reports.year.wording import HOW, behind_note, weight_text
from rubrics.messages.outgoing import outgoing
from scoring.years.year import SchoolYear

BOOK = "年度成绩.xlsx"
_HOW = (
    f"{HOW}折算分是各轮总分×权重，为相加等于年度分，个别的末位进或舍了一个单位。",
    "变化从第一轮到最后一轮：细则没有变的比总分；变了的只比没有变的指标，按同一学校每轮都查了的指标算得分率。",
    "名次升降只在两轮都排名、组别没有变的学校中比较；“暂”是有成绩尚未核定，核定后可能变动。",
    "屡查未改：每轮都失分，并且没有一轮比上一轮失得少。年度等次由局里按规定评定，这里只列各轮等次。",
)


def year_book(subject: YearSubject) -> bytes:
    """Returns the workbook; the same year gives the same bytes."""
    name = BOOK.removesuffix(".xlsx")
    book = Book(subject.as_round, name, subject.words, subject.corrected)
    _cover(book, subject)
    for name, part in subject.named():
        groups: dict[str, list[SchoolYear]] = {}
        for one in part.schools:
            groups.setdefault(one.group, []).append(one)
        for group, schools in groups.items():
            group_sheet(book, subject, name, group, part, schools)
        if part.held.rubric is not None and len(part.rounds) > 1:
            drawn = Drawn(book, name)
            changes_sheet(book, subject, name, part, groups, drawn)
            dimensions_sheet(book, subject, name, part)
            items_sheet(book, subject, name, part, drawn)
            schools_by_items_sheet(book, name, part)
    return book.close()


def _cover(book: Book, subject: YearSubject) -> None:
    year = subject.year
    sheet = book.sheet("说明", [16.0, 44.0, 26.0, 12.0, 12.0])
    row = sheet.heading(f"{subject.title}学校督导成绩", outgoing(year.rounds[-1].bureau)) + 1
    for column, text in enumerate(("简称", "批次", "检查时间", "权重", "学校数")):
        sheet.text(row, column, text, "cell", "head")
    for label, one, weight in zip(subject.labels, year.rounds, year.weights, strict=True):
        row += 1
        schools = {id for held in one.rubrics.values() for id in held.schools}
        sheet.text(row, 0, label, "cell", "centre")
        sheet.text(row, 1, outgoing(one.title), "cell", "wrap")
        sheet.text(row, 2, f"{day_text(one.since)}至{day_text(one.until)}", "cell", "wrap")
        sheet.text(row, 3, weight_text(weight), "cell", "centre")
        sheet.number(row, 4, len(schools), "cell", "centre")
    row += 1
    for title, lines in (
        ("怎样算的", [*_HOW, *_behind(subject), *_corrected(subject)]),
        ("细则变动", _rubric_lines(subject)),
        ("学校变动", _roll_lines(subject)),
    ):
        row += 1
        sheet.across(row, title, "section")
        for line in lines:
            row += 1
            sheet.across(row, line, "prose")
        row += 1
    print_to(sheet, row)


def _behind(subject: YearSubject) -> list[str]:
    notes = ((name, behind_note(part)) for name, part in subject.named())
    return [f"{name}：{note}" for name, note in notes if note]


def _corrected(subject: YearSubject) -> list[str]:
    return [f"{subject.corrected}，见当次排名表的“宽严校正”。"] if subject.corrected else []


def _rubric_lines(subject: YearSubject) -> list[str]:
    return list(rubric_lines(subject)) or ["各批次的细则没有变。"]


def _roll_lines(subject: YearSubject) -> list[str]:
    return list(roll_lines(subject)) or ["各批次的学校没有变。"]
