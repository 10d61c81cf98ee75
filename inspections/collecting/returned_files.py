"""What lies in ``returned/``: workbooks to read, and files that are something else."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from zipfile import ZipFile

from inspections.round.folder import inside
from inspections.round.known_digests import KnownDigests
from inspections.round.regular_files import opened, whole_digest
from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.contents import NO_PACKAGE

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_OF_SYSTEMS = re.compile(r"\.(ini|db|lnk|tmp)", re.IGNORECASE)
"""What systems put into folders by themselves."""

_RECORDINGS = re.compile(
    r"\.(jpe?g|png|gif|bmp|heic|webp|tiff?|mp4|mov|avi|mp3|m4a|wav)", re.IGNORECASE
)
_PAPERS = re.compile(r"\.(pdf|docx?|wps|rtf|ofd|pptx?|txt|md|html?|mht)", re.IGNORECASE)
_ARCHIVES = re.compile(r"\.(zip|rar|7z|tar|gz|tgz)", re.IGNORECASE)
_OF_WPS = re.compile(r"\.(et|ett)", re.IGNORECASE)

MOST_BYTES = 64 << 20
"""A file that is larger is not read. Workbooks have 50 KB, a team's with photographs some MB."""

_ENDS = 1 << 20
_FOLDER = "文件夹"
_MOST_NAMES = 1_000


def returned_files(returned: Path) -> tuple[list[Path], list[Path]]:
    """Returns (workbooks, what cannot be read) below a folder, both sorted by path.

    Lock files (``~$``), hidden files and folders, and what systems put there are passed over, and
    of the photographs and recordings in a folder all but the first. Links, pipes, devices, and
    folders that cannot be opened are among what cannot be read.
    """
    found = sorted(_visible(returned), key=lambda path: inside(returned, path))
    files = [path for path in found if not irregular(path)]
    workbooks = [path for path in files if path.suffix.lower() in WORKBOOKS]
    read = frozenset(workbooks)
    others = [path for path in found if path not in read and not _passed_over(path)]
    return workbooks, [*_first_recordings(others)]


def _passed_over(path: Path) -> bool:
    return _OF_SYSTEMS.fullmatch(path.suffix) is not None


def _first_recordings(paths: Iterable[Path]) -> Iterator[Path]:
    """Yields the files, of recordings the first in every folder: those come by the hundred."""
    told: set[Path] = set()
    for path in paths:
        recording = _RECORDINGS.fullmatch(path.suffix) and not irregular(path)
        if not recording or path.parent not in told:
            yield path
        if recording:
            told.add(path.parent)


def _visible(folder: Path) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith((".", "~$", "__MACOSX")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _visible(Path(entry.path))
        else:
            yield Path(entry.path)


def irregular(path: Path) -> str:
    """Returns what ``path`` is that is no file to read, in Chinese; empty for a regular file.

    One that is gone or that nobody may look at counts as a file: to open it will say why not.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISREG(mode):
        return ""
    return _FOLDER if stat.S_ISDIR(mode) else "链接" if stat.S_ISLNK(mode) else "设备或管道"


def file_digest(path: Path, known: KnownDigests | None = None) -> str:
    """Returns the SHA-256 (hex) of a file; empty where it cannot be read to its end.

    Of a file that is too large to be read, the SHA-256 of its length, its beginning and its end.
    ``known``: where a file of the round is looked up before it is read.
    """
    try:
        with opened(path) as file:
            return known.digest(path, file, _digest) if known else _digest(file)
    except OSError:
        return ""


def _digest(file: BufferedReader) -> str:
    size = os.fstat(file.fileno()).st_size
    if size <= MOST_BYTES:
        return whole_digest(file)
    first = file.read(_ENDS)
    file.seek(-_ENDS, os.SEEK_END)
    return hashlib.sha256(b"%d %b%b" % (size, first, file.read(_ENDS))).hexdigest()


def unreadable(path: Path, file: str, *, rows: bool = False) -> Problem:
    """Returns the problem of what is no workbook by its ending, or no file at all.

    Its content goes before its ending. ``rows``: among lists with a row for each thing, not among
    visit workbooks. Codes: rows-paper, workbook-unreadable, workbook-ending,
    returned-archive, returned-wps, returned-paper, returned-recordings.
    """
    what, ending = irregular(path), path.suffix
    place, said = Place(file), {"ending": ending or "没有"}
    if what:
        detail = "这个文件夹打不开" if what == _FOLDER else f"这是{what}，不是文件"
        return problem("workbook-unreadable", place, detail=detail)
    if _is_workbook(path):
        return problem("workbook-ending", place, **said)
    if _RECORDINGS.fullmatch(ending):
        return problem("returned-recordings", place)
    for endings, code in (
        (_ARCHIVES, "returned-archive"),
        (_OF_WPS, "returned-wps"),
        (_PAPERS, "returned-paper"),
    ):
        if endings.fullmatch(ending):
            code = "rows-paper" if rows and code == "returned-paper" else code
            return problem(code, place, **said)
    detail = f"{ending or '没有后缀的文件'} 不是检查表的格式"
    return problem("workbook-unreadable", place, detail=detail)


def _is_workbook(path: Path) -> bool:
    """Whether a file is an .xlsx by its content, whatever it is called."""
    try:
        return within_limits(_is_package, path)
    except BeyondLimitsError:  # a directory of millions of parts
        return False


def _is_package(path: Path) -> bool:
    try:
        with opened(path) as file, ZipFile(file) as parts:
            names = {name.casefold() for name in parts.namelist()[:_MOST_NAMES]}
    except NO_PACKAGE:
        return False
    return "[content_types].xml" in names and any(name.startswith("xl/") for name in names)
