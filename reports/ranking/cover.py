"""The first sheet: what was inspected, how it was scored, how to read the rest, and where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from inspections.round.round import Period
from reports.ranking.group_sheet import GroupSheet
from reports.ranking.groups import Group, grade_names, why_left_out
from reports.ranking.layout import Book, Sheet
from reports.ranking.method import method_sentences
from reports.ranking.paging import print_to
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import outgoing
from scoring.results.corrected_words import corrected_note
from scoring.results.scores import RubricScores, Scores
from scoring.results.shown import heads_of

_TITLES = (
    "细则",
    "组别（点击打开）",
    "应查\n学校",
    "参加\n排名",
    "未排名",
    "不适用",
    "总分\n中位数",
    "最高分",
    "最低分",
    "等次分布",
)
_WIDTHS = (28.0, 22.0, 7.0, 7.0, 7.0, 7.0, 9.0, 9.0, 9.0, 43.0)
_LEFT_OUT = 7.0
"""How wide the column is of those to whom the plan sends nobody, where there are some."""
_COUNTS = 6
"""Behind this many columns it stands."""

_SIGNATURES = "　　　　　　　　　　　　".join(("制表：", "审核：", "签发：", "日期："))

_READING = (
    "总分就是公布的分数，排名以它为准。一级指标、应得分、实得分显示两位小数，单元格里保留四位。",
    "“等次为何受限”写明等次没有更高的原因。“评优资格”与分数分开，取消资格不影响得分。",
    "浅蓝为最高等次，浅橙为最低等次，灰为不评定。热力图颜色越深失分越多。",
    "“未查”“缺项”“待核”写成字，不是 0 分。“待核”是缺佐证或记录不一致，核定后分数可能变化。",
)


def cover(book: Book, left_out: str) -> Sheet:
    """Adds the sheet, first in the book; :func:`fill_cover` writes it when all else is known.

    ``left_out``: why the plan sends nobody to some schools; empty where it leaves out nobody.
    """
    *widths, last = _WIDTHS
    widths += [_LEFT_OUT, last - _LEFT_OUT] if left_out else [last]
    return book.sheet("概览", widths, "#1F4E79")


def inspectors(scores: Scores) -> set[str]:
    """Returns the names of those who inspected.

    To be asked first of all: schools and their records are then made together.
    """
    return {
        name
        for held in scores.rubrics.values()
        for school in held.schools
        for visit in school.visits
        for name in visit.inspectors
    }


def fill_cover(
    sheet: Sheet,
    scores: Scores,
    named: Collection[str],
    unknown: Collection[str],
    written: Mapping[str, Sequence[GroupSheet]],
    empty: Mapping[str, Sequence[Group]],
    others: Sequence[tuple[Sheet, str]],
) -> None:
    """Writes the cover.

    ``named``: the inspectors; ``unknown``: names that were typed and are not in the roster, which
    are not counted as inspectors; ``written``: the sheets of each rubric's groups; ``empty``:
    groups to which the rubric does not apply; ``others``: the further sheets, each with what it
    holds.
    """
    of = sheet.book.round
    sheet.across(0, f"{of.title}　排名表", "title", line=26, least=36)
    sheet.across(1, of.bureau, "subtitle", least=20)
    row = 2
    if not of.ranking.publish:
        sheet.across(row, "内部资料：本批次不公布名次", "subtitle", "strong")
        row += 1
    if note := corrected_note(scores):
        sheet.across(row, note, "subtitle", "strong")
        row += 1
    row = _section(sheet, row, "一、基本情况")
    for label, text in _facts(sheet, scores, named, unknown):
        sheet.text(row, 0, label, "label")
        sheet.across(row, text, "prose", first=1)
        row += 1
    row = _section(sheet, row, "二、各组结果")
    row = _table(sheet, row, scores, written, empty)
    row = _section(sheet, row, "三、怎样计分和排名")
    note = corrected_note(scores)
    row = _sentences(sheet, row, method_sentences(of, _rubrics(scores), corrected=note))
    row = _section(sheet, row, "四、怎样看这份表")
    row = _sentences(sheet, row, _READING)
    row = _section(sheet, row, "五、其他各表（点击打开）")
    for other, text in others:
        sheet.link(row, 0, other)
        sheet.across(row, text, "prose", first=1)
        row += 1
    # At the end, which is never alone on a page: below a table of many groups it may be.
    sheet.across(row, _SIGNATURES, least=32)
    print_to(sheet, row)


def _section(sheet: Sheet, row: int, title: str) -> int:
    sheet.across(row, title, "section", line=16, least=28)
    return row + 1


def _sentences(sheet: Sheet, row: int, sentences: Iterable[str]) -> int:
    for number, sentence in enumerate(sentences, 1):
        sheet.across(row, f"{number}. {sentence}", "prose")
        row += 1
    return row


def _rubrics(scores: Scores) -> list[Rubric]:
    return [held.rubric for held in scores.rubrics.values()]


def _facts(
    sheet: Sheet, scores: Scores, named: Collection[str], unknown: Collection[str]
) -> list[tuple[str, str]]:
    of = sheet.book.round
    of_schools = [s.visits for held in scores.rubrics.values() for s in held.schools]
    heads = [head for visits in of_schools for head in heads_of(visits)]
    schools = {s.school.id for held in scores.rubrics.values() for s in held.schools}
    visited = {head.key.school for head in heads}
    odd = sorted({*named} & {*unknown})
    people = f"{sheet.book.words.people} {len(named) - len(odd)} 名"
    if odd:
        people += f"，另有填写的 {len(odd)} 个姓名不在名册：{'、'.join(map(outgoing, odd))}"
    facts = [
        ("检查时间", _span(of.window)),
        ("考核期", _span(of.assessed)),
        ("细则", "；".join(f"{r.title}（{r.version} 版）" for r in _rubrics(scores))),
        ("学校", f"名册 {len(schools)} 所，已查 {len(visited)} 所{_left_out(scores)}"),
        ("检查记录", f"{len(heads)} 份，{people}"),
    ]
    if heads:
        last = max(head.day for head in heads)
        facts.append(
            ("数据截至", f"台账中收到的全部检查记录，最晚一次检查在{_day(last)}；此后收到的未计入")
        )
    if disputed := sum(bool(head.disputed) for head in heads):
        facts.append(("待定记录", f"{disputed} 份记录另有内容不同的一份，待核定，暂按先收到的计算"))
    if of.note:
        facts.append(("特别说明", of.note))
    return facts


def _left_out(scores: Scores) -> str:
    """How many schools the plan leaves out under all rubrics that apply to them."""
    statuses: dict[str, set[str]] = {}
    for held in scores.rubrics.values():
        for score in held.schools:
            statuses.setdefault(score.school.id, set()).add(score.status)
    count = sum(found - {"inapplicable"} == {"not_planned"} for found in statuses.values())
    return f"，{why_left_out(scores.rubrics.values())} {count} 所" if count else ""


def _table(
    sheet: Sheet,
    row: int,
    scores: Scores,
    written: Mapping[str, Sequence[GroupSheet]],
    empty: Mapping[str, Sequence[Group]],
) -> int:
    titles, why = list(_TITLES), why_left_out(scores.rubrics.values())
    if why:
        titles.insert(_COUNTS, why)
    for at, title in enumerate(titles):
        sheet.text(row, at, title, "cell", "head")
    row += 1
    for name, held in scores.rubrics.items():
        for item in written.get(name, ()):
            _group(sheet, row, held, item, left_out=bool(why))
            row += 1
        none = empty.get(name, ())
        for what, counts in (
            ("不适用", [(group.name, len(group.outside)) for group in none]),
            (why, [(group.name, len(group.left_out)) for group in none]),
        ):
            if said := "、".join(f"{group} {count} 所" for group, count in counts if count):
                sheet.text(row, 0, held.rubric.title, "cell", "wrap")
                sheet.across(row, f"{what}：{said}", "cell", "quiet", first=1)
                row += 1
    return row


def _group(sheet: Sheet, row: int, held: RubricScores, item: GroupSheet, *, left_out: bool) -> None:
    group, rubric = item.group, held.rubric
    totals = group.totals
    sheet.text(row, 0, rubric.title, "cell", "shrink")
    sheet.link(row, 1, item.sheet, "cell", text=group.name)
    counts = [group.schools, group.ranked, group.unranked, group.outside]
    counts += [group.left_out] if left_out else []
    for at, schools in enumerate(counts, 2):
        sheet.number(row, at, len(schools), "cell", "centre", "dash")
    for at, units in enumerate(
        (group.median, max(totals, default=None), min(totals, default=None)), 2 + len(counts)
    ):
        sheet.points(row, at, units, rubric.places, "cell")
    said = []
    for grade in grade_names(rubric, group.schools):
        if count := sum(school.grade == grade for school in group.schools):
            said.append(f"{grade} {count}")
    if without := sum(not school.grade for school in group.schools):
        said.append(f"未定 {without}")
    if group.open:
        said.append("（名次暂定）")
    sheet.text(row, sheet.last, "　".join(said), "cell", "wrap")


def _span(period: Period) -> str:
    return f"{_day(period.since)}至{_day(period.until)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
