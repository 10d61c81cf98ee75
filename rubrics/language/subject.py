"""What is inspected: schools, or what a rubric names, and by whom; how one speaks of both.

Programs and templates are written in the words of schools and of 督学. ``said`` puts them into
those of another subject, of other people; what somebody typed stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Final

from pydantic import Field

from rubrics.rules import StrictModel

SCHOOL: Final = "学校"
INSPECTOR: Final = "督学"
ANY_INSPECTOR: Final = "检查人员"
"""Whoever inspects, where the rubrics of a round call them by several names."""

_CODES: Final = ("统一社会信用代码", "社会信用代码", "信用代码", "代码", "编号")
_NAMES: Final = ("名称", "全称", "单位名称", "单位全称")

_Word = Annotated[str, Field(min_length=1)]


class Subject(StrictModel):
    """What is inspected. ``code`` and ``title``: the headings of a roster's code and name, the
    first one as templates have it; ``columns``: further columns of text with other headings for
    each, which only whoever inspects sees; ``groups``: by which traits a new round ranks.
    """

    name: _Word = SCHOOL
    measure: _Word = "家"
    you: _Word = "你单位"
    code: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    groups: tuple[str, ...] = ()

    @property
    def is_school(self) -> bool:
        """Whether it is what programs are written for."""
        return self.name == SCHOOL

    @property
    def code_headings(self) -> tuple[str, ...]:
        """The headings of the code, the one that is printed first."""
        return tuple(dict.fromkeys((*self.code, f"{self.name}代码", f"{self.name}编号", *_CODES)))

    @property
    def name_headings(self) -> tuple[str, ...]:
        """The headings of the name, the one that is printed first."""
        own = (f"{self.name}名称", self.name, f"{self.name}全称")
        return tuple(dict.fromkeys((*self.title, *own, *_NAMES)))


@dataclass(frozen=True)
class Words:
    """How one speaks of a subject, and of the ``people`` who inspect it.

    ``typed``: texts that somebody wrote, which hold words of schools or 督学.
    """

    subject: Subject = field(default_factory=Subject)
    typed: frozenset[str] = frozenset()
    people: str = INSPECTOR

    @property
    def is_school(self) -> bool:
        """Whether it is schools that are inspected."""
        return self.subject.is_school

    @property
    def of_inspectors(self) -> bool:
        """Whether those who inspect are 督学."""
        return self.people == INSPECTOR

    @property
    def measure(self) -> str:
        """The word that stands between a number and what is counted."""
        return "所" if self.is_school else self.subject.measure

    def said(self, text: str) -> str:
        """Returns a text of the program or of a template in the words of subject and people.

        What stands in “quotes” or 《titles》, and what people typed, is left as it is.
        """
        if (self.is_school and self.of_inspectors) or not text:
            return text
        return "".join(part if kept else self._put(part) for kept, part in self._parts(text))

    def all_said(self, texts: Iterable[str]) -> list[str]:
        """Returns several texts, each so."""
        return [self.said(text) for text in texts]

    def _put(self, text: str) -> str:
        if not self.of_inspectors:
            text = text.replace(RECORDER, RECORDER_ANY)
            # A bureau may have but one roster, and another name for it.
            text = _ROSTER.sub(f"{self.people}的名册", text)
            text = _INSPECTORS.sub(self.people, text)
        return text if self.is_school else _SCHOOL_WORDS.sub(lambda met: self._word(met[0]), text)

    def _word(self, word: str) -> str:
        name, measure = self.subject.name, self.subject.measure
        fixed = {
            "所学校": measure + name, "学校": name, "你校": self.subject.you,
            "贵校": self.subject.you, "我校": "我单位", "校次": f"{measure}次",
            "校均": f"{measure}均", "一校一": f"一{measure}一", "一校": f"一{measure}",
            "每校": f"每{measure}", "逐校": f"逐{measure}", "到校": "到达", "离校": "离开",
            "在校": "现场", "到校检查": "现场检查", "所": measure,
        }  # fmt: skip
        return fixed.get(word) or word.replace("校", name)

    def _parts(self, text: str) -> Iterator[tuple[bool, str]]:
        at = 0
        for met in self._kept.finditer(text):
            yield False, text[at : met.start()]
            yield True, met[0]
            at = met.end()
        yield False, text[at:]

    @cached_property
    def _kept(self) -> re.Pattern[str]:
        # A word that programs use themselves, as an option 学校, cannot be told from theirs.
        told = (text for text in self.typed if text and not _OWN.fullmatch(text))
        typed = sorted({*told, self.people, self.subject.name}, key=lambda it: (-len(it), it))
        return re.compile("|".join((*map(re.escape, typed), "“[^“”]*”", "《[^《》]*》")))


_SCHOOL_WORDS: Final = re.compile(
    r"所学校|学校|到校检查|一校一|[你贵我到离在一每逐]校|校[次均]"
    r"|(?:(?<=[0-9每几一两}])|(?<=[0-9}] ))所(?![以谓属在有得见印写])"
    r"|校(?![验对园服外长历内舍车医准正场])"
)
"""The words of schools in what programs say; 校验码 and 校对 are none."""

RECORDER: Final = "填表督学"
RECORDER_ANY: Final = "填表人"
"""Whoever fills a sheet: a narrow field of its head."""

_INSPECTORS: Final = re.compile("(?<![总任])督学")
"""Those who inspect, in what programs say; 总督学 and 责任督学 are posts of their own."""

_ROSTER: Final = re.compile(r"督学名册(?!\.)")
"""The roster of those who inspect, and not a file of that name."""

_OWN: Final = re.compile(f"{_SCHOOL_WORDS.pattern}|{_INSPECTORS.pattern}")

SCHOOLS: Final = Words()
"""How one speaks of schools: as everything is written."""
