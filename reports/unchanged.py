"""Whether the reports of a round stand as they would be written once more.

What is remembered is no truth: where it is lost, or anything differs, reports are written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inspections.collecting.problem_table import problems_csv
from inspections.collecting.publishing import edited
from inspections.ledger.letters import FINAL
from inspections.round.opened import OpenRound
from inspections.round.own_files import NOTES
from inspections.round.program import library_version, program_digest
from inspections.round.regular_files import digest_there
from reports.letter.on_demand import ENVELOPES, WORD
from reports.letter.origin import drawn_by
from reports.ranking.previous import Previous
from reports.written import report_paths
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem, Severity
from scoring.accountability.loading import FILE as RULES
from scoring.results.former import former_of
from scoring.results.inputs import inputs_of

FILE: Final = "reports.txt"
"""In the folder of what is derived: the digest of all that the reports were last made from.

Then the digests of the marks of what was sent in, and of those of the reports; ``NONE`` where
these cannot tell yet whether something was changed.
"""

NONE: Final = "-"

_SETTLED: Final = 3_000_000_000
"""Nanoseconds after which a file may be taken to have changed for good; some clocks tick in 2 s."""


@dataclass(frozen=True, slots=True)
class Origin:
    """All that reports follow from, as two digests, while none of it has been looked into.

    ``made_from``: state of the ledger and the round, rules of accountability, problems of opening,
    code, fonts, and the round before; empty where something else was met as well. ``sent``: marks
    of what was sent in.
    """

    made_from: str
    sent: str


def origin_of(
    opened: OpenRound,
    state: str,
    problems: Sequence[Problem],
    previous: Previous | None = None,
    fonts: Path | None = None,
) -> Origin:
    """Returns what the reports of a round in a ``state`` follow from.

    ``problems``: what opening the round met; ``previous``, ``fonts``: as ``write_reports`` has
    them.
    """
    sent = _marks([opened.folder.evidence, opened.folder.returned])
    told = [
        repr(inputs_of(opened, (), former=former_of(opened).digest)),
        state,
        digest_there(opened.folder.root / RULES),
        repr(previous),
        _met(problems),
        drawn_by(fonts),
        _program(),
    ]
    return Origin(_digest(told) if state else "", sent)


def stand(opened: OpenRound, origin: Origin, *, looked: bool) -> bool:
    """Whether reporting from ``origin`` would write what is there, and nobody has changed it.

    ``looked``: what was sent in has just been looked through; otherwise its marks have to tell.
    """
    kept = _kept(opened)
    if not origin.made_from or kept[:1] != [origin.made_from] or _broken_off(opened):
        return False
    if not looked and (origin.sent == NONE or kept[1:2] != [origin.sent]):
        return False
    marks = _marks(report_paths(opened.folder))
    if marks != NONE and kept[2:] == [marks]:
        return True
    name = opened.folder.name(opened.folder.reports)
    if any(Path(one.place.file).parts[:1] == (name,) for one in edited(opened)):
        return False
    remember(opened, origin)
    return True


def settled(opened: OpenRound, origin: Origin, met: Iterable[Problem]) -> None:
    """Remembers that all reports were made from ``origin``, unless writing them met a problem."""
    if all(item.severity is Severity.NOTE for item in met):
        remember(opened, origin)
    else:
        forget(opened)


def remember(opened: OpenRound, origin: Origin) -> None:
    """Keeps that all reports have just been made from ``origin``."""
    marks = _marks(report_paths(opened.folder))
    _keep(opened, origin.made_from or NONE, origin.sent, marks)


def forget(opened: OpenRound) -> None:
    """Keeps that none of the reports may stand."""
    _keep(opened, NONE)


def _met(problems: Sequence[Problem]) -> str:
    return hashlib.sha256(problems_csv(problems)).hexdigest()


def _program() -> str:
    return (
        f"{program_digest('reports')} {library_version('xlsxwriter')} {library_version('docxtpl')}"
    )


def _broken_off(opened: OpenRound) -> bool:
    """Whether reports are missing, or a run was ended while it wrote letters."""
    paths = report_paths(opened.folder)
    more = (opened.folder.reports / names[FINAL] for names in (WORD, ENVELOPES))
    return not all(path.exists() for path in paths) or any(
        (path / NOTES).exists() for path in (*paths, *more)
    )


def _kept(opened: OpenRound) -> list[str]:
    try:
        return (opened.folder.derived / FILE).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return []


def _keep(opened: OpenRound, *digests: str) -> None:
    write_whole(opened.folder.derived / FILE, "\n".join(digests).encode(), FILE)


def _marks(places: Iterable[Path]) -> str:
    """The digest of sizes, times and numbers (inodes) of files, and of those in folders.

    ``NONE`` where one of them changed so lately that it may change once more unseen.
    """
    now = time.time_ns()
    found = sorted(line for place in places for line in _marked(place))
    if any(max(changed) + _SETTLED > now for _, _, changed, _ in found):
        return NONE
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
