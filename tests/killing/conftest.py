"""A program that is struck while it works, and a round that came back for it to work on."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing.rounds import Struck, at_rest, returned_round, struck
from tests.killing.sessions import run


@pytest.fixture(autouse=True, scope="module")
def heard() -> Iterator[None]:
    """What is started here hears signals, though whoever started the tests, or one of them, hears
    none: a process inherits what it ignores.
    """
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    before = {number: signal.signal(number, how) for number, how in usual.items()}
    yield
    for number, how in before.items():
        signal.signal(number, how)


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


@pytest.fixture(scope="module")
def right(returned: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[object, float]:
    """What a round is like that nobody disturbed, and the seconds that it takes."""
    folder = tmp_path_factory.mktemp("right") / "春季"
    shutil.copytree(returned, folder)
    began = time.monotonic()
    with run(folder) as process:
        said = process.communicate()[0].decode()
        assert process.returncode == 1, said
    return at_rest(folder), time.monotonic() - began
