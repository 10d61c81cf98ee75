"""Several people collect the same folder at the same time: nothing is lost, nothing comes twice."""

from __future__ import annotations

import multiprocessing
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from inspections.collecting.collecting import Collected, collect, collected
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.sheets import all_files
from inspections.ledger.tables import facts
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.small_round import INSPECTORS, spec, write

PEOPLE = 4


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    for number, inspector in enumerate(INSPECTORS * 3):
        sheet = spec(rows={"A1.x": RowEntry(number)}, inspector=inspector)
        write(on_both, on_both.folder.returned / f"{number:02}.xlsx", sheet)
    return on_both


def _collect(of: OpenRound, number: int, late: Path) -> None:
    if number % 2:
        # Somebody puts another file there while the others are at it.
        shutil.copy(late, of.folder.returned / f"late{number}.xlsx")
    collect(of, workers=0, by=By(f"第{number}人"))


def test_several_at_once(of: OpenRound, tmp_path: Path) -> None:
    late = write(of, tmp_path / "late.xlsx", spec(rows={"A1.x": RowEntry(77)}))
    spawn = multiprocessing.get_context("spawn")
    people = [spawn.Process(target=_collect, args=(of, n, late)) for n in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join(120)
    assert [person.exitcode for person in people] == [0] * PEOPLE
    found = collected(of)
    assert found == _alone(of)
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None
        with ledger.connect() as connection:
            files = [name for name, _ in all_files(connection).values()]
            assert len(files) == len(set(files)) == 12 + PEOPLE // 2
            # Once all is in, another look adds nothing.
            sweeps = select(func.count()).where(facts.c.kind == "sweep")
            looks = connection.execute(sweeps).scalar_one()
    assert looks <= PEOPLE
    assert len(found.visits) == len(INSPECTORS)


def _alone(of: OpenRound) -> Collected:
    """What one more collecting finds."""
    again = collect(of, workers=0)
    assert again.fresh == 0
    return replace(again, files=0, fresh=0)
