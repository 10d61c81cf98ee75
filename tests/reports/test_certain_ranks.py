"""How sure ranks are, in the files that people open: workbook, letters, bulletin, explain."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from inspections.collecting.collecting import collect
from inspections.ledger.chain import By
from inspections.ledger.erasing import erase_school
from inspections.ledger.letters import all_letters
from inspections.ledger.of_round import ledger_of
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from reports.steps.running import run_round
from scoring.steps.explaining import explain_school
from tests.reports.linked_round import come, linked, opened

Pages = Callable[[bytes], list[str]]
SURE = "按同一次到校的各份检查表之间的差别估计，真实名次有九成把握"
CAVEAT = "；换一天检查的差别没有计入，实际的把握不到九成。"


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    made = linked(tmp_path_factory.mktemp("linked") / "县", 16)
    run_round(made.folder.root, word=True)
    return made


def sheet(of: OpenRound, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet under its head, by the texts of the head; of equal ones the last."""
    book = load_workbook(of.folder.reports / "排名表.xlsx")
    [title] = [it for it in book.sheetnames if it.endswith(name)]
    rows = list(book[title].iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if "学校" in row and "名次" in row)
    keys = [f"{n} {text}".replace("\n", "") for n, text in enumerate(rows[head])]
    return [dict(zip(keys, row, strict=True)) for row in rows[head + 1 :] if row[2]]


def letter(of: OpenRound, school: str, pages: Pages) -> str:
    return "".join(pages((of.folder.reports / f"letters/order/{school}.pdf").read_bytes()))


def span(text: str) -> tuple[int, int]:
    """第3至第9名之间, 3～9 or 3."""
    found = [int(it) for it in re.findall(r"\d+", text)]
    return found[0], found[-1]


def test_workbook_letters_bulletin_and_explain_agree(of: OpenRound, pages: Pages) -> None:
    places = {row["2 学校"]: row for row in sheet(of, "名次把握")}
    assert len(places) == 16
    main = {row["2 学校"]: row for name in ("小学组", "初中组") for row in sheet(of, name)}
    bulletin = docx.Document(str(of.folder.reports / "通报.docx"))
    remarks = {
        row.cells[1].text: row.cells[5].text
        for table in bulletin.tables
        for row in table.rows
        if len(row.cells) == 6
    }
    notes = [it.text for it in bulletin.paragraphs if "有九成把握在所列范围" in it.text]
    assert len(notes) == 1 and "换一天检查的差别没有计入，实际的把握不到九成" in notes[0]
    for name, row in places.items():
        low, high, rank = row["4 真实名次从第"], row["5 到第"], row["1 名次"]
        assert low <= rank <= high and row["6 分不出先后从第"] <= rank <= row["7 到第"]
        assert span(main[name]["3 真实名次九成把握"]) == (low, high)
        assert span(re.findall(r"真实名次([\d～]+)", remarks[name])[0]) == (low, high)
        told = letter(of, name, pages)
        assert f"第{rank}名。{SURE}" in told
        assert CAVEAT in told
        said = told.split(SURE)[1].split("。")[0]
        assert span(said.split("，")[0]) == (low, high)
        if row["8 其他几所"] in (0, None):
            assert "无明显差别" not in said
        elif row["8 其他几所"] <= 4:
            named = {it for it in places if it in said}
            assert len(named) == row["8 其他几所"]
            for other in named:  # and these say the same of it
                back = letter(of, other, pages).split(SURE)[1].split("。")[0]
                assert name in back or "等" in back or "本组其他" in back
        word = docx.Document(str(of.folder.reports / f"word/order/{name}.docx"))
        assert any(said in re.sub(r"\s", "", it.text) for it in word.paragraphs)
        explained, _ = explain_school(of.folder.root, name, "order")
        assert explained is not None
        [step] = [it for it in explained.rubrics[0].steps if it.name == "名次把握"]
        assert span(step.value) == (low, high)
        assert "换一天检查的差别没有计入，实际的把握不到九成" in step.because
        bar = row["9 ［ ］里分不出先后，〇是本校"].lstrip("　")
        assert bar[0] == "［" and bar[-1] == "］" and bar.count("〇") == 1


def test_the_workbook_opens_in_an_office_and_says_what_it_means(
    of: OpenRound, soffice: Any, tmp_path: Path, pages: Pages
) -> None:
    [made] = soffice(of.folder.reports / "排名表.xlsx", to="pdf", into=tmp_path)
    text = "".join(pages(made.read_bytes()))
    assert "名次有多大把握" in text and "［〇" in text
    assert "只供参考，不改变得分和名次" in text and "随机数种子20240101" in text


def test_what_was_sent_stands_while_only_the_certainty_of_others_changes(
    tmp_path: Path, pages: Pages
) -> None:
    of = linked(tmp_path / "县", 12)
    run_round(of.folder.root)
    with ledger_of(of) as ledger:
        before = all_letters(ledger)
    assert len(before) == 12 and all(it.certainty for it in before)
    rows = sheet(of, "小学组")
    last = rows[-1]["2 学校"]
    school = next(it for it in of.roster.schools.values() if it.name == last)
    team = next(line.team for line in of.plan if line.school == school.id)
    # One more sheet, much unlike the others: totals err more, the last stays last.
    for path in of.folder.returned.glob(f"{school.id}-*"):
        path.unlink()
    low = {name: RowEntry(0) for name in ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4")}
    high = {name: RowEntry(6) for name in low}
    for member, entries in zip(of.roster.drawn[team].members, (low, high), strict=True):
        come(of, school.id, team, member, entries)
    run_round(of.folder.root)
    after = {row["2 学校"]: row for row in sheet(of, "小学组")}
    changed = [
        row["2 学校"] for row in rows if after[row["2 学校"]]["3 真实名次九成把握"]
        != row["3 真实名次九成把握"]
    ]  # fmt: skip
    assert len(changed) > 2
    with ledger_of(of) as ledger:
        now = all_letters(ledger)
    replaced = {it.school for it in now if it.replaces}
    assert school.id in replaced and len(replaced) < 4  # and those whose rank or median moved
    for name in changed:
        code = next(it.id for it in of.roster.schools.values() if it.name == name)
        if code not in replaced:
            then = next(it for it in before if it.school == code)
            assert then.certainty
            assert re.sub(r"\s", "", then.certainty) in letter(of, name, pages)


def test_where_nobody_can_know_the_ranking_says_what_would_help(
    tmp_path: Path, pages: Pages
) -> None:
    of = linked(tmp_path / "县", 8, seats=1)
    run_round(of.folder.root)
    book = load_workbook(of.folder.reports / "排名表.xlsx")
    assert not any("名次把握" in name for name in book.sheetnames)
    told = "".join(
        str(cell.value) for name in book.sheetnames if "组" in name
        for row in book[name].iter_rows(max_row=6) for cell in row if cell.value
    )  # fmt: skip
    assert "名次有多大把握无从知道" in told and "每次去两名督学" in told
    assert "真实名次" not in letter(of, "青禾县第1小学", pages)
    explained, _ = explain_school(of.folder.root, "青禾县第1小学", "order")
    assert explained is not None
    [step] = [it for it in explained.rubrics[0].steps if it.name == "名次把握"]
    assert step.value == "无从知道" and "每次去两名督学" in step.because


def test_nothing_is_claimed_where_two_inspectors_always_saw_the_same(
    tmp_path: Path, pages: Pages
) -> None:
    first: dict[str, dict[str, RowEntry]] = {}
    of = linked(tmp_path / "县", 8, change=lambda school, rows: first.setdefault(school, rows))
    run_round(of.folder.root)
    book = load_workbook(of.folder.reports / "排名表.xlsx")
    assert not any("名次把握" in name for name in book.sheetnames)
    told = "".join(
        str(cell.value) for name in book.sheetnames if "组" in name
        for row in book[name].iter_rows(max_row=6) for cell in row if cell.value
    )  # fmt: skip
    assert "几乎一模一样（有差别的只有 0 处）" in told and "各查各的" in told
    for name in ("第1小学", "第4中学"):
        assert "把握" not in letter(of, f"青禾县{name}", pages)
    text = "".join(it.text for it in docx.Document(str(of.folder.reports / "通报.docx")).paragraphs)
    assert "真实名次" not in text
    explained, _ = explain_school(of.folder.root, "青禾县第1小学", "order")
    assert explained is not None
    [step] = [it for it in explained.rubrics[0].steps if it.name == "名次把握"]
    assert step.value == "无从知道" and "几乎一模一样" in step.because


def test_letters_of_a_round_that_publishes_no_ranks_are_silent(
    tmp_path: Path, pages: Pages
) -> None:
    of = linked(tmp_path / "县", 8, ranking={"publish": False})
    run_round(of.folder.root)
    assert "真实名次" not in letter(of, "青禾县第1小学", pages)
    assert sheet(of, "名次把握")
    with ledger_of(of) as ledger:
        assert all(it.certainty is None for it in all_letters(ledger))


def test_off_and_never_heard_of_write_the_same_and_load_no_scipy(tmp_path: Path) -> None:
    of = linked(tmp_path / "县", 6, ranking={"certainty": False})
    code = (
        "import sys; from pathlib import Path; from reports.steps.running import run_round;"
        "from scoring.steps.explaining import explain_school;"
        "root = Path(sys.argv[1]); made, _ = run_round(root); assert made.scores;"
        "explain_school(root, '青禾县第1小学');"
        "print(any(name.split('.')[0] == 'scipy' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(of.folder.root)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "False"
    names = (
        "reports/排名表.xlsx",
        "reports/letters/order/青禾县第1小学.pdf",
        "results/result.json",
    )
    before = {name: (of.folder.root / name).read_bytes() for name in names}
    assert "真实名次" not in str(sheet(of, "小学组")[0])
    path = of.folder.settings
    text = path.read_text("utf-8")
    assert "  certainty: false\n" in text
    path.write_text(text.replace("  certainty: false\n", ""), encoding="utf-8")
    run_round(of.folder.root)
    assert before == {name: (of.folder.root / name).read_bytes() for name in names}


def test_a_school_that_is_erased_is_named_in_no_letter_of_others(tmp_path: Path) -> None:
    of = linked(tmp_path / "县", 6)
    run_round(of.folder.root)
    with ledger_of(of) as ledger:
        texts = [it.certainty or "" for it in all_letters(ledger)]
        name = next(
            it.name for it in of.roster.schools.values() if any(it.name in text for text in texts)
        )
        code = next(it.id for it in of.roster.schools.values() if it.name == name)
        for path in of.folder.returned.glob(f"{code}-*"):
            path.unlink()
        collect(opened(of.folder.root), workers=0)
        erase_school(ledger, code, By("张主任", "按规定"))
        assert not any(name in (it.certainty or "") for it in all_letters(ledger))
