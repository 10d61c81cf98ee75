"""What a file is by its content; its ending may say something else."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zlib
from typing import Final, Literal, TypeAlias
from zipfile import BadZipFile, ZipFile

from rubrics.tables.sheet import UnreadableError

Content: TypeAlias = Literal["xlsx", "xlsb", "ods", "xls", "text"]

COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_MOST_UNPACKED: Final = 256 << 20
_XLSX_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a locked .xlsx."""

_XLS_LOCKED = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""A stream (BOF) of which nothing can be read without a password (FILEPASS)."""

_ODS_MANIFEST = "META-INF/manifest.xml"
_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包，请先解压"),
    (b"7z\xbc\xaf", "压缩包，请先解压"),
    (b"{\\rtf", "写字板文档"),
    (b"SQLite format 3", "数据库文件"),
)
_WORD = "WordDocument".encode("utf-16-le")

DAMAGED: Final = "文件已损坏，或不是真正的表格文件"
LOCKED: Final = "有打开密码"

NO_PACKAGE: Final = (
    BadZipFile, EOFError, LookupError, OSError, OverflowError, RuntimeError, ValueError,
    lzma.LZMAError, struct.error, zlib.error,
)  # fmt: skip
"""What the standard library raises of zipped files that are damaged, or of a kind of their own."""


def content_of(data: bytes) -> Content:
    """Returns what kind of table the bytes are; raises ``UnreadableError`` where they are none."""
    if data.startswith(COMPOUND):
        if locked(data):
            raise UnreadableError(LOCKED)
        if _WORD in data:
            raise UnreadableError("这是 Word 文档，不是表格")
        return "xls"
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise UnreadableError(f"这是{what}，不是表格")
    return "text"


def _package(data: bytes) -> Content:
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            names = {name.lower() for name in parts.namelist()}
            unpacked = sum(part.file_size for part in parts.infolist())
    except NO_PACKAGE as error:
        raise UnreadableError(DAMAGED) from error
    if unpacked > _MOST_UNPACKED:
        raise UnreadableError("内容太大")
    if "content.xml" in names:
        if locked(data):
            raise UnreadableError(LOCKED)
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        raise UnreadableError("这是 Word 文档，不是表格")
    if "[content_types].xml" in names:
        return "xlsx"
    raise UnreadableError("这是压缩包，请先解压")


def locked(data: bytes) -> bool:
    """Whether a file wants a password; the readers of the formats do not tell."""
    if data.startswith(COMPOUND):
        return _XLSX_LOCKED in data or _XLS_LOCKED.search(data) is not None
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            return b"encryption-data" in parts.read(_ODS_MANIFEST)
    except NO_PACKAGE:
        return False
