"""A round after its scores: heard, put right, looked at again, ruled on; a folder at every step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image

from inspections.rectification.elsewhere import blank_list
from inspections.row_workbook import Row, RowValue, rows_data
from inspections.workbook.form.contents import RowEntry, SheetEntries
from tests.inspections.small_round import HEAD, INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started
from tests.killing.rounds import Struck
from tests.reports.numbered_round import SCHEME

FOUND, REPLIED, LOOKED = date(2026, 4, 21), date(2026, 4, 28), date(2026, 5, 12)
BY = ("--by", "李科长")

RULES = """\
rules:
- {id: 低分, title: 得分偏低, rubric: kitchen, conditions: {total: <100}, kind: 约谈,
   basis: [{text: 某办法}], office: 安全股}
- {id: 再查, title: 回头看不过, conditions: {follow_up_failed: ≥1}, kind: 通报批评,
   basis: [{text: 某办法}], office: 督导室}
"""

_PUT_RIGHT: Mapping[str, object] = {
    "整改措施": "4月25日更换带锁的留样柜，由专人每餐登记",
    "责任领导": "周校长",
    "责任人": "吴老师",
    "完成日期": "2026-04-25",
    "进度（%）": "100%",
    "整改结果": "整改完成",
    "佐证": "登记记录第3号",
    "自查签字": "吴老师",
}

STEPS: Mapping[str, Sequence[str]] = {
    "first": ("report", "{}", "--stage", "初步", "--issue"),
    "object": (
        "objection", "add", "{}", "第一小学", "kitchen", "--text", "灶台当天已经清洗", "--paper",
        "21068101/1.jpg", "--received", "2026-04-12", *BY,
    ),
    "answer": ("objection", "decide", "{}", "1", "不采纳", "--why", "照片可见油污", *BY),
    "final": ("report", "{}", "--issue"),
    "open": ("rectify", "open", "{}", *BY),
    "add": ("rectify", "add", "{}", "{}/rectify/巡察.xlsx", "--why", "巡察反馈", "--day",
            "2026-04-21", *BY),
    "send": ("rectify", "send", "{}", "--day", "2026-04-21"),
    "replies": ("rectify", "collect", "{}", "--day", "2026-04-28", *BY),
    "decide": ("rectify", "decide", "{}", "--from", "{}/rectify/审完.xlsx", "--day", "2026-04-29",
               "--why", "审核", *BY),
    "extend": ("rectify", "extend", "{}", "1", "--until", "2026-06-30", "--why", "设备在途",
               "--approved", "王局长", "--day", "2026-04-30", *BY),
    "close": ("rectify", "decide", "{}", "2", "close", "--why", "现场看过", "--day", "2026-05-01",
              *BY),
    "book": ("rectify", "book", "{}", "--day", "2026-05-02"),
    "draw": ("followup", "draw", "{}", "--why", "抽查", "--share", "50", "--seed", "0417",
             "--closed", "--day", "2026-05-10", *BY),
    "look": ("followup", "send", "{}", "--day", "2026-05-10"),
    "looked": ("followup", "collect", "{}", "--why", "复查", "--day", "2026-05-12", *BY),
    "compared": ("followup", "report", "{}"),
    "propose": ("accountability", "propose", "{}", "--day", "2026-05-13", *BY),
    "rule": ("accountability", "collect", "{}", "--day", "2026-05-14", *BY),
    "papers": ("accountability", "papers", "{}", "--day", "2026-05-14"),
    "month": ("monthly", "{}", "--month", "2026-03"),
}  # fmt: skip
"""Everything that is done after scores, in order; ``{}`` is the folder."""


def step(name: str, folder: str | Path) -> list[str]:
    """Returns the command of a step in a folder."""
    return [word.replace("{}", str(folder)) for word in STEPS[name]]


@dataclass(frozen=True)
class Cycle:
    """``before``: the folder as each step finds it. ``after``: as the last one leaves it."""

    before: Mapping[str, Path]
    after: Path


def scored(folder: Path, program: Struck, **settings: object) -> Path:
    """A round of four sheets without mistakes, scored."""
    said = {"numbers": SCHEME, "day": "2026-04-20", "first_day": "2026-04-10"}
    of = started(folder, **{"letters": said} | settings)
    for one, other in zip(INSPECTORS[:2], INSPECTORS[1::-1], strict=True):
        sheet = replace(spec(head={"同行督学": other.name}), inspector=one)
        write(of, of.folder.returned / f"{one.id}.xlsx", sheet)
    for number, school in enumerate(SCHOOLS):
        rows = {"A1": RowEntry(number, fault="缺会议记录", evidence="1.jpg")}
        party = replace(spec(), school=school, rubric="party", entries=SheetEntries(HEAD, rows))
        write(of, of.folder.returned / f"党建{school.name}.xlsx", party)
        picture = of.folder.evidence / school.id / "1.jpg"
        picture.parent.mkdir(parents=True)
        (Image.radial_gradient if number else Image.linear_gradient)("L").save(picture)
    for command in ("collect", "score"):
        assert program.order(command, folder, cwd=folder.parent) in (0, 1), program.said
    return folder


def cycle(folder: Path, program: Struck, **settings: object) -> Cycle:
    """A round that goes through all steps in ``folder``; what it was before each is kept beside."""
    scored(folder, program, **settings)
    before: dict[str, Path] = {}
    for name in STEPS:
        _meanwhile(name, folder)
        before[name] = shutil.copytree(folder, folder.with_name(f"before {name}"))
        status = program.order(*step(name, folder), cwd=folder.parent)
        assert status in (0, 1), (name, program.said)
    return Cycle(before, folder)


def _meanwhile(name: str, folder: Path) -> None:
    """What people do before a step: they fill in what went out."""
    if name == "add":
        _elsewhere(folder / "rectify" / "巡察.xlsx", folder)
    elif name == "replies":
        going_on = {**_PUT_RIGHT, "整改结果": "正在整改", "进度（%）": "60%", "完成日期": None}
        fill(folder / "rectify", lambda number: going_on if number == 1 else _PUT_RIGHT)
    elif name == "decide":
        _judge(folder)
    elif name == "looked":
        seen = {"现场所见": "近 7 天留样齐全", "复查日期": "2026-05-12"}
        fill(folder / "followup", lambda number: {**seen, "结论": "未改" if number % 2 else "销号"})
    elif name == "propose":
        (folder / "accountability.yaml").write_text(RULES, encoding="utf-8")
    elif name == "rule":
        said = {"决定": "同意", "决定人（职务）": "局长办公会", "决定日期": "2026-05-14"}
        fill(folder / "accountability", lambda number: said)


Said = Callable[[int], Mapping[str, object]]
"""Cells by their headings, for the number of a row."""


def fill(home: Path, said: Said) -> list[Path]:
    """Fills in what lies in ``sent/``, into ``returned/``; ``said`` gives cells by the number."""
    made = []
    for sent in sorted((home / "sent").glob("*.xlsx")):
        made.append(home / "returned" / sent.name)
        made[-1].parent.mkdir(exist_ok=True)
        fill_rows(sent, made[-1], said)
    return made


def fill_rows(source: Path, target: Path, said: Said) -> None:
    """Fills in the cells of a workbook below its headings; ``said`` gives them by the number."""
    book = load_workbook(source)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value in ("编号", "序号"))
    columns = {str(cell.value): cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        number = str(row[0].value or "").rpartition("-")[2]
        for heading, value in (said(int(number)) if number.isdigit() else {}).items():
            sheet.cell(row[0].row, columns[heading]).value = value  # type: ignore[assignment]
    book.save(target)


def _judge(folder: Path) -> None:
    (waiting,) = (folder / "rectify").glob("*审核.xlsx")
    fill_rows(
        waiting,
        folder / "rectify" / "审完.xlsx",
        lambda number: {"结论": "销号"} if number > 2 else {},
    )


def _elsewhere(path: Path, folder: Path) -> None:
    """A list of what 巡察 found at both schools."""
    from inspections.ledger.of_round import open_round

    of, _ = open_round(folder)
    assert of is not None
    rows: list[Row] = []
    for number, school in enumerate(SCHOOLS, 1):
        said: dict[str, RowValue] = {
            "source": "巡察", "found": date(2026, 3, 1), "school": school.name, "kind": "限期",
            "described": f"第 {number} 个台账缺页", "demand": "补齐台账", "due": date(2026, 5, 1),
        }  # fmt: skip
        rows.append(Row(f"新{number}", {}, said))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(rows_data(replace(blank_list(of), rows=tuple(rows), spare=0)))
