"""The templates of bulletins as they ship; ``python -m reports.official.remaking`` writes them."""

from __future__ import annotations

from typing import Final

from reports.official.draft import Cell, Draft

BULLETIN: Final = "通报.docx"
CASE: Final = "通报批评.docx"
COMMENDATION: Final = "表彰.docx"

_RESULTS = (
    Cell("名次", 2.1, "{{ 行.名次 }}"),
    Cell("{{ 称谓 }}", 3.6, "{{ 行.学校 }}", centred=False),
    Cell("总分", 1.4, "{{ 行.总分 }}"),
    Cell("等次", 1.3, "{{ 行.等次 }}"),
    Cell("较上轮", 1.6, "{{ 行.较上轮 }}"),
    Cell("备注", 3.0, "{{ 行.备注 }}", centred=False),
)
_FAULTS = (
    Cell("编号", 0.9, "{{ 行.编号 }}"),
    Cell("指标", 3.6, "{{ 行.指标 }}", centred=False),
    Cell("涉及{{ 称谓 }}", 1.0, "{{ 行.学校数 }}"),
    Cell("受查{{ 称谓 }}", 1.0, "{{ 行.受查 }}"),
    Cell("占比", 1.4, "{{ 行.占比 }}"),
    Cell("整改要求", 4.8, "{{ 行.要求 }}", centred=False),
)
_GRADES = (
    Cell("等次", 1.6, "{{ 行.等次 }}"),
    Cell("{{ 称谓 }}数", 1.2, "{{ 行.学校数 }}"),
    Cell("占比", 1.4, "{{ 行.占比 }}"),
    Cell("各组", 5.8, "{{ 行.各组 }}", centred=False),
)
_DECIDED = (
    Cell("序号", 0.9, "{{ 行.序号 }}"),
    Cell("{{ 称谓 }}", 3.2, "{{ 行.学校 }}", centred=False),
    Cell("事由", 2.5, "{{ 行.事由 }}", centred=False),
    Cell("决定日期", 3.2, "{{ 行.日期 }}"),
    Cell("年限和止期", 3.9, "{{ 行.年限 }}"),
)


def _of_rubric(made: Draft) -> None:
    """The heading of a rubric, where there are several."""
    made.tag("if 细则|length > 1")
    made.heading("{{ 项.标题 }}", 2)
    made.tag("endif")


def bulletin() -> Draft:
    """通报: all sections of a round's bulletin."""
    made = Draft("通报")
    made.letterhead()
    made.say("{{ 标题 }}", "Title")
    made.tag("if 说明")
    made.say("（{{ 说明 }}）", "Subtitle")
    made.tag("endif")
    made.blank()
    made.say("{{ 主送 }}：", "主送机关")
    made.heading("一、基本情况")
    made.each("段", "基本情况", "{{ 段 }}")
    made.heading("二、总体评价")
    made.tag("for 项 in 细则")
    _of_rubric(made)
    made.each("段", "项.评价", "{{ 段 }}")
    made.say("等次分布", "表题")
    made.table(_GRADES, "行", "项.等次")
    made.tag("if 项.等次注")
    made.say("{{ 项.等次注 }}", "表注")
    made.tag("endif")
    made.tag("endfor")
    made.heading("三、主要问题")
    made.tag("for 项 in 细则")
    _of_rubric(made)
    made.each("段", "项.问题", "{{ 段 }}")
    made.tag("endfor")
    made.heading("四、通报结果")
    made.tag("for 项 in 细则")
    _of_rubric(made)
    made.each("段", "项.结果", "{{ 段 }}")
    made.tag("endfor")
    made.tag("if 决定")
    made.heading("五、{{ 决定标题 }}")
    made.each("段", "决定", "{{ 段 }}")
    made.tag("endif")
    made.heading("{% if 决定 %}六{% else %}五{% endif %}、整改要求")
    made.each("段", "整改要求", "{{ 段 }}")
    made.tag("if 问题清单")
    made.body("整改期满后进行“回头看”。整改不力、弄虚作假的，按有关规定处理。", keep=True)
    made.tag("endif")
    made.closing(more=True)
    made.imprint()
    made.attachment("{{ 成绩附件 }}", "成绩表")
    made.each("段", "成绩表注", "{{ 段 }}", "表注")
    made.tag("for 表 in 成绩表")
    made.say("{{ 表.标题 }}", "表题")
    made.table(_RESULTS, "行", "表.行")
    made.tag("endfor")
    made.tag("if 问题清单")
    made.attachment("{{ 问题附件 }}", "问题清单")
    made.say("注：只列查实的问题；待核的、按规定保密的不在其中。", "表注")
    made.tag("for 表 in 问题清单")
    made.say("{{ 表.标题 }}", "表题")
    made.table(_FAULTS, "行", "表.行")
    made.tag("endfor")
    made.tag("endif")
    made.tag("if 决定清单")
    made.attachment("{{ 名单附件 }}", "{{ 名单标题 }}")
    made.tag("if 年限注")
    made.say("{{ 年限注 }}", "表注")
    made.tag("endif")
    made.tag("for 表 in 决定清单")
    made.say("{{ 表.标题 }}", "表题")
    made.table(_DECIDED, "行", "表.行")
    made.tag("endfor")
    made.tag("endif")
    return made


def case() -> Draft:
    """通报批评: one school, from the lead to what is to be put right."""
    made = Draft("通报批评")
    made.letterhead()
    made.title("{{ 标题 }}")
    made.say("{{ 主送 }}：", "主送机关")
    made.body("{{ 线索来源 }}。{{ 核实 }}。现将有关情况通报如下。")
    made.heading("一、查实的事实")
    made.each("段", "事实", "{{ 段 }}。")
    made.heading("二、违反的规定")
    made.each("段", "条款", "{{ 段 }}。")
    made.heading("三、处理决定")
    made.each("项", "处理", "对{{ 项.对象 }}：{{ 项.决定 }}。")
    made.heading("四、整改要求")
    made.body("责令{{ 学校 }}{{ 整改 }}，{{ 报送 }}报送整改报告（盖章）。")
    made.body("各校要引以为戒，对照检查，举一反三。", keep=True)
    made.closing(more=True)
    made.imprint()
    return made


def commendation() -> Draft:
    """表彰: several schools, and the list of them."""
    made = Draft("表彰")
    made.letterhead()
    made.title("{{ 标题 }}")
    made.say("{{ 主送 }}：", "主送机关")
    made.body("{{ 依据 }}，经研究，决定对{{ 学校数 }}个单位以“{{ 名称 }}”予以表彰，名单附后。")
    made.tag("if 名额")
    made.body("{{ 名额 }}。")
    made.tag("endif")
    made.body("希望受表彰的单位珍惜荣誉，再接再厉；其他单位学习先进，改进工作。", keep=True)
    made.closing(more=True)
    made.imprint()
    made.attachment("附件", "表彰名单")
    made.table(
        (
            Cell("序号", 0.8, "{{ loop.index }}"),
            Cell("单位", 2.7, "{{ 行.学校 }}", centred=False),
            Cell("组别", 1.4, "{{ 行.组别 }}"),
            Cell("依据", 3.8, "{{ 行.依据 }}", centred=False),
            Cell("事迹", 3.5, "{{ 行.事迹 }}", centred=False),
        ),
        "行",
        "单位",
    )
    return made


DRAFTS = {BULLETIN: bulletin, CASE: case, COMMENDATION: commendation}
