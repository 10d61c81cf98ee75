"""One returned file -> what it holds, or why it cannot be read. Nothing that it does escapes."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import TypeAlias
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, PasswordError

from inspections.collecting.returned_files import MOST_BYTES
from inspections.round.regular_files import opened
from inspections.workbook.form.expectations import Expectations
from inspections.workbook.reading.packed import SuspiciousError
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.apart.limits import TOO_MUCH
from rubrics.messages.problems import Place, problem
from rubrics.messages.system_errors import in_chinese
from rubrics.tables.contents import DAMAGED, LOCKED, locked

Job: TypeAlias = tuple[Path, str]
"""A file, and how problems name it."""


class TooLargeError(Exception):
    """A file has more bytes than are read."""


def read_file(job: Job, expected: Expectations) -> WorkbookRecord:
    """Returns what one file holds; whatever goes wrong with it becomes workbook-unreadable."""
    path, file = job
    data = b""
    try:
        data = _content(path)
        return read_workbook(data, file, expected)
    except BaseException as error:  # the boundary: one bad file never costs another
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return refused(file, _reason(error, data))


def refused(file: str, reason: str) -> WorkbookRecord:
    """Returns the record of a file that could not be read."""
    return WorkbookRecord(
        file, "", (), (problem("workbook-unreadable", Place(file), detail=reason),)
    )


def _content(path: Path) -> bytes:
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > MOST_BYTES:
            raise TooLargeError(f"文件有 {size >> 20} MB，最多 {MOST_BYTES >> 20} MB")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:  # it grows while it is read
        raise TooLargeError(f"文件超过 {MOST_BYTES >> 20} MB")
    return data


def _reason(error: BaseException, data: bytes) -> str:
    if locked(data):
        return LOCKED
    match error:
        case PasswordError():
            return LOCKED
        case MemoryError():
            return TOO_MUCH
        case TooLargeError() | SuspiciousError():
            return str(error)
        case OSError():
            return f"读不到文件（{in_chinese(error)}）"
        case CalamineError() | BadZipFile() | zlib.error() | struct.error() | EOFError():
            return DAMAGED
        case ParseError() | DefusedXmlException() | LookupError() | ValueError():
            return DAMAGED
        case NotImplementedError() | RuntimeError():
            return DAMAGED
    if type(error).__name__ == "PanicException":  # of the fast reader, which cannot be imported
        return DAMAGED
    return f"内容有误（{type(error).__name__}）"
