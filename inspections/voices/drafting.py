"""A draft of voices.yaml for a table that nobody knows yet: its columns, for a person to sort."""

from __future__ import annotations

import json
from typing import Final

from inspections.voices.heads import is_private, names_school
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.problems import spoken
from rubrics.tables.wide import WideSheet

_LOOKED_AT: Final = 15
_MOST: Final = 300


def draft_of(sheet: WideSheet, file: str) -> str:
    """Returns the text of a voices.yaml for a sheet; the row with most texts has the headings."""
    rows = range(min(_LOOKED_AT, sheet.height))
    filled = [[sheet.text(row, at) for at in range(len(sheet.columns))] for row in rows]
    headings = max(filled, key=lambda texts: len(set(filter(None, texts))), default=[])
    there = [one_line(outgoing(plain(text))) for text in headings[:_MOST] if text]
    school = next((one for one in there if names_school(one)), "")
    private = [one for one in there if is_private(one)]
    rest = [one for one in there if one != school and one not in private]
    lines = [
        "# 这张表没有认出来。请对照下面的列改好，另存为 voices.yaml，再运行一次",
        "# scoring voices import；已有 voices.yaml 的，把 surveys 下面这一段加进去。",
        "# 不是题目的列，写到 submitted、source、private、ignored 里。",
        "surveys:",
        f"  {_text(file.rpartition('.')[0] or file)}:",
        "    kind: 问卷    # 问卷、电话访谈、热线来访、民主测评、发放数、班级人数",
        f"    files: [{_text(file)}]    # 以后同名的文件都这样读；可以写 家长*.xlsx",
        f"    school: {_text(school)}    # {spoken('哪一列是学校（代码、校名、简称都行）')}",
        '    submitted: ""    # 哪一列是提交时间；没有的留空',
        '    seconds: ""    # 哪一列是答题用时',
        '    source: ""    # 哪一列是来源（IP），用来认重复答卷',
        f"    private: [{', '.join(map(_text, private))}]    # 姓名、电话等，只存在台账里",
        "    ignored: []    # 不要的列",
        "    # 各题可以写 scale: 满意度、评价、同意、是否、频次、测评、五分、十分，或自己的",
        "    questions:",
    ]
    for number, heading in enumerate(rest, 1):
        lines.append(f"      Q{number}: {{columns: [{_text(heading)}]}}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A text as YAML takes it, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)
