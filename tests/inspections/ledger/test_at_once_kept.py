"""What was done at once goes into the ledger and comes out of it, and its words can be erased."""

from __future__ import annotations

from inspections.collecting.collecting import collect, collected
from inspections.collecting.decision_making import judge_item
from inspections.collecting.history import history
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.erasing import erase_words
from inspections.ledger.of_round import ledger_of
from inspections.ledger.past import versions_of
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry, SheetEntries
from tests.inspections.small_round import HEAD, spec, write

BY = By("某人", "复核过")


def at_once(of: OpenRound) -> str:
    (record,) = collected(of).visits
    seen = record.observation("A2")
    assert seen is not None
    return seen.at_once


def test_it_is_kept_corrected_and_told(on_both: OpenRound) -> None:
    of, path = on_both, on_both.folder.returned / "表.xlsx"
    rows = {"A2": RowEntry(1, fault="灶台有油污", at_once="当场改正")}
    write(of, path, spec(entries=SheetEntries(HEAD, rows, feedback={"见证人": "赵大有"})))
    collect(of, workers=0)
    assert at_once(of) == "当场改正"
    rows["A2"] = RowEntry(1, fault="灶台有油污", at_once="封存 2 箱")
    write(of, path, spec(entries=SheetEntries(HEAD, rows, feedback={"见证人": "钱小有"})))
    collect(of, workers=0)
    assert at_once(of) == "封存 2 箱"
    changes = history(of, "21068101").steps[-1].changed
    told = {one.item: (one.before, one.after) for one in changes}
    assert told["A2 当场处理"] == ("当场改正", "封存 2 箱")
    assert told["见证人"] == ("赵大有", "钱小有")
    judge_item(of, Verdict.CORRECT, "第一小学", "kitchen", "A2.at_once", BY, value="停用")
    assert at_once(of) == "停用"


def test_who_witnessed_can_be_erased(on_both: OpenRound) -> None:
    of, path = on_both, on_both.folder.returned / "表.xlsx"
    entries = SheetEntries(HEAD, {"A2": RowEntry(1)}, feedback={"见证人": "赵大有"})
    write(of, path, spec(entries=entries))
    collect(of, workers=0)
    with ledger_of(of) as ledger:
        assert {one.typed[("", "见证人")] for one in versions_of(ledger, "21068101")} == {"赵大有"}
    path.unlink()
    collect(of, workers=0)  # the file is known to have gone
    with ledger_of(of) as ledger:
        erase_words(ledger, ["赵大有"], BY)
    with ledger_of(of) as ledger:
        assert all("赵大有" not in one.typed.values() for one in versions_of(ledger, "21068101"))
