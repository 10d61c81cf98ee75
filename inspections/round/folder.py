"""A round's folder: what stands where in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

SETTINGS = "round.yaml"
KEY = "round.key"
ROSTER_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of a round's folder."""

    root: Path

    @property
    def settings(self) -> Path:
        """``round.yaml``."""
        return self.root / SETTINGS

    @property
    def key(self) -> Path:
        """``round.key``: what the round's sheets are sealed with, and nobody else has to see."""
        return self.root / KEY

    @property
    def schools(self) -> Path:
        """The roster of schools, in whichever format it is there."""
        return self._roster("schools")

    @property
    def inspectors(self) -> Path:
        """The roster of inspectors, in whichever format it is there."""
        return self._roster("inspectors")

    @property
    def plan(self) -> Path:
        """``roster/plan.csv``."""
        return self.root / "roster" / "plan.csv"

    @property
    def drawn_teams(self) -> Path:
        """``roster/teams.csv``: who was drawn to go together; mostly not there."""
        return self.root / "roster" / "teams.csv"

    @property
    def seed(self) -> Path:
        """``draw.seed``: what nobody may see between the commitment to a draw and the draw."""
        return self.root / "draw.seed"

    @property
    def workbooks(self) -> Path:
        """Blank workbooks, to hand out."""
        return self.root / "workbooks"

    @property
    def returned(self) -> Path:
        """Filled workbooks, as they come back."""
        return self.root / "returned"

    @property
    def marked(self) -> Path:
        """Copies of returned workbooks with problems, marked, to send back."""
        return self.root / "marked"

    @property
    def reminders(self) -> Path:
        """Whom to chase for what: a list, and texts to send."""
        return self.root / "reminders"

    @property
    def rectify(self) -> Path:
        """What schools put right: ``sent/`` to them, ``returned/`` by them."""
        return self.root / "rectify"

    @property
    def follow_up(self) -> Path:
        """What is looked at again: ``sent/`` to the teams, ``returned/`` by them."""
        return self.root / "followup"

    @property
    def self_assessment(self) -> Path:
        """What schools say of themselves before the visit: ``sent/`` to them, ``returned/``."""
        return self.root / "selfassess"

    @property
    def accountability(self) -> Path:
        """What is proposed over results: ``sent/`` to whoever decides, ``returned/`` by them."""
        return self.root / "accountability"

    @property
    def voices(self) -> Path:
        """``voices.yaml``: how the bureau's own tables of answers are read."""
        return self.root / "voices.yaml"

    @property
    def answers(self) -> Path:
        """``voices/``: where files of answers may be kept, as they came."""
        return self.root / "voices"

    @property
    def evidence(self) -> Path:
        """Photographs and records that workbooks name."""
        return self.root / "evidence"

    @property
    def ledger(self) -> Path:
        """Everything that was read."""
        return self.root / "ledger.db"

    @property
    def derived(self) -> Path:
        """What is made anew when it is lost; nobody needs to look at it."""
        return self.root / ".scoring"

    @property
    def results(self) -> Path:
        """Scores and problems as csv and JSON."""
        return self.root / "results"

    @property
    def reports(self) -> Path:
        """What the bureau publishes."""
        return self.root / "reports"

    def name(self, path: Path) -> str:
        """Returns how problems name a file of this folder: its path inside, with slashes."""
        name = inside(self.root, path)
        # Bytes that are no text in any name are shown as numbers, as nothing can store them.
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

    def _roster(self, stem: str) -> Path:
        found = (self.root / "roster" / f"{stem}{ending}" for ending in ROSTER_ENDINGS)
        return next(
            (path for path in found if path.is_file()), self.root / "roster" / f"{stem}.xlsx"
        )


def inside(root: Path, path: Path) -> str:
    """Returns the path of a file within ``root``, with slashes.

    The same as ``relative_to``, for the thousands of files of a round.
    """
    whole, above = str(path), f"{root}{os.sep}"
    if whole.startswith(above):
        return whole[len(above) :].replace(os.sep, "/")
    return path.relative_to(root).as_posix()
