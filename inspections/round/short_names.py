"""Names of schools as people say them: 一小, 实验小学, 青禾三中."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from inspections.records.numbers import fold

_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_NUMBER: Final = re.compile("[〇零一二三四五六七八九十百]+")


def meant(said: str, names: Mapping[str, str]) -> list[str]:
    """Returns the ids that ``said`` may mean, by ``names``: id -> full name.

    Its own id; else the name; else names that contain it; else names of which it is a short form,
    its characters in their order and its numbers whole: 一小 is 第一小学, and not 第十一小学.

    >>> schools = {"01": "青禾县第一小学", "11": "青禾县第十一小学", "03": "青禾县实验小学"}
    >>> meant("一小", schools), meant("11小", schools), meant("实小", schools)
    (['01'], ['11'], ['03'])
    >>> meant("青禾", schools)
    ['01', '11', '03']
    """
    if said in names:
        return [said]
    text = _plain(said)
    if not text:
        return []
    plain = {name: _plain(title) for name, title in names.items()}
    exact = [name for name, title in plain.items() if title == text]
    if exact:
        return exact
    parts = [name for name, title in plain.items() if text in title]
    if parts:
        # 第一小学 stands in 第十一小学 too where only the end is looked at.
        whole = [name for name in parts if _short_form(text, plain[name])]
        return whole or parts
    return [name for name, title in plain.items() if len(text) > 1 and _short_form(text, title)]


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    """Half width, no blanks and brackets, numbers in Han: 第 2 小学 is 第二小学."""
    bare = re.sub(r"[\s()（）·]", "", fold(text))
    return re.sub(r"\d{1,2}", lambda found: _han(int(found[0])), bare)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return str(ones).translate(_DIGITS)
    first = "" if tens == 1 else str(tens).translate(_DIGITS)
    return f"{first}十{str(ones).translate(_DIGITS) if ones else ''}"


def _short_form(said: str, title: str) -> bool:
    """Whether the pieces of ``said`` come in a title in their order, numbers as whole numbers."""
    held = iter(_pieces(title))
    return all(piece in held for piece in _pieces(said))


@lru_cache(maxsize=1 << 16)
def _pieces(text: str) -> tuple[str, ...]:
    """The characters of a text, a number being one piece."""
    at, made = 0, []
    while at < len(text):
        found = _NUMBER.match(text, at)
        piece = found[0] if found else text[at]
        made.append(piece)
        at += len(piece)
    return tuple(made)


def listed(found: Iterable[str], names: Mapping[str, str], most: int = 12) -> str:
    """Returns ``甲校（01）、乙校（02）`` of several ids, and how many more there are."""
    ids = list(found)
    shown = "、".join(f"{names[one]}（{one}）" for one in ids[:most])
    return shown + (f"等 {len(ids)} 所" if len(ids) > most else "")
