"""What is remembered is what the ledger says, and whatever is wrong with it is made anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inspections.collecting import collecting, remembering
from inspections.collecting.collecting import Collected, collect, collected
from inspections.collecting.decision_making import judge_file, judge_item
from inspections.collecting.publishing import published
from inspections.collecting.remembering import FILE, forget, recall, state_of
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.of_round import ledger_of
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.evidence.photographs import photograph
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write

BY = By("张主任", "到校复核")


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    """Two files in conflict, a photograph, an excuse, a correction, a remark, a bad entry."""
    returned = on_both.folder.returned
    write(on_both, returned / "a.xlsx")
    write(on_both, returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)}))
    write(
        on_both,
        returned / "c.xlsx",
        spec(rows={"A1.x": RowEntry("几处")}, inspector=INSPECTORS[1]),
    )
    shown = on_both.folder.evidence / SCHOOLS[0].id / "1号笔录.jpg"
    photograph(shown)
    collect(on_both, workers=0)
    judge_item(on_both, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", BY, value="3")
    judge_item(on_both, Verdict.EXCUSE, "第一小学", "kitchen", "A1", BY, inspector="D02")
    return on_both


def kept(of: OpenRound) -> Path:
    return of.folder.derived / FILE


def afresh(of: OpenRound) -> Collected:
    forget(of.folder)
    return collected(of)


def remembered(of: OpenRound) -> bool:
    with ledger_of(of) as ledger:
        return recall(of, ledger, state_of(of, ledger)) is not None


def test_what_is_remembered_is_what_was_found(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = afresh(of)
    monkeypatch.setattr(collecting, "_found", None)  # nobody may look into the ledger again
    again = collected(of)
    assert again == first
    assert len(again.visits) == 2
    assert again.visits[0].disputed == ("returned/b.xlsx",)
    assert list(again.visits.digests()) == list(first.visits.digests())
    for place in range(len(first.visits)):
        assert dict(again.visits.proved(place)) == dict(first.visits.proved(place))
        assert again.visits.place_of(place, "A1", "x") == first.visits.place_of(place, "A1", "x")
    ours, theirs = again.visits.entered(), first.visits.entered()
    assert (ours.owners, ours.addresses, ours.values) == (
        theirs.owners,
        theirs.addresses,
        theirs.values,
    )
    for name in ("states", "proven", "cells"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))


def test_it_is_made_anew_after_every_act(of: OpenRound) -> None:
    collected(of)
    assert remembered(of)
    judge_file(of, Verdict.ACCEPT, "b.xlsx", "", BY)
    assert not remembered(of)
    assert collected(of).visits[0].file == "returned/b.xlsx"


def test_it_is_made_anew_for_other_settings_and_rosters(of: OpenRound) -> None:
    collected(of)
    school = replace(SCHOOLS[0], name="第一中心小学")
    roster = replace(of.roster, schools={**of.roster.schools, school.id: school})
    renamed = replace(of, roster=roster)
    assert not remembered(renamed)
    assert [item.code for item in collected(renamed).problems].count("ledger-stale") == 1
    assert not remembered(replace(of, round=of.round.model_copy(update={"title": "复查"})))


@pytest.mark.parametrize("how", ["cut", "changed", "empty", "longer", "not ours"])
def test_what_is_not_as_we_wrote_it_is_not_believed(of: OpenRound, how: str) -> None:
    whole = afresh(of)
    data = kept(of).read_bytes()
    middle = len(data) // 2
    if how == "not ours":  # written well, with another key
        other = replace(of, round=of.round.model_copy(update={"key": "0" * 32}))
        data = remembering._code(other, data[32:]) + data[32:]
    kept(of).write_bytes(
        {
            "cut": data[:middle],
            "changed": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "empty": b"",
            "longer": data + b"\0",
            "not ours": data,
        }[how]
    )
    assert not remembered(of)
    assert collected(of) == whole
    assert remembered(of)


def test_a_copy_that_went_on_does_not_believe_what_it_took_along(
    of: OpenRound, tmp_path: Path
) -> None:
    collected(of)
    there = tmp_path / "副本"
    shutil.copytree(of.folder.root, there)
    copied = replace(of, folder=Folder(there))
    judge_file(copied, Verdict.REJECT, "a.xlsx", "", BY)
    shutil.copy(kept(of), kept(copied))
    if not of.shared:
        assert not remembered(copied)


def test_where_it_cannot_be_written_everything_is_found_all_the_same(of: OpenRound) -> None:
    whole = afresh(of)
    forget(of.folder)
    kept(of).mkdir()
    assert collected(of) == whole


def test_what_was_published_changes_nothing(of: OpenRound) -> None:
    collected(of)
    (of.folder.results).mkdir()
    (of.folder.results / "scores.csv").write_text("甲", encoding="utf-8")
    published(of, [of.folder.results])
    assert remembered(of)


def test_nothing_that_a_corrected_record_says_is_forgotten(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = RowEntry(1, fault="灶台有油污", at_once="当场改正")
    write(of, of.folder.returned / "b.xlsx", spec(rows={"A2": done}))
    collect(of, workers=0)
    judge_file(of, Verdict.ACCEPT, "b.xlsx", "", BY)
    afresh(of)
    monkeypatch.setattr(collecting, "_found", None)  # what follows is remembered
    record = collected(of).visits[0]
    corrected, other = record.observation("A1"), record.observation("A2")
    assert corrected is not None and other is not None
    assert (bool(corrected.decided), other.at_once) == (True, "当场改正")
