"""Messages: what a rubric says, checked."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "rubric-id-alike": (
        "error",
        "编号 {id} 与 {first} 只差大小写或全半角，会当成一个",
        "请改成分得清的编号",
    ),
    "rubric-id-twice": ("error", "编号 {id} 出现两次", "请给每个指标、加分项和红线不同的编号"),
    "rubric-id-needed": (
        "error",
        "{what}没有 id",
        "请写上 id：它是检查表里这一行的编号",
    ),
    "rubric-id-reserved": ("error", "编号 {id} 另有用途", "请换一个编号"),
    "rubric-flag-labels": (
        "error",
        "编号 {id} 的两问不同：“{first}”“{second}”",
        "同一问请写同一句话；不同的问请用不同的编号",
    ),
    "rubric-points-sum": (
        "error",
        "{what}的分值合计 {sum}，应为 {expected}",
        "请调整下级分值或这里的总分",
    ),
    "rubric-weight": ("error", "权重不对：{detail}", "请{write}"),
    "rubric-rule-points": (
        "error",
        "{detail}",
        "请修改规则或分值，使最多正好 {points} 分（计负分的，最少要能是 0 分）",
    ),
    "rubric-rule-ends": ("error", "{detail}", "请{write}"),
    "rubric-bands-gap": ("error", "分档有空档：{detail}", "请补上缺的一档，两端写清开闭"),
    "rubric-bands-overlap": ("error", "分档重叠：{detail}", "请让相邻两档在同一点一开一闭"),
    "rubric-grades-overlap": (
        "error",
        "等次重叠：总分 {detail}",
        (
            "请让相邻两个等次在同一点一开一闭。“{grade}”的条件够不上的，自动评为后一等次，"
            "后一等次不用再写这一段；两个等次只靠条件区分的，范围写成完全一样"
        ),
    ),
    "rubric-grades-order": ("error", "等次“{grade}”的次序不对", "等次请从最好的写到最差的"),
    "rubric-subject-group": (
        "error",
        "subject 的 groups 里的“{trait}”不在特征表中，没有办法按它分组",
        "可以用：{known}。要按别的分组，在本细则的 traits: 下面加上它",
    ),
    "rubric-trait-unknown": (
        "error",
        "条件里的特征“{trait}”不在特征表中",
        (
            "可以用：{known}。要加一个，在细则同一文件夹的 traits.yaml 里"
            "（几份细则共用，没有就新建），或者在本细则的 traits: 下面缩进两格，"
            "写一行“{lines}”；名册里用这个名称作表头"
        ),
    ),
    "rubric-method-unknown": (
        "error",
        "核查方法“{method}”不认识",
        "可以写：{known}；要用别的，请在本细则的 methods: 下面缩进两格，写一行“{method}: {{}}”",
    ),
    "rubric-method-twice": (
        "error",
        "核查方法“{method}”已经有了",
        "不用自己加，请删去；意思不同的，请换一个名称",
    ),
    "rubric-trait-twice": (
        "error",
        "特征“{trait}”已经有了",
        "不用自己加，请删去；意思不同的，请换一个名称",
    ),
    "rubric-trait-value": ("error", "特征“{trait}”没有“{value}”这个值", "可以写：{known}"),
    "rubric-basis-missing": (
        "error",
        "指标 {id} 没有依据",
        "请在 basis 写上依据代码，文件列在 documents",
    ),
    "rubric-basis-unknown": (
        "error",
        "依据代码“{code}”不在 documents 中",
        "请在 documents 补上，或改为：{known}",
    ),
    "rubric-trigger-value": ("error", "触发条件不对：{detail}", "请修改触发条件"),
    "rubric-trigger-part": ("error", "触发条件里的“{part}”不是本指标的填写项", "可以写：{known}"),
    "rubric-grade-unknown": ("error", "等次“{grade}”不在 grades 中", "可以写：{known}"),
    "rubric-repeat": ("error", "屡查屡犯的规定不对：{detail}", "请{write}"),
    "rubric-self-assessment": ("error", "自评的规定不对：{detail}", "请{write}"),
    "rubric-effective": (
        "error",
        "{detail}",
        "同一指标各时期的规则须同一类型、填写项相同，日期不能重叠",
    ),
    "rubric-unit": ("error", "单位不一致：{detail}", "请{write}"),
    "rubric-domain": (
        "warning",
        "分档 {range} 用不到：读数默认不小于 0",
        '读数可以是负数的，请加上 domain: "(-∞, ∞)"；不会是负数的，请删去这一档',
    ),
    "rubric-bonus-dimension": (
        "error",
        "加分项的 dimension“{id}”不是一级指标",
        "可以写：{known}",
    ),
    "rubric-at-least-unknown": (
        "error",
        "等次条件里的 {id} 不是一级指标，也不是指标",
        "可以写：{known}",
    ),
    "rubric-excused-points": (
        "warning",
        "缺项上限写的是 {limit} 分：总分 {points} 分，相当于 {percent}%",
        "要按比例请写百分比，如 excused_limit: 40%；确是分值的不用改",
    ),
    "rubric-unreachable": ("warning", "用不到{what}：{detail}", "请修改或删去"),
    "rubric-label": ("warning", "“{label}”{detail}", "请{write}"),
    "rubric-demand": ("warning", "整改要求“{demand}”{detail}", "请{write}"),
    "rubric-verified": ("warning", "{what}：{detail}", "请{write}"),
    "rubric-source-unknown": (
        "warning",
        "来源代码“{code}”不在 sources 中",
        "请在 sources 补上，或改为：{known}",
    ),
    "rubric-unused": ("warning", "{what}没有一处用到", "请在用它的地方写上，或删去"),
    "rubric-scale-kind": ("error", "计负分的细则不能用 {kind} 规则", "可以用：{known}"),
}
