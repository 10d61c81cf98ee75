"""The template of the monthly report; ``python -m reports.official.remaking`` writes it."""

from __future__ import annotations

from reports.month.lines import HEADS
from reports.official.draft import Cell, Draft

_FIGURES = (
    Cell("项目", 4.4, "{{ 行.项目 }}", centred=False),
    Cell("本月", 1.5, "{{ 行.本月 }}"),
    Cell("累计", 1.5, "{{ 行.累计 }}"),
)
_BY = (
    Cell("类别", 3.0, "{{ 行.名称 }}", centred=False),
    *(Cell(head, 1.5, f"{{{{ 行.{head} }}}}") for head in HEADS),
)
_DUE = (
    Cell("学校", 4, "{{ 行.学校 }}", centred=False),
    Cell("到期项数", 1.4, "{{ 行.项数 }}"),
    Cell("最早期限", 2.8, "{{ 行.期限 }}"),
    Cell("承办股室", 2.6, "{{ 行.科室 }}", centred=False),
)


def monthly() -> Draft:
    """月报: figures of the month and so far, broken down, and what is due next month."""
    made = Draft("月报")
    made.letterhead()
    made.title("{{ 标题 }}")
    made.say("{{ 主送 }}：", "主送机关")
    made.heading("一、工作概况")
    made.each("段", "概述", "{{ 段 }}")
    made.heading("二、本月和累计数据")
    made.table(_FIGURES, "行", "数据")
    made.each("段", "说明", "{{ 段 }}", "表注")
    made.heading("三、分类数据")
    made.tag("for 表 in 分类")
    made.say("{{ 表.标题 }}", "表题")
    made.table(_BY, "行", "表.行")
    made.tag("endfor")
    made.heading("四、下月计划")
    made.each("段", "计划", "{{ 段 }}", keep=True)
    made.closing()
    made.tag("if 到期")
    made.attachment("附件", "下月到期的整改事项")
    made.table(_DUE, "行", "到期")
    made.tag("endif")
    return made


DRAFTS = {"月报.docx": monthly}
