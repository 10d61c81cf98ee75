"""The template of the report that a school writes on what it has put right."""

from __future__ import annotations

from typing import Final

from reports.official.draft import Cell, Draft

REPORT: Final = "整改报告.docx"


def report() -> Draft:
    """整改报告: what the ledger knows is filled in, the rest the school writes."""
    made = Draft("整改报告")
    made.letterhead()
    made.title("关于“{{ 批次 }}”发现问题整改情况的报告")
    made.say("{{ 主送 }}：", "主送机关")
    made.body("根据{{ 批次 }}的意见和要求，现将我{{ 单位 }}整改情况报告如下。")
    made.heading("一、总体情况")
    made.body("{{ 总体 }}")
    made.heading("二、逐条整改情况")
    made.table(
        [
            Cell("编号", 1.5, "{{ 行.编号 }}"),
            Cell("问题", 3.6, "{{ 行.问题 }}", centred=False),
            Cell("原因", 2.2, "{{ 行.原因 }}", centred=False),
            Cell("措施（谁、何时、做了什么）", 4, "{{ 行.措施 }}", centred=False),
            Cell("结果", 2.2, "{{ 行.结果 }}", centred=False),
            Cell("佐证", 2, "{{ 行.佐证 }}", centred=False),
        ],
        "行",
        "行们",
    )
    made.heading("三、没有完成的事项")
    made.tag("if 未完成")
    made.table(
        [
            Cell("编号", 1.5, "{{ 行.编号 }}"),
            Cell("没有完成的原因", 5, "{{ 行.原因 }}", centred=False),
            Cell("下一步措施和责任人", 4.6, "{{ 行.措施 }}", centred=False),
            Cell("完成时限", 3.6, "{{ 行.期限 }}"),
        ],
        "行",
        "未完成",
    )
    made.tag("endif")
    made.tag("if not 未完成")
    made.body("没有。")
    made.tag("endif")
    made.heading("四、建立的制度")
    made.tag("if 制度")
    made.body("已建立制度{{ 制度 }}项。")
    made.tag("endif")
    made.body("（逐项写明名称、文号和施行日期；没有的写“没有”）")
    made.heading("五、联系人")
    made.body("联系人（职务）：　　　　　　　　电话：　　　　　　　　", keep=True)
    made.body("主要负责人签字：　　　　　　　　", keep=True)
    made.closing()
    return made


DRAFTS: Final = {REPORT: report}
