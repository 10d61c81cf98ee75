"""What many records tell of faults is read in one pass, and is what each of them tells."""

from __future__ import annotations

from inspections.collecting.collecting import collect
from inspections.collecting.decision_making import judge_item
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.records.record_list import PlainRecords, faults_of
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.small_round import INSPECTORS, spec, write


def test_faults_of_many_are_those_of_each(on_both: OpenRound) -> None:
    returned = on_both.folder.returned
    for name, inspector, told in (
        ("a.xlsx", INSPECTORS[0], "后厨地面有积水，已当场说明"),
        ("b.xlsx", INSPECTORS[1], "冷库门关不严"),
    ):
        rows = {"A1.x": RowEntry(2), "A1": RowEntry(None, fault=told)}
        write(on_both, returned / name, spec(rows=rows, inspector=inspector))
    found = collect(on_both, workers=0).visits
    alone = [faults_of(record) for record in found]
    assert [one["A1"] for one in alone] == ["后厨地面有积水，已当场说明", "冷库门关不严"]
    assert list(found.faults([0, 1])) == alone
    assert list(PlainRecords(found).faults([1, 0])) == alone[::-1]
    why = By("张主任", "到校复核")
    judge_item(on_both, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", why, value="1")
    decided = collect(on_both, workers=0).visits
    assert list(decided.faults([1, 0, 1])) == [alone[1], alone[0], alone[1]]
