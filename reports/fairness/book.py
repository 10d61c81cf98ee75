"""公平性分析.xlsx: every figure of the analysis, and every cell that is worth a second look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.fairness.checks import Check
from reports.fairness.graded_sheets import graded_sheets
from reports.fairness.rubric_sheets import rubric_sheets
from reports.fairness.strictness import TOLERATED, called
from reports.fairness.subject import Subject
from reports.fairness.tables import begun, ended, figures, numbers, percents, sure, texts
from reports.ranking.layout import Book
from rubrics.messages.outgoing import outgoing


def fairness_book(subject: Subject, checks: Sequence[Check]) -> bytes:
    """Returns the workbook; the same round gives the same bytes. ``checks``: of everybody."""
    book = Book(subject.opened.round, "评分公平性分析", subject.opened.words, subject.corrected)
    _checks(book, subject, checks)
    _agreement(book, subject)
    _indicators(book, subject)
    _severity(book, subject)
    graded_sheets(book, subject)
    _adjusted(book, subject)
    _places(book, subject)
    rubric_sheets(book, subject)
    _unknown(book, subject)
    return book.close()


def _checks(book: Book, subject: Subject, checks: Sequence[Check]) -> None:
    heads = ("情形", "填表人", "说明", "文件", "工作表", "单元格")
    note = (
        f"供局内参考，不公开。{subject.effect}一个单元格一行；只说明值得再看一眼，不说明谁有错。\n"
        f"{subject.measured.patterns.words}"
    )
    sheet, row = begun(book, subject, "请核对", (14, 22, 60, 46, 24, 12), heads, note)
    for one in checks:
        for place in one.cells or (None,):
            row += 1
            where = (place.file, place.sheet, place.cell) if place else ("", "", "")
            told = (one.kind, subject.people(one.inspectors), one.words, *map(outgoing, where))
            texts(sheet, row, 0, told)
    ended(sheet, row, "没有需要核对的。" if not checks else "")


def _agreement(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "几份表的检查", "表数", "填表人数", "一份表的误差（分）", "可靠程度 ICC(1,1)",
        "区间下限", "区间上限", "几份平均的可靠程度", "Krippendorff α", "说明",
    )  # fmt: skip
    note = (
        "同一次检查的几份表相比。误差：一份表的总分离同去几份的平均一般有多远。"
        "可靠程度：总分的差别里学校本身占多少，1 为完全一致；区间为 95%。"
    )
    sheet, row = begun(book, subject, "一致程度", (30, *[12.0] * 9, 14), heads, note)
    for one in subject.measured.rubrics.values():
        row += 1
        held = one.agreement
        single = held.total.single
        texts(sheet, row, 0, (one.rubric.title,))
        numbers(sheet, row, 1, (held.visits, held.records, held.inspectors))
        figures(sheet, row, 4, (held.error,))
        sure(sheet, row, 5, (single.value, single.low, single.high, held.total.average.value))
        sure(sheet, row, 9, (held.alpha.estimate.value,))
        texts(sheet, row, 10, (called(one),))
    ended(sheet, row)


def _indicators(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "指标", "名称", "几份表的检查", "得分相同的比例", "平均相差（分）",
        "ICC(1,1)", "Krippendorff α", "相差四分之一以上（次）", "照别的指标会有（次）",
        "校正后的 p", "请看写法",
    )  # fmt: skip
    note = (
        "同一次检查的几份表在各指标上一样不一样。打√的，相差大的次数比别的指标多得不像碰巧，"
        "请看写法是不是可以有两种理解。保密的指标、不到 5 次检查的，不列数。"
    )
    sheet, row = begun(book, subject, "各指标", (24, 8, 30, *[11.0] * 8, 10), heads, note)
    for one in subject.measured.rubrics.values():
        for item in one.agreement.indicators:
            row += 1
            texts(sheet, row, 0, (one.rubric.title, item.indicator.id, item.indicator.title))
            numbers(sheet, row, 3, (item.visits,))
            if subject.withheld(one, item.indicator.id, item.visits):
                texts(sheet, row, 4, ["—"] * 7 + [""])
                continue
            percents(sheet, row, 4, (item.same,))
            figures(sheet, row, 5, (item.apart,))
            sure(sheet, row, 6, (item.intraclass.single.value, item.alpha.estimate.value))
            numbers(sheet, row, 8, (item.widely,))
            figures(sheet, row, 9, (item.expected,))
            sure(sheet, row, 10, (item.chance,))
            texts(sheet, row, 11, ("√" if item.named else "",))
    ended(sheet, row)


def _severity(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "组", "代码", "填表人", "表数", "有人同去的", "偏严（分，负为偏松）", "标准误",
        "区间下限", "区间上限", "校正后的 p", "明显",
    )  # fmt: skip
    note = (
        "从一起去过的人里比出来：总分＝学校的情形－填表人的严＋其他。同一组里合计为 0，"
        "不同组没有一起去过同一所学校，不能相比；组里只有两人的，分不出是谁严谁松。"
        f"{TOLERATED}校正后的 p 是差别不比这大的人碰巧差这么多的机会。"
    )
    widths = (30, 6, 10, 18, *[11.0] * 7, 8)
    sheet, row = begun(book, subject, "谁严谁松", widths, heads, note)
    for one in subject.measured.rubrics.values():
        for it in one.severity.inspectors:
            row += 1
            known = subject.opened.roster.inspectors.get(it.inspector)
            texts(sheet, row, 0, (one.rubric.title,))
            numbers(sheet, row, 1, (it.island + 1,))
            texts(sheet, row, 2, (outgoing(it.inspector), outgoing(known.name) if known else ""))
            numbers(sheet, row, 4, (it.records, it.shared))
            figures(sheet, row, 6, (it.severity, it.error, it.low, it.high))
            sure(sheet, row, 10, (it.chance,))
            texts(sheet, row, 11, ("√" if it.named else "",))
    ended(sheet, row)


def _adjusted(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "学校", "公布的总分", "组", "各份表总分的平均", "去掉宽严以后", "相差", "标准误",
    )  # fmt: skip
    note = (
        "不是正式成绩，不公布，不用来排名、定等次。只说明如果都由宽严居中的人去看，总分大约会是多少；"
        "相差＝去掉宽严以后－各份表总分的平均。公布的总分另有加分、扣分、待核等，不一定等于平均。"
    )
    sheet, row = begun(
        book, subject, "去掉宽严以后", (30, 30, 14, 8, *[14.0] * 4), heads, note, frozen=2
    )
    for one in subject.measured.rubrics.values():
        schools = one.sheets.ratings.schools
        for it in one.severity.schools:
            row += 1
            texts(sheet, row, 0, (one.rubric.title, outgoing(schools[it.school].name)))
            figures(sheet, row, 2, (one.published[it.school],))
            if it.island < 0:
                texts(sheet, row, 3, ("—",))
            else:
                numbers(sheet, row, 3, (it.island + 1,))
            apart = round(it.adjusted, 2) - round(it.raw, 2)
            figures(sheet, row, 4, (it.raw, it.adjusted, apart, it.error))
    ended(sheet, row)


def _places(book: Book, subject: Subject) -> None:
    heads = (
        "细则", "组", "学校", "总分", "误差（标准误）", "名次", "真实名次 自", "至",
        "各校同时 自", "至", "在前十名的机会", "在末十名的机会",
    )  # fmt: skip
    note = (
        "真实名次：把测得的误差算进去，名次有九成把握落在自、至之间；各校同时：全组一起都落在里面。"
        "误差里没有包括的，见“无从知道的”。"
    )
    sheet, row = begun(book, subject, "名次把握", (28, 16, 28, *[10.0] * 9), heads, note, frozen=3)
    for one in subject.measured.rubrics.values():
        for group in one.groups:
            held = group.ranks
            if held is None:
                continue
            errors = held.errors.standard_error
            for place in sorted(range(len(held.rank)), key=lambda at: int(held.rank[at])):
                row += 1
                school = one.sheets.ratings.schools[int(group.schools[place])]
                texts(sheet, row, 0, map(outgoing, (one.rubric.title, group.group, school.name)))
                figures(sheet, row, 3, (float(held.totals[place]), float(errors[place])))
                whole = (held.rank, held.low, held.high, held.joint_low, held.joint_high)
                numbers(sheet, row, 5, (int(ranks[place]) for ranks in whole))
                percents(sheet, row, 10, (float(held.first[place]), float(held.last[place])))
    ended(sheet, row, "名次有多大把握无从知道，见“无从知道的”。")


def _unknown(book: Book, subject: Subject) -> None:
    heads = ("情形", "细则", "填表人", "为什么，怎样就能知道")
    sheet, row = begun(book, subject, "无从知道的", (18, 26, 26, 80), heads)
    for told in _all_unknown(subject):
        row += 1
        texts(sheet, row, 0, told)
    ended(sheet, row, "没有。")


def _all_unknown(subject: Subject) -> Iterator[tuple[str, str, str, str]]:
    rubrics = subject.measured.rubrics
    for one in rubrics.values():
        for why, remedy in zip(one.error.unknown, one.error.remedy, strict=True):
            lacking = "名次把握" if one.error.errors is None else "误差里没有包括"
            yield lacking, one.rubric.title, "", f"{why}。{remedy}"
        apart = [own for own in one.severity.islands if len(own) > 1]
        if len(apart) > 1:
            why = f"填表人分成 {len(apart)} 组，从来没有一起去过同一所学校，组和组不能相比。"
            yield "谁严谁松", one.rubric.title, "", f"{why}让各组换人搭配几次，就能知道。"
        alone = [own[0] for own in one.severity.islands if len(own) == 1]
        if alone:
            why = "没有人同去另填一份表，谁严谁松无从比较。安排两人同去、各填一份，就能知道。"
            yield "谁严谁松", one.rubric.title, subject.people(alone), why
        if not one.facets.found and one.facets.indicators:
            yield "等级题", one.rubric.title, "", "评等级一类的指标太少或者几乎都一样，算不出来。"
    for pattern in subject.measured.patterns.unknown:
        title = rubrics[pattern.rubric].rubric.title if pattern.rubric in rubrics else ""
        people = subject.people(pattern.inspectors)
        yield pattern.kind.value, title, people, outgoing(pattern.words)
