"""What each key of a rubric file means, in Chinese: for editors, messages and teaching.

Keys go by name; where models use one name differently, ``Model.key`` says it for one model. What
the keys of single rule kinds mean, the kinds say themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.rules import EXTRAS, KINDS, Explained

_MEANINGS = {
    # the rubric
    "Rubric.id": "细则代码：小写字母、数字、下划线，以字母开头",
    "Rubric.version": "版本，如 2026.1；内容改了就换一个",
    "Rubric.title": "细则名称",
    "Rubric.points": "总分，各一级指标分值之和",
    "Rubric.when": "哪些学校适用；不写则都适用",
    "Rubric.red_lines": "不属于某一指标的红线（须有 id）",
    "Rubric.note": "说明",
    "dimensions": "一级指标",
    "grades": "等次，从高到低",
    "documents": "依据文件：代码 → 文件",
    "group": "检查的是什么，如 食品安全、党建；细则按它归类列出",
    "letter_title": "发给学校的意见书叫什么",
    "people": "检查的人怎么称呼，如督学、检查人员、考核组成员；检查表、名册、提示和意见书都这样写",
    "scale": "merits：得分越高越好；demerits：扣分累加，越低越好",
    "subject": "检查谁；不写是学校，写名称（机构、供餐单位、支部）或写明名称、量词、名册的列",
    "Subject.name": "怎样称呼：机构、供餐单位、支部",
    "Subject.measure": "量词：家、个",
    "Subject.you": "文书里怎样称呼对方，如你单位",
    "Subject.code": "名册里代码一列的表头，第一个印在名册样表上",
    "Subject.title": "名册里名称一列的表头，第一个印在名册样表上",
    "Subject.columns": "名册里还有哪些列，如地址、负责人：表头 → 别的写法；只给检查人员看",
    "Subject.groups": "新建批次按哪些特征分组排名",
    "visit": "一次检查怎样才算数",
    "places": "公布的分数保留几位小数",
    "rounding": "四舍五入：total 只在总分；items 各项先舍入再相加；dimensions 一级指标先舍入",
    "floor": "总分最低多少（加分、附加扣分以后）；写 null 不设",
    "Rubric.cap": "总分最高多少（加分、附加扣分以后）；不写则不设",
    "excused": "缺项的分值由哪里分担：rubric 整份细则；dimension 本一级指标；group 本组",
    "excused_limit": "合理缺项超过总分的这个比例（如 40%），不评等次；写数字就是分值",
    "ungraded": "不评等次时写什么",
    "pending": "缺佐证的扣分怎么算：full 暂不扣；zero 按不得分；as_observed 照扣",
    "key_limits": "关键项不符合到几项，等次受什么限制",
    "bonus": "加分项和共同上限",
    "penalty": "附加扣分项和共同上限",
    "methods": "自己加的核查方法：名称 → judgement、secret、asks，都可以不写（{}）",
    "judgement": "凭判断，不是事实（true / false）",
    "secret": "只用它核查的指标保密（true / false）",
    "asks": "要留什么材料，如听课记录",
    "sources": "核实来源：代码 → 出处",
    "traits": "自己加的学校特征：名称 → 怎样填；名册里用名称作表头",
    "type": "怎样填：choice 选一个，yes_no 是或否，number 数",
    "headings": "名册表头还可以怎样写",
    "Trait.options": "可以填的几个词（type: choice）",
    "words": "各选项的别的说法，名册里写哪一种都认",
    "derived": "由哪些特征推出，写成条件；名册可以不填",
    # documents
    "Document.title": "文件名称",
    "number": "文号",
    "date": "日期",
    "verified": "是否已核对原文（true / false）",
    "source": "核实情况或来源代码",
    "note": "说明",
    # dimensions and indicators
    "Dimension.id": "一级指标编号",
    "Dimension.title": "一级指标名称",
    "Dimension.points": "一级指标分值，下级指标分值之和（写了组的权重的，按组的权重）",
    "weight": "计入总分多少；不写就是分值。要写各一级指标都写",
    "groups": "各组在本一级指标里计多少：组名 → 分；不写就是组内各指标分值之和",
    "Indicator.group": "属于本一级指标的哪一组",
    "indicators": "二级指标",
    "Indicator.id": "二级指标编号，不能重复",
    "Indicator.title": "二级指标名称",
    "Indicator.points": "分值（满分）",
    "Indicator.when": "哪些学校适用；不适用的自动列为合理缺项",
    "rule": "计分规则，kind 说明是哪一种",
    "basis": "依据：文件代码，可加条款，如 减1 第4条",
    "method": "核查方法，可以有几种",
    "evidence": "佐证：required 必须有；on_deduction 扣分时要有；none 不要求",
    "material": "佐证材料：查什么",
    "threshold": "法定或政策规定的标准",
    "excusable": "督学能否凭理由列为合理缺项（true / false）",
    "confidential": "保密：文字、票数、佐证不出教育局（true / false）；测评、谈话自动保密",
    "key": "关键项：写 true（扣分即不符合），或写 triggers",
    "tier": "层次：关键、重点、一般",
    "red_lines": "红线（一票否决）",
    "effective": "分时期的规则：检查日在哪一段就用哪一条",
    "rectify": "整改要求和期限；各部分、各件、各情形可另写自己的",
    "demand": "整改要求",
    "days": "整改期限，0 到 365 天；0 是立行立改",
    "Rubric.repeat": "屡查屡犯怎样处理；用于靠事实计分、不保密的各指标，指标可另写自己的",
    "Indicator.repeat": "本指标屡查屡犯怎样处理；写 false 不处理；不写按整份细则的",
    "self_assessment": "检查以前学校自评：写 true，或 {step: 0.5, leave_out: [A3]}；不写没有自评",
    "SelfAssessment.step": "自评得分的间隔，要能填出各项的满分；不写是 0.1",
    "leave_out": "哪些指标学校不自评（只有检查人员看得到的）",
    "SelfAssessment.counts": "自评与复评相差，哪一种扣分：higher 自评高的，both 高低都算",
    "free": "相差不超过几分不扣",
    "SelfAssessment.each": "相差每 1 分扣几分",
    "SelfAssessment.limit": "相差最多扣几分",
    "above": "相差超过几分扣几分，如 {3: 0.5, 6: 1}",
    "missing": "没有交自评表扣几分",
    "across": "跨什么算重复：rounds 跨批次",
    "Repeat.times": "扣分按几倍计，2 就是加倍；不超过本指标的分值",
    "Repeat.most": "加倍以后最多扣多少分",
    "Repeat.ceiling": "等次不高于",
    "after": "哪些算已查出：found 以前批次查出，relapse 反弹，misreport 虚报；不写则都算",
    "rounds": "往前看几个批次，不写是 1",
    "since": "从哪天起（含），如 2025-09-01",
    "until": "到哪天止（含）",
    # key items, red lines
    "triggers": "触发条件，满足一条即可",
    "below": "得分低于多少时触发",
    "part": "看哪一个填写项",
    "at_least": "该填写项达到多少时触发",
    "share_at_least": "该票数占有效票的比例达到多少时触发，如 1/3",
    "flag": "另设一问的编号，督学答“是”即触发",
    "Trigger.label": "问督学的那句话",
    "RedLine.id": "红线编号；不属于某一指标的必须写",
    "RedLine.title": "红线名称",
    "consequence": "后果，至少写一种",
    "zero_total": "总分归零（true / false）",
    "Consequence.grade": "等次定为",
    "ceiling": "等次最高为",
    "lower": "等次降几档",
    "award_lost": "取消评优评先资格（true / false）",
    "rank": "名次：last 排在本组最后；unranked 不排名；kept 照排；不写则分数保留的照排",
    "refer": "移送或报告哪里",
    # grades
    "GradeBand.grade": "等次名称",
    "GradeBand.range": "总分范围，如 ≥90、[75, 90)",
    "dimensions_at_least": "每个一级指标得分率至少，如 60%",
    "dimensions_reach": "至少几个一级指标得分率达到多少，如 {at_least: 3, share: 60%}",
    "DimensionsReach.at_least": "至少几个一级指标",
    "DimensionsReach.share": "得分率达到多少，如 60%",
    "bonus_cap": "指明算在本一级指标里的加分（dimension），合计最多多少分",
    "GradeBand.at_least": "写明的一级指标、指标得分率至少，如 {A: 60%, A2: 50%}",
    "key_failed_at_most": "关键项不符合最多几项",
    "tier_failed_at_most": "各层次不符合最多几项",
    "largest_at_most": "单项最大扣分不超过",
    "failed": "关键项（或 tier 层次的指标）不符合达到几项",
    "KeyLimit.tier": "只数这一层次的指标；不写则数关键项",
    "KeyLimit.grade": "等次定为",
    "min_inspectors": "至少几名督学",
    "min_minutes": "至少停留多少分钟",
    # extras
    "cap": "这一类合计最多多少分",
    "Extras.items": "各个项目",
    "Extra.id": "编号，不能重复",
    "Extra.title": "项目名称",
    # rules of several kinds
    "kind": "规则种类",
    "each": "每缺一件（次、个）扣多少分",
    "unit": "单位",
    "limit": "本项最多多少分",
    "label": "名称：填的是什么",
    "id": "编号：字母、数字、汉字、下划线",
    "measure": "number 数；time 时刻",
    "domain": "可能的取值范围",
    "bands": "各档，合起来覆盖全部取值，不重叠",
    "full": "达到多少得满分，如 90%",
    "when": "哪些学校适用",
    "grade": "等次",
    "points": "分值",
    "title": "名称",
    "range": "范围",
}  # fmt: skip


KIND_NAMES = {kind: model.name for kind, model in (KINDS | EXTRAS).items()}
"""The rule kinds by their Chinese names."""


def _explained(model: type[Explained]) -> Iterator[type[Explained]]:
    """The models that rules are made of."""
    for inner in model.__subclasses__():
        if "about" in vars(inner):
            yield inner
        yield from _explained(inner)


MODELS = {
    "Rubric": "考核细则",
    "Document": "依据文件",
    "Dimension": "一级指标",
    "Indicator": "二级指标",
    "KeyItem": "关键项",
    "RedLine": "红线（一票否决）",
    "Trigger": "触发条件：below；part 加 at_least 或 share_at_least；flag 加 label，三种写一种",
    "Consequence": "红线的后果，至少写一种",
    "Dated": "某一时期的规则",
    "Rectify": "整改要求和期限",
    "SelfAssessment": "学校自评",
    "Repeat": "屡查屡犯怎样处理：times 与 ceiling 至少写一个",
    "GradeBand": "等次",
    "DimensionsReach": "至少几个一级指标得分率达到多少",
    "KeyLimit": "关键项不符合时的限制：ceiling 与 grade 写一个",
    "VisitRule": "一次检查怎样才算数",
    "OwnMethod": "一种核查方法",
    "Subject": "检查的对象：名称、量词、称呼、名册的列",
    "Trait": "一个学校特征",
    "Extras": "加分项或附加扣分项，和共同上限",
    "Extra": "一个加分项或附加扣分项",
} | {model.__name__: model.about for model in _explained(Explained)}
"""The parts of a rubric file, by class."""

for _model in _explained(Explained):
    for _key, _text in _model.meanings.items():
        _MEANINGS[f"{_model.__name__}.{_key}"] = _text
        _MEANINGS.setdefault(_key, _text)


def meaning(model: str, key: str) -> str:
    """Returns what ``key`` means in ``model`` (a class name), in Chinese; the key if unknown."""
    return _MEANINGS.get(f"{model}.{key}") or _MEANINGS.get(key, key)
