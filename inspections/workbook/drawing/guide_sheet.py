"""Draws the first sheet, 填表说明: how to fill the workbook, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from inspections.round.round import Round
from inspections.round.school import School
from inspections.workbook.drawing.template import Style, mark
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.layout import HEADER_ROW
from inspections.workbook.form.row_texts import KEY_MARK, LINE_MARK, line_count
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import subject_of
from rubrics.language.subject import Words
from rubrics.messages.outgoing import outgoing

GUIDE_TITLE = "填表说明"
_HEADINGS = ("序号", "学校（点一下打开检查表）", "细则", "次别")
_DETAILS = "名册所记"
_WIDTHS = (6, 32, 42, 11)
_DETAILS_WIDTH = 36
_FIRST_SHEET_ROW = 14

_STEPS = """\
只填浅黄色的格子，其余已锁定；行高、列宽可以调。不要增删行列、改动编号、复制工作表。
先填表头：同行督学、到校和离校时间、陪同人员及职务、检查日期。{least}。
逐行填“填写”一栏：数不带单位；时刻写 8:20；有、符合选 √，没有、不完全符合选 ×。
“状态”一般不用选，填了数就算已查。扣分项没有发现问题的选“已查”；没有查的留空或选“未查”，\
不等于 0 分；确实不涉及的选“合理缺项”（下拉框里有才行），并在备注写理由。
一个部分都看过，没有填的各项都符合的，在该部分标题行的“其余全部符合”选 √，不用逐项填；要填数、\
评等、评分的项，选了也不算已查，仍要逐项填；符合也要有佐证材料的项，仍要填佐证文件名，否则列为待核。
扣了分的，写清问题事实（时间、地点、情况）和佐证文件名；没有佐证的扣分列为待核。\
不要写学生、家长、举报人的姓名。
照片连同检查表一起交，文件名照写（IMG_0012.jpg），或者让文件名以指标编号开头（A3-1.jpg）；也可以\
直接贴在该项的行里。纸质材料写名称，不写后缀；写了后缀、照片、IMG 之类而没有交文件的，不作佐证。
格子变红是填错了，变橙是还缺内容，灰色是本校不适用。{key} 是关键项，{line} 是红线，请慎重核对。
得分由公式现算，供现场核对，以汇总结果为准。离校前在“现场反馈单”上点打印（只打印这一张；写着续下页的，连“续页”一起），\
双方签字，学校留一份；当场改正、封存、停用、抽样的，填在检查表最右边的“当场处理”。填完保存、打印签字，交回电子表；文件名不限。
"""


def guide_headings(words: Words) -> tuple[str, ...]:
    """Returns the headings of the list of sheets; the last one where rosters tell more."""
    said = tuple(map(words.said, _HEADINGS))
    return (*said, _DETAILS) if words.subject.columns else said


def details_text(school: School) -> str:
    """Returns what a roster says of a school, for whoever inspects it."""
    return outgoing("；".join(f"{name}：{text}" for name, text in school.details.items() if text))


def guide_steps(least: str, words: Words) -> list[str]:
    """Returns the steps of the guide, each with its number."""
    steps = words.said(_STEPS.format(least=least, key=KEY_MARK, line=LINE_MARK)).splitlines()
    return [f"{number}. {text}" for number, text in enumerate(steps, 1)]


def draw_guide(
    sheet: Worksheet, style: Style, settings: Round, least: str, count: int, words: Words
) -> None:
    """Draws the guide of a workbook with ``count`` visit sheets, to be named later.

    ``least``: how many inspectors make a visit, as :func:`least_text` says it.
    """
    headings = guide_headings(words)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.7)
    sheet.merge_range("A1:D1", GUIDE_TITLE, style("guide_title"))
    sheet.merge_range("A2:D2", f"{settings.bureau}　{settings.title}", style("guide_subtitle"))
    sheet.set_row(0, 36)
    sheet.set_row(1, 24)
    for row, text in enumerate(guide_steps(least, words), 2):
        sheet.merge_range(row, 0, row, 3, text, style("guide"))
        sheet.set_row(row, 17 * line_count(text, sum(_WIDTHS) + 4, 11) + 7)
    if len(headings) > len(_WIDTHS):
        sheet.set_column(len(_WIDTHS), len(_WIDTHS), _DETAILS_WIDTH)
    for column, text in enumerate(headings):
        sheet.write_string(_FIRST_SHEET_ROW - 2, column, text, style("guide_header"))
    for number in range(1, count + 1):
        row = _FIRST_SHEET_ROW - 2 + number
        sheet.write_number(row, 0, number, style("guide_table"))
        sheet.write_url(row, 1, f"internal:{mark(_target(number))}", style("link"), "?")
        for column in range(2, len(headings)):
            sheet.write_blank(row, column, None, style("guide_table"))
        sheet.set_row(row, 20 if len(headings) == len(_WIDTHS) else 48)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def least_text(rubrics: Sequence[Rubric]) -> str:
    """Returns how many inspectors make a visit under the rubrics of one workbook."""
    least = {rubric.title: rubric.visit.min_inspectors for rubric in rubrics}
    if len(set(least.values())) == 1:
        return f"一次检查至少要有 {next(iter(least.values()))} 名督学"
    each = "，".join(f"《{title}》{count} 名" for title, count in least.items())
    return f"一次检查至少要有几名督学，各细则不同：{each}"


def guide_values(specs: Sequence[SheetSpec], rubrics: Mapping[str, Rubric]) -> dict[str, str]:
    """Returns what the guide says of every sheet, by the name of the cell."""
    values: dict[str, str] = {}
    listed = subject_of(rubrics.values()).columns
    for row, spec in enumerate(specs, _FIRST_SHEET_ROW):
        rubric = rubrics[spec.rubric]
        values[f"B{row}"] = spec.school.name
        values[f"C{row}"] = f"{rubric.title} {rubric.version} 版"
        values[f"D{row}"] = spec.occasion
        if listed:
            values[f"E{row}"] = details_text(spec.school)
    return values


def guide_words(names: Sequence[str]) -> dict[str, str]:
    """Returns where the guide's links lead to: the top of the sheets with these names."""
    return {
        _target(number): "'" + name.replace("'", "''") + f"'!A{HEADER_ROW + 1}"
        for number, name in enumerate(names, 1)
    }


def _target(number: int) -> str:
    return f"表{number}"
