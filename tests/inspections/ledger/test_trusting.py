"""No command works on a ledger that was changed, cut short, emptied or put back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, func, update

from inspections.collecting.collecting import collect
from inspections.collecting.decision_making import judge_item
from inspections.ledger import verifying
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.guarding import guard, unguard
from inspections.ledger.of_round import ledger_of
from inspections.ledger.opening import file_url, open_ledger
from inspections.ledger.receipt import read_receipt, receipt_of
from inspections.ledger.tables import GUARDED, acts, facts, index
from inspections.ledger.trusting import doubts, resume
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from inspections.steps.looking_back import ledger_acts, resume_ledger, verify_ledger
from inspections.workbook.form.contents import RowEntry
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from rubrics.messages.problems import Problem
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import SCHOOLS, spec, write
from tests.inspections.started_round import started

BY = By("张主任", "硬盘坏了")


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """A round that was collected, decided on and scored, with a ledger that is a file."""
    made = started(tmp_path / "春季")
    write(made, made.folder.returned / "甲.xlsx")
    collect(made, workers=0)
    write_scores(made.folder.root)
    return made


def decide(of: OpenRound) -> None:
    judge_item(of, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", BY, value="3")


def by_hand(of: OpenRound, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Changes the file as somebody with a database tool does."""
    with closing(sqlite3.connect(of.folder.ledger)) as ledger:
        for table in GUARDED:
            for action in ("update", "delete"):
                ledger.execute(f"DROP TRIGGER {table.name}_no_{action}")
        for statement in statements:
            ledger.execute(statement, values)
        ledger.commit()


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems if one.severity.value == "error"]


def refused(of: OpenRound) -> set[tuple[str, ...]]:
    """What every command that works with the ledger says; none of them does anything."""
    root = of.folder.root
    school = SCHOOLS[0].name
    done = [
        collect_round(root),
        write_scores(root),
        report_round(root),
        run_round(root),
        explain_school(root, school, "kitchen"),
    ]
    assert [result for result, _ in done] == [None] * len(done)
    return {tuple(codes(problems)) for _, problems in done}


def test_what_the_program_wrote_is_not_followed_again(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doubts(of) == []
    monkeypatch.setattr(verifying, "verify", lambda *_: pytest.fail("followed whole"))
    decide(of)
    assert run_round(of.folder.root)[0] is not None
    assert doubts(of) == []
    shutil.rmtree(of.folder.derived)
    with pytest.raises(pytest.fail.Exception):
        doubts(of)


def test_a_copy_of_the_folder_is_followed_whole(of: OpenRound, tmp_path: Path) -> None:
    by_hand(of, "UPDATE ledger_facts SET body = replace(body, '2026', '2027') WHERE kind = 'sheet'")
    shutil.copytree(of.folder.root, tmp_path / "copy")
    assert codes(write_scores(tmp_path / "copy")[1]) == ["ledger-broken"]


def test_a_changed_row_is_refused_by_all(of: OpenRound) -> None:
    by_hand(of, "UPDATE ledger_facts SET body = replace(body, '2026', '2027') WHERE kind = 'sheet'")
    assert refused(of) == {("ledger-broken",)}


@pytest.mark.parametrize("column", ["kind", "salt", "digest", "body", "leaves", "form", "act"])
@pytest.mark.parametrize("value", [b"\x00\xff", "\ud800", "nought", 10**12])
def test_any_kind_of_value_in_a_fact_is_a_break(of: OpenRound, column: str, value: object) -> None:
    broken_row(of, "ledger_facts", column, value, "id = (SELECT max(id) - 3 FROM ledger_facts)")
    assert refused(of) == {("ledger-broken",)}
    found, problems = verify_ledger(of.folder.root)
    assert found is not None
    assert found.chain.broken is not None
    assert found.chain.broken.fact == found.chain.facts + 1
    assert codes(problems) == ["ledger-broken"]


@pytest.mark.parametrize(
    "column",
    ["kind", "at", "who", "why", "first", "count", "content", "previous", "digest"],
)
@pytest.mark.parametrize("value", [b"\x00\xff", "\ud800", "nought", 10**12])
def test_any_kind_of_value_in_an_act_is_a_break(of: OpenRound, column: str, value: object) -> None:
    broken_row(of, "ledger_acts", column, value, "id = 2")
    assert refused(of) == {("ledger-broken",)}
    found, _ = verify_ledger(of.folder.root)
    assert found is not None
    assert found.chain.broken is not None
    assert found.chain.broken.act in (2, 3)


def broken_row(of: OpenRound, table: str, column: str, value: object, where: str) -> None:
    """Puts a value where it does not belong; half a surrogate stands for bytes of no Unicode."""
    put = "?" if value != "\ud800" else "CAST(x'e4bd' AS TEXT)"
    values = () if value == "\ud800" else (value,)
    by_hand(of, f'UPDATE {table} SET "{column}" = {put} WHERE {where}', values=values)


def test_what_was_erased_may_be_damaged_too(of: OpenRound) -> None:
    from inspections.ledger.erasing import erase_words

    (of.folder.returned / "甲.xlsx").unlink()
    collect(of, workers=0)
    with ledger_of(of) as ledger:
        assert erase_words(ledger, ["灶台"], BY).count
    by_hand(of)
    for put in ("CAST(x'e4bd' AS TEXT)", "x'ff'", "'{'", "'[]'"):
        with closing(sqlite3.connect(of.folder.ledger)) as ledger:
            ledger.execute(f"UPDATE ledger_facts SET body = {put} WHERE kind = 'erasure'")
            ledger.commit()
        assert codes(doubts(of)) == ["ledger-broken"]


Loss = Callable[[OpenRound], object]


def rolled_back(of: OpenRound) -> None:
    copy = of.folder.ledger.read_bytes()
    decide(of)
    write_scores(of.folder.root)
    of.folder.ledger.write_bytes(copy)


def cut_short(of: OpenRound) -> None:
    last = "(SELECT max(id) FROM ledger_acts)"
    by_hand(
        of,
        f"DELETE FROM ledger_index WHERE fact IN (SELECT id FROM ledger_facts WHERE act = {last})",
        f"DELETE FROM ledger_facts WHERE act = {last}",
        f"DELETE FROM ledger_acts WHERE id = {last}",
    )


def emptied(of: OpenRound) -> None:
    by_hand(
        of, *(f"DELETE FROM {name}" for name in ("ledger_acts", "ledger_facts", "ledger_index"))
    )


def without_content(of: OpenRound) -> None:
    of.folder.ledger.write_bytes(b"")


def removed(of: OpenRound) -> None:
    of.folder.ledger.unlink()


def written_anew(of: OpenRound) -> None:
    """Another ledger with as many acts, made from the same files."""
    receipt = read_receipt(of.folder.results)
    of.folder.ledger.unlink()
    shutil.move(of.folder.derived, of.folder.root / "away")
    shutil.move(of.folder.results, of.folder.root / "results-away")
    for _ in range(3):
        collect(of, workers=0)
        write_scores(of.folder.root)
        decide(of)
    shutil.rmtree(of.folder.derived)
    shutil.rmtree(of.folder.results)
    shutil.move(of.folder.root / "results-away", of.folder.results)
    assert receipt is not None


LOSSES: dict[str, Loss] = {
    "put back from before a decision": rolled_back,
    "cut short": cut_short,
    "emptied": emptied,
    "a file without content": without_content,
    "removed": removed,
    "written anew": written_anew,
}


@pytest.mark.parametrize("known", ["both", "results", "derived"])
@pytest.mark.parametrize("loss", LOSSES)
def test_a_ledger_behind_what_was_known_is_refused_until_somebody_says_why(
    of: OpenRound, loss: str, known: str
) -> None:
    if known == "derived" and loss == "written anew":
        pytest.skip("what is derived is lost in it")
    LOSSES[loss](of)
    if known == "results":
        shutil.rmtree(of.folder.derived, ignore_errors=True)
    if known == "derived":
        shutil.rmtree(of.folder.results)
    assert refused(of) == {("ledger-behind",)}
    if of.folder.ledger.exists():
        assert not isinstance(ledger_acts(of.folder.root)[0], type(None))
        assert codes(ledger_acts(of.folder.root)[1]) == ["ledger-behind"]
    once, problems = resume_ledger(of.folder.root, BY)
    assert once is not None
    assert codes(problems) == []
    ran, problems = run_round(of.folder.root)
    assert ran is not None
    told, problems = ledger_acts(of.folder.root)
    assert told is not None
    assert codes(problems) == []
    (act,) = [one for one in told if one.kind == "resume"]
    assert (act.who, act.why) == ("张主任", "硬盘坏了")
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None


def test_another_ledger_is_not_said_to_be_short(of: OpenRound) -> None:
    written_anew(of)
    (problem,) = doubts(of)
    assert "台账有 " in problem.message
    assert "里面没有这一笔" in problem.message


def test_the_ledger_of_another_round_is_refused_in_a_folder_that_knows_none(
    of: OpenRound, tmp_path: Path
) -> None:
    (tmp_path / "别处").mkdir()
    other = started(tmp_path / "别处" / "秋季", id="2026秋")
    shutil.copy(of.folder.ledger, other.folder.ledger)
    before = other.folder.ledger.read_bytes()
    assert refused(other) == {("ledger-misplaced",)}
    assert resume_ledger(other.folder.root, BY)[0] is None
    told, problems = verify_ledger(other.folder.root)
    assert told is None
    assert of.round.id in problems[0].message
    assert other.round.id in problems[0].message
    assert other.folder.ledger.read_bytes() == before


def test_another_program_s_database_is_told_by_its_place(of: OpenRound) -> None:
    of.folder.ledger.unlink()
    with closing(sqlite3.connect(of.folder.ledger)) as made:
        made.execute("CREATE TABLE accounts (name TEXT)")
    before = of.folder.ledger.read_bytes()
    assert refused(of) == {("ledger-foreign",)}
    (problem,) = collect_round(of.folder.root)[1]
    assert problem.place.file == "ledger.db"
    assert of.folder.ledger.read_bytes() == before


def test_lost_decisions_are_counted(of: OpenRound) -> None:
    rolled_back(of)
    (problem,) = doubts(of)
    assert "其中决定 1 个" in problem.message
    receipt = read_receipt(of.folder.results)
    assert receipt is not None
    assert f"第 {receipt.acts} 笔" in problem.message
    assert receipt.head[:12] in problem.message


def test_nothing_to_resume(of: OpenRound) -> None:
    before = receipt_now(of)
    once, problems = resume_ledger(of.folder.root, BY)
    assert (once, codes(problems)) == (None, ["ledger-whole"])
    assert receipt_now(of) == before
    by_hand(of, "UPDATE ledger_facts SET body = replace(body, '2026', '2027') WHERE kind = 'sheet'")
    once, problems = resume_ledger(of.folder.root, BY)
    assert (once, codes(problems)) == (None, ["ledger-broken"])


def receipt_now(of: OpenRound) -> object:
    with ledger_of(of) as ledger:
        return receipt_of(ledger)


def test_results_carry_how_far_the_ledger_had_come(of: OpenRound) -> None:
    assert read_receipt(of.folder.results) == receipt_now(of)
    decide(of)
    assert read_receipt(of.folder.results) != receipt_now(of)
    run_round(of.folder.root)
    assert read_receipt(of.folder.results) == receipt_now(of)


def test_a_head_is_asked_for_as_it_was_noted_down(of: OpenRound) -> None:
    found, _ = verify_ledger(of.folder.root)
    assert found is not None
    head = found.chain.head
    for noted in (head, head.upper(), head[:12], f" {head[:6].upper()} {head[6:14]} "):
        again, problems = verify_ledger(of.folder.root, noted)
        assert again is not None
        assert (again.chain.met, codes(problems)) == (True, [])
    for noted in (head[:11], head[:3], f"{head[:12]}g", f"{head}0", "校验码"):
        assert codes(verify_ledger(of.folder.root, noted)[1]) == ["ledger-head-short"]
    other = "".join("0" if digit != "0" else "1" for digit in head[:12])
    assert codes(verify_ledger(of.folder.root, other)[1]) == ["ledger-head"]


def test_on_a_shared_ledger_what_others_changed_is_found(on_both: OpenRound) -> None:
    of = on_both
    write(of, of.folder.returned / "甲.xlsx")
    collect(of, workers=0)
    assert doubts(of) == []
    write(of, of.folder.returned / "乙.xlsx", spec(rows={"A1.x": RowEntry(4)}))
    collect(of, workers=0)  # acts that nobody has verified yet
    assert doubts(of) == []
    url = of.shared or file_url(of.folder.ledger)
    with (
        open_ledger(url, of.round.id) as ledger,
        ledger.execution_options(writing=True).begin() as connection,
    ):
        unguard(connection, facts.name)
        sheets = update(facts).where(facts.c.kind == "sheet")
        connection.execute(sheets.values(body=func.replace(facts.c.body, "2026", "2027")))
        guard(connection)
    assert codes(doubts(of)) == ["ledger-broken"]


def test_on_a_shared_ledger_a_cut_tail_is_missed(on_both: OpenRound) -> None:
    of = on_both
    write(of, of.folder.returned / "甲.xlsx")
    collect(of, workers=0)
    decide(of)
    assert doubts(of) == []
    url = of.shared or file_url(of.folder.ledger)
    with (
        open_ledger(url, of.round.id) as ledger,
        ledger.execution_options(writing=True).begin() as connection,
    ):
        unguard(connection, facts.name)
        unguard(connection, acts.name)
        connection.execute(delete(index).where(index.c.kind == "decision"))
        connection.execute(delete(facts).where(facts.c.kind == "decision"))
        connection.execute(delete(acts).where(acts.c.kind == "decide"))
        guard(connection)
    assert codes(doubts(of)) == ["ledger-behind"]
    assert resume(of, BY) is not None
    assert doubts(of) == []
