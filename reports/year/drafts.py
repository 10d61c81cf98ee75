"""The template of the year's bulletin; ``python -m reports.official.remaking`` writes it."""

from __future__ import annotations

from reports.official.draft import Cell, Draft

_RESULTS = (
    Cell("名次", 1.0, "{{ 行.名次 }}"),
    Cell("学校", 3.3, "{{ 行.学校 }}", centred=False),
    Cell("各轮总分", 2.6, "{{ 行.各轮 }}"),
    Cell("年度分", 1.5, "{{ 行.年度分 }}"),
    Cell("变化", 1.6, "{{ 行.变化 }}"),
    Cell("备注", 2.8, "{{ 行.备注 }}", centred=False),
)
_ITEMS = (
    Cell("细则", 1.7, "{{ 行.细则 }}", centred=False),
    Cell("编号", 0.9, "{{ 行.编号 }}"),
    Cell("指标", 3.6, "{{ 行.指标 }}", centred=False),
    Cell("各轮得分率", 2.6, "{{ 行.各轮 }}"),
    Cell("屡查未改学校", 1.3, "{{ 行.学校数 }}"),
)


def bulletin() -> Draft:
    """年度通报: what a year comes to, who rose and slid, what does not improve."""
    made = Draft("年度通报")
    made.letterhead()
    made.say("{{ 标题 }}", "Title")
    made.blank()
    made.say("{{ 主送 }}：", "主送机关")
    made.heading("一、基本情况")
    made.each("段", "基本情况", "{{ 段 }}")
    for number, (heading, name) in enumerate(
        (("年度成绩", "成绩"), ("升降情况", "升降"), ("屡查未改的问题", "未改")), 2
    ):
        made.heading(f"{'一二三四五'[number - 1]}、{heading}")
        made.tag("for 项 in 细则")
        made.tag(f"if 细则|length > 1 and 项.{name}")
        made.heading("{{ 项.标题 }}", 2)
        made.tag("endif")
        made.each("段", f"项.{name}", "{{ 段 }}")
        made.tag("endfor")
    made.heading("五、工作要求")
    made.each("段", "工作要求", "{{ 段 }}", keep=True)
    made.closing(more=True)
    made.imprint()
    made.attachment("{{ 成绩附件 }}", "年度成绩表")
    made.each("段", "成绩表注", "{{ 段 }}", "表注")
    made.tag("for 表 in 成绩表")
    made.say("{{ 表.标题 }}", "表题")
    made.table(_RESULTS, "行", "表.行")
    made.tag("endfor")
    made.tag("if 未改清单")
    made.attachment("附件2", "屡查未改的指标")
    made.say("注：得分率只算每轮都查了这项指标的学校；规则变了的指标不在其中。", "表注")
    made.table(_ITEMS, "行", "未改清单")
    made.tag("endif")
    return made


DRAFTS = {"年度通报.docx": bulletin}
