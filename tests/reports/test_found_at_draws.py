"""What was found, in the public list of a draw: after scores are published, in a word, no more."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.ledger.chain import By
from inspections.ledger.of_round import open_round
from inspections.round.opened import OpenRound
from inspections.round.round import Letters, Period, Round
from inspections.round.starting import start_round
from inspections.steps.planning import draw_round, verify_draw
from inspections.steps.redrawing import redraw_round
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from reports.steps.drawing import announce_change, announce_draw
from reports.steps.running import run_round
from tests.inspections.small_round import one_dimension, write

BY = By("张主任", "抽查")
RUBRIC = one_dimension(
    "open",
    9,
    """
  - {id: A1, title: 制度, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: all_or_none}, rectify: {demand: 建立制度。, days: 15}}
  - {id: A2, title: 台账, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: all_or_none}}
  - {id: A3, title: 师德, points: 2, basis: [文1], method: [现场查看], evidence: none,
     confidential: true, rule: {kind: all_or_none}}
  - {id: A4, title: 通道, points: 3, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: all_or_none}, rectify: {demand: 清理通道。, days: 0}}
""",
)
FAILS = {
    ("S1", "上"): ("A1", "A3"), ("S1", "下（复）"): (), ("S2", "上"): ("A2",),
    ("S2", "下（复）"): ("A2", "A4"),
    ("S3", "上"): ("A3",), ("S3", "下（复）"): (), ("S4", "上"): (), ("S4", "下（复）"): (),
}  # fmt: skip
"""Where a school falls short, by occasion."""

DUE = {
    ("S1", "上"): ("责令改正", "限期整改"), ("S1", "下（复）"): ("未发现问题", None),
    ("S2", "上"): ("发现问题待后续处理", None), ("S2", "下（复）"): ("责令改正", "立行立改"),
    ("S3", "上"): ("未发现问题", None), ("S3", "下（复）"): ("未发现问题", None),
    ("S4", "上"): ("未发现问题", None), ("S4", "下（复）"): ("未发现问题", None),
}  # fmt: skip


def drawn(tmp_path: Path, letters: Letters) -> OpenRound:
    (tmp_path / "open.yaml").write_text(RUBRIC, encoding="utf-8")
    (tmp_path / "校.csv").write_text(
        "学校代码,学校名称,学段,有食堂,寄宿\n"
        + "".join(f"S{at},第{at}小学,小学,否,否\n" for at in range(1, 5)), "utf-8",
    )  # fmt: skip
    (tmp_path / "人.csv").write_text(
        "督学代码,姓名,单位\n" + "".join(f"D{at},督学{at}号,督导室\n" for at in range(1, 7)),
        "utf-8",
    )
    settings = Round.model_validate(
        {
            "id": "draw", "title": "春季抽查", "bureau": "某局", "raters": "each",
            "rubrics": (str(tmp_path / "open.yaml"),), "occasions": ("上", "下（复）"),
            "window": Period(since=date(2026, 3, 2), until=date(2026, 3, 31)),
            "drawing": {"by": ["学段"]}, "letters": letters,
        }
    )  # fmt: skip
    made, problems = start_round(
        tmp_path / "批次", settings, tmp_path / "校.csv", tmp_path / "人.csv"
    )
    assert made is not None, [item.message for item in problems]
    root = made.folder.root
    for day in (date(2026, 2, 25), date(2026, 2, 26)):
        done, problems = draw_round(root, day, BY)
        assert done is not None, [item.message for item in problems]
    announce_draw(root, done)
    return opened(root)


def opened(root: Path) -> OpenRound:
    made, _ = open_round(root)
    assert made is not None
    return made


def hand_in(of: OpenRound, *, but: str = "") -> None:
    """Each inspector of each team but one hands in what was seen."""
    for line in of.plan:
        if line.team == but:
            continue
        team = of.roster.drawn[line.team]
        for code in team.members:
            peers = (of.roster.inspectors[it].name for it in team.members if it != code)
            fails = FAILS[line.school, line.occasion]
            rows = {
                it: RowEntry("×", fault=f"{it} 不合要求") if it in fails else RowEntry("√")
                for it in ("A1", "A2", "A3", "A4")
            }
            head = {"同行督学": "、".join(peers), "检查日期": team.since, "到校时间": time(8),
                    "离校时间": time(11), "陪同人员及职务": "赵校长"}  # fmt: skip
            sheet = SheetSpec(
                of.roster.schools[line.school], "open", line.occasion, line.team,
                of.roster.inspectors[code], SheetEntries(head, rows),
            )  # fmt: skip
            write(of, of.folder.returned / f"{line.school}{line.occasion}{code}.xlsx", sheet)


def listed(of: OpenRound) -> dict[tuple[str, str], tuple[object, object]]:
    """What the public list says of each school and occasion, by its day."""
    sheet = load_workbook(of.folder.reports / "双随机" / "双随机抽查公示.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    said = {(row[2], row[6]): row[7:9] for row in rows if isinstance(row[0], int)}
    now = opened(of.folder.root)
    return {
        (line.school, line.occasion): said[
            now.roster.schools[line.school].name, str(now.roster.drawn[line.team].since)
        ]
        for line in now.plan
    }


@pytest.fixture
def round_of(tmp_path: Path) -> OpenRound:
    return drawn(tmp_path, Letters())


def test_reports_fill_in_what_was_found_at_each_visit(round_of: OpenRound) -> None:
    assert set(listed(round_of).values()) == {(None, None)}
    hand_in(round_of)
    ran, problems = run_round(round_of.folder.root)
    assert ran is not None, [item.message for item in problems]
    assert listed(round_of) == DUE
    text = (round_of.folder.reports / "双随机" / "双随机抽查公示.xlsx").read_bytes()
    book = load_workbook(round_of.folder.reports / "双随机" / "双随机抽查公示.xlsx")
    said = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    for private in ("不合要求", "师德", "制度", "督学1号", "A3"):
        assert private not in said and private.encode() not in text
    # Papers that are written again say the same.
    done, _ = verify_draw(round_of.folder.root)
    assert done is not None
    announce_draw(round_of.folder.root, done)
    assert listed(round_of) == DUE


def test_of_a_visit_that_is_still_to_come_nothing_is_said(round_of: OpenRound) -> None:
    team = max(round_of.roster.drawn, key=lambda it: round_of.roster.drawn[it].since)
    coming = {(it.school, it.occasion) for it in round_of.plan if it.team == team}
    assert 0 < len(coming) < len(DUE)
    hand_in(round_of, but=team)
    root = round_of.folder.root
    run_round(root)
    due = {visit: (None, None) if visit in coming else said for visit, said in DUE.items()}
    assert listed(round_of) == due
    # Somebody falls ill: the list says another, and still what was found elsewhere.
    sent = round_of.roster.drawn[team]
    done, problems = redraw_round(root, sent.since, BY, inspector=sent.members[0], write=True)
    assert done is not None and done.written, [item.message for item in problems]
    announce_change(root, done)
    assert listed(round_of) == due


def test_nothing_is_said_before_letters_go_out(tmp_path: Path) -> None:
    of = drawn(tmp_path, Letters(numbers="某督〔{year}〕{n}号"))
    hand_in(of)
    run_round(of.folder.root)
    assert set(listed(of).values()) == {(None, None)}  # letters without a date stay drafts
    path = of.folder.settings
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("letters:\n", "letters:\n  day: 2026-04-10\n", 1), "utf-8")
    run_round(of.folder.root)
    assert listed(of) == DUE
