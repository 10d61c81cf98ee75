"""Messages: what schools object to first opinions, and answers."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "objection-empty": (
        "error",
        "没有写异议的内容",
        "请用 --text 写学校提出的异议和理由，照学校的原文",
    ),
    "objection-paper-missing": (
        "error",
        "这份证明材料不在 evidence 文件夹里",
        "请先把文件放进批次文件夹的 evidence 里，再用 --paper 写它的文件名",
    ),
    "objection-early": (
        "error",
        "收到异议的日期（{received}）早于学校收到初步意见的日期（{since}）",
        "请核对两个日期",
    ),
    "objection-late": (
        "warning",
        "第 {number} 号异议 {received} 收到，期限到 {last}，已经过期；照样登记了",
        "是否受理由局里定，答复时写明；学校收到初步意见的日期不对的，用 --since 另记一件",
    ),
    "objection-unheard": (
        "note",
        "{school}还没有编了号的初步意见，这件异议没有对应的文号",
        "先写初步意见：scoring report --stage 初步；直接对正式意见书提出的，不用再做什么",
    ),
    "objection-unknown": (
        "error",
        "没有第 {number} 号异议",
        "登记过的：{known}；用 scoring objection list 可以看到",
    ),
    "objection-decision": (
        "error",
        "第 {numbers} 号决定不能算作第 {number} 号异议的更正",
        "要写这所学校、这张细则、没有撤销的决定，不采纳的不写；用 scoring ledger decisions 看",
    ),
    "objection-uncorrected": (
        "warning",
        "第 {number} 号异议{outcome}，但没有写更正，得分不会变",
        (
            "要改得分的：先运行 scoring ledger decide correct {folder} {school} {rubric} 编号 值"
            " --why 理由（缺项的用 excuse），再答复一次，加 --decision 号；不涉及得分的不用"
        ),
    ),
    "objection-known": (
        "note",
        "这份异议已经登记过，是第 {number} 号，没有再登记",
        "内容不同的异议照常登记；查看全部异议请用 scoring objection list",
    ),
    "objection-answered-so": (
        "note",
        "第 {number} 号异议已经这样答复过，没有再记",
        "要改答复，写新的结果或理由",
    ),
    "objection-answered": (
        "note",
        "第 {number} 号异议以前答复过“{before}”，现在以“{now}”为准",
        "已发出的正式意见书会由新的编号替换",
    ),
}
