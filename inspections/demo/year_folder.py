"""The folder of the sample's year: a round in each of two folders, the year beside them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from inspections.demo.county import SEASONS, county, season
from inspections.demo.making import clear_sample, is_sample
from inspections.round.locking import turn
from rubrics.messages.output import remove
from rubrics.messages.problems import Problem

YEAR: Final = "年度"
GUIDE: Final = "先看这里.txt"
OLD_LETTER: Final = "学校手里的意见书.pdf"
"""A letter that has been replaced since, as a school would show it."""


def round_folders(root: Path) -> dict[str, Path]:
    """Returns the folder of every season's round, by the name of the season, in order of time."""
    made = {}
    for name in SEASONS:
        with season(name):
            made[name] = root / str(county().settings["id"])
    return made


def is_year(root: Path) -> bool:
    """Whether a folder holds the sample's year or a part of it, and nothing else.

    It may have been cut short at any moment, while it was made or while it was cleared away.
    """
    if not root.is_dir():
        return False
    rounds = set(round_folders(root).values())
    own = {root / YEAR, root / GUIDE, root / OLD_LETTER}
    there = [path for path in root.iterdir() if not path.name.startswith(".")]
    known = [path for path in there if path in rounds]
    fine = all(is_sample(path) or (path.is_dir() and not any(path.iterdir())) for path in known)
    return bool(known) and fine and set(there) <= rounds | own


def clear_year(root: Path) -> list[Problem]:
    """Empties the folder of the sample's year; code: output-locked, for what stays.

    The rounds go last, so that what is left half way is still known.
    """
    shutil.rmtree(root / YEAR, ignore_errors=True)
    left = [path for path in (root / YEAR).rglob("*") if not path.is_dir()]
    left += [path for path in (root / GUIDE, root / OLD_LETTER) if path.exists()]
    problems = [met for path in left for met in remove(path, str(path))]
    for path in round_folders(root).values():
        # Of a run that was killed just now a process may still be ending.
        with turn(path, lambda: None):
            problems += clear_sample(path) if path.is_dir() else []
    return problems
