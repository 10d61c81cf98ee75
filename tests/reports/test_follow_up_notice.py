"""The notice of a follow-up, and the record from which anybody can draw again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, open_items
from inspections.records.rectification import Move, Verb
from inspections.round.contact import Contact
from inspections.round.opened import OpenRound
from inspections.steps.following_up import draw_follow_up
from reports.follow_up.drawn import spans
from reports.steps.following_up import announce_follow_up
from scoring.__main__ import app
from tests.inspections.rectification.items import BY, ITEM, other
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started

DAY, SEED = date(2026, 10, 6), "0417"
SECOND = replace(ITEM, school=SCHOOLS[1].id, key="party/A1", rubric="party", due=date(2026, 12, 1))


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """Eleven items of one school, overdue from October 7, and one of another, due later."""
    made = started(tmp_path / "round", contact=Contact(person="督导室", phone="0000-1234567"))
    with ledger_of(made) as ledger:
        open_items(ledger, [other(f"kitchen/A{n}") for n in range(1, 12)] + [SECOND], BY)
    return made


def announced(of: OpenRound, day: date = DAY, **wish: Any) -> tuple[str, str]:
    """Draws, and returns the texts of the notice and of the record."""
    made, problems = draw_follow_up(of.folder.root, day, BY, seed=SEED, **wish)
    assert made is not None, problems
    papers, problems = announce_follow_up(of.folder.root)
    assert papers is not None, problems
    assert not problems
    return text_of(papers[0]), text_of(papers[1])


def text_of(path: Path) -> str:
    paper = docx.Document(str(path))
    rows = ["|".join(cell.text for cell in row.cells) for it in paper.tables for row in it.rows]
    return "\n".join([*(it.text for it in paper.paragraphs), *rows])


def test_the_notice_says_whom_when_and_by_whom(of: OpenRound) -> None:
    span = {"since": date(2026, 10, 12), "until": date(2026, 10, 14)}
    said, _ = announced(of, day=date(2026, 10, 8), **span)
    assert "有关学校：" in said
    assert "12条整改事项中全部列入，复查2所学校12条" in said
    assert f"逾期没有完成整改的1所学校：{SCHOOLS[0].name}。" in said
    assert "2026年10月12日至2026年10月14日。" in said
    assert "不由原检查人单独复查自己查出的问题" in said
    assert "不打招呼" not in said
    assert "联系人：督导室，电话：0000-1234567" in said
    assert f"{SCHOOLS[0].name}|11|11|" in said
    assert f"{SCHOOLS[1].name}|1|—|" in said


def test_unannounced_it_goes_to_the_teams_alone(of: OpenRound) -> None:
    said, _ = announced(of, unannounced=True)
    assert "各复查组：" in said
    assert "有关学校：" not in said
    assert "到校以前不得向学校透露" in said
    assert "请学校对照" not in said
    assert "　　年　　月　　日至" in said  # nobody has said when


def test_how_items_stood_is_that_of_the_draw(of: OpenRound) -> None:
    before, _ = announced(of, day=date(2026, 10, 8))
    with ledger_of(of) as ledger:
        add_moves(ledger, [Move(n, Verb.CLOSE) for n in range(1, 12)], BY)
    papers, _ = announce_follow_up(of.folder.root)
    assert papers is not None
    assert text_of(papers[0]) == before


def test_the_record_is_enough_to_draw_again(of: OpenRound) -> None:
    wish: dict[str, Any] = {"share": 30, "schools": [SCHOOLS[1].name], "witness": "见证人甲"}
    _, said = announced(of, **wish)
    assert "见证人|见证人甲" in said
    assert f"抽取人|{BY.who}" in said
    assert "截至2026年10月6日" in said
    # By hand, from what is printed alone.
    seed = re.search(r"^种子\|(.+)$", said, re.MULTILINE)
    share = re.search(r"^比例\|(\d+)%$", said, re.MULTILINE)
    pool = re.search(r"除外：([\d—、]+)$", said, re.MULTILINE)
    count = re.search(r"取前(\d+)个", said)
    assert seed and share and pool and count
    numbers = [n for part in pool[1].split("、") for n in unfolded(part)]
    assert (seed[1], len(numbers), count[1]) == (SEED, 12, "4")
    lots = sorted(numbers, key=lambda n: hashlib.sha256(f"{seed[1]}|{n}".encode()).hexdigest())
    rows = re.findall(r"^(\d{4})\|.*\|(抽中|点名)$", said, re.MULTILINE)
    assert sorted(int(n) for n, how in rows if how == "抽中") == sorted(lots[: int(count[1])])
    assert [int(n) for n, how in rows if how == "点名"] == [12] * (12 not in lots[:4])


def unfolded(part: str) -> range:
    first, _, last = part.partition("—")
    return range(int(first), int(last or first) + 1)


def test_runs_of_numbers_are_told_as_spans() -> None:
    assert spans([5, 1, 2, 3, 9]) == "1—3、5、9"
    assert spans([]) == ""


@pytest.mark.parametrize("span", [("2026-10-05", "2026-10-09"), ("2026-10-09", "2026-10-08")])
def test_days_that_cannot_be_are_refused_and_nothing_is_drawn(
    of: OpenRound, span: tuple[str, str]
) -> None:
    since, until = map(date.fromisoformat, span)
    made, problems = draw_follow_up(of.folder.root, DAY, BY, since=since, until=until)
    assert made is None
    assert [it.code for it in problems] == ["followup-days"]
    assert announce_follow_up(of.folder.root)[0] is None


def test_sending_writes_them_and_leaves_what_somebody_edited(of: OpenRound) -> None:
    announced(of)
    path = of.folder.reports / "回头看" / "回头看通知（第1次）.docx"
    edited = docx.Document(str(path))
    edited.add_paragraph("局里补的一句")
    edited.save(str(path))
    done = CliRunner().invoke(app, ["followup", "send", str(of.folder.root), "--day", "2026-10-06"])
    assert done.exit_code == 0, done.output
    assert "通知和抽取记录 2 份" in done.output
    assert "局里补的一句" in text_of(path)
