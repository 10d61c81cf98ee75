"""A small round, and a filled workbook of it as the toolkit writes it."""

from __future__ import annotations

import pytest

from inspections.round.opened import OpenRound
from tests.inspections.small_round import small_round, spec, write
from tests.inspections.workbook.programs import Parts, parts_of


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    return small_round(tmp_path_factory.mktemp("round"))


@pytest.fixture(scope="module")
def genuine(of: OpenRound, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    path = write(of, tmp_path_factory.mktemp("genuine") / "表.xlsx", spec())
    return parts_of(path.read_bytes())
