"""What leads to a person beside numbers: e-mail, WeChat, QQ, car plates, homes, numbers as 1.1E+17.

Every pattern has bounded gaps and begins with a sign or word that is looked for, so that a text of
any length is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from rubrics.messages.number_shapes import Shape

_NUMERAL: Final = r"[0-9一二三四五六七八九十百零〇]"
_TO: Final = r"(?:号码?|[Ii][Dd]|账号|帐号)?"
_LOCAL: Final = re.compile(r"(?<![*A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+(?= ?$)")
_DOMAIN: Final = re.compile(
    r"(?:@| ?[(\[] ?(?:at|AT) ?[)\]] ?) ?(?:[A-Za-z0-9-]{1,63}\.){1,4}"
    r"(?!(?:png|jpe?g|gif|pdf|xlsx?|docx?|csv|zip|mp4)\b)[A-Za-z]{2,12}(?![A-Za-z0-9])"
)
_WECHAT: Final = re.compile(
    r"(?:(?:微信|薇信|威信|V信|v信|[Ww]e ?[Cc]hat|[Ww]ei ?[Xx]in"
    r"|(?<![A-Za-z])(?:[Vv][Xx]|[Ww][Xx])|加(?:我|下|个)? ?(?:[Vv](?![A-Za-z])|微|薇))"
    rf"(?:(?P<said>{_TO})[ :：=为是(（“\"]{{0,4}}))"
    r"(?P<n>[A-Za-z][A-Za-z0-9_-]{5,19}|\d{6,12})(?![A-Za-z0-9_*-])"
)
_SHORT: Final = 6
"""Digits of a number of which four would tell nearly all of it."""
_QQ: Final = re.compile(
    rf"(?:(?<![A-Za-z])[Qq]{{2}}|扣扣|企鹅)群?{_TO}[ :：=为是(（]{{0,4}}"
    r"(?P<n>[1-9](?:[ .-]{0,4}\d){4,10})(?![\d*])"
)
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Za-hj-np-z][ .·•-]{0,3}"
    r"(?P<n>(?=[A-Za-z]{0,3}\d)[A-HJ-NP-Za-hj-np-z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警挂领])"
    r"(?![A-Za-z0-9])"
)
_ROOM: Final = r"(?:室|户|房|号房)"
# A school is written like that too (文一路 12 号); a home has a house and a door, no school in it.
_STREET: Final = re.compile(
    rf"(?:路|街|巷|弄|道|胡同|里|村) ?(?P<n>{_NUMERAL}{{1,5}}(?:-\d{{1,4}})? ?[号弄]"
    rf"(?:(?![学校园馆局厅堂教办])[^，,。；;\n]){{0,16}}?"
    rf"(?:{_NUMERAL}{{1,5}} ?{_ROOM}|{_NUMERAL}{{1,3}} ?单元[ -]{{0,2}}{_NUMERAL}{{2,5}}))"
)
_ESTATE: Final = re.compile(
    r"(?:小区|花苑|家园|新村|嘉园|佳苑|雅苑|名苑|(?<!学生)(?<!宿舍)(?<!教师)(?<!教工)公寓|花园)"
    r"(?:(?![，,。；;！!0-9学校园]).){0,4}"
    rf"(?P<n>{_NUMERAL}{{1,4}} ?(?:栋|幢|座|号楼)"
    rf"(?:[ ,-]{{0,2}}{_NUMERAL}{{1,3}} ?(?:单元|门))?(?:[ ,-]{{0,2}}{_NUMERAL}{{1,5}} ?{_ROOM}?)?)"
)
_LIVES: Final = re.compile(
    r"(?:家住|住址|家庭地址)[ :是为(]{0,3}(?:(?![，,。；;\n0-9学校宿园]).){0,16}?"
    rf"(?P<n>{_NUMERAL}{{1,5}} ?(?:号楼|号(?!线)|栋|幢|弄|单元|室)"
    rf"(?:[ -]{{0,2}}{_NUMERAL}{{1,5}}(?! ?[0-9年月日人岁次])"
    r" ?(?:号楼|号|栋|幢|座|弄|单元|门|室|户|房)?){0,4})"
)
_POWER: Final = re.compile(
    r"(?<![A-Za-z0-9.])(?P<n>\d(?:\.\d{1,16}(?=[Ee])|(?=[Ee]\+)))[Ee]\+?(?P<power>1[0145678])(?![A-Za-z0-9])"
)
"""A long number as a spreadsheet shows it, 1.1E+17."""
_POWERS: Final = {"10": "手机号", "11": "座机号", "14": "身份证号", "17": "身份证号"}


def words(spelled: str) -> Iterator[Shape]:
    """Yields what leads to a person in a text that ``ascii_spelling`` made."""
    for found in _POWER.finditer(spelled):
        yield Shape(_POWERS.get(found["power"], "银行卡号"), _places(found, str.isdigit))
    yield from _addresses_of_mail(spelled)
    for found in _WECHAT.finditer(spelled):
        # 微信 Android and the like name no one.
        if found["said"] or not found["n"].isalpha() or spelled[found.start("n") - 1] in ":=为是":
            yield Shape("微信号", _places(found)[1:])
    for found in _QQ.finditer(spelled):
        digits = _places(found, str.isdigit)
        edge = 2 if len(digits) > _SHORT else 1
        yield Shape("QQ号", digits[edge:-edge])
    for found in _PLATE.finditer(spelled):
        yield Shape("车牌号", _places(found)[:-2])
    for form in (_STREET, _ESTATE, _LIVES):
        for found in form.finditer(spelled):
            yield Shape("住址", _places(found, _is_numeral))


def _addresses_of_mail(spelled: str) -> Iterator[Shape]:
    for domain in _DOMAIN.finditer(spelled):
        begin = max(0, domain.start() - 64)
        local = _LOCAL.search(spelled[begin : domain.start()])
        # user@host of a link is the address of a computer.
        if local is not None and spelled[max(0, begin + local.start() - 2) :][:2] != "//":
            start, end = begin + local.start(), begin + local.end()
            yield Shape("电子邮箱", tuple(range(start + (end - start > 1), end)))


def _places(found: re.Match[str], kept: Callable[[str], bool] = lambda _: True) -> tuple[int, ...]:
    return tuple(at for at in range(*found.span("n")) if kept(found.string[at]))


def _is_numeral(letter: str) -> bool:
    return re.match(_NUMERAL, letter) is not None
