"""What a PDF says of itself: by which number and digest our letters are known.

The file is anybody's: it is read in a process of its own (``rubrics.apart``), and nothing that it
says is believed before the ledger has been asked.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from inspections.round.regular_files import opened
from reports.signing.signatures import Signature, signatures
from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

if TYPE_CHECKING:
    from pypdf import PdfReader

LARGEST: Final = 1 << 26
"""Bytes of a PDF that is read; ours have less than a hundredth."""

_PAGES = 12
"""Pages that are searched for a number where the file's own words have none."""

_KEYWORDS = re.compile(r"编号：([^；\n]{1,80})；校验码：([0-9a-f]{64})")
_PRINTED = re.compile(r"编号：([^\n]{1,80}?)\s*校验码：((?:[0-9a-f]{4} ?){4})")


@dataclass(frozen=True, slots=True)
class Claim:
    """``digest``: SHA-256 (hex) of the file. ``number``: what it says to be; empty for none.

    ``said``: the first digits of the digest of its words, as it has them, or all. ``pictures``:
    it has pages and no text on them, as what comes from a scanner. ``signatures``: those in it.
    """

    digest: str
    number: str = ""
    said: str = ""
    pictures: bool = False
    signatures: tuple[Signature, ...] = ()


def read_claim(path: Path) -> tuple[Claim | None, list[Problem]]:
    """Returns what a file says of itself; None where it is no PDF that can be read.

    Codes: pdf-missing, pdf-large, pdf-unreadable, pdf-encrypted, and those of
    ``signatures``.
    """
    place = Place(str(path))
    try:
        with opened(path) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return None, [problem("pdf-missing", place, detail=in_chinese(error))]
    if len(data) > LARGEST:
        return None, [problem("pdf-large", place, most=LARGEST >> 20)]
    if not data:
        empty = "文件是空的（0 字节），多半没有下载完、没有拷完"
        return None, [problem("pdf-unreadable", place, detail=empty)]
    digest = hashlib.sha256(data).hexdigest()
    if b"%PDF-" not in data[:1024]:
        return None, [problem("pdf-unreadable", place, detail=_kind(data))]
    try:
        number, said, looks = within_limits(claimed, data)
    except BeyondLimitsError as error:
        return None, [problem("pdf-unreadable", place, detail=error)]
    if looks == ENCRYPTED and not number:
        return None, [problem("pdf-encrypted", place)]
    found, problems = signatures(data, place)
    return Claim(digest, number, said, looks == PICTURES, found), problems


def claimed(data: bytes) -> tuple[str, str, str]:
    """Returns number and digits that a PDF says, in its keywords or in print; empty for none.

    Last how it looks where it says none: ``ENCRYPTED``, ``PICTURES``, or nothing particular.
    """
    from pypdf import PdfReader

    text = False
    try:
        reader = PdfReader(BytesIO(data))
        info = reader.metadata
        keywords = str(info.get("/Keywords", "")) if info else ""
        if found := _KEYWORDS.search(keywords):
            return found[1].strip(), found[2], ""
        for page in reader.pages[:_PAGES]:
            said = page.extract_text()
            text = text or bool(said.strip())
            if found := _PRINTED.search(said):
                return found[1].strip(), found[2].replace(" ", "").strip(), ""
        looks = "" if text or not _shows_pictures(reader) else PICTURES
    except Exception:
        # Damaged, encrypted, or made so as to be unreadable: our words may still be found in it.
        looks = ENCRYPTED if b"/Encrypt" in data else ""
    return (*_in_packet(data), looks)


ENCRYPTED: Final = "encrypted"
PICTURES: Final = "pictures"


def _shows_pictures(reader: PdfReader) -> bool:
    return any(len(page.images) for page in reader.pages[:_PAGES])


def _in_packet(data: bytes) -> tuple[str, str]:
    """The same from the XMP packet, which stands in our files as it is."""
    found = _KEYWORDS.search(data.decode("utf-8", "ignore"))
    return (found[1].strip(), found[2]) if found else ("", "")


def _kind(data: bytes) -> str:
    """What a file is that is no PDF, as far as its first bytes tell."""
    known = next((name for start, name in _KINDS.items() if data.startswith(start)), "")
    return f"不是 PDF 文件{known and f'，是{known}'}"


_KINDS = {
    b"PK\x03\x04": "Word、Excel 或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 Excel 文件",
    b"\xff\xd8\xff": "照片",
    b"\x89PNG": "图片",
}
