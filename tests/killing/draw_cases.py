"""What is killed while schools and inspectors are drawn: the promise, the draw, a change of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.inspections.planning.drawing_round import DRAWN, PROMISED, drawing_round
from tests.killing.rounds import Struck
from tests.killing.sweeping import DIR, Case

ONE_STORY = """
import inspections.ledger.moment as moment
import secrets
moment._MOMENT.set("2026-08-31T09:00:00+08:00")
secrets.token_hex = lambda size: size * "ab"
"""
"""Else every seed is another, and papers say when the ledger took it down."""

BY = ("--by", "张主任")
PROMISE = ("round", "draw", DIR, "--why", "抽查", "--day", str(PROMISED), *BY)
DRAW = ("round", "draw", DIR, "--why", "抽查", "--day", str(DRAWN), "--with", "31 07",
        "--witness", "李科长", *BY)  # fmt: skip
AWAY = ("round", "redraw", DIR, "--inspector", "D02", "--since", "2026-09-01", "--until",
        "2026-09-04", "--why", "住院", "--day", str(DRAWN), "--yes", *BY)  # fmt: skip
VERIFY = ("round", "draw", DIR, "--verify")
"""Writes the papers that somebody who was killed could not write any more."""

NAMES = ("round draw: promise", "round draw: draw", "round redraw")


def draw_cases(base: Path, program: Struck) -> list[Case]:
    """All cases; ``base`` keeps the folders that they begin with.

    Whoever runs the command again is told that it is done already, or carries it out: there is
    never a second draw, and the seed is the promised one.
    """
    kept = base / "draws"
    kept.mkdir()
    before = [shutil.move(drawing_round(kept), kept / "started")]
    for name, command in (("promised", PROMISE), ("drawn", DRAW)):
        work = kept / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(before[-1], work / DIR)
        assert program.order(*command, cwd=work, setup=(ONE_STORY,)) in (0, 1), program.said
        before.append(shutil.move(work / DIR, kept / name))
    return [
        Case(name, command, _copied(Path(folder)), setup=(ONE_STORY,), again=(command, VERIFY),
             ends=(0, 1, 2))
        for name, command, folder in zip(NAMES, (PROMISE, DRAW, AWAY), before, strict=True)
    ]  # fmt: skip


def _copied(source: Path) -> Callable[[Path], object]:
    return lambda folder: shutil.copytree(source, folder)
