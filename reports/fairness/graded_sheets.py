"""Sheets of what is graded: severities and difficulties on one scale, and what does not fit."""

from __future__ import annotations

from math import isfinite

from reports.fairness.subject import Subject
from reports.fairness.tables import begun, ended, figures, numbers, percents, sure, texts
from reports.ranking.layout import Book, Sheet
from rubrics.messages.outgoing import outgoing
from scoring.fairness.facet_fit import Fit


def graded_sheets(book: Book, subject: Subject) -> None:
    """Writes a sheet of people and one of indicators."""
    _people(book, subject)
    _indicators(book, subject)


def _people(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "组", "填表人", "评了几处", "偏严（logit，负为偏松）", "标准误", "区间下限",
        "区间上限", "平均少给（占分值）", "校正后的 p", "明显", "infit", "outfit", "infit z",
        "outfit z", "校正后的 p（不合）", "忽高忽低",
    )  # fmt: skip
    note = (
        "只看由督学评判、得分只有几档的指标（评等级一类；事实只有一个，不算），"
        "多层面 Rasch 模型（Linacre 1989）："
        "填表人、指标、学校放在同一把尺子上。\n"
        "infit、outfit 是评分和本人一贯宽严合不合得上，1 为正好，明显大于 1 为忽高忽低；"
        "outfit 更看重个别意外。最意外的几处见“请核对”。\n"
        "有一人偏得很远的，其余的会显得都往另一边偏。"
    )
    widths = (28, 6, 18, 8, *[11.0] * 6, 7, *[9.0] * 4, 11, 9)
    sheet, row = begun(book, subject, "等级题：人", widths, heads, note, frozen=3)
    for one in subject.measured.rubrics.values():
        for it in one.facets.inspectors:
            if not it.ratings:
                continue
            row += 1
            texts(sheet, row, 0, (one.rubric.title,))
            if isfinite(it.severity):
                numbers(sheet, row, 1, (it.island + 1,))
            else:
                texts(sheet, row, 1, ("—",))
            texts(sheet, row, 2, (subject.person(it.inspector),))
            numbers(sheet, row, 3, (it.ratings,))
            figures(sheet, row, 4, (it.severity, it.error, it.low, it.high))
            percents(sheet, row, 8, (it.cost,))
            sure(sheet, row, 9, (it.chance,))
            texts(sheet, row, 10, ("√" if it.named else "",))
            _fit(sheet, row, 11, it.fit)
    ended(
        sheet,
        row,
        "没有可以这样比的：由督学评判、得分只有几档的指标太少，或者没有几个人评过同一处。",
    )


def _indicators(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "指标", "名称", "评了几处", "难度（logit，正为难）", "标准误", "各档得分（占分值）",
        "infit", "outfit", "infit z", "outfit z", "校正后的 p（不合）", "请看写法",
    )  # fmt: skip
    note = (
        "难度：和别的等级题相比，拿高的一档有多难。infit 明显大于 1 的，"
        "各校在这一项的高低和其他项对不上，请看写法。没有列出的是事实、有很多档，或者各校都一样。"
    )
    widths = (28, 8, 34, 9, 12, 9, 24, *[9.0] * 4, 11, 9)
    sheet, row = begun(book, subject, "等级题：指标", widths, heads, note, frozen=3)
    for one in subject.measured.rubrics.values():
        for it in one.facets.indicators:
            if not it.ratings:
                continue
            row += 1
            texts(sheet, row, 0, (one.rubric.title, it.indicator.id, outgoing(it.indicator.title)))
            numbers(sheet, row, 3, (it.ratings,))
            if subject.withheld(one, it.indicator.id, it.ratings):
                texts(sheet, row, 4, ["—"] * 8 + [""])
                continue
            figures(sheet, row, 4, (it.difficulty, it.error))
            texts(sheet, row, 6, ("、".join(f"{level:.0%}" for level in it.levels),))
            _fit(sheet, row, 7, it.fit)
    ended(sheet, row)


def _fit(sheet: Sheet, row: int, column: int, fit: Fit) -> None:
    figures(sheet, row, column, (fit.infit, fit.outfit, fit.infit_z, fit.outfit_z))
    sure(sheet, row, column + 4, (fit.chance,))
    texts(sheet, row, column + 5, ("√" if fit.named else "",))
