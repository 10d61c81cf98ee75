"""公平性分析.xlsx: every figure of the analysis, and every cell that is worth a second look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite

from reports.fairness.checks import checks_of
from reports.fairness.subject import Subject
from reports.fairness.wording import agreement_word
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.outgoing import outgoing

_DECIMALS = {"num_format": "0.00;-0.00;0.00"}
_FINE = {"num_format": "0.000"}


def fairness_book(subject: Subject) -> bytes:
    """Returns the workbook; the same round gives the same bytes."""
    book = Book(subject.opened.round, "评分公平性分析", subject.opened.words, subject.corrected)
    _checks(book, subject)
    _agreement(book, subject)
    _indicators(book, subject)
    _severity(book, subject)
    _adjusted(book, subject)
    _places(book, subject)
    _unknown(book, subject)
    return book.close()


def _checks(book: Book, subject: Subject) -> None:
    heads = ("情形", "填表人", "说明", "文件", "工作表", "单元格")
    sheet, row = _sheet(book, subject, "请核对", (14, 22, 60, 46, 24, 12), heads)
    for one in checks_of(subject):
        for place in one.cells or (None,):
            row += 1
            texts = (one.kind, subject.people(one.inspectors), one.words)
            where = (place.file, place.sheet, place.cell) if place else ("", "", "")
            for column, text in enumerate((*texts, *map(outgoing, where))):
                sheet.text(row, column, text, "cell", "wrap")
    row += 1
    sheet.across(row + 1, subject.measured.patterns.words, "quiet")
    print_to(sheet, row + 1)


def _agreement(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "几份表的检查", "表数", "填表人数", "一份表的误差（分）", "可靠程度 ICC(1,1)",
        "区间下限", "区间上限", "几份平均的可靠程度", "Krippendorff α", "说明",
    )  # fmt: skip
    sheet, row = _sheet(book, subject, "一致程度", (30, *[12.0] * 9, 14), heads)
    for one in subject.measured.rubrics.values():
        row += 1
        held = one.agreement
        sheet.text(row, 0, one.rubric.title, "cell", "wrap")
        counts = (held.visits, held.records, held.inspectors)
        for column, count in enumerate(counts, 1):
            sheet.number(row, column, count, "cell", "centre")
        single = held.total.single
        _figures(
            sheet,
            row,
            4,
            (
                held.error,
                single.value,
                single.low,
                single.high,
                held.total.average.value,
                held.alpha.estimate.value,
            ),
        )
        word = agreement_word(single.value) if held.visits else "每次一份表，无从知道"
        sheet.text(row, 10, word, "cell", "wrap")
    print_to(sheet, row)


def _indicators(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "指标", "名称", "几份表的检查", "得分相同的比例", "平均相差（分）",
        "ICC(1,1)", "Krippendorff α", "相差四分之一以上（次）", "照别的指标会有（次）",
        "校正后的 p", "请看写法",
    )  # fmt: skip
    sheet, row = _sheet(book, subject, "各指标", (24, 8, 30, *[11.0] * 8, 10), heads)
    for one in subject.measured.rubrics.values():
        for item in one.agreement.indicators:
            row += 1
            sheet.text(row, 0, one.rubric.title, "cell", "wrap")
            sheet.text(row, 1, item.indicator.id, "cell", "centre")
            sheet.text(row, 2, item.indicator.title, "cell", "wrap")
            sheet.number(row, 3, item.visits, "cell", "centre")
            figures = (
                item.same,
                item.apart,
                item.intraclass.single.value,
                item.alpha.estimate.value,
            )
            _figures(sheet, row, 4, figures)
            sheet.number(row, 8, item.widely, "cell", "centre")
            _figures(sheet, row, 9, (item.expected, item.chance))
            sheet.text(row, 11, "√" if item.named else "", "cell", "centre")
    print_to(sheet, row)


def _severity(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "组", "代码", "填表人", "表数", "有人同去的", "偏严（分，负为偏松）", "标准误",
        "区间下限", "区间上限", "校正后的 p", "明显",
    )  # fmt: skip
    widths = (30, 6, 10, 18, *[11.0] * 7, 8)
    sheet, row = _sheet(book, subject, "谁严谁松", widths, heads)
    for one in subject.measured.rubrics.values():
        for it in one.severity.inspectors:
            row += 1
            sheet.text(row, 0, one.rubric.title, "cell", "wrap")
            sheet.number(row, 1, it.island + 1, "cell", "centre")
            known = subject.opened.roster.inspectors.get(it.inspector)
            sheet.text(row, 2, outgoing(it.inspector), "cell", "centre")
            sheet.text(row, 3, outgoing(known.name) if known else "", "cell", "wrap")
            sheet.number(row, 4, it.records, "cell", "centre")
            sheet.number(row, 5, it.shared, "cell", "centre")
            _figures(sheet, row, 6, (it.severity, it.error, it.low, it.high, it.chance))
            sheet.text(row, 11, "√" if it.named else "", "cell", "centre")
    print_to(sheet, row)


def _adjusted(book: Book, subject: Subject) -> None:
    heads = ("细则", "学校", "组", "各份表总分的平均", "去掉宽严以后", "相差", "标准误")
    sheet, row = _sheet(book, subject, "去掉宽严以后", (30, 30, 8, *[14.0] * 4), heads)
    for one in subject.measured.rubrics.values():
        schools = one.sheets.ratings.schools
        for it in one.severity.schools:
            row += 1
            sheet.text(row, 0, one.rubric.title, "cell", "wrap")
            sheet.text(row, 1, outgoing(schools[it.school].name), "cell", "wrap")
            if it.island < 0:
                sheet.text(row, 2, "—", "cell", "centre")
            else:
                sheet.number(row, 2, it.island + 1, "cell", "centre")
            apart = round(it.adjusted, 2) - round(it.raw, 2)
            _figures(sheet, row, 3, (it.raw, it.adjusted, apart, it.error))
    print_to(sheet, row)


def _places(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "组", "学校", "总分", "误差（标准误）", "名次", "真实名次 自", "至",
        "各校同时 自", "至", "在前十名的机会", "在末十名的机会",
    )  # fmt: skip
    sheet, row = _sheet(book, subject, "名次把握", (28, 16, 28, *[10.0] * 9), heads)
    for one in subject.measured.rubrics.values():
        for group in one.groups:
            held = group.ranks
            if held is None:
                continue
            errors = held.errors.standard_error
            for place in sorted(range(len(held.rank)), key=lambda at: int(held.rank[at])):
                row += 1
                school = one.sheets.ratings.schools[int(group.schools[place])]
                for column, text in enumerate((one.rubric.title, group.group, school.name)):
                    sheet.text(row, column, outgoing(text), "cell", "wrap")
                _figures(sheet, row, 3, (float(held.totals[place]), float(errors[place])))
                whole = (held.rank, held.low, held.high, held.joint_low, held.joint_high)
                for column, ranks in enumerate(whole, 5):
                    sheet.number(row, column, int(ranks[place]), "cell", "centre")
                chances = (float(held.first[place]), float(held.last[place]))
                for column, chance in enumerate(chances, 10):
                    sheet.number(row, column, chance, "cell", "percent")
    print_to(sheet, row)


def _unknown(book: Book, subject: Subject) -> None:
    heads = ("情形", "细则", "填表人", "为什么，怎样就能知道")
    sheet, row = _sheet(book, subject, "无从知道的", (18, 26, 26, 80), heads)
    titles = {name: one.rubric.title for name, one in subject.measured.rubrics.items()}
    for one in subject.measured.patterns.unknown:
        row += 1
        texts = (
            one.kind.value,
            titles.get(one.rubric, ""),
            subject.people(one.inspectors),
            outgoing(one.words),
        )
        for column, text in enumerate(texts):
            sheet.text(row, column, text, "cell", "wrap")
    print_to(sheet, row)


def _sheet(
    book: Book, subject: Subject, name: str, widths: Sequence[float], heads: Sequence[str]
) -> tuple[Sheet, int]:
    sheet = book.sheet(name, widths)
    row = sheet.heading(name, outgoing(subject.opened.round.title))
    sheet.head(row, list(heads))
    sheet.page.freeze_panes(sheet.repeated, 1)
    return sheet, row


def _figures(sheet: Sheet, row: int, column: int, values: Iterable[float]) -> None:
    for place, value in enumerate(values, column):
        if isfinite(value):
            sheet.number(row, place, round(value, 3) + 0.0, "cell", **_DECIMALS)
        else:
            sheet.text(row, place, "—", "cell", "centre")
