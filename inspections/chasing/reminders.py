"""Keeps ``reminders/`` in step with what is open; with nothing open there is no such folder."""

from __future__ import annotations

import contextlib
from pathlib import Path

from inspections.chasing.book import list_book
from inspections.chasing.status import Status
from inspections.chasing.texts import texts
from inspections.round.opened import OpenRound
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Problem

LIST = "催交催改清单.xlsx"
TEXTS = "逐人通知"


def write_reminders(opened: OpenRound, status: Status) -> list[Problem]:
    """Writes the list and a text for every inspector, and removes those of nobody any more.

    The same status gives the same bytes. Codes: those of ``write_whole``.
    """
    folder = opened.folder.reminders
    clear_leftovers(folder, below=True)
    due: dict[Path, bytes] = {}
    if status.matters:
        due[folder / LIST] = list_book(opened.round, status.raters, status.matters)
        for name, text in texts(opened.round, status.matters).items():
            # Notepad on Windows takes a file without a mark for the local encoding.
            due[folder / TEXTS / name] = text.encode("utf-8-sig")
    problems: list[Problem] = []
    for path in sorted({folder / LIST, *(folder / TEXTS).glob("*.txt")} - due.keys()):
        problems += remove(path, opened.folder.name(path))
    for path, data in due.items():
        if not _is(path, data):
            problems += write_whole(path, data, opened.folder.name(path))
    for empty in (folder / TEXTS, folder):
        with contextlib.suppress(OSError):  # it is not empty, or not there
            empty.rmdir()
    return problems


def _is(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
