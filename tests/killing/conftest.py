"""A program that is struck while it works, and a round that came back for it to work on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing.rounds import Struck, returned_round, struck


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Struck]:
    with struck(tmp_path_factory.mktemp("logs")) as started:
        yield started


@pytest.fixture(scope="module")
def returned(program: Struck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = returned_round(tmp_path_factory.mktemp("returned") / "春季")
    warm = shutil.copytree(folder, folder.with_name("warm"))
    assert program.order("run", warm, cwd=warm.parent, warm=True) == 1
    return folder
