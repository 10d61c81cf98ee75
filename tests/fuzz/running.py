"""One run: so many damaged files, read by the real readers, each looked at by the oracle."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspections.collecting.reading_apart import as_read, reading
from inspections.round.opened import OpenRound
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import sheet_layout
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.fuzz.mutations.kinds import Damaged, mutated
from tests.fuzz.oracle import UNDECIDED, unexpected, untrue
from tests.fuzz.reference import seen
from tests.inspections.hostile.case import in_openpyxl, round_in, workbook
from tests.inspections.small_round import SCHOOLS
from tests.inspections.workbook.programs import parts_of, strict, wps

_BATCH = 200


@dataclass
class Report:
    """What a run came to. ``wrong``: (number, damage, what is wrong)."""

    files: int = 0
    refused: int = 0
    silent: int = 0
    undecided: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    by_kind: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str, str]] = field(default_factory=list)


def bases(of: OpenRound, folder: Path, office: bool = True) -> list[Path]:
    """Workbooks to damage: as written, as another library saves them, as WPS and Excel's strict
    edition write the same, as LibreOffice saves them.
    """
    own = workbook(of, folder / "own")
    saved = in_openpyxl(workbook(of, folder / "saved"), lambda sheet: None)
    found = [own, saved]
    for program in (wps, strict):
        path = folder / f"{program.__name__}.xlsx"
        path.write_bytes(program(parts_of(own.read_bytes())))
        found.append(path)
    office_program = shutil.which("soffice") or shutil.which("libreoffice")
    if office and office_program:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        for ending in ("ods", "xls", "xlsx"):
            out = folder / f"office-{ending}"
            asked = ["--headless", "--convert-to", ending, "--outdir", str(out), str(own)]
            subprocess.run(
                [office_program, profile, *asked], capture_output=True, check=True, timeout=300
            )
            found.append(out / f"own.{ending}")
    return found


def damaged(sources: Sequence[tuple[str, bytes]], seed: int, number: int) -> tuple[Damaged, int]:
    """Returns a damaged file and which source it was made of; the same for one seed."""
    chance = random.Random(f"{seed}-{number}")
    which = chance.randrange(len(sources))
    ending, held = sources[which]
    return mutated(held, ending, chance), which


def run(
    of: OpenRound,
    sources: Sequence[Path],
    seed: int,
    numbers: Sequence[int],
    workers: int,
) -> Report:
    """Reads the damaged files of these numbers; a reader that hangs or dies is dealt with."""
    report = Report()
    held = [(path.suffix, path.read_bytes()) for path in sources]
    expected = expectations(of)
    began = time.monotonic()
    genuine = [read_workbook(path.read_bytes(), path.name, expected) for path in sources]
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(numbers), _BATCH):
            made = []
            for number in numbers[start : start + _BATCH]:
                damage, which = damaged(held, seed, number)
                path = Path(folder) / f"{number}{sources[which].suffix}"
                path.write_bytes(damage.data)
                made.append((number, damage, path, genuine[which]))
            since = time.monotonic()
            jobs = [(path, path.name) for _, _, path, _ in made]
            records = list(reading(jobs, expected, workers, lambda count: None, as_read))
            report.longest = max(report.longest, time.monotonic() - since)
            for (number, damage, path, before), record in zip(made, records, strict=True):
                wrong = _look(of, report, path.suffix, damage, before, record)
                if wrong:
                    report.wrong.append((number, f"{path.suffix[1:]} {damage.what}", wrong))
                path.unlink()
    report.seconds = time.monotonic() - began
    return report


def _look(
    of: OpenRound,
    report: Report,
    ending: str,
    damage: Damaged,
    before: WorkbookRecord,
    record: WorkbookRecord,
) -> str:
    """Counts what was said of a file, and returns what is wrong with that."""
    report.files += 1
    codes = {item.code for item in record.problems}
    report.refused += "workbook-unreadable" in codes
    report.silent += not codes
    report.by_kind.update(codes or {"nothing said"})
    for item in record.problems:
        if "内容有误（" in item.message:
            return f"not foreseen: {item.message}"
    layout = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits)
    wrong = untrue(record, seen(damage.data), layout) if ending != ".xls" else ""
    if wrong == UNDECIDED:
        report.undecided += 1
        wrong = ""
    return wrong or unexpected(record, before, damage.expected)


def fresh_round(folder: Path) -> OpenRound:
    """The round whose workbooks are damaged."""
    return round_in(folder)


WORKERS = min(2, os.cpu_count() or 1)
