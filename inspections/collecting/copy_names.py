"""Which marked copy belongs to which returned workbook."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from inspections.collecting.returned_files import WORKBOOKS, returned_files
from inspections.round.folder import inside
from inspections.round.opened import OpenRound

_KEPT: Final = frozenset({".xlsx", ".xlsm"})
"""What a copy can be written in; others get a copy of another kind."""


def marked_copies(opened: OpenRound) -> dict[str, str]:
    """Returns the marked copies that are there: how problems name the workbook -> and the copy."""
    copies = ((path, opened.folder.marked / name) for path, name in copy_names(opened))
    return {
        opened.folder.name(path): opened.folder.name(copy)
        for path, copy in copies
        if copy.is_file()
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
