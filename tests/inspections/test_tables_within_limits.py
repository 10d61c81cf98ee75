"""Rosters and rubric workbooks made to do harm: one clear message each, and no more memory."""

from __future__ import annotations

import io
import os
import resource
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from inspections.round.roster import read_inspectors, read_schools
from inspections.round.table import read_tables
from rubrics.apart import limits, once
from rubrics.messages.problems import Problem
from rubrics.tables import reading
from rubrics.tables.long_cells import LONGEST
from rubrics.tables.sheet import Sheet
from rubrics.workbook import import_workbook

SHEET = "xl/worksheets/sheet1.xml"
MB = 1 << 20


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another has read."""
    monkeypatch.setattr(reading, "_READ", {})


def book(path: Path, edit: Callable[[str], str | bytes] = lambda xml: xml) -> Path:
    """A roster of one school, with its sheet's part after an edit."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "名册"
    sheet.append(["学校代码", "学校名称"])
    sheet.append(["0101", "第一小学"])
    held = io.BytesIO()
    made.save(held)
    with zipfile.ZipFile(held) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in parts.namelist():
            data: str | bytes = parts.read(name)
            new.writestr(name, edit(data.decode()) if name == SHEET else data)
    return path


def rows(more: str) -> Callable[[str], str]:
    return lambda xml: xml.replace("</sheetData>", more + "</sheetData>")


def far(path: Path) -> Path:
    """In an order of attributes that no office program writes."""
    cell = '<row r="1048576"><c t="n" r = "XFD1048576"><v>1</v></c></row>'
    return book(path, rows(cell))


def long_text(path: Path, size: int = 1000 * MB) -> Path:
    with zipfile.ZipFile(book(path)) as parts:
        held = {name: parts.read(name).decode() for name in parts.namelist()}
    before, behind = held[SHEET].split("</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, text in held.items():
            if name != SHEET:
                new.writestr(name, text)
        with new.open(SHEET, "w", force_zip64=True) as part:
            part.write(before.encode() + b'<row r="3"><c r="A3" t="inlineStr"><is><t>')
            for _ in range(size // MB):
                part.write(b"x" * MB)
            part.write(b"</t></is></c></row></sheetData>" + behind.encode())
    return path


def lying(path: Path) -> Path:
    """The directory says that the part is small."""
    data = bytearray(long_text(path, 300 * MB).read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[at + 24 : at + 28] = (5000).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def many_cells(path: Path) -> Path:
    row = "".join("<c><v>1</v></c>" for _ in range(1000))
    return book(path, rows(f"<row>{row}</row>" * 1_500))


def entities(path: Path) -> Path:
    nested = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(12)
    )
    bomb = f"<!DOCTYPE worksheet [{nested}]>"
    cell = rows('<row r="3"><c r="A3" t="inlineStr"><is><t>&e11;</t></is></c></row>')
    return book(path, lambda xml: bomb + cell(xml[xml.index("<worksheet") :]))


def merged(path: Path) -> Path:
    spans = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return book(path, lambda xml: xml.replace("</sheetData>", "</sheetData>" + spans))


def encrypted(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    return path


def truncated(path: Path) -> Path:
    path.write_bytes(book(path).read_bytes()[:3000])
    return path


def renamed(path: Path) -> Path:
    path.write_text("这是一段文字，不是表格\n" * 1000)
    return path


def wide_text(path: Path) -> Path:
    path.write_bytes(b"a," * (2 * MB))
    return path


def quoted(path: Path) -> Path:
    path.write_bytes(b'"' + b"x" * (8 * MB))
    return path


BOMBS = [
    far,
    long_text,
    lying,
    many_cells,
    entities,
    encrypted,
    truncated,
    renamed,
    wide_text,
    quoted,
]


def peak() -> int:
    """The most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("made", BOMBS, ids=lambda made: made.__name__)
def test_a_bomb_is_one_message_and_costs_this_process_no_memory(
    tmp_path: Path, made: Callable[[Path], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    path = made(tmp_path / "名册.xlsx")
    before = peak()
    for read in (read_schools, read_inspectors):
        found, problems = read(path)
        assert not found
        assert [item.severity.value for item in problems] == ["error"], problems
        assert problems[0].place.file == str(path)
    rubric, problems = import_workbook(path)
    assert rubric is None
    assert [item.code for item in problems] == ["workbook-unreadable"]
    assert peak() - before < 200 * MB
    assert capfd.readouterr() == ("", "")


def test_a_merged_range_over_the_whole_sheet_is_no_heavier_than_the_sheet(tmp_path: Path) -> None:
    path = merged(tmp_path / "名册.xlsx")
    found, problems = read_schools(path)
    assert not found
    assert problems
    assert import_workbook(path)[0] is None


def test_ranges_that_lie_over_each_other_by_the_thousand_are_refused(tmp_path: Path) -> None:
    span = '<mergeCell ref="A1:XFD1048576"/>'
    more = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
    path = book(
        tmp_path / "名册.xlsx",
        lambda xml: rows(more * 200)(xml).replace(
            "</sheetData>", f"</sheetData><mergeCells>{span * 1000}</mergeCells>"
        ),
    )
    _, problems = read_tables(path)
    assert [item.code for item in problems] == ["table-unreadable"]
    assert "互相重叠" in problems[0].message


def said(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [
        (item.code, item.place.sheet, item.place.cell)
        for item in problems
        if item.code == "cell-too-long"
    ]


@pytest.mark.parametrize(("length", "told"), [(LONGEST, []), (LONGEST + 1, ["B2"])])
def test_a_cell_that_excel_could_not_hold_is_named(
    tmp_path: Path, length: int, told: list[str]
) -> None:
    path = book(
        tmp_path / "名册.xlsx",
        rows(f'<row r="3"><c r="B3" t="inlineStr"><is><t>{"学" * length}</t></is></c></row>'),
    )
    (table,), problems = read_tables(path)
    assert said(problems) == [("cell-too-long", "名册", "B3") for _ in told]
    assert len(str(table.rows[2][1])) == LONGEST
    text = tmp_path / "名册.csv"
    text.write_text(f"学校代码,学校名称\n0101,{'学' * length}\n")
    assert said(read_tables(text)[1]) == [("cell-too-long", "", cell) for cell in told]


def never(path: Path) -> list[Sheet]:
    del path
    while True:
        time.sleep(1)


def dying(path: Path) -> list[Sheet]:
    del path
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def greedy(path: Path) -> list[Sheet]:
    del path
    return [Sheet("", [[bytes(2 << 30)]])]


@pytest.mark.parametrize(
    ("work", "reason"),
    [(never, limits.LATE), (dying, limits.DIED), (greedy, limits.TOO_MUCH)],
)
def test_what_hangs_or_dies_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[Path], list[Sheet]],
    reason: str,
) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.3)
    monkeypatch.setattr(reading, "_sheets_of", work)
    _, problems = read_tables(book(tmp_path / "名册.xlsx"))
    assert [(item.code, reason in item.message) for item in problems] == [
        ("table-unreadable", True)
    ]


def refusing(text: str) -> str:
    raise reading.UnreadableError(text, 7)


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(reading.UnreadableError) as told:
        once.within_limits(refusing, "不行")
    assert (str(told.value), told.value.line) == ("不行", 7)


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_it_works_however_a_system_starts_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("this system has no such way")
    monkeypatch.setattr(once, "cheap", lambda: multiprocessing.get_context(method))
    found, problems = read_schools(book(tmp_path / "名册.xlsx"))
    assert ([row.school.id for row in found], problems) == (["0101"], [])


def test_a_file_that_is_too_large_is_not_said_to_be_as_large_as_may_be(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    with path.open("wb") as file:
        file.truncate(300 * MB)
    _, problems = read_schools(path)
    assert "文件超过 64 MB" in problems[0].message


def test_the_same_content_is_read_once_and_another_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("学校代码,学校名称\n0101,第一小学\n", encoding="utf-8")
    first = reading.sheets_of(path)
    path.write_text("学校代码,学校名称\n0102,第二小学\n", encoding="utf-8")
    assert reading.sheets_of(path) != first
    path.write_text("学校代码,学校名称\n0101,第一小学\n", encoding="utf-8")
    monkeypatch.setattr(reading, "_sheets_of", never)
    assert reading.sheets_of(path) == first


def test_a_file_that_is_too_large_is_left_to_the_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "名册.csv"
    with path.open("wb") as file:
        file.truncate(reading.MOST_BYTES + 1)
    monkeypatch.setattr(reading.hashlib, "file_digest", never)
    with pytest.raises(reading.UnreadableError, match="超过"):
        reading.sheets_of(path)
