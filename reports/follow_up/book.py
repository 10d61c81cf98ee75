"""回头看报告.xlsx: rates by school and office, every item side by side, scores before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from inspections.follow_up.books import report_text
from inspections.follow_up.progress import DrawnItem
from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Verb
from inspections.rectification.numbers import short
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.follow_up.before_after import BeforeAfter, corrected_note
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.outgoing import outgoing
from scoring.results.published import points_places

BOOK: Final = "回头看报告.xlsx"
NO_OFFICE: Final = "（未定股室）"
UNSEEN: Final = "未复查"

VERBS: Final = (Verb.DONE, Verb.NOT_DONE, Verb.RELAPSE, Verb.FALSE)
WORDS: Final = {**{verb: verb.word for verb in VERBS}, Verb.DONE: "销号"}
_FILLS: Final = {
    Verb.DONE: "#E3F1E4",
    Verb.NOT_DONE: "#FDF3DC",
    Verb.RELAPSE: "#F8DFD3",
    Verb.FALSE: "#F8DFD3",
}
_COUNTS: Final = ("抽取", "已复查", "销号", "未改", "反弹", "虚报", "销号率")
_OVERVIEW: Final = [28.0, *([11.0] * len(_COUNTS))]
_ITEMS: Final = {
    "序号": 6.0,
    "学校": 15.0,
    "指标编号": 7.0,
    "原问题": 26.0,
    "整改要求": 20.0,
    "承办股室": 9.0,
    "学校报送": 26.0,
    "现场所见": 26.0,
    "照片": 11.0,
    "复查日期": 11.0,
    "结论": 8.0,
}
_SCORES: Final = {
    "学校": 26.0,
    "细则": 34.0,
    "原得分": 10.0,
    "屡查屡犯": 10.0,
    "改好可得": 10.0,
    "折算分": 10.0,
    "销号的指标": 30.0,
}
_RATE: Final = "销号率＝销号÷已复查；未复查的不算。反弹只作标识，是否加倍扣分、限制等次由细则规定。"
_NOT_PUBLISHED: Final = (
    "折算分＝原得分＋屡查屡犯（反弹、虚报按细则改变的分）＋复查销号的问题改好可得的分（逐项见意见书），"
    "供对照，不改变已公布的得分；一个指标的几条没有全部销号的，不计。"
)


def follow_up_report(
    opened: OpenRound,
    draws: Sequence[Draw],
    items: Sequence[DrawnItem],
    scores: Sequence[BeforeAfter],
) -> bytes:
    """Returns the report of all draws, which names no person.

    The same verdicts give the same bytes.
    """
    note = opened.words.said(corrected_note(scores))
    book = Book(opened.round, BOOK.removesuffix(".xlsx"), opened.words, note)
    _overview(book, opened, draws, items)
    _schools(book, opened, items)
    _compared(book, opened, items)
    if scores:
        _before_after(book, opened, scores)
    return book.close()


def _overview(
    book: Book, opened: OpenRound, draws: Sequence[Draw], items: Sequence[DrawnItem]
) -> None:
    sheet = book.sheet("总览", _OVERVIEW)
    told = [
        f"第 {one.number} 次：{day_text(one.day)}从 {len(one.pool)} 条里抽取 {len(one.teams)} 条"
        f"（比例 {one.share}%，种子 {one.seed}）"
        for one in draws
    ]
    row = sheet.heading(f"{opened.round.title}“回头看”情况", *told, _RATE)
    row = _table(sheet, row, "合计", {"合计": items})
    offices = grouped(items, [one.case.item.office or NO_OFFICE for one in items])
    row = _table(sheet, row + 1, "按承办股室", offices)
    print_to(sheet, row - 1)


def _schools(book: Book, opened: OpenRound, items: Sequence[DrawnItem]) -> None:
    sheet = book.sheet("各校", _OVERVIEW)
    row = sheet.heading("各校复查情况", _RATE)
    found = grouped(items, [school_of(opened, one) for one in items])
    last = _table(sheet, row, "学校", found)
    sheet.repeat(row)
    sheet.page.freeze_panes(row + 1, 1)
    print_to(sheet, last - 1)


def _table(sheet: Sheet, row: int, title: str, found: Mapping[str, Sequence[DrawnItem]]) -> int:
    """Writes a table of counts and rates; returns the next free row."""
    for column, text in enumerate((title, *_COUNTS)):
        sheet.text(row, column, text, "cell", "head")
    for name, own in found.items():
        row += 1
        sheet.text(row, 0, outgoing(name), "cell", "wrap")
        verbs = [one.verdict.verb for one in own if one.verdict]
        for column, count in enumerate(
            (len(own), len(verbs), *(verbs.count(verb) for verb in VERBS)), 1
        ):
            sheet.number(row, column, count, "cell", "centre", "dash")
        if verbs:
            share = Fraction(verbs.count(Verb.DONE), len(verbs))
            sheet.number(row, len(_COUNTS), float(share), "cell", "percent")
        else:
            sheet.text(row, len(_COUNTS), "—", "cell", "centre")
    return row + 1


def _compared(book: Book, opened: OpenRound, items: Sequence[DrawnItem]) -> None:
    sheet = book.sheet("逐条对比", list(_ITEMS.values()))
    row = sheet.heading("原问题、学校报送、现场所见逐条对比", opened.round.title)
    sheet.head(row, list(_ITEMS))
    head = row
    for one in sorted(items, key=lambda it: (it.draw, it.case.number)):
        row += 1
        item, verdict = one.case.item, one.verdict
        told = f"{item.title}：{item.described}" if item.title else item.described
        cells = (
            short(item.number),
            school_of(opened, one),
            item.owner,
            told,
            item.demand,
            item.office,
            report_text(one.report, opened.words),
            verdict.result if verdict else "",
            "、".join(verdict.proof) if verdict else "",
            str(verdict.day or "") if verdict else "",
            WORDS[verdict.verb] if verdict else UNSEEN,
        )
        for at, text in enumerate(cells):
            fill = _FILLS.get(verdict.verb) if verdict and at == len(cells) - 1 else None
            more = {"bg_color": fill} if fill else {}
            looks = ("cell", "wrap") if at in (1, 3, 4, 6, 7, 8) else ("cell", "centre", "wrap")
            sheet.text(row, at, outgoing(text), *looks, **more)
    sheet.page.freeze_panes(head + 1, 3)
    if items:
        sheet.page.autofilter(head, 0, row, sheet.last)
    print_to(sheet, row)


def _before_after(book: Book, opened: OpenRound, scores: Sequence[BeforeAfter]) -> None:
    sheet = book.sheet("得分对比", list(_SCORES.values()))
    row = sheet.heading("复查前后得分对比", _NOT_PUBLISHED)
    sheet.head(row, list(_SCORES))
    for one in scores:
        row += 1
        school = opened.roster.schools.get(one.school)
        places = points_places(one.rubric)
        sheet.text(row, 0, school.name if school else one.school, "cell", "wrap")
        sheet.text(row, 1, one.rubric.title, "cell", "wrap")
        for column, units in enumerate((one.before, one.raised, one.regained, one.after), 2):
            sheet.points(row, column, units, places, "cell", "centre")
        sheet.text(row, 6, "、".join(one.owners), "cell", "wrap")
    print_to(sheet, row)


def school_of(opened: OpenRound, one: DrawnItem) -> str:
    """Returns the name of an item's school."""
    school = opened.roster.schools.get(one.case.item.school)
    return school.name if school else one.case.item.school


def grouped(items: Sequence[DrawnItem], names: Sequence[str]) -> Mapping[str, Sequence[DrawnItem]]:
    """Returns items by the names that stand beside them."""
    found: dict[str, list[DrawnItem]] = {}
    for one, name in zip(items, names, strict=True):
        found.setdefault(name, []).append(one)
    return found
