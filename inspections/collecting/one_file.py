"""One returned file -> what it holds, or why it cannot be read. Nothing that it does escapes."""

from __future__ import annotations

import io
import os
import re
import struct
import zlib
from pathlib import Path
from typing import TypeAlias
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, PasswordError

from inspections.collecting.returned_files import MOST_BYTES
from inspections.round.regular_files import opened
from inspections.workbook.form.expectations import Expectations
from inspections.workbook.reading.packed import DAMAGED, SuspiciousError
from inspections.workbook.reading.workbook import WorkbookRecord, read_workbook
from rubrics.messages.problems import Place, problem

Job: TypeAlias = tuple[Path, str]
"""A file, and how problems name it."""

_COMPOUND = b"\xd0\xcf\x11\xe0"
_XLSX_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a locked .xlsx."""

_XLS_LOCKED = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""A stream (BOF) of which nothing can be read without a password (FILEPASS)."""

_ODS_MANIFEST = "META-INF/manifest.xml"


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


TOO_MUCH = "内容太大"


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
    if _locked(data):
        return "有打开密码"
    match error:
        case PasswordError():
            return "有打开密码"
        case MemoryError():
            return TOO_MUCH
        case TooLargeError() | SuspiciousError():
            return str(error)
        case OSError():
            return f"读不到文件（{error.strerror or error}）"
        case CalamineError() | BadZipFile() | zlib.error() | struct.error() | EOFError():
            return DAMAGED
        case ParseError() | DefusedXmlException() | LookupError() | ValueError():
            return DAMAGED
        case NotImplementedError() | RuntimeError():
            return DAMAGED
    if type(error).__name__ == "PanicException":  # of the fast reader, which cannot be imported
        return DAMAGED
    return f"内容有误（{type(error).__name__}）"


def _locked(data: bytes) -> bool:
    """Whether a file that could not be read wants a password; the reader does not tell."""
    if data.startswith(_COMPOUND):
        return _XLSX_LOCKED in data or _XLS_LOCKED.search(data) is not None
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            return b"encryption-data" in parts.read(_ODS_MANIFEST)
    except (BadZipFile, KeyError, RuntimeError, zlib.error, NotImplementedError, EOFError):
        return False
