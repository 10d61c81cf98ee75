"""What people typed, followed into everything that is written and printed."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspections.chasing.reminders import write_reminders
from inspections.chasing.status import round_status
from inspections.collecting.collecting import Collected, collect
from inspections.collecting.marked_copies import write_marked_copies
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from inspections.workbook.form.layout import MARKS_SHEET, Column
from reports.written import write_reports
from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import print_problems, print_table, say
from scoring.explaining import explain, lines
from scoring.results.rounds import score_round
from scoring.steps.scoring import score_and_write
from tests.conftest import Convert
from tests.inspections.small_round import (
    INSPECTORS,
    entry_cell,
    one_dimension,
    rubric,
    small_round,
    spec,
    write,
)

PHONE, CARD, LINE = "13912345678", "11010519491231002X", "0571-87654321"
TRICKS = (
    '=HYPERLINK("http://x","点我")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "  =1+1",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "'=1+1",
    "<b>粗</b>&amp;]]>",
    "[red]红[/red] :smile:",
    "\x1b[31m红\x1b[2J\x07\x9b1m",
    "左\u202e右\u2066中",
    "零\u200b宽\ufeff\U000e0041",
    "行\u2028段\u2029\x85\x0b\x0c",
    "坏\ufffe\uffff\x00",
    "_x0041__x000D_",
    '引"号,逗号\n换行',
    "{value} %s %(x)d \\N \\u202e",
)
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


LEAVING = ("results", "reports", "reminders")


class Seen:
    """A small round with a few workbooks, read, scored and reported."""

    def __init__(self, of: OpenRound, *sheets: SheetSpec) -> None:
        of.folder.returned.mkdir(parents=True, exist_ok=True)
        for number, sheet in enumerate(sheets, 1):
            write(of, of.folder.returned / f"{number}.xlsx", sheet)
        self.of = of
        self.held: Collected = collect(of, workers=0)

    def written(self) -> dict[str, bytes]:
        """Everything that leaves, by its path in the round's folder."""
        write_marked_copies(self.of, self.held.problems)
        done = score_and_write(self.of, [], self.held)
        scores, met = done.scores, done.met
        assert scores is not None
        assert write_reminders(self.of, round_status(self.of)) == []
        wrong = write_reports(self.of, scores, [*self.held.problems, *met])
        blanks = ["letters-undated", "bulletin-blanks"]
        assert [item.code for item in wrong if item.code != "glyph-missing"] == blanks
        root = self.of.folder.root
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.relative_to(root).parts[0] in LEAVING
        }


def entries(text: str) -> dict[str, RowEntry]:
    """``text`` wherever an inspector can type one; points are lost, so that all is told."""
    return {
        "A1": RowEntry(fault=text, evidence=text, remark=text),
        "A1.x": RowEntry(2),
        "A2": RowEntry(1, fault=text),
        "A2.reason": RowEntry(text),
        "A3": RowEntry(state=text),
        "A3.1": RowEntry(text),
        "A4": RowEntry(fault=text, remark=text, state="合理缺项"),
        "A6": RowEntry(text),
    }


def sheets(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every cell of a workbook that is not blank."""
    for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield page.title, cell


def word_text(data: bytes) -> str:
    """All that stands in a Word document, its tables and feet of pages too."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = [parts.read(part).decode() for part in parts.namelist() if part.endswith(".xml")]
    return html.unescape("\n".join(re.sub(r"<[^>]+>", "", text) for text in xml))


def csv_cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("first", range(0, len(TRICKS), len(INSPECTORS)))
def test_a_trick_stays_text(first: int, tmp_path: Path) -> None:
    sheets_of_all = [
        spec({"陪同人员及职务": trick}, entries(f"{trick}脏"), inspector=inspector)
        for trick, inspector in zip(TRICKS[first:], INSPECTORS, strict=False)
    ]
    made = Seen(small_round(tmp_path), *sheets_of_all)
    files = made.written()
    for name, data in files.items():
        if name.endswith(".csv"):
            for row in csv_cells(data):
                for cell in row:
                    assert not ACTING.search(cell)
                    assert not re.match(r"\s*[=+@＝＋＠]", cell), cell
                    number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                    assert number or not cell.startswith("-"), cell
        elif name.endswith((".json", ".txt")):
            assert not ACTING.search(data.decode("utf-8-sig").replace("\r\n", "\n"))
        elif name.endswith(".xlsx"):
            kinds = {cell.data_type for _, cell in sheets(data)}
            assert kinds <= {"s", "n"}
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                for part in parts.namelist():
                    xml = parts.read(part).decode()
                    assert not ACTING.search(xml)
                    assert "<f>" not in xml or part.startswith("xl/charts/")
        elif name.endswith(".docx"):
            assert not ACTING.search(word_text(data))
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                fields = re.findall(
                    r'w:instr="(.*?)"', str([parts.read(part) for part in parts.namelist()])
                )
                assert set(fields) <= {"PAGE"}
                assert b'TargetMode="External"' not in b"".join(map(parts.read, parts.namelist()))
        else:
            assert name.endswith((".pdf", ".written")), name


def test_marked_copies_say_it_in_plain_words(tmp_path: Path) -> None:
    """The cells stay as they were typed; comments and the list in front are ours."""
    typed = '=1+1\x1b[31m\u202e"<b>脏'
    made = Seen(small_round(tmp_path), spec(rows=entries(typed)))
    made.written()
    book = openpyxl.load_workbook(made.of.folder.marked / "1.xlsx")
    listed = [cell for row in book[MARKS_SHEET].iter_rows() for cell in row if cell.value]
    said = [str(cell.value) for cell in listed]
    said += [c.comment.text for row in book["第一小学"].iter_rows() for c in row if c.comment]
    assert {cell.data_type for cell in listed} <= {"s", "n"}
    assert sum('“=1+1[31m"<b>脏”看不懂' in text for text in said) >= 2
    assert not any(map(ACTING.search, said))
    # As Excel spells what XML does not admit.
    kept = str(book["第一小学"][entry_cell(made.of, "A1", Column.FAULT)].value)
    assert kept.replace("_x001B_", "\x1b") == typed


ANY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=ANY)
@example(typed="=1\x00\uffff")
def test_whatever_is_typed_is_told_as_text(typed: str, tmp_path_factory: Any) -> None:
    """The reading's list of problems names what was typed; each place says it in the same words."""
    made = Seen(small_round(tmp_path_factory.mktemp("any")), spec(rows=entries(f"{typed}脏")))
    files = made.written()
    messages = {item.message for item in made.held.problems if item.code == "entry-not-understood"}
    assert messages
    listed = [row[5] for row in csv_cells(files["results/problems.csv"])]
    shown = {str(cell.value) for _, cell in sheets(files["reports/排名表.xlsx"])}
    for message in messages:
        assert message == one_line(plain(message))
        assert message in listed
        assert message in shown
    for _, cell in sheets(files["reports/排名表.xlsx"]):
        assert cell.data_type in ("s", "n")


def test_letters_say_what_was_typed(tmp_path: Path, pages: Callable[[bytes], list[str]]) -> None:
    typed = "=1+1<b>脏</b>&amp;\x1b[31m\u202e灶台{x}"
    rows = {"A1": RowEntry(fault=typed, evidence="纸质记录"), "A1.x": RowEntry(2)}
    made = Seen(small_round(tmp_path), spec(rows=rows))
    pdf = made.written()["reports/letters/kitchen/第一小学.pdf"]
    text = "".join(pages(pdf))
    assert "=1+1<b>脏</b>&amp;[31m灶台{x}" in text
    assert b"\x1b" not in text.encode()
    assert b"/JavaScript" not in pdf
    assert b"/URI" not in pdf


def test_private_numbers_leave_masked(tmp_path: Path, pages: Callable[[bytes], list[str]]) -> None:
    said = f"家长{PHONE}、{CARD}、{LINE}反映"
    # Two who do not agree, so that reasons name them; one is not in the roster.
    head = {"陪同人员及职务": f"校长{PHONE}", "填表督学": f"临时工{PHONE}"}
    other = spec({"同行督学": "王建国"}, inspector=INSPECTORS[1])
    made = Seen(small_round(tmp_path), spec(head, entries(said)), other)
    told = [item for item in made.held.problems if item.code == "private-number"]
    assert {item.place.cell for item in told} >= {"F4", "K8", "L8", "M8"}
    files = made.written()
    whole = ""
    for name, data in files.items():
        if name.endswith(".xlsx"):
            whole += "\n".join(str(cell.value) for _, cell in sheets(data))
        elif name.endswith(".docx"):
            whole += word_text(data)
        else:
            whole += "".join(pages(data)) if name.endswith(".pdf") else data.decode()
    assert "139****5678" in whole
    assert "110105********002X" in whole
    assert "0571-****4321" in whole
    for number in (PHONE, CARD, LINE):
        assert number not in whole
    # The ledger keeps what was typed.
    assert any(record.fault == said for visit in made.held.visits for record in visit.observations)


PARTY = one_dimension(
    "kitchen",
    20,
    """
  - {id: A1, title: 台账, points: 4, basis: [文1], method: [查阅档案], excusable: true,
     rule: {kind: deduct, faults: [{label: 缺页, each: 0.5}]}}
  - {id: A2, title: 谈话, points: 6, basis: [文1], method: [个别谈话], evidence: none,
     rule: {kind: discretionary, least: 1, most: 2}}
  - {id: A3, title: 测评, points: 5, basis: [文1], method: [民主测评],
     rule: {kind: votes, options: {好: 1, 差: 0.4}}}
  - {id: A4, title: 作风, points: 5, basis: [文1], method: [现场查看], confidential: true,
     excusable: true, rule: {kind: points, step: 1}}
""",
)


def test_what_is_confidential_stays_in_the_bureau(
    tmp_path: Path, pages: Callable[[bytes], list[str]]
) -> None:
    secret = "甲说书记收礼"
    of = small_round(tmp_path)
    of = OpenRound(of.folder, of.round, {"kitchen": rubric(PARTY)}, of.roster, of.plan[:1])
    rows = {
        "A1": RowEntry(
            3, fault=f"缺三页。【保密】{secret}", evidence=f"{secret}.jpg", remark=f"保密：{secret}"
        ),
        "A2": RowEntry(1, fault=secret, remark=secret, evidence=f"{secret}.docx"),
        "A2.reason": RowEntry(secret),
        "A3": RowEntry(fault=secret, evidence=f"{secret}.png"),
        "A3.好": RowEntry(7),
        "A3.差": RowEntry(f"{secret}3票"),
        "A3.entitled": RowEntry(11),
        "A4": RowEntry(state="合理缺项", remark=secret),
    }
    sheet = spec()
    entered = SheetEntries(sheet.entries.head, rows)
    made = Seen(of, replace(sheet, entries=entered))
    for item in made.held.problems:
        assert secret not in f"{item.place}{item.message}{item.remedy}", item.code
    files = made.written()
    for name, data in files.items():
        if name.endswith(".xlsx"):
            text = "\n".join(str(cell.value) for _, cell in sheets(data))
        elif name.endswith(".docx"):
            text = word_text(data)
        else:
            text = "".join(pages(data)) if name.endswith(".pdf") else data.decode()
        assert "收礼" not in text, name
    letter = "".join(pages(files["reports/letters/kitchen/第一小学.pdf"]))
    assert "A1台账" in letter
    reasons = {row[2]: row[6] for row in csv_cells(files["results/indicators.csv"])[1:5]}
    assert reasons["A2"] == "（内容保密）"
    assert reasons["A4"] == "（内容保密）"
    assert any(secret in seen.fault for visit in made.held.visits for seen in visit.observations)
    # The bureau's own explanation shows it, and says that it is confidential.
    scores, _ = score_round(
        of.round, of.rubrics, of.roster, of.plan, made.held.visits, open_records=True
    )
    for item, mark in (("A2", "请勿外传"), ("", "【保密】酌情扣")):
        target, _ = find_target(of.roster, of.rubrics, "第一小学", "kitchen", item)
        assert target is not None
        told = "\n".join(map(str, lines(explain(of.round, scores, of.roster.inspectors, target))))
        assert secret in told
        assert mark in told


def test_a_terminal_does_nothing_that_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    for trick in TRICKS:
        found: list[Problem] = [
            problem("entry-misplaced", Place(f"{trick}.xlsx", trick, "B2"), value=trick)
        ]
        print_problems(found)
        print_table(("甲",), [(trick,)])
        say(trick)
    out = capsys.readouterr().out
    assert not ACTING.search(out)
    assert "[red]红[/red] :smile:" in out


# Commas, UTF-8, special numbers recognised, formulas evaluated.
CSV = "CSV:44,34,76,1,,0,false,true,false,false,false,1,true"


def test_office_shows_text(soffice: Convert, tmp_path: Path) -> None:
    """LibreOffice opens tables and workbook as text, though it takes formulas where there are."""
    made = Seen(small_round(tmp_path / "r"), spec(rows=entries("=1+1")))
    made.written()
    results = made.of.folder.results
    raw = tmp_path / "raw.csv"
    raw.write_bytes(b"\xef\xbb\xbfa\r\n=1+1\r\n")
    names = ("problems", "scores", "indicators", "raw")
    tables = [results / f"{name}.csv" for name in names[:3]]
    opened = soffice(*tables, raw, to="xlsx", into=tmp_path / "o", read_as=CSV)
    cells = {
        name: [cell for _, cell in sheets(path.read_bytes())]
        for name, path in zip(names, opened, strict=True)
    }
    assert [cell.data_type for cell in cells.pop("raw")] == ["s", "f"]
    assert all(cell.data_type != "f" for held in cells.values() for cell in held)
    assert any("“=1+1”看不懂" in str(cell.value) for cell in cells["problems"])
    book = made.of.folder.reports / "排名表.xlsx"
    (again,) = soffice(book, to="xlsx:Calc MS Excel 2007 XML", into=tmp_path / "p")
    kept = [cell for _, cell in sheets(again.read_bytes())]
    assert all(cell.data_type != "f" for cell in kept)
    assert any("“=1+1”看不懂" in str(cell.value) for cell in kept)
