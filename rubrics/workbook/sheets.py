"""The sheets of a rubric workbook: their names, columns, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rubrics import rules
from rubrics.language.wording import RANKS
from rubrics.rules.quota import PERIODS
from rubrics.workbook.cells import Column, Form

EVIDENCE = {"required": "必须有", "on_deduction": "扣分时要有", "none": "不要求"}
SCALES = {"merits": "得分，越高越好", "demerits": "计负分，越低越好"}
PENDING = {"full": "暂不扣", "zero": "按不得分", "as_observed": "照扣"}
COMBINE = {
    "sum": "得分相加",
    "min": "取最低",
    "max": "取最高",
    "losses": "扣分相加",
    "product": "得分率相乘",
}
PART_POINTS = {"proportion": "按比例扣", "whole": "按1个扣", "none": "不扣"}
MEASURES = {
    "number": "数",
    "count": "整数",
    "time": "时刻",
    "minutes_between": "两个时刻之差",
    "days_between": "两个日期之差",
}
TIERS = {name: name for name in ("关键", "重点", "一般")}
EXTRAS = {kind: model.name for kind, model in rules.EXTRAS.items()}
RULES = {kind: model.name for kind, model in rules.KINDS.items()}
TRAIT_TYPES = {"choice": "选一个", "yes_no": "是或否", "number": "数"}
OWNERS = {"key": "关键项", "red_line": "红线"}
ROUNDING = {"total": "只在总分", "items": "各项先舍入", "dimensions": "一级指标先舍入"}
APART = {"higher": "自评高的", "both": "高低都算"}
EXCUSED = {"rubric": "整份细则", "dimension": "本一级指标", "group": "本组"}
RULE_ROW = "规则"
_CONTENT = [model for model in rules.KINDS.values() if model.content[1]]
ROWS = tuple(
    dict.fromkeys([RULE_ROW, *(m.content[1] for m in rules.KINDS.values() if m.content[1])])
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a row of headings, then one row a thing."""

    name: str
    columns: tuple[Column, ...]
    later: bool = False
    """Workbooks of earlier versions lack it, which is no mistake."""

    def column(self, key: str) -> Column:
        """Returns the column that holds ``key``."""
        return next(column for column in self.columns if key in column.keys)

    def number(self, key: str) -> int:
        """Returns the number of that column, from 0."""
        return self.columns.index(self.column(key))


def _column(heading: str, keys: str, form: Form = "text", width: float = 10) -> Column:
    return Column(heading, tuple(keys.split()), form, width)


def _choice(
    heading: str, key: str, choices: Mapping[str, str], width: float = 10, later: bool = False
) -> Column:
    return Column(heading, (key,), "choice", width, choices, later=later)


FACTS = Sheet(
    "细则",
    (
        _column("细则代码", "id"),
        _column("版本", "version"),
        _column("名称", "title"),
        _column("检查内容", "group"),
        _column("总分", "points", "number"),
        _choice("计分方向", "scale", SCALES),
        _column("检查谁", "subject.name"),
        _column("量词", "subject.measure"),
        _column("怎样称呼对方", "subject.you"),
        _column("名册代码的表头", "subject.code", "texts"),
        _column("名册名称的表头", "subject.title", "texts"),
        _column("分组特征", "subject.groups", "texts"),
        _column("适用学校", "when", "condition"),
        _column("至少几名督学", "visit.min_inspectors", "number"),
        _column("至少停留分钟", "visit.min_minutes", "number"),
        _column("保留小数位数", "places", "number"),
        _choice("四舍五入在哪一步", "rounding", ROUNDING),
        Column("总分最低", ("floor",), "number", filled=True),
        _column("总分最高", "cap", "number"),
        _choice("缺项的分值由哪里分担", "excused", EXCUSED, later=True),
        _column("缺项超过几分不评定", "excused_limit", "limit"),
        Column("不评定时写", ("ungraded",), filled=True),
        _choice("缺佐证的扣分", "pending", PENDING),
        Column("意见书名称", ("letter_title",), filled=True),
        Column("检查人员称谓", ("people",), filled=True),
        Column("自评得分的间隔（没有自评的空着）", ("self_assessment.step",), "number", later=True),
        Column("不自评的指标", ("self_assessment.leave_out",), "texts", later=True),
        _choice("自评相差哪一种扣分", "self_assessment.counts", APART, later=True),
        Column("自评相差几分以内不扣", ("self_assessment.free",), "number", later=True),
        Column("自评相差每 1 分扣", ("self_assessment.each",), "number", later=True),
        Column("自评相差最多扣", ("self_assessment.limit",), "number", later=True),
        Column("自评相差超过几分扣几分", ("self_assessment.above",), "steps", later=True),
        Column("没有交自评表扣", ("self_assessment.missing",), "number", later=True),
        _column("加分合计上限", "bonus.cap", "number"),
        _column("附加扣分合计上限", "penalty.cap", "number"),
        _column("说明", "note"),
    ),
)
"""One row a fact: heading in A, value in B, what it means in C."""

DIMENSIONS = Sheet(
    "一级指标",
    (
        _column("编号", "id"),
        _column("名称", "title", width=40),
        _column("分值", "points", "number"),
        Column("权重（计入总分）", ("weight",), "number", later=True),
        Column("各组的权重", ("groups",), "amounts", 24, later=True),
        Column("加分最多", ("bonus_cap",), "number", later=True),
    ),
)

INDICATORS = Sheet(
    "指标",
    (
        _column("一级指标", "dimension", width=9),
        _column("编号", "id", width=8),
        _column("名称", "title", width=28),
        _column("分值", "points", "number", 7),
        Column("组", ("group",), width=9, later=True),
        Column("计分规则（自动生成，改这里不起作用）", (), width=44),
        _column("标准", "threshold", width=28),
        _column("依据", "basis", "texts", 16),
        _column("核查方法", "method", "texts", 14),
        _choice("佐证", "evidence", EVIDENCE),
        _column("佐证材料", "material", width=24),
        _column("适用学校", "when", "condition", 20),
        _column("督学可列缺项", "excusable", "yes", 8),
        _column("保密", "confidential", "yes", 8),
        _column("关键项", "key", "yes", 8),
        _choice("层次", "tier", TIERS, 8),
        _column("整改要求", "rectify.demand", width=30),
        _column("整改天数", "rectify.days", "number", 8),
        _column("已核实", "verified", "yes", 8),
        _column("核实情况", "source", width=14),
        _column("备注", "note", width=24),
    ),
)

RULE_ROWS = Sheet(
    "计分规则",
    (
        _column("指标", "indicator", width=8),
        _column("时期", "period", "number", 6),
        _column("属于部分", "part", width=8),
        _choice("规则种类", "kind", RULES, 11),
        _choice("行", "row", {name: name for name in ROWS}, 9),
        _column("编号", "id", width=9),
        _column("名称", "label numerator", width=32),
        _column("应有数", "denominator", width=16),
        Column("单位", ("unit",), width=7, filled=True),
        _column("扣分", "each", "number", 7),
        _column("分值", "points", "number", 7),
        _column("系数", "coefficient", "number", 7),
        _column("范围", "within range", "range", 13),
        _column("取值范围", "domain", "range", 13),
        _choice("读数", "measure", MEASURES, 7),
        _column("最多测几个", "mean_of samples", "number", 7),
        Column("先填的叫什么", ("start",), width=10, later=True),
        Column("后填的叫什么", ("end",), width=10, later=True),
        Column("中位数最多测几个", ("median_of",), "number", 7, later=True),
        Column("最差最多测几个", ("worst_of",), "number", 7, later=True),
        _column("可以没有", "optional", "yes", 7),
        _column("满分值", "full", "share", 8),
        _column("零分值", "zero", "share", 8),
        _column("下限", "least", "number", 7),
        _column("上限", "limit most", "number", 7),
        _column("第几次起加重", "repeat_from", "number", 8),
        _column("加重后扣分", "repeat_each", "number", 8),
        _column("每期次数", "times", "number", 7),
        _choice("期", "per", PERIODS, 7),
        Column("平均数的单位", ("quotient",), width=12, later=True),
        Column("平均数按每多少算", ("every",), "number", 8, later=True),
        Column("每低1个百分点扣分", ("per_point",), "number", 8, later=True),
        _choice("不足1个百分点", "part_points", PART_POINTS, 9, later=True),
        Column("至少几项", ("at_least",), "number", 7, later=True),
        Column("倒扣到几分", ("floor",), "number", 7, later=True),
        Column("超额最多几分", ("ceiling",), "number", 8, later=True),
        _column("分档间隔", "step", "number", 7),
        _column("可评分值", "values", "numbers", 12),
        _column("满几票去高低", "trim_from", "number", 8),
        _column("有效票至少", "quorum", "share", 8),
        _column("至少收回份数", "min_returned", "number", 8),
        _column("回收率至少", "min_rate", "share", 8),
        Column("问什么", ("question",), width=24, later=True),
        Column("问卷选项", ("options",), "texts", width=20, later=True),
        Column("算满意的选项", ("satisfied",), "texts", width=14, later=True),
        Column("由谁回答", ("people",), "texts", width=10, later=True),
        _choice("合成", "combine", COMBINE, 10),
        _column("适用学校", "when", "condition", 20),
        _column("整改要求", "rectify.demand", width=30),
        _column("整改天数", "rectify.days", "number", 8),
    ),
)

DATED = Sheet(
    "分时期",
    (
        _column("指标", "indicator"),
        _column("时期", "period", "number", 8),
        _column("从", "since", "day", 12),
        _column("到", "until", "day", 12),
        _column("依据", "basis", "texts", 20),
        _column("标准", "threshold", width=50),
    ),
)

RED_LINES = Sheet(
    "红线",
    (
        _column("序号", "number", "number", 7),
        _column("指标", "indicator", width=8),
        _column("编号", "id", width=9),
        _column("名称", "title", width=36),
        _column("依据", "basis", "texts", 18),
        _column("总分归零", "consequence.zero_total", "yes", 8),
        _column("等次定为", "consequence.grade"),
        _column("等次最高为", "consequence.ceiling"),
        _column("等次降几档", "consequence.lower", "number", 8),
        _column("取消评优评先", "consequence.award_lost", "yes", 8),
        _column("移送或报告", "consequence.refer", width=22),
        _choice("名次", "consequence.rank", RANKS, later=True),
    ),
)

TRIGGERS = Sheet(
    "触发条件",
    (
        _choice("用于", "owner", OWNERS, 9),
        _column("指标", "indicator", width=8),
        _column("红线序号", "number", "number", 8),
        _column("得分低于", "below", "number", 9),
        _column("填写项", "part", width=12),
        _column("达到", "at_least", "share", 8),
        _column("占有效票达到", "share_at_least", "share", 9),
        _column("问题编号", "flag"),
        _column("问督学的话", "label", width=44),
    ),
)

GRADES = Sheet(
    "等次",
    (
        _column("等次", "grade", width=12),
        _column("总分范围", "range", "range", 14),
        _column("各一级指标得分率至少", "dimensions_at_least", "share", 12),
        Column("至少几个一级指标", ("dimensions_reach.at_least",), "number", 9, later=True),
        Column("它们的得分率达到", ("dimensions_reach.share",), "share", 9, later=True),
        Column("写明的各项得分率至少", ("at_least",), "shares", 16, later=True),
        _column("关键项不符合最多", "key_failed_at_most", "number", 10),
        *(
            _column(f"{name}层次不符合最多", f"tier_failed_at_most.{name}", "number", 11)
            for name in TIERS
        ),
        _column("单项最大扣分不超过", "largest_at_most", "number", 11),
    ),
)

KEY_LIMITS = Sheet(
    "关键项限制",
    (
        _column("不符合达到几项", "failed", "number", 10),
        _choice("只数这一层次", "tier", TIERS, 12),
        _column("等次最高为", "ceiling", width=12),
        _column("等次定为", "grade", width=12),
    ),
)

EXTRA_ITEMS = Sheet(
    "加分和附加扣分",
    (
        _choice("类别", "kind", EXTRAS),
        _column("编号", "id"),
        _column("名称", "title", width=36),
        _column("每项分值", "each", "number", 9),
        _column("上限", "limit", "number", 8),
        Column("单位", ("unit",), width=8, filled=True),
        _column("同一事项", "family", width=14),
        Column("算在一级指标", ("dimension",), width=9, later=True),
        Column("分档（范围 分）", ("bands",), "bands", 24, later=True),
        Column("分档填什么", ("label",), width=14, later=True),
        Column("取值范围", ("domain",), "range", 12, later=True),
        _column("依据", "basis", "texts", 16),
        _choice("佐证", "evidence", EVIDENCE),
        _column("佐证材料", "material", width=24),
        Column("整改要求", ("rectify.demand",), width=30, later=True),
        Column("整改天数", ("rectify.days",), "number", 8, later=True),
        _column("已核实", "verified", "yes", 8),
        _column("核实情况", "source", width=14),
    ),
)

DOCUMENTS = Sheet(
    "依据文件",
    (
        _column("代码", "code"),
        _column("文件名称", "title", width=56),
        _column("文号", "number", width=24),
        _column("日期", "date", "day", 14),
        _column("已核实", "verified", "yes", 8),
        _column("核实情况", "source", width=14),
        _column("备注", "note", width=36),
    ),
)

OWN_TRAITS = Sheet(
    "自加的学校特征",
    (
        _column("名称", "code", width=16),
        _choice("怎样填", "type", TRAIT_TYPES, 10),
        _column("可以填", "options", "texts", 24),
        _column("名册里还叫什么", "headings", "texts", 24),
        _column("由别的特征推出", "derived", "condition", 30),
        Column("选项的别的说法", ("words",), "words", 36, later=True),
        Column("单位", ("unit",), width=8, later=True),
    ),
    later=True,
)

OWN_METHODS = Sheet(
    "自加的核查方法",
    (
        _column("名称", "code", width=16),
        _column("算判断", "judgement", "yes", 8),
        _column("保密", "secret", "yes", 8),
        _column("留什么材料", "asks", width=30),
    ),
    later=True,
)

ROSTER_COLUMNS = Sheet(
    "名册的列",
    (_column("表头", "code", width=16), _column("还可以怎样写", "text", "texts", 40)),
    later=True,
)

SOURCES = Sheet("核实来源", (_column("代码", "code"), _column("出处", "text", width=90)))

REPEATS = Sheet(
    "屡查屡犯",
    (
        _column("指标", "indicator", width=10),
        _column("不处理", "never", "yes", 8),
        _column("扣分按几倍计", "times", "number", 9),
        _column("最多扣几分", "most", "number", 9),
        _column("等次最高为", "ceiling", width=12),
        _column("以前批次查出的算", "found", "yes", 10),
        _column("反弹的算", "relapse", "yes", 8),
        _column("虚报的算", "misreport", "yes", 8),
        _column("往前看几个批次", "rounds", "number", 9),
    ),
    later=True,
)
"""A row without an indicator is the whole rubric's; where none of the findings is named, all count.
"""

TABLES = (
    DIMENSIONS,
    INDICATORS,
    RULE_ROWS,
    DATED,
    RED_LINES,
    TRIGGERS,
    GRADES,
    KEY_LIMITS,
    EXTRA_ITEMS,
    DOCUMENTS,
    SOURCES,
    OWN_TRAITS,
    OWN_METHODS,
    ROSTER_COLUMNS,
    REPEATS,
)
GUIDE = "填写说明"
