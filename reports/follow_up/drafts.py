"""The templates of a follow-up: its notice, the record of the draw, the report."""

from __future__ import annotations

from reports.official.draft import Cell, Draft

_COUNTS = ("抽取", "已复查", "销号", "未改", "反弹", "虚报", "销号率")
_RATES = (
    Cell("名称", 4.6, "{{ 行.名称 }}", centred=False),
    *(Cell(head, 1.3, f"{{{{ 行.{head} }}}}") for head in _COUNTS[:-1]),
    Cell(_COUNTS[-1], 1.9, f"{{{{ 行.{_COUNTS[-1]} }}}}"),
)
_ITEMS = (
    Cell("序号", 1.6, "{{ 行.序号 }}"),
    Cell("学校", 2.4, "{{ 行.学校 }}", centred=False),
    Cell("原问题", 4.6, "{{ 行.原问题 }}", centred=False),
    Cell("学校报送", 4.2, "{{ 行.报送 }}", centred=False),
    Cell("现场所见", 4.2, "{{ 行.所见 }}", centred=False),
    Cell("结论", 1.3, "{{ 行.结论 }}"),
)
_SCORES = (
    Cell("学校", 4.4, "{{ 行.学校 }}", centred=False),
    Cell("细则", 5.2, "{{ 行.细则 }}", centred=False),
    Cell("原得分", 2.0, "{{ 行.原得分 }}"),
    Cell("屡查屡犯", 2.2, "{{ 行.屡犯 }}"),
    Cell("改好可得", 2.2, "{{ 行.可得 }}"),
    Cell("折算分", 2.0, "{{ 行.折算分 }}"),
)


def follow_up() -> Draft:
    """回头看报告: in the order in which such reports are written."""
    made = Draft("回头看报告")
    made.letterhead()
    made.title("{{ 标题 }}")
    made.say("{{ 主送 }}：", "主送机关")
    made.heading("一、基本情况")
    made.each("段", "情况", "{{ 段 }}")
    made.heading("二、整改成效")
    made.each("段", "成效", "{{ 段 }}")
    made.tag("for 表 in 分类")
    made.say("{{ 表.标题 }}", "表题")
    made.table(_RATES, "行", "表.行")
    made.tag("endfor")
    made.heading("三、突出问题")
    made.each("段", "问题", "{{ 段 }}")
    made.heading("四、处理意见")
    made.each("段", "处理", "{{ 段 }}")
    made.heading("五、下一步工作")
    made.each("段", "下一步", "{{ 段 }}", keep=True)
    made.closing()
    made.attachment("{{ 附件号 }}", "原问题、学校报送、现场所见对照表")
    made.table(_ITEMS, "行", "对照")
    made.tag("if 得分")
    made.attachment("附件2", "复查前后得分对照表")
    made.each("段", "得分说明", "{{ 段 }}", "表注")
    made.table(_SCORES, "行", "得分")
    made.tag("endif")
    return made


def notice() -> Draft:
    """回头看通知: whom, when, by whom, how; the schools stand in an attachment."""
    made = Draft("回头看通知")
    made.letterhead()
    made.title("{{ 标题 }}")
    made.say("{{ 主送 }}：", "主送机关")
    made.body("为核实整改是否到位，现就开展“回头看”有关事项通知如下。")
    made.heading("一、复查对象")
    made.each("段", "对象", "{{ 段 }}")
    made.heading("二、复查时间")
    made.body("{{ 时间 }}")
    made.heading("三、复查组成")
    made.body("{{ 组成 }}")
    made.table(
        [
            Cell("检查组", 2.4, "{{ 行.组 }}"),
            Cell("成员", 7, "{{ 行.成员 }}", centred=False),
            Cell("学校数", 1.6, "{{ 行.校数 }}"),
            Cell("事项数", 1.6, "{{ 行.条数 }}"),
        ],
        "行",
        "组们",
    )
    made.heading("四、复查方式")
    made.body("{{ 方式 }}")
    made.heading("五、要求")
    made.each("段", "要求", "{{ 段 }}", keep=True)
    made.closing()
    made.attachment("附件", "复查学校和事项数")
    made.table(
        [
            Cell("序号", 1.2, "{{ 行.序号 }}"),
            Cell("学校", 7, "{{ 行.学校 }}", centred=False),
            Cell("事项数", 1.8, "{{ 行.条数 }}"),
            Cell("其中逾期", 1.8, "{{ 行.逾期 }}"),
            Cell("检查组", 3, "{{ 行.组 }}"),
        ],
        "行",
        "行们",
    )
    return made


def drawn() -> Draft:
    """抽取记录: a form of its figures, what was drawn, and who signs."""
    made = Draft("抽取记录")
    made.title("{{ 标题 }}")
    made.table(
        [Cell("项目", 2.4, "{{ 行.项目 }}"), Cell("内容", 9, "{{ 行.内容 }}", centred=False)],
        "行",
        "栏目",
    )
    made.say("抽取结果", "表题")
    made.table(
        [
            Cell("号", 1.2, "{{ 行.号 }}"),
            Cell("学校", 4.6, "{{ 行.学校 }}", centred=False),
            Cell("事项", 5.4, "{{ 行.事项 }}", centred=False),
            Cell("检查组", 2, "{{ 行.组 }}"),
            Cell("怎样抽出", 1.6, "{{ 行.方式 }}"),
        ],
        "行",
        "行们",
    )
    made.say("抽取人签字：　　　　　　　　　　　　　　　年　　月　　日", "表注", keep=True)
    made.say("见证人签字：　　　　　　　　　　　　　　　年　　月　　日", "表注", keep=True)
    made.say("{{ 署名 }}（盖章）", "表注")
    return made


DRAFTS = {"回头看报告.docx": follow_up, "回头看通知.docx": notice, "抽取记录.docx": drawn}
