"""Rounds whose ledgers lie in one database come to the same year and month as those in files."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from inspections.ledger.of_round import open_round
from reports.steps.closing_year import write_year
from reports.steps.monthly import write_monthly
from scoring.years.month import Month
from tests.reports.year.test_year_papers import files
from tests.reports.year.two_rounds import two_rounds


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> list[list[Path]]:
    """The same two rounds, with ledgers of their own, and on one database."""
    mark = "&" if "?" in postgresql else "?"
    shared = f"{postgresql}{mark}schema={uuid.uuid4().hex[:8]}"
    folders = [tmp_path_factory.mktemp(name) for name in ("own", "shared")]
    return [two_rounds(at, ledger=of) for at, of in zip(folders, ("", shared), strict=True)]


def test_the_year(both: list[list[Path]], tmp_path: Path) -> None:
    for name, rounds in zip(("own", "shared"), both, strict=True):
        made, problems = write_year(rounds, out=tmp_path / name)
        assert made is not None, problems
        opened, _ = open_round(rounds[0])
        assert opened is not None
        assert bool(opened.shared) == (name == "shared")
        assert opened.folder.ledger.exists() == (name == "own")
    assert files(tmp_path / "own") == files(tmp_path / "shared")


def test_a_month(both: list[list[Path]]) -> None:
    for rounds in both:
        made, problems = write_monthly(rounds[1], Month(2026, 9))
        assert made is not None, problems
    own, shared = (files(rounds[1] / "reports") for rounds in both)
    assert own == shared
