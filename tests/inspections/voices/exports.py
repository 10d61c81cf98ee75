"""Invented answers, and the same answers as each site exports them."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import xlsxwriter

LEVELS: Final = ("非常满意", "满意", "一般", "不满意", "非常不满意", "不清楚")
GRADES: Final = ("一年级", "三年级", "六年级")
ACTIVITIES: Final = ("书法", "体育", "阅读")
ASKED: Final = ("教学", "食堂", "作业", "安全", "收费", "师德", "环境", "沟通", "课后服务")
MATRIX: Final = ("味道", "分量")
REMARKS: Final = ("饭菜有点凉，请热一热", "放学太晚", "很好，没有意见", "希望多打球 13812345678")


@dataclass
class Answer:
    """What one parent answered; ``levels``: to each of ``ASKED``, empty where left blank."""

    serial: int
    school: str
    grade: str
    levels: list[str]
    activities: list[str]
    matrix: list[str]
    remark: str
    submitted: datetime
    seconds: int
    ip: str
    more: dict[str, str] = field(default_factory=dict)


def invented(count: int, schools: Sequence[str], day: int = 12) -> list[Answer]:
    """Returns answers of parents, from a day of October; each with an address of its own."""
    chance = random.Random(day)
    start = datetime(2026, 10, day, 8)
    return [
        Answer(
            number,
            chance.choice(schools),
            chance.choice(GRADES),
            [chance.choice((*LEVELS, "")) for _ in ASKED],
            [one for one in ACTIVITIES if chance.random() < 0.4],
            [chance.choice(LEVELS[:5]) for _ in MATRIX],
            chance.choice(REMARKS) if chance.random() < 0.1 else "",
            start + timedelta(seconds=7 * number),
            chance.randint(60, 300),
            f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        )
        for number in range(1, count + 1)
    ]


Rows = Iterator[list[Any]]


def _questions(sep: str) -> list[str]:
    heads = [f"1{sep}您的孩子在哪所学校", f"2{sep}您的孩子在几年级"]
    heads += [f"{place}{sep}您对学校的{one}满意吗" for place, one in enumerate(ASKED, 3)]
    return heads


def wjx(answers: Sequence[Answer]) -> Rows:
    yield [
        "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", *_questions("、"),
        "12、孩子参加了哪些活动", *(f"13、对食堂的评价—{one}" for one in MATRIX),
        "14、您的意见和建议", "总分",
    ]  # fmt: skip
    for one in answers:
        yield [
            one.serial, one.submitted.strftime("%Y/%m/%d %H:%M:%S"), f"{one.seconds}秒", "微信",
            "N/A", f"{one.ip}(某省-某市)", one.school, one.grade,
            *(level or "(跳过)" for level in one.levels),
            "┋".join(one.activities) or "(空)", *one.matrix, one.remark or "(空)", "0",
        ]  # fmt: skip


def tencent(answers: Sequence[Answer]) -> Rows:
    yield [
        "编号", "开始答题时间", "结束答题时间", "答题时长", "语言", "清洗数据结果",
        *_questions("."),
        *(f"12.孩子参加了哪些活动:{one}" for one in ACTIVITIES),
        *(f"13.对食堂的评价:{one}" for one in MATRIX), "14.您的意见和建议",
        "地理位置", "IP", "UA", "Referrer",
    ]  # fmt: skip
    for one in answers:
        begun = one.submitted - timedelta(seconds=one.seconds)
        minutes, seconds = divmod(one.seconds, 60)
        yield [
            f"{one.serial}\t", begun.strftime("%Y-%m-%d %H:%M:%S"),
            one.submitted.strftime("%Y-%m-%d %H:%M:%S"), f"{minutes}分{seconds}秒", "简体中文", "",
            one.school, one.grade, *one.levels,
            *(act if act in one.activities else "" for act in ACTIVITIES), *one.matrix, one.remark,
            "某省某市", one.ip, "Mozilla/5.0", "",
        ]  # fmt: skip


def jinshuju(answers: Sequence[Answer]) -> Rows:
    yield [
        "序号", *_questions("."), "12.孩子参加了哪些活动",
        *(f"13.对食堂的评价-{one}" for one in MATRIX), "14.您的意见和建议",
        "提交人", "提交时间", "修改时间", "填写设备", "操作系统", "浏览器", "IP", "填写时长",
    ]  # fmt: skip
    for one in answers:
        yield [
            one.serial, one.school, one.grade, *one.levels, "，".join(one.activities),
            *one.matrix, one.remark, "", one.submitted, "", "手机", "安卓", "微信", one.ip,
            one.seconds,
        ]  # fmt: skip


def wps(answers: Sequence[Answer]) -> Rows:
    yield [
        "序号", "提交者", "提交时间", "答题时长", "IP", *_questions("、"), "12、孩子参加了哪些活动",
        *(f"13、对食堂的评价（{one}）" for one in MATRIX), "14、您的意见和建议",
    ]  # fmt: skip
    for one in answers:
        clock = f"{one.seconds // 3600:02}:{one.seconds // 60 % 60:02}:{one.seconds % 60:02}"
        yield [
            one.serial, "微信用户", one.submitted.strftime("%Y年%m月%d日 %H:%M:%S"), clock, one.ip,
            one.school, one.grade, *one.levels, "┋".join(one.activities), *one.matrix, one.remark,
        ]  # fmt: skip


def limesurvey(answers: Sequence[Answer]) -> Rows:
    yield [
        "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr",
        *_questions(". "), *(f"12. 孩子参加了哪些活动 [{one}]" for one in ACTIVITIES),
        *(f"13. 对食堂的评价 [{one}]" for one in MATRIX), "14. 您的意见和建议", "interviewtime",
    ]  # fmt: skip
    for one in answers:
        moment = one.submitted.strftime("%Y-%m-%d %H:%M:%S")
        yield [
            one.serial, moment, 3, "zh-Hans", 123, moment, moment, one.ip, one.school, one.grade,
            *one.levels, *("Y" if act in one.activities else "" for act in ACTIVITIES), *one.matrix,
            one.remark, f"{one.seconds}.0",
        ]  # fmt: skip


SITES: Final[dict[str, tuple[Callable[[Sequence[Answer]], Rows], str, str]]] = {
    "问卷星": (wjx, "123456_按文本_家长问卷_9_9.xlsx", ""),
    "腾讯问卷": (tencent, "家长问卷.csv", "utf-8-sig"),
    "金数据": (jinshuju, "家长问卷.xlsx", ""),
    "WPS表单": (wps, "家长问卷.xlsx", ""),
    "LimeSurvey": (limesurvey, "家长问卷.csv", "gb18030"),
}
"""By program: how it writes, under which name, in which encoding (empty: a workbook)."""


def exported(program: str, answers: Sequence[Answer], folder: Path) -> Path:
    """Writes answers as a program exports them; returns the file."""
    rows, name, encoding = SITES[program]
    folder.mkdir(parents=True, exist_ok=True)
    return written(folder / name, rows(answers), encoding)


def written(path: Path, rows: Iterator[list[Any]], encoding: str = "utf-8") -> Path:
    """Writes rows as a workbook or a text, as the ending says."""
    if path.suffix != ".xlsx":
        with path.open("w", encoding=encoding, newline="") as out:
            csv.writer(out, delimiter="\t" if path.suffix == ".tsv" else ",").writerows(rows)
        return path
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("答卷")
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                else:
                    sheet.write(at, column, value)
    return path
