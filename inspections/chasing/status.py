"""How a round stands: which sheets are due, which are back, which are in trouble."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from inspections.chasing.open_matters import (
    Kind,
    Matter,
    inspector_name,
    named_teams,
    open_matters,
)
from inspections.collecting.collecting import collected, uncollected
from inspections.collecting.copy_names import marked_copies
from inspections.collecting.looking import computer_id
from inspections.ledger.computers import contributing
from inspections.ledger.local_time import local_time
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.sheets import sheets_of_files
from inspections.records.record import RecordKey
from inspections.round.opened import OpenRound
from inspections.round.plan import asked_for


@dataclass(frozen=True, slots=True)
class RaterStatus:
    """How many sheets an inspector (or a team that fills them together) owes.

    ``team``: with which; of whoever goes with several, the first and how many.
    ``troubled`` sheets are back and have problems of severity error, ``doubtful`` ones warnings.
    """

    team: str
    inspector: str
    due: int
    back: int
    troubled: int
    doubtful: int

    @property
    def missing(self) -> int:
        """Sheets that are not back."""
        return self.due - self.back


@dataclass(frozen=True, slots=True)
class ComputerStatus:
    """A computer that contributes to a shared ledger: ``name`` as others are told of it.

    ``at``: local time of the latest collecting that found another state of things there, by
    ``who``; ``files`` it found, with ``sheets`` filled. ``here``: it is this one.
    """

    name: str
    here: bool
    at: str
    who: str
    files: int
    sheets: int


@dataclass(frozen=True, slots=True)
class Status:
    """How a round stands, as of the last collecting.

    ``matters``: all that somebody has to be chased for. ``missing``: sheets that are due and not
    back, in the order of the plan. ``unplanned``: sheets that are back and not in the plan.
    ``rejected``: files from which no sheet could be taken. ``uncollected``: files that came
    since. ``blank``: blank workbooks that lie ready. ``computers`` that share the ledger, as they
    first came; none where it lies in the folder.
    """

    raters: tuple[RaterStatus, ...]
    matters: tuple[Matter, ...]
    missing: tuple[RecordKey, ...]
    unplanned: tuple[RecordKey, ...]
    rejected: tuple[str, ...]
    uncollected: int
    blank: int
    visits: int
    computers: tuple[ComputerStatus, ...] = ()


def due_sheets(opened: OpenRound, back: Collection[RecordKey]) -> Iterator[tuple[str, RecordKey]]:
    """Yields (team, key) of every sheet that the plan asks for; ``back``: those that came."""
    for item, whose in asked_for(opened.plan, opened.round, opened.roster, back):
        yield item.team, RecordKey(item.school, item.rubric, item.occasion, whose)


def round_status(opened: OpenRound) -> Status:
    """Returns how the round stands."""
    now = collected(opened)
    back = {item.key for item in now.filled}
    due = list(due_sheets(opened, back))
    matters = open_matters(opened, due, now, marked_copies(opened))
    asked = {key for _, key in due}
    troubled = {item.key for item in matters if item.errors}
    doubtful = {item.key for item in matters if item.warnings} - troubled
    owed: dict[str, list[RecordKey]] = {}
    teams: dict[str, dict[str, None]] = {}
    for team, key in due:
        owed.setdefault(key.inspector, []).append(key)
        teams.setdefault(key.inspector, {})[team] = None
    return Status(
        tuple(
            RaterStatus(
                named_teams(teams[whose]),
                inspector_name(opened, whose),
                len(keys),
                *(len(back.intersection(keys) & those) for those in (back, troubled, doubtful)),
            )
            for whose, keys in owed.items()
        ),
        matters,
        tuple(key for _, key in due if key not in back),
        tuple(dict.fromkeys(item.key for item in now.filled if item.key not in asked)),
        tuple(item.file for item in matters if item.kind is Kind.REFUSED),
        uncollected(opened),
        sum(1 for _ in opened.folder.workbooks.rglob("*.xlsx")),
        len(now.visits),
        tuple(_computers(opened)),
    )


def _computers(opened: OpenRound) -> Iterator[ComputerStatus]:
    if not opened.shared or not has_ledger(opened):
        return
    here = computer_id(opened)
    with ledger_of(opened) as ledger, ledger.connect() as connection:
        sweeps = contributing(connection)
        held = sheets_of_files(connection)
    for one in sorted(sweeps, key=lambda one: one.computer.number):
        files = one.sweep.files
        sheets = sum(held.get(id, 0) for id in files)
        own = bool(one.computer.id) and one.computer.id == here
        at = local_time(one.at)
        yield ComputerStatus(one.computer.name, own, at, one.who, len(files), sheets)
