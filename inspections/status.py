"""How a round stands: which sheets are due, which are back, which are in trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspections.collecting import Collected, collected, uncollected
from inspections.folder import OpenRound
from inspections.ledger.recalling import sheets
from inspections.plan import teams
from inspections.visit import VisitKey
from rubrics.problems import Severity


@dataclass(frozen=True, slots=True)
class RaterStatus:
    """How many sheets an inspector (or a team that fills them together) owes.

    ``troubled`` sheets are back and have problems of severity error.
    """

    team: str
    inspector: str
    due: int
    back: int
    troubled: int

    @property
    def missing(self) -> int:
        """Sheets that are not back."""
        return self.due - self.back


@dataclass(frozen=True, slots=True)
class Status:
    """How a round stands, as of the last collecting.

    ``missing``: sheets that are due and not back, in the order of the plan. ``unplanned``: sheets
    that are back and not in the plan. ``rejected``: files from which no sheet could be taken.
    ``uncollected``: files that came since. ``blank``: blank workbooks that lie ready.
    """

    raters: tuple[RaterStatus, ...]
    missing: tuple[VisitKey, ...]
    unplanned: tuple[VisitKey, ...]
    rejected: tuple[str, ...]
    uncollected: int
    blank: int
    visits: int


def due_sheets(of: OpenRound) -> Iterator[tuple[str, VisitKey]]:
    """Yields (team, key) of every sheet that the plan asks for.

    Where a team fills one sheet together, or has no members, the key's inspector is the team.
    """
    members = teams(of.roster)
    for item in of.plan:
        people = members.get(item.team, ()) if of.round.raters == "each" else ()
        for whose in [person.id for person in people] or [item.team]:
            yield item.team, VisitKey(item.school, item.rubric, item.occasion, whose)


def round_status(of: OpenRound) -> Status:
    """Returns how the round stands."""
    now = collected(of)
    back = _back(of)
    troubled = _troubled(now)
    due = list(due_sheets(of))
    counts: dict[tuple[str, str], list[int]] = {}
    for team, key in due:
        count = counts.setdefault((team, key.inspector), [0, 0, 0])
        places = back.get(key, [])
        count[0] += 1
        count[1] += bool(places)
        count[2] += any(place in troubled or (place[0], "") in troubled for place in places)
    asked = {key for _, key in due}
    files = {file for places in back.values() for file, _ in places}
    return Status(
        tuple(
            RaterStatus(team, _name(whose, of), *count) for (team, whose), count in counts.items()
        ),
        tuple(key for _, key in due if key not in back),
        tuple(key for key in back if key not in asked),
        tuple(sorted({file for file, _ in troubled if file.startswith(_RETURNED)} - files)),
        uncollected(of),
        sum(1 for _ in of.folder.workbooks.rglob("*.xlsx")),
        len(now.visits),
    )


_RETURNED = "returned/"


def _back(of: OpenRound) -> dict[VisitKey, list[tuple[str, str]]]:
    """Key -> (file, sheet) of what is back, those among them that make no visit yet."""
    found: dict[VisitKey, list[tuple[str, str]]] = {}
    if of.has_ledger():
        with of.ledger() as ledger:
            filled = sheets(ledger)
        for item in filled:
            found.setdefault(item.key, []).append((item.file, item.sheet))
    return found


def _troubled(now: Collected) -> set[tuple[str, str]]:
    """(file, sheet) of every error; the sheet is empty where the whole file is meant."""
    return {
        (item.place.file, item.place.sheet)
        for item in now.problems
        if item.severity is Severity.ERROR
    }


def _name(whose: str, of: OpenRound) -> str:
    known = of.roster.inspectors.get(whose)
    return known.name if known else whose
