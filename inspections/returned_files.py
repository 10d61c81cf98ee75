"""What lies in ``returned/``: workbooks to read, and files that are something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rubrics.problems import Place, Problem, problem

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_BESIDE = re.compile(
    r"\.(jpe?g|png|gif|bmp|heic|webp|tiff?|mp4|mov|avi|mp3|m4a|wav|pdf|docx?|wps|txt|md|ini|db)",
    re.IGNORECASE,
)
"""Photographs and papers that come along with workbooks."""


def returned_files(returned: Path) -> tuple[list[Path], list[Path]]:
    """Returns (workbooks, files that cannot be read) below a folder, both sorted by path.

    Lock files (``~$``), hidden files and folders, and photographs and papers are passed over.
    """
    files = sorted(_visible(returned), key=lambda path: path.relative_to(returned).as_posix())
    workbooks = [path for path in files if path.suffix.lower() in WORKBOOKS]
    rest = [path for path in files if path.suffix.lower() not in WORKBOOKS]
    others = [path for path in rest if not _BESIDE.fullmatch(path.suffix)]
    return workbooks, others


def _visible(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    within = above | {folder.resolve()}
    if within == above or not folder.is_dir():  # a link back to where we came from
        return
    for path in folder.iterdir():
        if path.name.startswith((".", "~$", "__MACOSX")):
            continue
        if path.is_dir():
            yield from _visible(path, within)
        else:
            yield path


def unreadable(path: Path, file: str) -> Problem:
    """Returns the problem of a file that is no workbook by its ending."""
    ending = path.suffix or "没有后缀的文件"
    return problem("workbook-unreadable", Place(file), detail=f"{ending} 不是检查表的格式")
