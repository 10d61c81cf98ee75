"""The templates as they ship. What the bureau alone knows (numbers, times) stays blank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reports.official.draft import Cell, Draft

SUMMONS: Final = "约谈通知.docx"
INTERVIEW: Final = "约谈记录.docx"
TERM: Final = "限期整改通知.docx"
PROCEEDINGS: Final = "提请问责.docx"
TALK: Final = "谈话提醒记录.docx"
AWARD_LOST: Final = "取消评优清单.docx"
COMMENDED: Final = "表彰名单.docx"
REFERRAL: Final = "移送函.docx"


def summons() -> Draft:
    """约谈通知: to the school, not to a person."""
    made = Draft("约谈通知")
    made.letterhead()
    made.title("约谈通知书")
    made.say("{{ 学校 }}：", "主送机关")
    made.body(
        "根据{{ 批次 }}的结果，经{{ 决定 }}，由{{ 发起 }}发起，决定对你校进行约谈。"
        "现将有关事项通知如下。"
    )
    made.heading("一、事由")
    made.body("{{ 事由 }}：{{ 数据 }}。")
    made.tag("if 此前")
    made.body("你校一年内已被问责{{ 此前 }}。")
    made.tag("endif")
    made.heading("二、依据")
    made.body("{{ 依据 }}。")
    made.heading("三、时间、地点和参加人")
    made.body("时间：　　　　年　　月　　日　　时　　分")
    made.body("地点：　　　　　　　　　　")
    made.body("约谈人（职务）：　　　　　　　　　　")
    made.body("你校参加人（职务）：　　　　　　　　　　")
    made.heading("四、请准备的材料")
    made.body(
        "对上述问题的原因分析、已采取的措施、整改完成的时限和责任分工，连同佐证材料，加盖公章。"
    )
    made.heading("五、陈述和申辩")
    made.body(
        "你校可以在约谈时陈述、申辩，也可以在约谈前提交书面材料。约谈情况记入学校档案。"
        "一年内被问责两次及以上的，是从重问责的情形。",
        keep=True,
    )
    made.closing(more=True)
    made.blank(keep=True)
    made.body("收件人签字：", keep=True)
    made.body("收到日期：　　　　年　　月　　日")
    return made


def interview() -> Draft:
    """约谈记录: a form, with a line for each thing that was found."""
    made = Draft("约谈记录")
    made.title("约谈记录")
    made.table(
        [Cell("项目", 2.6, "{{ 行.项目 }}"), Cell("内容", 8, "{{ 行.内容 }}", centred=False)],
        "行",
        "栏目",
    )
    made.say("约谈要点", "表题")
    made.table(
        [
            Cell("序号", 0.9, "{{ 行.序号 }}"),
            Cell("问题", 5, "{{ 行.问题 }}", centred=False),
            Cell("约谈对象的说明、表态", 3.2, "{{ 行.表态 }}", centred=False),
            Cell("整改措施、责任人和期限", 3.2, "{{ 行.措施 }}", centred=False),
        ],
        "行",
        "行们",
    )
    made.tag("if 其余")
    made.say("其余{{ 其余 }}个问题见已经送达的书面意见。", "表注")
    made.tag("endif")
    made.say("约谈要求：", "表注")
    made.say("整改期限：　　　　年　　月　　日前书面报送整改情况。", "表注")
    made.say("约谈结果和后续（整改核查、复查日期）：", "表注")
    made.say("约谈对象签字：　　　　　　　　　　　　　　年　　月　　日", "表注", keep=True)
    made.say("约谈人签字：　　　　　　　　　　　　　　　年　　月　　日", "表注", keep=True)
    made.say(
        "约谈人不少于两人。约谈对象拒绝签字的，由约谈人注明原因，可以请见证人签字。"
        "本记录存入学校档案，不公开。",
        "表注",
    )
    return made


def term() -> Draft:
    """限期整改通知: what was found, what is asked and by when, with a receipt."""
    made = Draft("限期整改通知")
    made.letterhead()
    made.title("限期整改通知书")
    made.say("{{ 学校 }}：", "主送机关")
    made.body(
        "根据{{ 批次 }}的安排，检查人员于{{ 检查时间 }}对你校进行了检查。"
        "经督导检查，你校存在下列问题（{{ 事由 }}：{{ 数据 }}）。"
        "经{{ 决定 }}，责令你校限期整改。现将有关事项通知如下。"
    )
    made.heading("一、依据")
    made.body("{{ 依据 }}。")
    made.heading("二、问题和整改要求")
    made.table(
        [
            Cell("序号", 1.0, "{{ 行.序号 }}"),
            Cell("问题", 5, "{{ 行.问题 }}", centred=False),
            Cell("依据", 3.2, "{{ 行.依据 }}", centred=False),
            Cell("整改要求", 4, "{{ 行.要求 }}", centred=False),
            Cell("期限", 1.7, "{{ 行.期限 }}"),
        ],
        "行",
        "行们",
    )
    made.heading("三、期限和报送")
    made.body(
        "请自收到本通知之日起{{ 期限 }}内完成整改，逐条写明措施、责任人、完成日期，附佐证材料，"
        "书面报送我局（承办科室：{{ 承办 }}）。表中期限更短的，按表中期限。"
    )
    made.body("需要有关科室、部门协调的：　　　　　　　　　　")
    made.heading("四、陈述和申辩")
    made.body(
        "你校对上述问题有异议的，可以在整改期限内书面陈述、申辩。"
        "拒不整改、整改不力、弄虚作假的，按有关规定处理。",
        keep=True,
    )
    made.closing(more=True)
    made.blank(keep=True)
    made.body("检查人员：{{ 检查人员 }}", keep=True)
    made.body("接收人签字：　　　　　　　　　年　　月　　日")
    return made


def proceedings() -> Draft:
    """提请问责: what is put before whoever decides on persons, who are left blank."""
    made = Draft("提请问责")
    made.letterhead()
    made.title("提请问责建议书")
    made.say("（提交机关）：", "主送机关")
    made.body("根据{{ 批次 }}的结果，经{{ 决定 }}，现就{{ 学校 }}有关问题提请问责，情况报告如下。")
    made.heading("一、事由")
    made.body("{{ 事由 }}：{{ 数据 }}。检查时间：{{ 检查时间 }}。")
    made.heading("二、查实的事实和证据")
    made.table(
        [
            Cell("序号", 1.0, "{{ 行.序号 }}"),
            Cell("查实的事实", 6.5, "{{ 行.事实 }}", centred=False),
            Cell("违反的规定", 4.5, "{{ 行.规定 }}", centred=False),
            Cell("证据", 3.5, "{{ 行.证据 }}", centred=False),
        ],
        "行",
        "行们",
    )
    made.heading("三、责任人和分工")
    made.body("（由承办科室核实后填写：单位、职务、分工和应负的责任）")
    made.heading("四、依据")
    made.body("{{ 依据 }}。")
    made.heading("五、已有处理和申辩情况")
    made.body("已有处理：{% if 已有处理 %}{{ 已有处理 }}{% else %}无{% endif %}。")
    made.tag("if 此前")
    made.body("一年内已被问责{{ 此前 }}。是否从重，由有权机关决定。")
    made.tag("endif")
    made.body("陈述、申辩情况：　　　　　　　　　　")
    made.heading("六、问责建议")
    made.body(
        "{% if 措施 %}{{ 措施 }}。{% endif %}具体方式（责令检查、约谈、通报批评、组织处理、"
        "处分、移交）由有权机关研究决定。"
    )
    made.body("保密级别和期限：　　　　　　。承办科室：{{ 承办 }}。", keep=True)
    made.closing()
    return made


def talk() -> Draft:
    """谈话提醒记录: one form, to be filled in by hand."""
    made = Draft("谈话提醒记录")
    made.title("谈话提醒记录")
    made.table(
        [Cell("项目", 2, "{{ 行.项目 }}"), Cell("内容", 8, "{{ 行.内容 }}", centred=False)],
        "行",
        "行们",
    )
    made.say(
        "谈话人不少于两人。谈话对象拒绝签字的，由谈话人注明原因，可以请见证人签字。本记录不公开。",
        "表注",
    )
    return made


def award_lost() -> Draft:
    """取消评优清单: schools alone, no persons; the list is attached, so that nobody signs alone."""
    made = Draft("取消评优评先资格清单")
    made.letterhead()
    made.title("取消评优评先资格清单")
    made.body(
        "根据{{ 批次 }}的结果，经审定，取消{{ 校数 }}所学校评优评先资格，名单附后。"
        "年限从决定之日起算。"
    )
    made.body("学校对决定有异议的，可以按规定申请复核。", keep=True)
    made.closing()
    made.attachment("附件", "取消评优评先资格名单")
    made.table(
        [
            Cell("序号", 30, "{{ 行.序号 }}"),
            Cell("学校", 68, "{{ 行.学校 }}", centred=False),
            Cell("事由", 86, "{{ 行.事由 }}", centred=False),
            Cell("依据", 70, "{{ 行.依据 }}", centred=False),
            Cell("年限和起止日期", 122, "{{ 行.起止 }}"),
            Cell("审批和文号", 66, "{{ 行.审批 }}\n{{ 行.文号 }}"),
        ],
        "行",
        "行们",
    )
    return made


def commended() -> Draft:
    """表彰名单: a table for each rule, which says what happened at a tie."""
    made = Draft("表彰名单")
    made.letterhead()
    made.title("表彰名单")
    made.body("根据{{ 批次 }}的结果，经审定，对{{ 单位数 }}个单位予以表彰，名单附后。", keep=True)
    made.closing()
    made.attachment("附件", "受表彰单位")
    made.tag("for 组 in 组们")
    made.say("{{ 组.名称 }}（{{ 组.行们|length }}个）", "表题")
    made.tag("if 组.说明")
    made.say("注：{{ 组.说明 }}。", "表注", keep=True)
    made.tag("endif")
    made.table(
        [
            Cell("序号", 1.1, "{{ 行.序号 }}"),
            Cell("单位", 3.2, "{{ 行.学校 }}", centred=False),
            Cell("得分、名次", 5.2, "{{ 行.数据 }}", centred=False),
            Cell("依据", 3, "{{ 行.依据 }}", centred=False),
            Cell("审批和文号", 2.9, "{{ 行.审批 }}\n{{ 行.文号 }}"),
        ],
        "行",
        "组.行们",
    )
    made.tag("endfor")
    return made


def referral() -> Draft:
    """移送函: what was found and what proves it; the bureau fines nobody over food."""
    made = Draft("移送函")
    made.letterhead()
    made.title("移送函")
    made.say("{{ 移送单位 }}：", "主送机关")
    made.body(
        "我局在{{ 批次 }}中发现，{{ 学校 }}有关情况需由贵单位处理（{{ 事由 }}：{{ 数据 }}）。"
        "经{{ 决定 }}，现将有关线索移送贵单位处理。"
    )
    made.heading("一、移送依据")
    made.body("{{ 依据 }}。{{ 权限 }}")
    made.heading("二、线索和证据")
    made.table(
        [
            Cell("序号", 4, "{{ 行.序号 }}"),
            Cell("检查发现的事实", 26, "{{ 行.事实 }}", centred=False),
            Cell("涉及的规定", 18, "{{ 行.规定 }}", centred=False),
            Cell("证据", 14, "{{ 行.证据 }}", centred=False),
        ],
        "行",
        "行们",
    )
    made.heading("三、联系和回执")
    made.body("承办科室：{{ 承办 }}。请将受理情况和处理结果函告我局。", keep=True)
    made.closing(more=True)
    made.blank(keep=True)
    made.body("回执：上述材料已于　　　　年　　月　　日收到。", keep=True)
    made.body("收件单位（盖章）：　　　　　　　　经办人：　　　　　　")
    return made


DRAFTS: Final[dict[str, Callable[[], Draft]]] = {
    SUMMONS: summons,
    INTERVIEW: interview,
    TERM: term,
    PROCEEDINGS: proceedings,
    TALK: talk,
    AWARD_LOST: award_lost,
    COMMENDED: commended,
    REFERRAL: referral,
}
