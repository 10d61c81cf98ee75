"""Classes of a school as people write them: 三(2)班, 三年级2班, 302, 初一（3）班, 小一班.

A class has one name, ``三年级2班``; one of which nobody knows the grade is ``2班``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from inspections.records.voices import AnswerSet, Ints, Question
from inspections.voices.scales import all_scales

GRADE: Final = "年级"
CLASS: Final = "班级"
"""By what answers are divided into those of grades and of classes."""

_DIGITS: Final = "一二三四五六七八九"
_LARGEST: Final = 60
_BETWEEN: Final = r"[-_./、,(第]*"
_NUMBER: Final = re.compile(rf"{_BETWEEN}(?P<number>\d{{1,2}}|[{_DIGITS}十]{{1,3}})\)?班?")
_CODED: Final = re.compile(r"(?P<grade>[1-9])(?P<number>[0-5]\d)班?")
_NAMED: Final = re.compile(r"[\u4e00-\u9fff]{1,8}班")
_ENTERED_IN: Final = re.compile(r"20\d\d[级届]")
_SHORT: Final = re.compile(rf"(?:[1-9](?=[-_./、(])|[{_DIGITS}](?=[-_./、(\d]))")
_TWO_WORDS: Final = re.compile(rf"[{_DIGITS}](?=[{_DIGITS}]班?$)")
_SMALL_ONES: Final = re.compile(rf"[小中大](?=班?{_BETWEEN}(?:\d|[{_DIGITS}十]))")


class SchoolClass(NamedTuple):
    """A grade and a class in it, each under the name that it has here; either may be unknown."""

    grade: str = ""
    number: str = ""


def class_of(text: str) -> SchoolClass | None:
    """Returns the class that is meant; None where the text names none, or a grade alone.

    >>> class_of("三（2）班"), class_of("初一3班").grade
    (SchoolClass(grade='三年级', number='2班'), '七年级')
    """
    typed = _folded(text)
    if found := _CODED.fullmatch(typed):
        return _numbered(grade_of(found["grade"]), found["number"])
    grade, rest = _graded(typed)
    if found := _NUMBER.fullmatch(rest):
        return _numbered(grade, found["number"])
    return SchoolClass(grade, rest) if _NAMED.fullmatch(rest) and not grade_of(rest) else None


def grade_of(text: str) -> str:
    """Returns a grade by its usual name; empty where the text is none.

    >>> grade_of("小学3年级"), grade_of("初二"), grade_of("四")
    ('三年级', '八年级', '四年级')
    """
    return _grades().get(_worded(_folded(text)), "")


def classes_of(answers: AnswerSet) -> tuple[tuple[SchoolClass, ...], Ints] | None:
    """Returns the classes of answers, and a place among them for every answer.

    None where they were asked for neither class nor grade. Who did not say is of one without name.
    """
    asked = asked_by(answers)
    if not asked:
        return None
    known: dict[SchoolClass, int] = {}
    options = [[*one.options, ""] for one in asked]
    codes = [np.where((held := answers.codes[one.id]) >= 0, held, len(one.options))
             for one in asked]  # fmt: skip
    to = np.array([known.setdefault(class_in(chosen), len(known)) for chosen in product(*options)])
    return tuple(known), to.reshape([len(one) for one in options])[tuple(codes)]


def class_in(chosen: Sequence[str]) -> SchoolClass:
    """Returns the class of who chose a grade, a class, or both, in this order; what names neither
    is of a class without name.
    """
    found = SchoolClass()
    for option in chosen:
        one = class_of(option) or SchoolClass(grade_of(option))
        found = SchoolClass(one.grade or found.grade, one.number or found.number)
    return found


def asked_by(answers: AnswerSet) -> tuple[Question, ...]:
    """Returns the questions for grade and class, of those that there are, in this order."""
    found = (
        next((it for it in answers.questions if it.group == group and it.form == "one"), None)
        for group in (GRADE, CLASS)
    )
    return tuple(one for one in found if one)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _worded(text: str) -> str:
    """3年级, 初1 and 四 as 三年级, 初一 and 四年级."""
    found = re.sub(r"[1-9]", lambda it: _DIGITS[int(it[0]) - 1], text)
    return f"{found}年级" if found and found in _DIGITS else found


def _graded(text: str) -> tuple[str, str]:
    """The grade that a text begins with, by its usual name, and the rest."""
    if found := _ENTERED_IN.match(text):
        return found[0], text[found.end() :]
    for end in range(len(text) - 1, 1, -1):
        if grade := grade_of(text[:end]):
            return grade, text[end:]
    for pattern in (_SHORT, _TWO_WORDS):
        if found := pattern.match(text):
            return grade_of(found[0]), text[found.end() :]
    if found := _SMALL_ONES.match(text):
        return f"{found[0]}班", text[found.end() :].removeprefix("班")
    return "", text


def _numbered(grade: str, text: str) -> SchoolClass | None:
    number = int(text) if text.isdecimal() else _read(text)
    return SchoolClass(grade, f"{number}班") if 0 < number <= _LARGEST else None


def _read(text: str) -> int:
    """A number below 100 in words; 0 where it is none."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.index(text) + 1 if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)


@cache
def _grades() -> Mapping[str, str]:
    levels = all_scales({}).known[GRADE].levels
    return {word: words[0] for words in levels for word in words}
