"""Messages: the head of a sheet: who was there, and when."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "head-missing": ("error", "没有填“{label}”{effect}", "请补上"),
    "head-value": ("error", "“{label}”填了“{value}”，看不懂{effect}", "请按“{example}”填写"),
    "inspectors-few": (
        "error",
        "检查人只有 {count} 名，至少要 {least} 名",
        "请补填同行督学；确实只有 {count} 名的，这次检查不合规定，请补足人数重查",
    ),
    "inspector-unknown": (
        "error",
        "督学“{inspector}”不在名册中",
        "请核对姓名或代码，或先在督学名册里补上",
    ),
    "visit-reversed": ("error", "离校时间 {left} 早于到校时间 {arrived}", "请核对两个时间"),
    "visit-short": (
        "warning",
        "在校只有 {minutes} 分钟，细则要求至少 {least} 分钟",
        "请核对时间；确实不足的，请说明情况或补查",
    ),
    "visit-outside": (
        "error",
        "检查日期 {day} 不在批次期限 {since} 至 {until} 之内，这张表没有计入",
        "请核对日期，改好再交；日期没有错的，由局里改 round.yaml 的 window，再收表",
    ),
    "visit-conflict": (
        "error",
        "{school}的{rubric}，{inspector}的两份表不一样，{which}的一份（{first}）{stands}有效",
        (
            "以这一份为准的，运行 scoring ledger decide accept DIR {this} --why 理由；"
            "以那一份为准的，运行 scoring ledger decide accept DIR {that} --why 理由"
        ),
    ),
    "items-unchecked": (
        "warning",
        "有 {count} 项没有查：{items}，按未查处理；同一次检查没有别人查过的，总分为暂定",
        "请补查补填；不适用于本校的，在“状态”选“合理缺项”并写理由",
    ),
    "confirm-figures": (
        "warning",
        "“{section}”选了“其余全部符合”，但有 {count} 项要填数或评定，没有填：{items}，按未查处理",
        "请补填；不适用于本校的，在“状态”选“合理缺项”并写理由",
    ),
    "confirm-evidence": (
        "warning",
        "“{section}”选了“其余全部符合”，有 {count} 项符合也要佐证，没有填：{items}，列为待核",
        "请在各项的“佐证”补填照片或材料的文件名",
    ),
    "confirm-partly": (
        "error",
        "{indicator} 只填了一部分，“其余全部符合”管不到填过的项，缺“{label}”，按未查处理",
        "请把缺的也填上（符合的选 √，数照实填）；没有查的请把状态选为“未查”",
    ),
    "confirm-nothing": (
        "note",
        "“{section}”选了“其余全部符合”，但没有一项是空着的，没有用上",
        "不用管；如有本应空着的项，请核对",
    ),
    "item-unproven": (
        "warning",
        "{item} 由“其余全部符合”确认，还要有佐证材料，列为待核",
        "请补填照片或材料的文件名",
    ),
    "item-unchecked": (
        "warning",
        "{item} 没有查，按未查处理",
        "请补查补填；不适用于本校的，在“状态”选“合理缺项”并写理由",
    ),
    "facts-differ": (
        "error",
        (
            "{indicator}{label}：{inspector}记“{value}”，{second}在 {file} {sheet} {cell} "
            "记“{other}”，同一次检查的事实应当一致；核定前按有利于学校的计，记待核"
        ),
        (
            "请检查组核对，改正填错的一份；定不下来的，由局里查明后运行 "
            "scoring ledger decide correct DIR {what} 查明的值 --why 理由"
        ),
    ),
}
