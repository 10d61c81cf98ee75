"""What a cell shows on the screen, where that is not what the file holds."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from inspections.round.opened import OpenRound
from inspections.workbook.form.layout import Column
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.conftest import Convert, InOffice
from tests.inspections.small_round import entry_cell, spec, write
from tests.inspections.workbook.programs import Parts, excel, packed, parts_of, strict
from tests.inspections.workbook.test_programs import read, values, visit, with_cell, with_format


def told(record: WorkbookRecord, cell: str) -> list[tuple[str, str, str]]:
    """Code, what is shown and what is held, of the problems at a cell."""
    found = []
    for item in record.problems:
        if item.place.cell == cell:
            params = dict(item.params)
            stored = params.get("stored", params.get("value", ""))
            found.append((item.code, str(params.get("shown", "")), str(stored)))
    return found


def rich(cell: str, runs: str) -> str:
    return f'<c r="{cell}"{{s}} t="inlineStr"><is>{runs}</is></c>'


STRUCK, RAISED = "<rPr><strike/></rPr>", '<rPr><vertAlign val="superscript"/></rPr>'


@pytest.mark.parametrize(
    ("runs", "shown", "held"),
    [
        (f"<r><t>1</t></r><r>{RAISED}<t>2</t></r>", "“1²”", "12"),
        (f"<r>{STRUCK}<t>3</t></r><r><t>5</t></r>", "“5”（“3”有删除线）", "35"),
        (f"<r>{STRUCK}<t>3</t></r>", "空白（“3”有删除线）", "3"),
        ('<r><t>1</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>0</t></r>', "“1₀”", "10"),
    ],
)
@pytest.mark.parametrize("write_as", [packed, strict, excel])
def test_struck_and_shifted_letters_are_no_digits(
    of: OpenRound, genuine: Parts, runs: str, shown: str, held: str, write_as: object
) -> None:
    at = entry_cell(of, "A1.x")
    record = read(write_as(with_cell(genuine, at, rich(at, runs))), of)  # type: ignore[operator]
    assert told(record, at)[0] == ("entry-shown", shown, held)
    others = values(read(packed(genuine), of))
    assert "A1.x" in others and "A1.x" not in values(record)


@pytest.mark.parametrize(
    "runs",
    [
        "<r><t>1</t></r><r><rPr><b/></rPr><t>2</t></r>",
        '<r><rPr><strike val="0"/></rPr><t>12</t></r>',
        '<r><rPr><vertAlign val="baseline"/></rPr><t>1</t></r><r><t>2</t></r>',
        f"<r><t>12</t></r><r>{STRUCK}<t> </t></r>",
        f"<r>{RAISED}<t>12</t></r>",
        '<t>12</t><rPh sb="0" eb="1"><t>3</t></rPh>',
        '<t xml:space="preserve"> 12 </t>',
    ],
)
def test_letters_that_all_count_are_read(of: OpenRound, genuine: Parts, runs: str) -> None:
    at = entry_cell(of, "A1.x")
    for written in (packed, strict):
        record = read(written(with_cell(genuine, at, rich(at, runs))), of)
        assert told(record, at) == []
        assert values(record)["A1.x"] == 12


def struck_style(parts: Parts, cell: str, value: str) -> Parts:
    """A number in a cell whose style strikes all of it."""
    styles = parts["xl/styles.xml"].decode()
    fonts = len(re.findall(r"<font>|<font ", styles.partition("</fonts>")[0]))
    looks = len(re.findall(r"<xf ", re.findall(r"<cellXfs.*?</cellXfs>", styles, re.DOTALL)[0]))
    styles = styles.replace("</fonts>", "<font><strike/></font></fonts>")
    look = f'<xf numFmtId="0" fontId="{fonts}" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    styles = styles.replace("</cellXfs>", look)
    made = with_cell(parts, cell, f'<c r="{cell}" s="{looks}"><v>{value}</v></c>')
    return made | {"xl/styles.xml": styles.encode()}


def test_a_cell_struck_as_a_whole_shows_nothing(of: OpenRound, genuine: Parts) -> None:
    at = entry_cell(of, "A1.x")
    record = read(packed(struck_style(genuine, at, "3")), of)
    assert told(record, at)[0] == ("entry-shown", "空白（“3”有删除线）", "3")
    assert "A1.x" not in values(record)


@pytest.mark.parametrize("place", ["fault", "evidence", "remark", "state"])
def test_struck_words_are_not_read(of: OpenRound, genuine: Parts, place: str) -> None:
    column = Column[place.upper()]
    at = entry_cell(of, "A1", column)
    word = "未查" if place == "state" else "1.jpg"
    record = read(packed(with_cell(genuine, at, rich(at, f"<r>{STRUCK}<t>{word}</t></r>"))), of)
    assert told(record, at)[0] == ("entry-shown", f"空白（“{word}”有删除线）", word)
    seen = visit(record).observation("A1")
    assert seen is not None and word not in (seen.fault, *seen.evidence, seen.remark)
    # What was typed stays on record.
    assert word in [item.raw for item in record.sheets[0].typed if item.cell == at]


def test_square_metres_in_a_note_are_words(of: OpenRound, genuine: Parts) -> None:
    at = entry_cell(of, "A1", Column.FAULT)
    runs = f"<r><t>漏水10m</t></r><r>{RAISED}<t>2</t></r>"
    record = read(packed(with_cell(genuine, at, rich(at, runs))), of)
    assert told(record, at) == []


OTHER, ROUNDED = "entry-shown", "entry-hidden"


@pytest.mark.parametrize(
    ("address", "code", "value", "verdict", "shown"),
    [
        ("A1.x", '"5"', "0", OTHER, "“5”"),
        ("A1.x", ";;;", "5", OTHER, "空白"),
        ("A1.x", "0;-0;", "0", OTHER, "空白"),
        ("A1.x", '0"0"', "1", OTHER, "“10”"),
        ("A1.x", '"1"0', "2", OTHER, "“12”"),
        ("A1.x", '0"十"', "2", OTHER, "“2十”"),
        ("A1.x", "0,", "5000", OTHER, "“5”"),
        ("A1.x", '"无";"无";"无"', "3", OTHER, "“无”"),
        ("A1.x", "[>2]0;[<=2]\\1", "2", OTHER, "“1”"),
        ("A3.1", '0"."0', "130", OTHER, "“13.0”"),
        ("A3.1", '"-"0', "130", OTHER, "“-130”"),
        ("A3.1", "0.0", "130.26", ROUNDED, "130.3"),
        ("A3.1", "# ?/?", "130.3", ROUNDED, "130 2/7"),
        ("A3.1", "0.0E+00", "133", ROUNDED, "1.3E+02"),
        ("A6", "0%", "0.896", ROUNDED, "90%"),
        ("A6", '"95%"', "0", OTHER, "“95%”"),
        ("A5", '"√"', "0", OTHER, "“√”"),
        ("A5.none", '"否"', "1", OTHER, "“否”"),
        ("A7", "mm:ss", "0.0055555555555", OTHER, "“08:00”"),
        ("A7", '"8:20"', "0.5", OTHER, "“8:20”"),
        ("A7", "yyyy/m/d", "46086.35", OTHER, "“2026/3/5”"),
        ("K4", '"2026年3月"d"日"', "46080", OTHER, "“2026年3月27日”"),
        ("K4", 'yyyy"年"m"月"', "46086", OTHER, "“2026年3月”"),
        ("K4", "dd/mm/2025", "46086", OTHER, None),
        ("K3", '"9:00"', "0.35416666667", OTHER, "“9:00”"),
        # What says the same in other words.
        ("A1.x", '"共"0"处"', "2", "", ""),
        ("A1.x", '0_);(0)', "2", "", ""),
        ("A1.x", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "", ""),
        ("A1.x", "0.00E+00", "2", "", ""),
        ("A1.x", "[DBNum1][$-804]0", "2", "", ""),
        ("A3.1", "# ?/?", "130.5", "", ""),
        ("A3.1", "#,##0.00", "1300.5", "", ""),
        ("A5", '"√";;"×"', "1", "", ""),
        ("A5", '"√";;"×"', "0", "", ""),
        ("A7", 'h"时"mm"分"', "0.5", "", ""),
        ("A7", 'yyyy/m/d h:mm', "0.5", "", ""),
        ("A7", '[$-409]h:mm AM/PM', "0.5", "", ""),
        ("A7", '[h]:mm', "0.5", "", ""),
        ("K4", "dd/mm/yyyy", "46086", "", ""),
        ("K4", "mm/dd/yy", "46086", "", ""),
        ("K4", '[$-804]aaaa yyyy"年"m"月"d"日"', "46086", "", ""),
        ("K4", "d-mmm-yy", "46086", "", ""),
        ("K4", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "46086", "", ""),
        ("K3", 'yyyy-mm-dd hh:mm:ss', "0.35416666667", "", ""),
        ("K3", '上午/下午h"时"mm"分"', "0.35416666667", "", ""),
    ],
)  # fmt: skip
def test_formats_that_show_another_value(
    of: OpenRound,
    genuine: Parts,
    address: str,
    code: str,
    value: str,
    verdict: str,
    shown: str | None,
) -> None:
    at = address if address in ("K3", "K4") else entry_cell(of, address)
    parts = with_format(genuine, at, code, value)
    for written in (packed(parts), strict(parts)):
        record = read(written, of)
        found = [item for item in told(record, at) if item[0] in (OTHER, ROUNDED)]
        assert [item[0] for item in found] == ([verdict] if verdict else [])
        if verdict and shown is not None:
            assert found[0][1] == shown
        if address not in ("K3", "K4"):
            kept = [v for key, v in values(record).items() if key.rstrip(".") == address]
            assert (kept == []) == (verdict == OTHER)


def test_a_day_that_is_shown_otherwise_dates_no_visit(of: OpenRound, genuine: Parts) -> None:
    record = read(packed(with_format(genuine, "K4", '"2026-03-20"', "46086")), of)
    assert record.sheets[0].visit is None
    assert told(record, "K4") == [("entry-shown", "“2026-03-20”", "2026-03-05")]


def test_a_format_for_texts_changes_words(of: OpenRound, genuine: Parts) -> None:
    at = entry_cell(of, "A5")
    parts = with_format(genuine, at, ';;;"×"', "0")
    style = re.search(rf'<c r="{at}" s="(\d+)"', parts["xl/worksheets/sheet2.xml"].decode())
    assert style is not None
    cell = f'<c r="{at}" s="{style[1]}" t="inlineStr"><is><t>√</t></is></c>'
    record = read(packed(with_cell(parts, at, cell)), of)
    assert told(record, at)[0] == ("entry-shown", "“×”", "√")


@pytest.mark.parametrize(
    ("address", "old", "new", "verdict"),
    [
        ("A3.1", ">130<", ">180<", OTHER),
        ("A3.1", ">130<", "><", OTHER),
        ("A3.1", ">130<", ">130.0<", ""),
        ("A3.1", ">130<", ">130<office:annotation><text:p>7</text:p></office:annotation><", ""),
    ],
)
def test_the_text_beside_a_value_of_an_ods(
    of: OpenRound, genuine: Parts, soffice: Convert, tmp_path: Path,
    address: str, old: str, new: str, verdict: str,
) -> None:  # fmt: skip
    at = entry_cell(of, address)
    parts = with_cell(genuine, at, f'<c r="{at}"{{s}}><v>130</v></c>')
    (tmp_path / "表.xlsx").write_bytes(packed(parts))
    (saved,) = soffice(tmp_path / "表.xlsx", to="ods", into=tmp_path / "saved")
    made = parts_of(saved.read_bytes())
    content = made["content.xml"].decode()
    head, mark, tail = content.partition('office:value="130"')
    assert mark
    made["content.xml"] = (head + mark + tail.replace(old, new, 1)).encode()
    record = read(packed(made), of)
    assert [item[0] for item in told(record, at)] == ([verdict] if verdict else [])
    assert values(record).get("A3.1") == (None if verdict else Decimal(130))


FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
LOOKS: dict[str, tuple[str, dict[str, object], str]] = {
    "raised": ("A1.x", {"letters": "12", "raised": [1, 2]}, OTHER),
    "struck": ("A1.y", {"letters": "35", "struck": [0, 1]}, OTHER),
    "whole": ("A2", {"text": "1", "whole": True}, OTHER),
    "literal": ("A3.1", {"format": '"130"', "text": "12"}, OTHER),
    "thousands": ("A3.2", {"format": "0,", "text": "130000"}, OTHER),
    "rounded": ("A6", {"format": "0", "text": "89.96"}, ROUNDED),
    "blank": ("A4.have", {"format": ";;;", "text": "5"}, OTHER),
    "unit": ("A4.due", {"format": '0"人"', "text": "5"}, ""),
    "typed": ("A5", {"text": "√"}, ""),
    "time": ("A7", {"format": 'H"时"MM"分"', "text": "11:30"}, ""),
    "day": ("K4", {"format": "DD/MM/YY", "text": "2026-03-05"}, ""),
    "clock": ("K3", {"format": "H:MM AM/PM", "text": "8:30"}, ""),
}


@pytest.fixture(scope="module")
def looked(
    of: OpenRound, tmp_path_factory: pytest.TempPathFactory, in_office: InOffice
) -> dict[str, Path]:
    """Ending -> what LibreOffice saved of a workbook in which somebody changed how cells look."""
    folder = tmp_path_factory.mktemp("looked")
    source = write(of, folder / "表.xlsx", spec())
    paths = {ending: folder / f"存.{ending}" for ending in FILTERS}
    cells = {place(of, address): look for address, look, _ in LOOKS.values()}
    job = {
        "source": str(source),
        "sheet": "第一小学",
        "cells": cells,
        "save": [[str(path), FILTERS[ending]] for ending, path in paths.items()],
    }
    in_office(Path(__file__).with_name("look_in_office.py"), job, folder)
    return paths


def place(of: OpenRound, address: str) -> str:
    return address if address in ("K3", "K4") else entry_cell(of, address)


@pytest.mark.parametrize("ending", FILTERS)
def test_what_libreoffice_shows_is_known_in_every_kind_of_file(
    of: OpenRound, looked: dict[str, Path], ending: str
) -> None:
    record = read(looked[ending].read_bytes(), of)
    found = {
        name: next(
            (code for code, _, _ in told(record, place(of, at)) if code in (OTHER, ROUNDED)), ""
        )
        for name, (at, _, _) in LOOKS.items()
    }
    assert found == {name: verdict for name, (_, _, verdict) in LOOKS.items()}
