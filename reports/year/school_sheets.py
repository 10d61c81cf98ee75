"""Sheets of schools: the year of a group, and medians and who slid from round to round."""

from __future__ import annotations

from collections.abc import Sequence

from reports.ranking.layout import Book, Sheet
from reports.ranking.measures import places_format
from reports.ranking.paging import print_to
from reports.year import wording
from reports.year.charts import Drawn
from reports.year.subject import YearSubject
from rubrics.messages.outgoing import outgoing
from scoring.years.held import HeldSchool
from scoring.years.year import RubricYear, SchoolYear


def group_sheet(
    book: Book, subject: YearSubject, name: str, group: str, part: RubricYear,
    schools: Sequence[SchoolYear],
) -> None:  # fmt: skip
    """Writes the year of the schools of a group."""
    labels = subject.labels_of(part)
    heads = ["年度\n名次", "学校"]
    widths = [11.0, 26.0]
    for label in labels:
        heads += [f"{label}\n总分", "名次"]
        widths += [13.0, 12.0]
    heads += [f"{label}\n折算" for label in labels]
    widths += [11.0] * len(labels)
    heads += ["年度分", "变化", "名次\n升降", "各轮等次", "说明"]
    widths += [10.0, 15.0, 10.0, 17.0, 30.0]
    sheet = book.sheet(f"{name} {group}", widths)
    fit = sum(one.rank is not None for one in schools)
    note = f"{'、'.join(labels)}；本组 {len(schools)} 所，参加年度排名 {fit} 所"
    row = sheet.heading(f"{name}　年度成绩（{group}）", note)
    sheet.head(row, heads)
    first = row + 1
    places = part.held.places
    for one in schools:
        row += 1
        look = ("cell",) if one.rank else ("cell", "quiet")
        _rank(sheet, row, 0, one.rank if one.group_size > 1 else None, one.place_open, *look)
        sheet.text(row, 1, outgoing(one.name), *look, "wrap")
        column = 2
        for cell in one.cells:
            _total(sheet, row, column, part, cell, *look)
            alone = cell is None or cell.group_size < 2
            rank = None if cell is None or alone else cell.rank
            _rank(sheet, row, column + 1, rank, bool(cell and cell.group_open), *look)
            column += 2
        for units in (*one.parts, one.total):
            strong = ("strong",) if column == len(heads) - 5 else ()
            sheet.points(row, column, units, places, *look, *strong)
            column += 1
        for text in (wording.change_text(part, one), wording.moved_text(one),
                     wording.grades_text(one)):  # fmt: skip
            sheet.text(row, column, text, *look, "centre", "wrap")
            column += 1
        sheet.text(row, column, sheet.book.words.said(wording.remark(one, labels)), *look, "wrap")
    sheet.page.autofilter(first - 1, 0, row, sheet.last)
    sheet.page.freeze_panes(first, 2)
    if any(one.behind for one in schools):
        row += 1
        sheet.across(row, f"注：{wording.behind_note(part)}", "prose")
    print_to(sheet, row)


def changes_sheet(
    book: Book, subject: YearSubject, name: str, part: RubricYear,
    groups: dict[str, list[SchoolYear]], drawn: Drawn,
) -> None:  # fmt: skip
    """Medians of groups by round, and who slid."""
    labels = subject.labels_of(part)
    sheet = book.sheet(f"{name} 变化", [26.0, *([13.0] * len(labels)), 16.0, 14.0, 26.0])
    least = f"（{subject.settings.slide} 分以上）" if subject.slide else ""
    slid = part.slid(subject.slide)
    rise = sum((one.change or 0) > 0 for one in part.schools)
    note = f"可以比较的学校里，上升 {rise} 所，下降{least} {len(slid)} 所"
    row = sheet.heading(f"{name}　各轮变化", note)
    for column, text in enumerate(("各组总分中位数", *labels)):
        sheet.text(row, column, text, "cell", "head")
    head = row
    for group, schools in groups.items():
        row += 1
        sheet.text(row, 0, outgoing(group), "cell")
        for column in range(len(labels)):
            totals = sorted(
                cell.total for one in schools
                if (cell := one.cells[column]) is not None and cell.total is not None
            )  # fmt: skip
            middle = _median(totals)
            sheet.points(row, column + 1, middle, part.held.places, "cell")
    drawn.medians(sheet, head, row, len(labels))
    row += 2
    sheet.across(row, "下降的学校（降得多的在前）", "section")
    row += 1
    for column, text in enumerate(("学校", *labels, "变化", "名次升降", "各轮等次")):
        sheet.text(row, column, text, "cell", "head")
    first = row + 1
    for one in slid:
        row += 1
        sheet.text(row, 0, outgoing(one.name), "cell", "wrap")
        for column, cell in enumerate(one.cells, 1):
            _total(sheet, row, column, part, cell, "cell")
        for text in (wording.change_text(part, one), wording.moved_text(one),
                     wording.grades_text(one)):  # fmt: skip
            column += 1
            sheet.text(row, column, text, "cell", "centre", "wrap")
    if not slid:
        row += 1
        sheet.across(row, "没有学校下降。", "cell")
    elif not any(one.by_rate for one in slid):
        drawn.slides(sheet, first, [-(one.change or 0) for one in slid], part.held.places)
    print_to(sheet, row)


def _total(
    sheet: Sheet, row: int, column: int, part: RubricYear, cell: HeldSchool | None, *looks: str
) -> None:
    """A total as a number, provisional or not; or why there is none."""
    if cell is None or cell.total is None:
        sheet.text(row, column, wording.total_cell(part, cell), *looks, "centre")
        return
    places = part.held.places
    shown = f'{places_format(places).strip("_ ")}"（暂定）"' if cell.open else places_format(places)
    sheet.points(row, column, cell.total, places, *looks, num_format=shown)


def _rank(
    sheet: Sheet, row: int, column: int, rank: int | None, still_open: bool, *looks: str
) -> None:
    if rank is None:
        sheet.text(row, column, "—", *looks, "centre")
    else:
        shown = '0"（暂）"' if still_open else "0"
        sheet.number(row, column, rank, *looks, "centre", num_format=shown)


def _median(totals: Sequence[int]) -> int | None:
    if not totals:
        return None
    half = len(totals) // 2
    if len(totals) % 2:
        return totals[half]
    return (totals[half - 1] + totals[half] + 1) // 2
