"""Sheets of the rubric itself: its indicators, its weights, what rests on judgement, what more
inspectors or visits would buy.
"""

from __future__ import annotations

from typing import Final

from reports.fairness.rubric_itself import REPEATED, doubtful, notable, wording_of
from reports.fairness.subject import Subject
from reports.fairness.tables import begun, ended, figures, numbers, percents, sure, texts
from reports.fairness.wording import whole
from reports.ranking.layout import Book
from rubrics.messages.outgoing import outgoing

_CHANGES: Final = {"more": "加一成", "less": "减一成", "dropped": "去掉"}


def rubric_sheets(book: Book, subject: Subject) -> None:
    """Writes the sheets, the one of what more would buy first."""
    _buying(book, subject)
    _items(book, subject)
    _repeats(book, subject)
    _weights(book, subject)
    _moves(book, subject)
    _rests(book, subject)


def _buying(book: Book, subject: Subject) -> None:
    heads = ("细则", "每校去几次", "每次几份表", "现在", "总分的误差（分）", "比较学校的误差（分）",
             "G 系数", "Φ 系数")  # fmt: skip
    note = (
        "概化分析（Brennan 2001）：照这样派人，总分的标准误大约多少。每次换别的人去。"
        "G 系数看学校之间的高低，Φ 系数看分数本身，1 为没有误差。不含问卷抽样的误差。"
    )
    sheet, row = begun(book, subject, "多派人多去几次", (36, 11, 11, 8, *[14.0] * 4), heads, note)
    for one in subject.measured.rubrics.values():
        held = one.study.buying
        for plan in held.study.plans:
            row += 1
            texts(sheet, row, 0, (one.rubric.title,))
            numbers(sheet, row, 1, (plan.visits, plan.inspectors))
            texts(sheet, row, 3, ("√" if plan == held.now else "",))
            figures(sheet, row, 4, (plan.error, plan.relative**0.5))
            sure(sheet, row, 6, (plan.g, plan.phi))
    ended(sheet, row, "无从知道：没有两份可以相比的表，见“无从知道的”。")


def _items(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "指标", "名称", "分值", "写法", "查了的学校", "失分的学校", "平均得分率",
        "和其余各项的相关", "区间下限", "区间上限", "值得看一看",
    )  # fmt: skip
    note = (
        "相关：一所学校这一项的得分率和其余各项的得分率是不是同高同低，−1 到 1；"
        "不到 10 所学校的不算。"
        "没有学校失分的分不出高低，学校都失分的也许要求过高，和其余相反的请看写法和方向。"
    )
    widths = (24, 8, 28, 8, 52, 9, 9, 10, 10, 9, 9, 14)
    sheet, row = begun(book, subject, "指标的作用", widths, heads, note, frozen=3)
    for one in subject.measured.rubrics.values():
        items = {item.id: item for item in one.rubric.indicators}
        for study in one.study.items:
            row += 1
            item = items[study.indicator]
            texts(sheet, row, 0, (one.rubric.title, item.id, outgoing(item.title)))
            sheet.number(row, 3, float(item.points), "cell", "centre")
            texts(sheet, row, 4, (wording_of(one, item),))
            numbers(sheet, row, 5, (study.schools,))
            if subject.withheld(one, item.id, study.schools):
                texts(sheet, row, 6, ["—"] * 5 + [""])
                continue
            numbers(sheet, row, 6, (study.losing,))
            percents(sheet, row, 7, (study.mean,))
            sure(sheet, row, 8, (study.rest.value, study.rest.low, study.rest.high))
            texts(sheet, row, 11, (notable(study),))
    ended(sheet, row)


def _repeats(book: Book, subject: Subject) -> None:
    heads = ("细则", "指标", "名称", "写法", "指标", "名称", "写法", "说明")
    note = "两项得分率几乎同高同低（相关 0.8 以上才列），可以看看是不是一件事扣了两次。"
    widths = (24, 8, 26, 40, 8, 26, 40, 30)
    sheet, row = begun(book, subject, "互相重复的指标", widths, heads, note)
    for one in subject.measured.rubrics.values():
        for doubt in doubtful(one):
            if doubt.short == REPEATED:
                row += 1
                told = [
                    text
                    for item in doubt.indicators
                    for text in (item.id, outgoing(item.title), wording_of(one, item))
                ]
                texts(sheet, row, 0, (one.rubric.title, *told, doubt.words))
    ended(sheet, row, "没有互相重复的指标，或者学校太少看不出来。")


def _weights(book: Book, subject: Subject) -> None:
    heads = ("细则", "一级指标", "名称", "名义上占（满分）", "实际占（学校差距）", "相差")
    note = (
        "实际占：学校总分拉开的差距里，这个一级指标占多少（Guilford 1954），合计 100%；"
        "负数是和总分反着来。只算参加排名的学校。"
    )
    sheet, row = begun(book, subject, "一级指标的作用", (36, 10, 40, 16, 16, 12), heads, note)
    for one in subject.measured.rubrics.values():
        titles = {it.id: it.title for it in one.rubric.dimensions}
        nominal = whole([it.nominal for it in one.study.weights])
        effective = whole([it.effective for it in one.study.weights])
        for it, said, real in zip(one.study.weights, nominal, effective, strict=True):
            row += 1
            texts(sheet, row, 0, (one.rubric.title, it.dimension, outgoing(titles[it.dimension])))
            percents(sheet, row, 3, (said, real, real - said))
    ended(sheet, row)


def _moves(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "改哪一项", "名称", "怎样改", "名次变了的学校", "最多变几名", "变得最多的学校",
        "掉出前十名的",
    )  # fmt: skip
    note = (
        "把一项的权重加减一成，或者去掉一项，按原来的办法重新计分排名，名次会变多少。"
        "同分先比什么不算在内。"
    )
    widths = (32, 9, 36, 9, 12, 11, 32, 12)
    sheet, row = begun(book, subject, "名次和权重", widths, heads, note, frozen=3)
    for one in subject.measured.rubrics.values():
        rubric = one.rubric
        titles = {it.id: it.title for it in rubric.indicators}
        titles |= {it.id: it.title for it in rubric.dimensions}
        schools = one.sheets.ratings.schools
        for it in one.study.moves:
            row += 1
            texts(sheet, row, 0, (rubric.title, it.what, outgoing(titles[it.what])))
            texts(sheet, row, 3, (_CHANGES[it.change],))
            numbers(sheet, row, 4, (it.moved, it.farthest))
            texts(sheet, row, 6, (outgoing(schools[it.school].name) if it.school >= 0 else "—",))
            numbers(sheet, row, 7, (it.left_first,))
    ended(sheet, row)


def _rests(book: Book, subject: Subject) -> None:
    heads = ("细则", "占什么", "靠督学判断", "群众投票", "靠事实")
    note = (
        "满分、失分、学校总分的差距、同去的人总分的相差，各有多少靠督学判断（评等级、酌情给分等）、"
        "群众投票、事实（数出来、量出来、有没有）；每行合计 100%。"
        "一项里分几部分的，按各部分的分值分摊。"
    )
    sheet, row = begun(book, subject, "靠判断的分", (40, 24, *[16.0] * 3), heads, note)
    for one in subject.measured.rubrics.values():
        held = one.study.rests
        for name, own in (
            ("满分", held.before),
            ("失分", held.lost),
            ("学校差距", held.schools),
            ("同去的人相差", held.inspectors),
        ):
            row += 1
            texts(sheet, row, 0, (one.rubric.title, name))
            shares = [float(it) for it in (own.judgement, own.others, own.facts)]
            percents(sheet, row, 2, whole(shares))
    ended(sheet, row)
