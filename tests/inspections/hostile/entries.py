"""What can stand in and around the entries of a sheet that is a workbook all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from inspections.round.opened import OpenRound
from inspections.workbook.form.layout import Column
from tests.inspections.hostile.case import (
    SHEET,
    Case,
    Make,
    cell_xml,
    in_openpyxl,
    repacked,
    workbook,
    xml,
)
from tests.inspections.small_round import entry_cell, small_round

LOST = "entry-lost"
UNREADABLE = [("workbook-unreadable", "")]
X, Y, A6 = (entry_cell(small_round(Path()), address) for address in ("A1.x", "A1.y", "A6"))


def _row(cell: str) -> int:
    return int("".join(filter(str.isdigit, cell)))


def _edit(change: Callable[[str], str], part: str = SHEET) -> Make:
    def make(of: OpenRound, path: Path) -> None:
        xml(workbook(of, path), change, part)

    return make


def _cell(content: str, at: str = X) -> Make:
    return _edit(cell_xml(at, content))


def _saved(change: Callable[[Worksheet], None]) -> Make:
    """Opened and saved by another program, as an office program does."""

    def make(of: OpenRound, path: Path) -> None:
        in_openpyxl(workbook(of, path), change)

    return make


def _macros(of: OpenRound, path: Path) -> None:
    made = repacked(workbook(of, path), lambda _, old: old, {"xl/vbaProject.bin": b"\xd0\xcf"})
    made.rename(path.with_suffix(".xlsm"))


def _beyond(of: OpenRound, path: Path) -> None:
    """A shared text whose number has more digits than any reader holds."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{main}"><si><t>甲</t></si></sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    added = {
        "[Content_Types].xml": f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationship Id="rShared" Type="{link}" Target="sharedStrings.xml"/>'
        ),
    }
    far = '<c r="K8" t="s"><v>99999999999999999999</v></c>'

    def edit(name: str, old: bytes) -> bytes:
        text = re.sub(r'<c r="K8"[^>]*>.*?</c>', far, old.decode()) if name == SHEET else ""
        if name in added:
            head, mark, tail = old.decode().rpartition("</")
            text = head + added[name] + mark + tail
        return text.encode() if text else old

    repacked(workbook(of, path), edit, {"xl/sharedStrings.xml": shared.encode()})


def _linked(of: OpenRound, path: Path) -> None:
    made = workbook(of, path)
    xml(made, cell_xml(X, f'<c r="{X}"{{s}}><f>别处</f><v>0</v></c>'))
    repacked(made, lambda _, old: old, {"xl/externalLinks/externalLink1.xml": b"<x/>"})


def _hidden_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[_row(X)].hidden = True
    sheet.column_dimensions["K"].hidden = True


def _hidden_sheet(of: OpenRound, path: Path) -> None:
    path = workbook(of, path)
    book = openpyxl.load_workbook(path)
    book.worksheets[1].sheet_state = "veryHidden"
    book.active = 0
    book.save(path)


def _under_our_name(of: OpenRound, path: Path) -> None:
    path = workbook(of, path)
    book = openpyxl.load_workbook(path)
    del book["填表说明"]
    book.worksheets[0].title = "填表说明"
    book.save(path)


def _inserted(sheet: Worksheet) -> None:
    """Three rows put in above the second question, as Excel does it, merges and all."""
    merged = [item.coord for item in sheet.merged_cells.ranges if item.min_row >= _row(Y)]
    for coord in merged:
        sheet.unmerge_cells(coord)
    sheet.insert_rows(_row(Y), 3)


def _deleted(sheet: Worksheet) -> None:
    sheet.delete_rows(_row(Y))


def _sorted(sheet: Worksheet) -> None:
    """The table sorted by its last column: all rows upside down."""
    first, last = 7, 26
    for coord in [item.coord for item in sheet.merged_cells.ranges if item.min_row >= first]:
        sheet.unmerge_cells(coord)
    held = [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]
    for row, values in zip(sheet.iter_rows(first, last), reversed(held), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value


def _title(sheet: Worksheet) -> None:
    sheet.cell(_row(X) - 1, Column.TITLE + 1).value = "环境卫生"


def _points(sheet: Worksheet) -> None:
    sheet.protection.sheet = False
    sheet.cell(_row(X) - 1, Column.POINTS + 1).value = 40


def _score(sheet: Worksheet) -> None:
    sheet.protection.sheet = False
    sheet.cell(_row(X) - 1, Column.SCORE + 1).value = 4


def _value(value: object, form: str | None = None, at: str = X) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[at] = value
        if form:
            sheet[at].number_format = form

    return change


def _merge(cells: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells(cells)

    return change


def _coloured(sheet: Worksheet) -> None:
    sheet[X].fill = PatternFill("solid", "FF0000")


def _formula(text: str, result: str = "<v>0</v>", kind: str = "") -> Make:
    return _cell(f'<c r="{X}"{{s}}{kind}><f>{text}</f>{result}</c>')


def _identity(text: str) -> str:
    before, text = text.split('<c r="N1" t="inlineStr"><is><t xml:space="preserve">')
    held, text = text.split("</t></is></c>", 1)
    return f'{before}<c r="N1" t="str"><f>A1</f><v>{held}</v></c>{text}'


def _prefixed(text: str) -> str:
    text = text.replace("<worksheet ", f'<worksheet xmlns:x="{_MAIN}" ')
    return cell_xml(X, f'<x:c r="{X}"><x:v>5</x:v></x:c>')(text)


def _elsewhere(text: str) -> str:
    row = f'<row r="1"><c r="{X}"><v>7</v></c></row>'
    return text.replace("<sheetData>", f"<sheetData>{row}")


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ADDRESS = f"A{_row(X)}"
ALTERED = [("sheet-altered", "")]
ONE = [(LOST, X)]
THREE, TWO = {"A1.x": Decimal(3)}, {"A1.x": Decimal(2)}
ONLY_X, BOTH = TWO | {"A1.y": None}, TWO | {"A6": Decimal(99)}
_NET = 'WEBSERVICE("http://x")'
_DDE = "cmd|'/c calc'!A1"
_NAMED = f'<c r="{_ADDRESS}" t="str"><f>"A1.x"</f><v>A1.x</v></c>'

CASES = (
    Case("#REF! 在填写格", _cell(f'<c r="{X}"{{s}} t="e"><v>#REF!</v></c>'), ONE, True),
    Case(
        "#DIV/0! 在公式里",
        _cell(f'<c r="{X}"{{s}} t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        ONE,
        True,
    ),
    Case("没有算过的公式", _formula("1+1", ""), ONE, True),
    Case(
        "有结果的公式",
        _cell(f'<c r="{X}"{{s}}><f>1+2</f><v>3</v></c>'),
        (),
        True,
        THREE,
    ),
    Case("公式引用别的文件", _cell(f'<c r="{X}"{{s}}><f>[1]表!A1</f><v>0</v></c>'), ONE, True),
    Case("公式经名称引用别的文件", _linked, ONE, True),
    Case(
        "公式 DDE",
        _cell(f"<c r=\"{X}\"{{s}}><f>cmd|'/c calc'!A1</f><v>0</v></c>"),
        ONE,
        True,
    ),
    Case(
        "公式取自网络",
        _cell(f'<c r="{X}"{{s}}><f>WEBSERVICE("http://x")</f><v>0</v></c>'),
        ONE,
        True,
    ),
    Case(
        "A 列编号是公式",
        _cell(f'<c r="A{_row(X)}" t="str"><f>"A1.x"</f><v>A1.x</v></c>', f"A{_row(X)}"),
        ALTERED,
    ),
    Case(
        "身份格是公式",
        _edit(
            lambda t: t.replace(
                '<c r="N1" t="inlineStr"><is><t xml:space="preserve">',
                '<c r="N1" t="str"><f>A1</f><v>',
            ).replace('</t></is></c></row><row r="2"', '</v></c></row><row r="2"')
        ),
        ALTERED,
    ),
    Case("有宏的 .xlsm", _macros, (), True),
    Case("隐藏的行和列里有填写", _saved(_hidden_rows), (), True, TWO),
    Case("隐藏的工作表里有填写", _hidden_sheet, [("sheet-hidden", "")], True),
    Case("检查表改名为“填表说明”", _under_our_name, (), True, TWO),
    Case("插入三行", _saved(_inserted), (), True, BOTH),
    Case(
        "删去一行",
        _saved(_deleted),
        [("row-missing", f"A{_row(Y)}")],
        True,
        ONLY_X,
    ),
    Case(
        "按行倒排",
        _saved(_sorted),
        [("entry-not-understood", "H23")],
        True,
        BOTH,
    ),
    Case("改了指标文字", _saved(_title), [("entry-misplaced", f"B{_row(X) - 1}")], True),
    Case(
        "改了分值（表上 40，细则 4）",
        _saved(_points),
        [("points-altered", f"C{_row(X) - 1}")],
        True,
    ),
    Case("得分公式改成了数", _saved(_score), [("score-altered", f"J{_row(X) - 1}")], True),
    Case("文本格式的数", _saved(_value("3")), (), True, THREE),
    Case(
        "日期当数",
        _saved(_value(date(2026, 3, 5), at=A6)),
        [("entry-not-understood", A6)],
        True,
        {"A6": None},
    ),
    Case(
        "数的格式是日期",
        _saved(_value(3, "yyyy-mm-dd")),
        [("entry-not-understood", X)],
        True,
        {"A1.x": None},
    ),
    Case("负的到校时间", _cell('<c r="K3"{s}><v>-0.5</v></c>', "K3"), [(LOST, "K3")], True),
    Case(
        "备注是无穷大的数",
        _cell('<c r="M8"{s}><v>1e999</v></c>', "M8"),
        [(LOST, "M8")],
        True,
    ),
    Case("到校时间不是数", _cell('<c r="K3"{s}><v>NaN</v></c>', "K3"), [(LOST, "K3")], True),
    Case(
        "两个填写格合并",
        _saved(_merge(f"{X}:{Y}")),
        [(LOST, Y)],
        True,
        ONLY_X,
    ),
    Case(
        "填写格与单位格合并",
        _saved(_merge(f"H{_row(X)}:I{_row(X)}")),
        (),
        True,
        TWO,
    ),
    Case("涂了颜色", _saved(_coloured), (), True, TWO),
    Case("同一格写了两次", _cell(f'<c r="{X}"><v>1</v></c><c r="{X}"><v>2</v></c>'), UNREADABLE),
    Case("格子里有控制符", _cell(f'<c r="{X}" t\x01"s"><v>3</v></c>'), UNREADABLE),
    Case("共用文字的编号太大", _beyond, UNREADABLE),
    Case("一格里两个数", _cell(f'<c r="{X}"><v>1</v><v>2</v></c>'), UNREADABLE),
    Case("数里有注释", _cell(f'<c r="{X}"><v>1<!-- -->2</v></c>'), UNREADABLE),
    Case("数里有字符引用", _cell(f'<c r="{X}"><v>&#51;</v></c>'), (), True, THREE),
    Case("数在 CDATA 里", _cell(f'<c r="{X}"><v><![CDATA[5]]></v></c>'), UNREADABLE),
    Case("单引号属性", _cell(f"<c t='e' r='{X}'><v>#N/A</v></c>"), ONE, True),
    Case(
        "带前缀的元素",
        _edit(
            lambda t: t.replace(
                "<worksheet ",
                '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ',
            ).replace(f'<c r="{X}" s="24"><v>2</v></c>', f'<x:c r="{X}"><x:v>3</x:v></x:c>')
        ),
        (),
        True,
        THREE,
    ),
    Case(
        "单元格在别的行里",
        _edit(
            lambda t: t.replace(
                "<sheetData>", f'<sheetData><row r="1"><c r="{X}"><v>7</v></c></row>'
            )
        ),
        UNREADABLE,
    ),
)
