"""Every hostile file beside an honest one: what becomes of it, and that the other is untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.records.record import State
from tests.inspections.hostile import entries, files, packages
from tests.inspections.hostile.case import Case, observation, outcome

CASES = (*packages.CASES, *files.CASES, *entries.CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_hostile_file_costs_no_other(case: Case, tmp_path: Path) -> None:
    came = outcome(case, tmp_path)
    assert came.honest is not None
    assert [item for item in came.problems if "甲" in item.place.file] == []
    assert all(
        item.state is not State.UNCHECKED for item in came.honest.observations if item.owner != "J1"
    ), "the honest workbook is not what it was"
    if case.problems is None:
        assert came.found
    else:
        assert came.found == list(case.problems)
    assert (came.guilty is not None) == case.counts
    if case.says:
        assert case.says in came.problems[0].message
    for address, value in (case.values or {}).items():
        assert came.guilty is not None
        item, key = observation(came.guilty, address)
        assert item.values.get(key) == value, address
