"""A small round on either kind of ledger: a file, and a PostgreSQL."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from inspections.ledger.opening import shared_url
from inspections.round.opened import OpenRound
from tests.inspections.small_round import small_round


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(tmp_path: Path, request: pytest.FixtureRequest) -> OpenRound:
    """The small round with an empty ``returned/``, once on each kind of ledger."""
    shared = None
    name = "2026春"
    if request.param == "postgresql":
        shared = shared_url(request.getfixturevalue("postgresql"))
        name += uuid.uuid4().hex
    made = replace(small_round(tmp_path, id=name), shared=shared)
    made.folder.returned.mkdir()
    return made
