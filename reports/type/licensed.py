"""A bureau's own fonts: which file of a folder is which official face."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from reports.type.outlines import FontFile
from reports.type.typeface import Face
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

# Family, full or file names, without spaces, hyphens and underlines; the first known one wins.
_NAMES: dict[Face, tuple[str, ...]] = {
    Face.XIAOBIAOSONG: (
        *("方正小标宋简体", "方正小标宋gbk", "方正小标宋", "小标宋", "fzxiaobiaosongb05s"),
        *("fzxbsjw", "fzxbsk", "fzxbs"),
    ),
    Face.FANGSONG: (
        *("仿宋gb2312", "fangsonggb2312", "仿宋", "fangsong", "simfang", "方正仿宋简体"),
        *("方正仿宋gbk", "方正仿宋", "fzfangsongz02s", "fzfsjw", "fzfsk", "华文仿宋", "stfangsong"),
    ),
    Face.KAI: (
        *("楷体gb2312", "kaitigb2312", "楷体", "kaiti", "simkai", "方正楷体简体", "方正楷体gbk"),
        *(
            "方正楷体",
            "fzkaiz03s",
            "fzktjw",
            "fzktk",
            "华文楷体",
            "stkaiti",
            "霞鹜文楷",
            "lxgwwenkai",
        ),
    ),
    Face.HEI: (
        *(
            "黑体",
            "simhei",
            "方正黑体简体",
            "方正黑体gbk",
            "方正黑体",
            "fzheib01s",
            "fzhtjw",
            "fzhtk",
        ),
        *("华文黑体", "stheiti"),
    ),
    Face.SONG: (
        *(
            "宋体",
            "simsun",
            "新宋体",
            "nsimsun",
            "方正书宋简体",
            "方正书宋gbk",
            "方正书宋",
            "fzshusongz01s",
        ),
        *("fzssjw", "fzssk", "华文宋体", "stsong"),
    ),
}
_REGULAR = 400
#: The place of a font's name in the list, then how far its weight is from regular.
_Rank = tuple[int, int]
_ENDINGS = (".ttf", ".ttc", ".otf")
_FAMILY_OR_FULL_NAME = {1, 4, 6, 16}
# OS/2 fsType: a licence that forbids embedding, subsetting, or embedding outlines.
_FORBIDS = 0x0002 | 0x0100 | 0x0200
# A fontTools reader meets damaged files with any of these.
_DAMAGED = (TTLibError, OSError, KeyError, ValueError, AssertionError, struct.error)


def licensed_fonts(folder: Path) -> tuple[dict[Face, FontFile], tuple[Problem, ...]]:
    """Returns the best file of the folder for each face that it has, and problems.

    Problem codes: ``font-unreadable`` for a damaged file, ``font-restricted`` for one whose
    licence forbids embedding, ``font-unrecognised`` when no file is one of the official faces.
    """
    best: dict[Face, tuple[_Rank, FontFile]] = {}
    problems: list[Problem] = []
    for path in font_files(folder):
        try:
            for font in _fonts(path):
                known = _recognise(font, path)
                if known is None:
                    continue
                face, rank = known
                if face in best and best[face][0] <= rank:
                    continue
                if _restricted(font):
                    problems.append(problem("font-restricted", Place(path.name), face=face.value))
                    continue
                best[face] = rank, FontFile(font)
        except _DAMAGED as error:
            detail = in_chinese(error, "文件损坏，或不是字体文件")
            problems.append(problem("font-unreadable", Place(path.name), detail=detail))
    if not best:
        known_names = "、".join(names[0] for names in _NAMES.values())
        problems.append(problem("font-unrecognised", Place(str(folder)), known=known_names))
    return {face: file for face, (_, file) in best.items()}, tuple(problems)


def font_files(folder: Path) -> list[Path]:
    """Returns the files of a folder that may hold fonts, in the order in which they are read."""
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [path for path in paths if path.suffix.lower() in _ENDINGS]


def _fonts(path: Path) -> Iterator[TTFont]:
    if path.suffix.lower() == ".ttc":
        yield from TTCollection(path, lazy=True).fonts
    else:
        yield TTFont(path, lazy=True)


def _recognise(font: Any, path: Path) -> tuple[Face, _Rank] | None:
    """The face that the font is, and its rank: the lowest is the best."""
    labels = {_plain(path.stem)} | {
        _plain(record.toUnicode(errors="replace"))
        for record in font["name"].names
        if record.nameID in _FAMILY_OR_FULL_NAME
    }
    for face, names in _NAMES.items():
        for rank, name in enumerate(names):
            if name in labels:
                weight: int = font["OS/2"].usWeightClass if "OS/2" in font else _REGULAR
                return face, (rank, abs(weight - _REGULAR))
    return None


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]", "", name).casefold()


def _restricted(font: Any) -> bool:
    # Bits 0x0004 and 0x0008 allow embedding and overrule the first bit.
    rights: int = font["OS/2"].fsType if "OS/2" in font else 0
    return bool(rights & (_FORBIDS if not rights & 0x000C else _FORBIDS & ~0x0002))
