"""Rounds to be killed, and what is asked of them afterwards."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from inspections.collecting.collecting import collected
from inspections.ledger.facts import bodies_of
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.verifying import verify
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry, SheetEntries
from tests.inspections.small_round import HEAD, INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}


def returned_round(folder: Path) -> Path:
    """A round with everything in ``returned/``: right, wrong, twice, broken, and a photograph."""
    of = started(folder)
    first, second = INSPECTORS[:2]
    kitchens = {
        "好.xlsx": replace(spec(head={"同行督学": second.name}), inspector=first),
        "错.xlsx": replace(
            spec(head={"同行督学": first.name}, rows={"A6": RowEntry("大约")}), inspector=second
        ),
        "错/又一份.xlsx": replace(
            spec(head={"同行督学": first.name}, rows={"A4.have": RowEntry(9)}), inspector=second
        ),
    }
    for name, sheet in kitchens.items():
        write(of, of.folder.returned / name, sheet)
    for school in SCHOOLS:
        rows = {"A1": RowEntry(1, fault="缺会议记录", evidence="1.jpg")}
        party = replace(spec(), school=school, rubric="party", entries=SheetEntries(HEAD, rows))
        write(of, of.folder.returned / f"党建{school.name}.xlsx", party)
    (of.folder.returned / "坏.xlsx").write_bytes(b"PK broken")
    picture = of.folder.evidence / SCHOOLS[0].id / "1.jpg"
    picture.parent.mkdir(parents=True)
    Image.linear_gradient("L").save(picture)
    return of.folder.root


_OF_ITS_TIME = ("ledger.db", "results/ledger.json")
"""The ledger, and how far it had come: an act has its time, and is like no other."""


def files(folder: Path, *, parts: bool = True) -> dict[str, bytes]:
    """All files below a folder but the ledger; without hidden ones if not ``parts``.

    What is remembered of a folder holds times and numbers that no other folder has.
    """
    derived = Folder(folder).derived
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (name := path.relative_to(folder).as_posix()) not in _OF_ITS_TIME
        if parts or not path.name.startswith(".")
        if derived not in path.parents
    }


def held(folder: Path) -> tuple[Any, ...]:
    """What the ledger says that counts; it must be sound."""
    with sqlite3.connect(folder / "ledger.db") as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    of, problems = open_round(folder)
    assert of is not None
    assert not any(item.code.startswith("ledger") for item in problems)
    found = collected(of)
    return found.visits, found.problems, cycle_facts(of)


def cycle_facts(of: OpenRound) -> list[object]:
    """What was drawn before visits and written down after scores, in order; without what has its
    time.
    """
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None
        with ledger.connect() as connection:
            return [
                (kind, id, body, dict(texts))
                for kind in _CYCLE
                for id, body, texts in bodies_of(connection, kind)
            ]


_CYCLE = (
    "commitment", "plan_draw", "plan_change",
    "letter", "objection", "answer", "item", "move", "draw", "proposal", "ruling",
)  # fmt: skip


def at_rest(folder: Path) -> tuple[dict[str, bytes], tuple[Any, ...]]:
    """All that is in a folder when work is done."""
    return files(folder), held(folder) if (folder / "ledger.db").is_file() else ()


@dataclass
class Struck:
    """The program of :mod:`tests.killing.struck`, taking orders."""

    process: subprocess.Popen[str]
    logs: Path

    def order(self, *command: str | Path, cwd: Path, **more: Any) -> int:
        """Runs a command; returns its status, negative where a signal ended it."""
        (status,) = self._told({"command": [str(item) for item in command], "cwd": str(cwd)} | more)
        return status

    def at_once(self, *commands: Sequence[str], cwd: Path, **more: Any) -> list[int]:
        """Runs commands at the same time; returns their statuses."""
        return self._told({"command": [], "at once": commands, "cwd": str(cwd)} | more)

    def _told(self, order: dict[str, Any]) -> list[int]:
        assert self.process.stdin is not None and self.process.stdout is not None
        order["log"] = str(self.logs / "log")
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return [int(status) for status in self.process.stdout.readline().split()]

    @property
    def said(self) -> str:
        """What the last command printed."""
        return self.said_by(0)

    def said_by(self, number: int) -> str:
        """What one of the commands that ran at once printed."""
        return (self.logs / f"log.{number}").read_text("utf-8")

    @property
    def moments(self) -> int:
        """How many moments the last command that came to its end had."""
        return int((self.logs / "log.0.count").read_text())


@contextmanager
def struck(logs: Path, *preparing: str, home: Path = ROOT) -> Iterator[Struck]:
    """Gives the program, started; ``preparing`` is what it does before its imports.

    ``home``: the folder in which its code stands.
    """
    if not hasattr(os, "fork"):
        pytest.skip("every command is a fork of a program that is loaded once")
    code = "\n".join([*preparing, "from tests.killing.struck import main", "main()"])
    command = [sys.executable, "-c", code]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=ENVIRONMENT, cwd=home, **pipes) as process:
        yield Struck(process, logs)
        assert process.stdin is not None
        process.stdin.close()
