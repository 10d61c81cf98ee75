"""Whether the reports of a round stand as they would be written once more.

What is remembered is no truth: where it is lost, or anything differs, reports are written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from inspections.collecting.problem_table import problems_csv
from inspections.collecting.publishing import edited
from inspections.ledger.chain import last_act
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.recording import last_of
from inspections.round.opened import OpenRound
from inspections.round.own_files import NOTES
from inspections.round.program import program_digest
from inspections.round.regular_files import digest_there
from reports.letter.origin import drawn_by
from reports.ranking.previous import Previous
from reports.written import report_paths
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from scoring.results.inputs import inputs_of
from scoring.results.snapshot import PUBLISHED

FILE: Final = "reports.txt"
"""In the folder of what is derived: the digest of all that the reports were last made from.

Where ``report`` wrote them, also that of their marks, once these tell whether they were changed.
"""

_SETTLED: Final = 3_000_000_000
"""Nanoseconds after which a file may be taken to have changed for good; some clocks tick in 2 s."""


def stand(opened: OpenRound, problems: Sequence[Problem]) -> bool:
    """Whether a whole run wrote the reports from these results, and nobody has changed them since.

    ``problems``: what would be told in them.

    For whoever has just collected and scored: photographs are then as the records say.
    """
    there = all(path.exists() for path in report_paths(opened.folder))
    return there and _kept(opened) == [_origin(opened, problems)] and not edited(opened)


def remember(opened: OpenRound, problems: Sequence[Problem]) -> None:
    """Keeps what the reports have just been made from, all of them without a problem."""
    _keep(opened, _origin(opened, problems))


def source(
    opened: OpenRound, problems: Sequence[Problem], previous: Previous | None, fonts: Path | None
) -> str:
    """Returns the digest of all that reports follow from, while none of it has been looked into.

    Those are the ledger's last act that was no publishing, settings, rosters and rubrics, the
    marks of what was returned, and the code. ``problems``: what opening the round met;
    ``previous``, ``fonts``: as ``write_reports`` has them. Empty where there is no ledger, or a
    file may still change unseen. To be asked before the ledger is read, which others may add to.
    """
    returned = _marks([opened.folder.evidence, opened.folder.returned])
    if not returned or not has_ledger(opened):
        return ""
    with ledger_of(opened) as ledger, ledger.connect() as connection:
        last = last_act(connection, without="publish")
    act = last.digest if last else ""
    told = [repr(inputs_of(opened, ())), opened.basis, act, returned, repr(previous)]
    told += [_met(problems), drawn_by(fonts), _program()]
    return _digest(told)


def stand_as_reported(opened: OpenRound, origin: str) -> bool:
    """Whether reporting from ``origin``, as ``source`` gives it, would write what is there."""
    kept = _kept(opened)
    if not origin or kept[:1] != [origin] or _broken_off(opened):
        return False
    marks = _marks(report_paths(opened.folder))
    if marks and kept[1:] == [marks]:
        return True
    name = opened.folder.name(opened.folder.reports)
    if any(Path(one.place.file).parts[:1] == (name,) for one in edited(opened)):
        return False
    _keep(opened, origin, marks)
    return True


def remember_reported(opened: OpenRound, origin: str) -> None:
    """Keeps that all reports have just been made from ``origin``; empty: that none may stand."""
    _keep(opened, origin, _marks(report_paths(opened.folder)) if origin else "")


def _origin(opened: OpenRound, problems: Sequence[Problem]) -> str:
    """The digest of results and problems, of what was erased, and of the code that draws."""
    results = [digest_there(opened.folder.results / name) for name in PUBLISHED]
    with ledger_of(opened) as ledger, ledger.connect() as connection:
        erased = last_of(connection, "erasure")
    return _digest([*results, _met(problems), str(erased), drawn_by(None), _program()])


def _met(problems: Sequence[Problem]) -> str:
    return hashlib.sha256(problems_csv(problems)).hexdigest()


def _program() -> str:
    return f"{program_digest('reports')} {version('xlsxwriter')}"


def _broken_off(opened: OpenRound) -> bool:
    """Whether reports are missing, or a run was ended while it wrote letters."""
    paths = report_paths(opened.folder)
    return not all(path.exists() for path in paths) or any(
        (path / NOTES).exists() for path in paths
    )


def _kept(opened: OpenRound) -> list[str]:
    try:
        return (opened.folder.derived / FILE).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _keep(opened: OpenRound, *digests: str) -> None:
    write_whole(opened.folder.derived / FILE, "\n".join(digests).encode(), FILE)


def _marks(places: Iterable[Path]) -> str:
    """The digest of sizes, times and numbers (inodes) of files, and of those in folders.

    Empty where one of them changed so lately that it may change once more unseen.
    """
    now = time.time_ns()
    found = sorted(line for place in places for line in _marked(place))
    if any(max(changed) + _SETTLED > now for _, _, changed, _ in found):
        return ""
    return _digest(map(repr, found))


def _marked(place: Path) -> Iterator[tuple[str, int, tuple[int, int], int]]:
    """Yields name, size, both times of change (ns) and inode of a file, or of those in a folder."""
    start = len(str(place.parent))
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names]
    for path in paths or [str(place)]:
        with contextlib.suppress(FileNotFoundError):
            held = os.lstat(path)
            changed = held.st_mtime_ns, held.st_ctime_ns
            yield path[start:], held.st_size, changed, held.st_ino


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode(errors="backslashreplace")).hexdigest()
