"""What the sample's bureau has to have put right that no inspector found: it fills in the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from inspections.demo.county import county
from inspections.rectification.elsewhere import blank_list
from inspections.round.opened import OpenRound
from inspections.row_workbook import Row, RowValue, write_rows
from rubrics.messages.problems import Problem

_TOLD: Final = (
    {
        "source": "信访", "kind": "立行立改", "office": "基础教育股",
        "described": "家长反映放学后校门口车辆停放混乱，值班人员不在岗",
        "demand": "当日起安排值班人员护送学生过路，划出接送区",
    },
    {
        "source": "巡察", "kind": "限期", "office": "党建办",
        "described": "党组织会议记录缺两次，议定事项没有写明由谁落实",
        "demand": "补齐能够补的记录，议定事项写明责任人和完成时间",
    },
    {
        "source": "自查", "kind": "长期", "office": "体卫艺股",
        "described": "食堂后厨排烟管道清洗没有固定的周期，上一次清洗没有记录",
        "demand": "定出清洗周期并张贴，每次清洗留存记录",
    },
)  # fmt: skip
_TERMS: Final = {"立行立改": timedelta(days=14), "限期": timedelta(days=30)}


def fill_list(opened: OpenRound, path: Path) -> list[Problem]:
    """Fills in the list of items from elsewhere, a school each. Codes: those of ``write_whole``."""
    schools = [school.name for school in opened.roster.schools.values()]
    found = county().day("letters_day")
    rows = []
    for number, (said, school) in enumerate(zip(_TOLD, schools[1:], strict=False), 1):
        entries: dict[str, RowValue] = {**said, "school": school, "found": found}
        if term := _TERMS.get(said["kind"]):
            entries["due"] = found + term
        rows.append(Row(f"新{number}", entries=entries))
    filled = replace(blank_list(opened), rows=tuple(rows), spare=0)
    return list(write_rows(path, filled, opened.folder.name(path)))
