"""Names of files: which cannot be used, how they are compared, how they are shown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 120
"""Characters in a name; with more, folders cannot be copied to every computer."""

PICTURES: Final = frozenset(
    {"jpg", "jpeg", "jpe", "jfif", "pjp", "pjpeg", "png", "apng", "gif", "bmp", "dib", "webp"}
    | {"tif", "tiff"}
)
"""Endings that promise a picture."""

PHONE: Final = frozenset({"heic", "heif", "hif", "avif"})
"""Endings of pictures from telephones; under them a picture of another kind may lie."""

UNSHOWN: Final = frozenset(
    {"livp", "dng", "raw", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "psd", "svg", "jxl"}
)
"""Endings of pictures that cannot be shown to anybody: they are refused by their names."""

_PAPERS = frozenset(
    {"pdf", "ofd", "doc", "docx", "wps", "rtf", "txt", "xls", "xlsx", "xlsm", "et", "ods", "csv"}
    | {"ppt", "pptx", "dps", "zip", "rar", "7z", "odt", "odp", "htm", "html", "mht", "md", "eml"}
)
RECORDINGS: Final = frozenset(
    {"mp4", "m4v", "mov", "avi", "3gp", "mkv", "wmv", "flv", "webm", "mpg", "mpeg"}
    | {"mp3", "m4a", "wav", "wma", "amr", "aac", "ogg", "opus", "flac"}
)
"""Endings of films and sound."""

ENDINGS: Final = PICTURES | PHONE | UNSHOWN | _PAPERS | RECORDINGS
"""Endings by which a typed name promises a file."""

_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp"})
_QUOTED = re.compile(r"[《》〈〉“”\"‘’'「」『』【】〔〕\[\]<>]")
# An accent or two on a letter is writing; a pile of them is a trick.
_MOST_MARKS = 3


def flaw_of_name(name: str) -> str:
    """Returns why a file of this name is not used, in Chinese; empty where nothing is wrong."""
    if any("\ud800" <= mark <= "\udfff" for mark in name):
        return "里有不能识别的字节"
    if len(name) > LONGEST:
        return f"超过 {LONGEST} 个字"
    if any(unicodedata.category(mark) in _UNSEEN for mark in name):
        return "里有看不见的字符"
    if _piled(name):
        return "里有叠加的符号"
    if _FORBIDDEN.search(name):
        return '里有 \\ / : * ? " < > | 之类的符号'
    if _DEVICES.fullmatch(name.partition(".")[0].rstrip()):
        return "是系统设备的名字"
    if name != name.rstrip(" ."):
        return "以点或空格结尾"
    return ""


def _piled(name: str) -> bool:
    run = 0
    for mark in unicodedata.normalize("NFC", name):
        run = run + 1 if unicodedata.category(mark).startswith("M") else 0
        if run >= _MOST_MARKS:
            return True
    return False


def shown(name: str) -> str:
    """Returns a name as it can be printed: what is unseen as its number, in 80 marks."""
    text = "".join(
        f"〈{ord(mark):X}〉" if unicodedata.category(mark) in (*_UNSEEN, "Cs") else mark
        for mark in name
    )
    return text if len(text) <= 80 else f"{text[:60]}……{text[-12:]}"


@lru_cache(1 << 14)
def key(name: str) -> str:
    """Returns a name in the one spelling in which names are compared.

    Full width and half width, capitals and small letters are the same, and so are a Chinese stop
    and the point before the ending. Quotation marks and square brackets do not matter.
    """
    text = _QUOTED.sub("", unicodedata.normalize("NFKC", name)).casefold()
    text = " ".join(text.split())
    stem, stop, ending = text.rpartition("。")
    return f"{stem}.{ending}" if stop and ending in ENDINGS else text


def parted(name: str) -> tuple[str, str]:
    """Returns (stem, ending) of a name in :func:`key`'s spelling; no ending where it is unknown."""
    stem, stop, ending = name.rpartition(".")
    if not stop or not stem or ending.strip() not in ENDINGS:
        return name, ""
    return stem.rstrip(), ending.strip()


def is_picture(ending: str) -> bool:
    """Whether an ending promises a picture, one from a telephone included."""
    return ending in PICTURES or ending in PHONE
