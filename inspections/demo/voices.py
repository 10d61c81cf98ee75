"""What parents of the invented county said: a survey site's export, calls, complaints, ballots.

Every school's answers come to what its inspectors counted, so that the sample shows where a figure
can come from, and no figure of it is another one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

from inspections.demo.county import county
from inspections.records.voices import Kind
from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.round.voiced import Voiced
from inspections.workbook.form.contents import RowEntry
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem

Counted = tuple[int, int, int]
"""Satisfied, returned, sent."""

PARENTS: Final = "家长问卷"
_ASKED: Final = "您对学校的作业管理和课后服务满意吗"
RUBRIC, ITEM = "shuangjian", "G1"
VOICES: Final = (Voiced(item=f"{RUBRIC}/{ITEM}", survey=PARENTS, question=_ASKED),)
"""What the sample's round counts of answers."""

_GRADES: Final = {
    "小学": ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
    "初中": ("七年级", "八年级", "九年级"),
}
_LEVELS: Final = (("非常满意", "满意"), ("一般", "不满意"))
_REMARKS: Final = ("作业再少一点", "课后服务的课程可以多一些", "放学接送的地方太挤", "老师很负责")
_COMPLAINTS: Final = ("收费", "作业负担", "食堂饭菜", "师德师风", "校园安全")
_BALLOTS: Final = ("很好", "较好", "一般", "较差")


def counted_in(rows: Mapping[str, RowEntry]) -> Counted:
    """Returns what an inspector counted of a school's questionnaires."""
    found = [rows[f"{ITEM}.{key}"].value for key in ("satisfied", "returned", "sent")]
    satisfied, returned, sent = (one if isinstance(one, int) else 0 for one in found)
    return satisfied, returned, sent


def write_voices(
    opened: OpenRound, counted: Mapping[str, Counted]
) -> tuple[list[tuple[Path, str, str]], list[Problem]]:
    """Writes the files of answers into ``voices/``; returns them, with their survey and kind.

    ``counted``: what each school's parents come to, by code. Codes: those of ``write_whole``.
    """
    schools = [opened.roster.schools[code] for code in counted]
    made: dict[str, tuple[str, Kind, Sequence[str], Iterable[Sequence[Any]]]] = {
        f"{PARENTS}.csv": (PARENTS, Kind.QUESTIONNAIRE, _HEADS, _parents(schools, counted)),
        f"{PARENTS}发放.csv": (
            PARENTS,
            Kind.SENT,
            ("学校", "发放份数"),
            [(one.name, counted[one.id][2]) for one in schools],
        ),
        "电话访谈.csv": (
            "电话访谈",
            Kind.INTERVIEW,
            ("学校", "访谈时间", "您对学校满意吗"),
            _calls(schools),
        ),
        "热线登记.csv": (
            "热线",
            Kind.COMPLAINT,
            ("学校", "来电时间", "反映类别", "反映内容", "是否答复"),
            _complaints(schools),
        ),
        "民主测评票数.csv": ("民主测评", Kind.BALLOT, ("学校", *_BALLOTS), _ballots(schools)),
    }
    found: list[tuple[Path, str, str]] = []
    problems: list[Problem] = []
    for name, (survey, kind, heads, rows) in made.items():
        text = StringIO()
        csv.writer(text, lineterminator="\r\n").writerows([heads, *rows])
        path = opened.folder.answers / name
        path.parent.mkdir(exist_ok=True)
        problems += write_whole(path, text.getvalue().encode("utf-8-sig"), opened.folder.name(path))
        found.append((path, survey, kind.value))
    return found, problems


_HEADS: Final = (
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您孩子所在的学校",
    "2、您的孩子在几年级", f"3、{_ASKED}", "4、您的意见和建议",
)  # fmt: skip


def _parents(schools: Sequence[School], counted: Mapping[str, Counted]) -> Iterable[Sequence[Any]]:
    number, since = 0, datetime.combine(county().day("window.since"), datetime.min.time())
    for school in schools:
        chance = county().chance(school.id, PARENTS)
        satisfied, returned, _ = counted[school.id]
        grades = _GRADES.get(str(school.traits["学段"]), _GRADES["小学"])
        for place in range(returned):
            number += 1
            said = chance.choice(_LEVELS[place >= satisfied])
            at = since + timedelta(hours=18, seconds=7 * number)
            remark = chance.choice(_REMARKS) if chance.random() < 0.1 else "(空)"
            yield (
                number, at.strftime("%Y/%m/%d %H:%M:%S"), f"{chance.randint(60, 180)}秒", "微信",
                f"?school={school.id}", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
                school.name, chance.choice(grades), said, remark,
            )  # fmt: skip


def _calls(schools: Sequence[School]) -> Iterable[Sequence[Any]]:
    for school in schools[::3]:
        chance = county().chance(school.id, "电话访谈")
        for place in range(8):
            day = county().day("window.since") + timedelta(days=place)
            yield school.name, day.isoformat(), chance.choice((*_LEVELS[0], *_LEVELS[0], "一般"))


def _complaints(schools: Sequence[School]) -> Iterable[Sequence[Any]]:
    for school in schools:
        chance = county().chance(school.id, "热线")
        for _ in range(chance.choice((0, 0, 1, 1, 2, 6))):
            day = county().day("period.since") + timedelta(days=chance.randrange(100))
            kind = chance.choice(_COMPLAINTS)
            answered = "已答复" if chance.random() < 0.9 else "未答复"
            yield school.name, day.isoformat(), kind, f"反映{kind}的问题，请核实", answered


def _ballots(schools: Sequence[School]) -> Iterable[Sequence[Any]]:
    for school in schools[:6]:
        chance = county().chance(school.id, "民主测评")
        yield (
            school.name,
            chance.randint(20, 30),
            chance.randint(5, 12),
            chance.randint(0, 3),
            chance.randint(0, 1),
        )
