"""What is killed: every command that writes, on a folder as it finds it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from inspections.ledger.of_round import open_round
from inspections.workbook.form.contents import RowEntry
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.voices.exports import exported, invented
from tests.killing.rounds import Struck, returned_round
from tests.killing.sweeping import DIR, Case

WRITTEN = ("marked/", "reports/letters/")
"""Of what lies here, a list tells what is ours. The ledger may know less where it was killed."""

ONE_KEY = "import secrets; secrets.token_hex = lambda size: size * 'ab'"
"""Else every round that is started has a key of its own."""

SMALL_COUNTY = """
from dataclasses import replace
from inspections.demo import county, filling, making, mistakes
held = county.county()
small = replace(held, schools=held.schools[::12], inspectors=held.inspectors[::3])
for module in (county, filling, making, mistakes):
    if hasattr(module, "county"):
        module.county = lambda: small
import reports.steps.sample
from inspections.collecting.collecting import Collected
from inspections.records.record_list import as_list
from inspections.steps.collecting import TakenIn
from reports.steps.running import Ran
reports.steps.sample.BESIDE = ()
reports.steps.sample.report_opened = lambda *_, **__: ((), [])
reports.steps.sample.run_opened = lambda opened, *_, **__: (
    Ran(TakenIn(opened, Collected(as_list(()), ()), None), None), []
)
"""
"""The sample's county with a twelfth of its schools and no round beside it, and made only: running
it is tried anyway.
"""


def cases(base: Path, program: Struck) -> list[Case]:
    """All cases; ``base`` keeps the folders that they begin with."""
    kept = base / "kept"
    kept.mkdir()
    returned = returned_round(kept / "returned")
    collected, scored, reported, changed = (
        kept / name for name in ("collected", "scored", "reported", "changed")
    )
    assert program.order("run", shutil.copytree(returned, kept / "warm"), cwd=base, warm=True) == 1
    for source, command, made in (
        (returned, "collect", collected),
        (collected, "score", scored),
        (scored, "report", reported),
    ):
        shutil.copytree(source, made)
        assert program.order(command, made, cwd=base) in (0, 1), program.said
    shutil.copytree(reported, changed)
    _change(changed)
    given = ["--schools", str(kept / "schools.csv"), "--inspectors", str(kept / "inspectors.csv")]
    given += ["--rubric", str(kept / "kitchen.yaml"), "--rubric", str(kept / "party.yaml")]
    start = ["round", "start", DIR, *given, "--from", "2026-03-01", "--to", "2026-03-31"]
    answers = exported("问卷星", invented(60, [school.name for school in SCHOOLS]), kept)
    changing: Any = {"then": _change, "again": (("run", DIR),), "of": WRITTEN}
    return [
        Case("start", start, _empty, setup=(ONE_KEY,), ends=(0, 2)),  # 2: it has been started
        Case("workbooks", ("workbooks", DIR), _copied(returned)),
        Case("voices import", ("voices", "import", DIR, str(answers)), _copied(returned)),
        Case("collect", ("collect", DIR), _copied(returned)),
        Case("score", ("score", DIR), _copied(collected)),
        Case("report", ("report", DIR), _copied(scored)),
        Case("run", ("run", DIR), _copied(returned)),
        Case("collect again", ("collect", DIR), _copied(changed)),
        Case("run again", ("run", DIR), _copied(changed)),
        # What the run that was killed wrote is not due any more, or has to be other.
        Case("collect, changed", ("collect", DIR), _copied(returned), **changing),
        Case("report, changed", ("report", DIR), _copied(scored), **changing),
        # The sample's mistakes are made in workbooks that were right.
        Case("demo", ("demo", DIR), _empty, setup=(SMALL_COUNTY,), stages="returned/"),
    ]


def _empty(folder: Path) -> None:
    """Leaves nothing."""


def _copied(source: Path) -> Callable[[Path], object]:
    return lambda folder: shutil.copytree(source, folder)


def _change(folder: Path) -> None:
    """Corrects a workbook, takes two away, and adds one, in a round that was reported."""
    of, _ = open_round(folder)
    assert of is not None
    write(of, of.folder.returned / "错.xlsx", replace(spec(), inspector=INSPECTORS[1]))
    (of.folder.returned / "错" / "又一份.xlsx").unlink()
    (of.folder.returned / "党建第二小学.xlsx").unlink()
    odd = replace(spec(rows={"A6": RowEntry("九成")}), inspector=INSPECTORS[2])
    write(of, of.folder.returned / "新来的.xlsx", odd)
