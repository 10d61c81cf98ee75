"""Keeps ``reminders/`` in step with what is open; with nothing open there is no such folder."""

from __future__ import annotations

import contextlib
from pathlib import Path

from inspections.chasing.book import list_book
from inspections.chasing.status import Status
from inspections.chasing.texts import texts
from inspections.round.opened import OpenRound
from inspections.round.plan import teams
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Problem

LIST = "催交催改清单.xlsx"
TEXTS = {"each": "逐人通知", "team": "各组通知"}
"""The folder of the texts, by who fills in the sheets."""


def write_reminders(opened: OpenRound, status: Status) -> list[Problem]:
    """Writes the list and a text for every inspector, and removes those of nobody any more.

    The same status gives the same bytes. Codes: those of ``write_whole``.
    """
    folder = opened.folder.reminders
    clear_leftovers(folder, below=True)
    due: dict[Path, bytes] = {}
    if status.matters:
        members = {
            team: "、".join(person.name for person in people)
            for team, people in teams(opened.roster).items()
        }
        due[folder / LIST] = list_book(
            opened.round, status.raters, status.matters, members, opened.words
        )
        for name, text in texts(opened.round, status.matters).items():
            # Notepad on Windows takes a file without a mark for the local encoding.
            due[folder / TEXTS[opened.round.raters] / name] = text.encode("utf-8-sig")
    problems: list[Problem] = []
    homes = [folder / name for name in TEXTS.values()]
    texts_there = [path for home in homes for path in home.glob("*.txt")]
    for path in sorted({folder / LIST, *texts_there} - due.keys()):
        problems += remove(path, opened.folder.name(path))
    for path, data in due.items():
        if not _is(path, data):
            problems += write_whole(path, data, opened.folder.name(path))
    for empty in (*homes, folder):
        with contextlib.suppress(OSError):  # it is not empty, or not there
            empty.rmdir()
    return problems


def _is(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
