"""Whether a name that leads to no file promises one, or is a record on paper.

A record on paper is taken at the inspector's word; a photograph is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from inspections.evidence.file_names import ENDINGS, PHONE, PICTURES, RECORDINGS, key


def _either(texts: frozenset[str]) -> str:
    return "|".join(sorted(texts, key=lambda text: (-len(text), text)))


# Each pattern looks a fixed number of characters ahead: the time is linear in the text.
_ENDING = re.compile(
    rf"[.。·] ?(?:{_either(ENDINGS)})(?![a-z])"
    # The point is often forgotten: 灶台jpg.
    rf"|(?<![a-z])(?:{_either(PICTURES | PHONE | RECORDINGS)})(?![a-z0-9])"
)
_CAMERA = re.compile(
    r"(?<![a-z])(?:img|imag|image|dsc[nf]?|cimg|pict?|photo|mvimg|pxl|pano|burst|dcim|dji"
    r"|gopr|gh0|vid|video|mov|mtxx|mmexport|wx_?camera|wechat_?im(?:g|age)|screen ?shots?|screen"
    r"|screenrecorder|magazine-unlock|faceu|b612|snapseed|camscanner)"
    r"(?:[a-z]?[ _-]{0,3}[a-z]?[0-9]|(?![a-z]))"
    r"|(?<!\d)20[0-9]{6}[ _-]?[0-9]{6}(?!\d)"
    r"|(?<!\d)20[0-9]{2}-[0-9]{2}-[0-9]{2}[ _-][0-9]{2}[.-]?[0-9]{2}[.-]?[0-9]{2}(?!\d)"
    r"|(?<![0-9a-z])(?:p[0-9]{7}|[0-9a-f]{32})(?![0-9a-z])"
)
_WORD = re.compile(
    "(?:照片|相片|图片|图像|截图|截屏|视频|录像|录屏|录音|影像|抓拍|拍照|合影|合照)(?:资料|材料)?"
)
_FIGURE = re.compile(r"(?:详?见|如|附)?图 ?[0-9一二三四五六七八九十]{0,4}(?:[-~—至到][0-9]{1,4})?")
_ON_PAPER = re.compile(
    "记录|笔录|台账|台帐|登记|清单|目录|档案|材料|资料|复印|打印|原件|纸质|报告|说明|制度|方案|合同"
    "|协议|通知|会议|证书?$|[表册本簿单页]"
)


def promises_file(typed: str) -> bool:
    """Whether a name promises a file: by an ending anywhere in it, as a camera or a telephone
    names files, or by what only a file can be (照片1, 监控截图).

    检查记录, 会议记录第3页, 视频会议记录 and 照片复印件 are on paper.
    """
    return _names_file(key(typed)) or speaks_of_picture(typed)


@lru_cache(1 << 12)
def speaks_of_picture(typed: str) -> bool:
    """Whether a name only says that there are pictures or recordings (照片1), not which."""
    text = key(typed)
    if _names_file(text):
        return False
    if _FIGURE.fullmatch(text):
        return True
    if "纸质" in text:
        return False
    ends = [found.end() for found in _WORD.finditer(text)]
    return bool(ends) and not _ON_PAPER.search(text, ends[-1])


def _names_file(text: str) -> bool:
    return bool(_ENDING.search(text) or _CAMERA.search(text))
