"""What a file is by its content, whatever its name says."""

from __future__ import annotations

from typing import Final

PICTURE_KINDS: Final = frozenset({"jpeg", "png", "gif", "bmp", "webp", "tiff"})
"""Kinds whose headers are read."""

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"ID3", "sound"),
    (b"#!AMR", "sound"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
)
_PHONE_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
)
NAMES: Final = {
    "pdf": "PDF 文件",
    "zip": "压缩包或 Office 文件",
    "office": "Office 文件",
    "archive": "压缩包",
    "sound": "录音",
    "film": "录像",
    "program": "程序",
    "text": "文字",
}
"""What a person calls a kind."""


def kind_of(head: bytes) -> str:
    """Returns the kind of a file by its first 64 bytes; ``other`` where nobody knows."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "film" if head[8:12] == b"AVI " else "sound"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _PHONE_BRANDS else "film"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "bmp"
    return "text" if _is_text(head) else "other"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and not any(mark < 9 or 13 < mark < 32 for mark in head)
