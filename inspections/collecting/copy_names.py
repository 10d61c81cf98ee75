"""Which marked copy belongs to which returned workbook."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from inspections.collecting.returned_files import WORKBOOKS, file_digest, returned_files
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.recalling import told_apart
from inspections.round.folder import inside
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound

_KEPT: Final = frozenset({".xlsx", ".xlsm"})
"""What a copy can be written in; others get a copy of another kind."""


def marked_copies(opened: OpenRound) -> dict[str, str]:
    """Returns the marked copies that are there: how problems name the workbook -> and the copy."""
    copies = {path: opened.folder.marked / name for path, name in copy_names(opened)}
    told = told_names(opened, copies)
    return {told[path]: opened.folder.name(copy) for path, copy in copies.items() if copy.is_file()}


def told_names(opened: OpenRound, paths: Iterable[Path]) -> dict[Path, str]:
    """Returns how problems name returned workbooks: by their own name, or with the computer too
    where another that shares the ledger has another file of that name.
    """
    names = {path: opened.folder.name(path) for path in paths}
    if not opened.shared or not has_ledger(opened):
        return names
    with ledger_of(opened) as ledger:
        apart = told_apart(ledger)
    shared = {name for name, _ in apart}
    known = KnownDigests(opened.folder)
    return {
        path: apart.get((name, file_digest(path, known)), name) if name in shared else name
        for path, name in names.items()
    }


def copy_names(opened: OpenRound) -> Iterator[tuple[Path, str]]:
    """Yields every returned workbook, and its copy's path inside ``marked/``."""
    workbooks, _ = returned_files(opened.folder.returned)
    names = [inside(opened.folder.returned, path) for path in workbooks]
    taken = {name.casefold() for name in names}
    for path, name in zip(workbooks, names, strict=True):
        yield path, _copy_name(name, taken)


def _copy_name(name: str, taken: set[str]) -> str:
    if posixpath.splitext(name)[1].lower() in _KEPT:
        return name
    path = PurePosixPath(name)
    made = path.with_suffix(".xlsx").as_posix()
    # 表.xls beside 表.xlsx, or beside 表.ods
    others = {path.with_suffix(ending).as_posix().casefold() for ending in WORKBOOKS}
    return f"{name}.xlsx" if len(others & taken) > 1 else made
