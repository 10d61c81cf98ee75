"""A small template and what fills it."""

from __future__ import annotations

from pathlib import Path

import docx

from reports.official.draft import Cell, Draft
from reports.official.values import Context

LONG = "一二三四五六七八九十" * 20
MARKED = [
    f"始{number}号“甲、乙”得满分。二级指标中，{number}项得满分，其中“食品添加剂‘五专’、无亚硝酸盐”"
    f"“备餐存放时间、温度”等5项高于本组暂定中位数，{'、'.join(['甲' * (number % 7 + 1)] * 20)}终"
    for number in range(60)
]
"""Lines that end at every place between marks."""
VALUES: Context = {
    "文号": "",
    "标题": "关于秋季督导的通报",
    "主送": "各学校",
    "引言": LONG,
    "段落": [LONG * 3, LONG],
    "附件": ["成绩表", "问题清单"],
    "署名": "青禾县教育局",
    "日期": "2026年11月6日",
    "附注": "联系人：教育督导室",
    "抄送": "县纪委监委派驻组",
    "组": [
        {"名称": "小学", "行": [{"名次": n, "学校": f"第{n}<小>学"} for n in range(1, 60)]},
    ],
}


def draft() -> Draft:
    """A letterhead, text, what closes it, and an attachment with a long table."""
    made = Draft("试样")
    made.letterhead()
    made.title("{{ 标题 }}")
    made.say("{{ 主送 }}：", "主送机关")
    made.heading("一、基本情况")
    made.body("{{ 引言 }}")
    made.heading("（一）分项", 2)
    made.each("段", "段落", "{{ 段 }}")
    made.closing()
    made.imprint()
    made.attachment("附件1", "成绩表")
    made.tag("for 组 in 组")
    made.say("{{ 组.名称 }}", "表题")
    made.table(
        [Cell("名次", 1, "{{ 行.名次 }}"), Cell("学校", 4, "{{ 行.学校 }}", centred=False)],
        "行",
        "组.行",
    )
    made.tag("endfor")
    return made


def edited(folder: Path, *lines: str) -> Path:
    """A template of somebody's own: a plain Word file with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "自己的.docx"
    document.save(str(path))
    return path
