"""The rosters of a small round as files, and all that it is started from by command."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.inspections.small_round import KITCHEN

SCHOOL_ROWS = [
    ["学校代码", "学校名称", "学段", "食堂经营方式", "寄宿"],
    ["21068101", "第一小学", "小学", "自营", "否"],
    ["21068102", "第二小学", "小学", "无", "否"],
]
INSPECTOR_ROWS = [
    ["督学代码", "姓名", "单位", "检查组"],
    ["D01", "王建国", "督导室", "一组"],
    ["D02", "李秀", "督导室", "一组"],
    ["D03", "张伟", "第一小学", "二组"],
    ["D04", "赵敏", "体卫股", "二组"],
]


def table(path: Path, rows: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def start_files(folder: Path, rubric: str = KITCHEN) -> list[object]:
    """Writes a rubric and two rosters into a folder; returns the options that name them."""
    of = folder / "甲.yaml"
    of.write_text(rubric, encoding="utf-8")
    schools = table(folder / "校.xlsx", SCHOOL_ROWS)
    inspectors = table(folder / "督学.xlsx", INSPECTOR_ROWS)
    return ["--schools", schools, "--inspectors", inspectors, "--rubric", of]
