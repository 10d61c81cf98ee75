"""Numbers that lead to a person, found in free text and masked: 138****5678.

Found are Chinese mobile numbers, land lines, identity numbers of 18 and 15 digits and bank cards.
Codes of schools, digests, dates and amounts are none of them: an identity number or a card has to
pass its own check (GB 11643; Luhn), a land line its area code or the word 电话 before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

_FORMS = str.maketrans(
    "０１２３４５６７８９＋Ｘｘ－—–−‐‑·．（）\u3000\xa0",
    "0123456789+Xx------..()  ",
)
"""One spelling, character by character, so that every place stays where it is."""

MAYBE = r"[0-9０-９](?:[^0-9０-９\u4e00-\u9fff、，,:：/]{0,3}[0-9０-９]){6}"
"""A regular expression that every text with such a number matches, and few others do."""

_MAYBE = re.compile(MAYBE)
_GAP = r"[- .]?"
# A number stands alone: no further digit, and no part of a decimal.
_BEFORE, _BEHIND = r"(?<!\d)(?<!\d\.)", r"(?!\d)(?!\.\d)"
_WORTH = r"(?! ?(?:元|角|万|亿|千|百|%))"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What it is called, how it is written (its digits in the group ``n``), and how much of it is
    shown: so many digits at the beginning and at the end.
    """

    name: str
    form: re.Pattern[str]
    first: int
    last: int
    holds: Callable[[str], bool] = lambda digits: True


def _identity(digits: str) -> bool:
    """Whether 18 digits are an identity number: its day and its check digit (GB 11643)."""
    if not _is_day(digits[6:10], digits[10:12], digits[12:14]):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return "10X98765432"[total % 11] == digits[17].upper()


def _old_identity(digits: str) -> bool:
    return _is_day(f"19{digits[6:8]}", digits[8:10], digits[10:12])


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1880 <= date(int(year), int(month), int(day)).year < 2100
    except ValueError:
        return False


def _card(digits: str) -> bool:
    """Whether digits pass the check of bank cards (Luhn)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


# Provinces: 11 to 15, 21 to 23, 31 to 37, 41 to 46, 50 to 54, 61 to 65, 71, 81 to 83.
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_ASKED = r"(?:电话|座机|传真|热线|[Tt][Ee][Ll])(?:号码?)?(?: ?[是为:：.]){0,2} ?"
_KINDS = (
    _Kind(
        "身份证号",
        # A pupil's number (学籍号) is a letter and the identity number.
        re.compile(
            rf"{_BEFORE}(?<![A-FH-IKM-Za-fh-ikm-z])(?P<n>{_PROVINCE}\d{{4}}{_GAP}"
            rf"(?:18|19|20)\d{{6}}{_GAP}\d{{3}}[\dXx])(?![\dA-Za-z]){_BEHIND}"
        ),
        6,
        4,
        _identity,
    ),
    _Kind(
        "身份证号",
        re.compile(
            rf"{_BEFORE}(?<![A-Za-z])(?P<n>{_PROVINCE}\d{{4}}{_GAP}\d{{6}}{_GAP}\d{{3}})"
            rf"(?![A-Za-z]){_BEHIND}"
        ),
        6,
        3,
        _old_identity,
    ),
    _Kind(
        "银行卡号",
        re.compile(
            rf"{_BEFORE}(?<![A-Za-z])(?P<n>(?:4\d|5[1-5])\d\d(?:{_GAP}\d{{4}}){{3}}"
            rf"|62\d\d(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?)(?![A-Za-z]){_BEHIND}"
        ),
        4,
        4,
        _card,
    ),
    _Kind(
        "手机号",
        re.compile(
            rf"{_BEFORE}(?:(?:\+ ?|00)?86{_GAP})?(?P<n>1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
            rf"|1[3-9]\d\d[- .]\d{{3}}[- .]\d{{4}}){_BEHIND}{_WORTH}"
        ),
        3,
        4,
    ),
    _Kind(
        "座机号",
        re.compile(
            rf"{_BEFORE}(?:\+ ?86{_GAP})?\(?{_AREA}(?:\) ?| ?- ?| )"
            rf"(?P<n>[2-9]\d{{2,3}}{_GAP}\d{{4}}){_BEHIND}"
        ),
        0,
        4,
    ),
    _Kind(
        "座机号",
        re.compile(rf"{_ASKED}\(?(?:{_AREA})?\)?{_GAP}(?P<n>[2-9]\d{{2,3}}{_GAP}\d{{4}}){_BEHIND}"),
        0,
        4,
    ),
)
_HEX = re.compile(r"[0-9a-fA-F]{16,}")
"""A digest or a part of one, where it has letters."""


def masked(text: str) -> str:
    """Returns the text with an asterisk for every digit that is kept back."""
    if _MAYBE.search(text) is None:
        return text
    kept = list(text)
    for kind, found in _found(text):
        digits = [at for at in range(*found.span("n")) if found.string[at] not in "- ."]
        for at in digits[kind.first : len(digits) - kind.last]:
            kept[at] = "*"
    return "".join(kept)


def private_numbers(text: str) -> tuple[str, ...]:
    """Returns what :func:`masked` finds in a text, each kind once: ``("手机号",)``."""
    if _MAYBE.search(text) is None:
        return ()
    return tuple(dict.fromkeys(kind.name for kind, _ in _found(text)))


def _found(text: str) -> Iterator[tuple[_Kind, re.Match[str]]]:
    spelled = text.translate(_FORMS)
    # What one kind has found is no part of another; digests are of none.
    for digest in _HEX.finditer(spelled):
        if not digest[0].isdigit():
            spelled = _without(spelled, digest.span())
    for kind in _KINDS:
        for found in kind.form.finditer(spelled):
            if kind.holds(re.sub("[- .]", "", found["n"])):
                spelled = _without(spelled, found.span("n"))
                yield kind, found


def _without(text: str, span: tuple[int, int]) -> str:
    start, end = span
    return f"{text[:start]}{'#' * (end - start)}{text[end:]}"
