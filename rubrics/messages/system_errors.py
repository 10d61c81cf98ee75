"""What the system answers when a file cannot be used, in words of a clerk."""

from __future__ import annotations

import errno
import os
from typing import Final

BROKEN: Final = "磁盘读写出错，可能坏了或没有插好"

_WORDS: Final = {
    "ENOSPC": "磁盘满了",
    "EDQUOT": "磁盘上分给您的空间用完了",
    "EFBIG": "文件太大，这个磁盘放不下",
    "EACCES": "没有权限，或正被其他程序打开",
    "EPERM": "没有权限，或正被其他程序打开",
    "EROFS": "这个磁盘只能读，不能写",
    "EBUSY": "正被其他程序使用",
    "ETXTBSY": "正被其他程序使用",
    "EAGAIN": "正被其他程序使用",
    "EDEADLK": "正被其他程序锁住",
    "ENOLCK": "这个磁盘上不能锁文件",
    "ENOENT": "没有这个文件",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTDIR": "路径里应当是文件夹的地方是文件",
    "EEXIST": "已经有同名的文件或文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "ENAMETOOLONG": "文件名或路径太长",
    "EINVAL": "文件名里有这个磁盘不认的字符，或这个磁盘做不到",
    "EILSEQ": "文件名里有这个磁盘不认的字符",
    "ELOOP": "快捷方式（链接）绕成一圈",
    "EMFILE": "同时打开的文件太多",
    "ENFILE": "同时打开的文件太多",
    "ENOMEM": "内存不够",
    "EIO": BROKEN,
    "ENXIO": "磁盘或设备不在了",
    "ENODEV": "磁盘或设备不在了",
    "ESTALE": "网络文件夹断开了",
    "ETIMEDOUT": "网络没有回应",
    "ECONNREFUSED": "网络连不上",
    "ECONNRESET": "网络断开了",
    "ENETUNREACH": "网络连不上",
    "EHOSTUNREACH": "网络连不上",
    "EHOSTDOWN": "网络连不上",
    "ENOTCONN": "网络断开了",
    "ENETDOWN": "网络断开了",
    "EPIPE": "对方关闭了",
    "EXDEV": "不在同一个磁盘上",
    "ENOTSUP": "这个磁盘做不到",
    "ENOSYS": "这个磁盘做不到",
}
_OF_NUMBERS: Final = {
    number: words for name, words in _WORDS.items() if (number := getattr(errno, name, None))
}
_OF_WINDOWS: Final = {
    32: "正被其他程序打开",
    33: "正被其他程序锁住",
    112: "磁盘满了",
    123: "文件名里有这个磁盘不认的字符",
    206: "文件名或路径太长",
}
"""Windows' own numbers, where it says more exactly what is the matter than ``errno``."""


def in_chinese(error: BaseException, otherwise: str = "") -> str:
    """Returns why the system refused, in Chinese.

    A number without words here is printed by its name, so that somebody can look it up. What has
    no number says ``otherwise``, or without that its own words.
    """
    if not isinstance(error, OSError) or error.errno is None:
        return otherwise or str(error)
    if known := _OF_WINDOWS.get(getattr(error, "winerror", None) or 0):
        return known
    return _OF_NUMBERS.get(error.errno) or f"系统错误 {_name(error.errno)}"


def _name(number: int) -> str:
    return errno.errorcode.get(number) or os.strerror(number)
